import type { Together } from './clearing/core-state.ts';
import { ClearingCore } from './clearing/core.ts';
import type { ClearingEvent } from './clearing/event.ts';
import type { FaultRule } from './faults/fault.ts';
import type { JournalEntry, NewEntry } from './journal/entry.ts';
import { LiveRules } from './oapi/answers-on-demand/live-rules.ts';
import { perform } from './perform.ts';
import { performTask, type TaskStage } from './perform-task.ts';
import { Agenda } from './persistence/agenda.ts';
import { OLD_PLATFORM, Platforms } from './platforms/platforms.ts';
import { ReportDesk } from './report-desk.ts';
import { scheduleReports } from './report-schedule.ts';
import type { ScenarioAction } from './scenario/action.ts';
import { runTimeline, type TimelinePorts } from './scenario/run-timeline.ts';
import type { Scenario } from './scenario/scenario.ts';
import { parseInstantOrThrow } from './sim-clock.ts';
import { simulatedClock, type BusinessClock } from './time/clock.ts';
import type { Instant, TransportTime } from './time/instant.ts';

/**
 * The clearing state of a day without its windows: every step of the timeline until `time` has been performed, at
 * once. Without a `time` nothing has happened yet. @throws SimError SIM_TIME_INVALID, SIM_TIME_BACKWARDS
 */
export function dayUntil(scenario: Scenario, time: string | undefined): Promise<ClearingCore> {
  return playDay(scenario, {
    clock: simulatedClock(scenario.start, () => 0 as TransportTime),
    until: time === undefined ? undefined : parseInstantOrThrow(time, scenario.date),
    journal: NO_JOURNAL,
    onTrouble,
  });
}

export interface WindowlessDay {
  readonly clock: BusinessClock;
  /** Undefined: nothing happens yet. */
  readonly until: Instant | undefined;
  readonly journal: TimelinePorts['journal'];
  /** What the clearing state does, before it goes on. */
  onEvent?(event: ClearingEvent, platform: string | undefined): void;
  onTrouble(error: unknown): void;
}

/** Performs a day's timeline and its reports until an instant; nobody can connect. */
export async function playDay(
  scenario: Scenario,
  { clock, until, journal, onEvent, onTrouble: tell }: WindowlessDay,
): Promise<ClearingCore> {
  const core = new ClearingCore(scenario.world, clock.now);
  const { oldPlatform } = scenario;
  const old = oldPlatform && { core: new ClearingCore(scenario.world, clock.now), deals: oldPlatform.deals };
  core.onEvent((event) => onEvent?.(event, undefined));
  old?.core.onEvent((event) => onEvent?.(event, OLD_PLATFORM));
  const platforms = new Platforms({ upgraded: core, old, journal });
  const note = (): void => undefined;
  const together: Together = (work) => work();
  const agenda: Agenda = new Agenda({
    clock,
    note,
    together,
    perform: (task, settle) => performTask(stage, task, settle),
  });
  const reporting = { writingMs: 0, republished: 'version', seed: scenario.seed } as const;
  const stage: TaskStage = {
    clock,
    get core() {
      return platforms.core;
    },
    platforms,
    mail: { notify: async () => undefined, resetPasswords: async () => undefined },
    journal,
    gateways: new Map(),
    gatewayNames: [],
    answers: new LiveRules(journal),
    agenda,
    together,
    chronicle: { note },
    reports: new ReportDesk({ clock, core, platforms, agenda, note, ...reporting }),
    sftpKeys: { renew: async () => undefined, end: () => undefined },
    // No client is there whom a fault could hit.
    faults: { start: async ({ id = '' }: FaultRule) => id, stop: async () => true, has: () => false, freeId: () => '' },
    prepareFault: async () => undefined,
  };
  const performed = (action: ScenarioAction): Promise<unknown> => perform(stage, action);
  using _timeline = runTimeline(scenario, { clock, journal, perform: performed, onTrouble: tell });
  using _schedule = scheduleReports({ ...stage, core, note }, scenario);
  if (until !== undefined) await clock.advanceTo(until);
  return platforms.core;
}

// Nobody is there to be observed: what waits for somebody does not happen.
const NO_JOURNAL = {
  record: (entry: NewEntry): JournalEntry => ({ ...entry, seq: 0, simTime: '', wallTime: '' }),
  follow: (): Disposable => ({ [Symbol.dispose]: () => undefined }),
};

const onTrouble = (error: unknown): never => {
  throw error;
};
