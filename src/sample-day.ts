import type { Together } from './clearing/core-state.ts';
import { ClearingCore } from './clearing/core.ts';
import type { JournalEntry, NewEntry } from './journal/entry.ts';
import { LiveRules } from './oapi/answers-on-demand/live-rules.ts';
import { perform } from './perform.ts';
import { performTask, type TaskStage } from './perform-task.ts';
import { Agenda } from './persistence/agenda.ts';
import { Platforms } from './platforms/platforms.ts';
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
  const mail = { notify: async () => undefined, resetPasswords: async () => undefined };
  const note = (): void => undefined;
  const together: Together = (work) => work();
  const agenda: Agenda = new Agenda({
    clock,
    note,
    together,
    perform: (task, settle) => performTask(stage, task, settle),
  });
  const stage: TaskStage = {
    clock,
    core,
    platforms,
    mail,
    journal: NO_JOURNAL,
    gateways: new Map(),
    gatewayNames: [],
    answers,
    agenda,
    together,
    chronicle: { note },
    reportWritingMs: 0,
  };
  const timeline = {
    clock,
    journal: NO_JOURNAL,
    perform: (action: ScenarioAction) => perform(stage, action),
    onTrouble,
  };
  using _timeline = runTimeline(scenario, timeline);
  using _schedule = scheduleReports({ ...stage, note }, scenario);
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
