import { ClearingCore } from './clearing/core.ts';
import type { FaultRule } from './faults/fault.ts';
import type { JournalEntry, NewEntry } from './journal/entry.ts';
import { LiveRules } from './oapi/answers-on-demand/live-rules.ts';
import { perform } from './perform.ts';
import { Platforms } from './platforms/platforms.ts';
import { ReportDesk } from './report-desk.ts';
import { scheduleReports } from './report-schedule.ts';
import type { ScenarioAction } from './scenario/action.ts';
import { runTimeline } from './scenario/run-timeline.ts';
import type { Scenario } from './scenario/scenario.ts';
import { parseInstantOrThrow } from './sim-clock.ts';
import { simulatedClock } from './time/clock.ts';
import type { TransportTime } from './time/instant.ts';

/**
 * The clearing state of a day without its windows: every step of the timeline until `time` has been performed, at
 * once. Without a `time` nothing has happened yet. @throws SimError SIM_TIME_INVALID, SIM_TIME_BACKWARDS
 */
export async function dayUntil(scenario: Scenario, time: string | undefined): Promise<ClearingCore> {
  const clock = simulatedClock(scenario.start, () => 0 as TransportTime);
  const core = new ClearingCore(scenario.world, clock.now);
  const answers = new LiveRules(NO_JOURNAL);
  const platforms = new Platforms({ upgraded: core, old: undefined, journal: NO_JOURNAL });
  const mail = { notify: async () => undefined };
  const { seed } = scenario;
  const reports = new ReportDesk({ clock, core, platforms, writingMs: 0, republished: 'version', seed });
  // No client is there whom a fault could hit.
  const faults = { start: async ({ id = '' }: FaultRule) => id, stop: async () => true };
  const stage = {
    clock,
    core,
    platforms,
    mail,
    journal: NO_JOURNAL,
    gateways: new Map(),
    answers,
    reports,
    sftpKeys: { renew: async () => undefined },
    faults,
    prepareFault: async () => undefined,
  };
  const timeline = {
    clock,
    journal: NO_JOURNAL,
    perform: (action: ScenarioAction) => perform(stage, action),
    onTrouble,
  };
  using _timeline = runTimeline(scenario, timeline);
  using _schedule = scheduleReports(stage, scenario);
  if (time !== undefined) await clock.advanceTo(parseInstantOrThrow(time, scenario.date));
  return core;
}

// Nobody is there to be observed: what waits for somebody does not happen.
const NO_JOURNAL = {
  record: (entry: NewEntry): JournalEntry => ({ ...entry, seq: 0, simTime: '', wallTime: '' }),
  follow: (): Disposable => ({ [Symbol.dispose]: () => undefined }),
};

const onTrouble = (error: unknown): never => {
  throw error;
};
