import { ClearingCore } from './clearing/core.ts';
import type { JournalWriter } from './journal/entry.ts';
import { LiveRules } from './oapi/answers-on-demand/live-rules.ts';
import { perform } from './perform.ts';
import { scheduleReports } from './report-schedule.ts';
import { scheduleTimeline } from './scenario/run-timeline.ts';
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
  const stage = { clock, core, journal: NO_JOURNAL, gateways: new Map(), answers, reportWritingMs: 0 };
  using _timeline = scheduleTimeline(scenario, clock, async (step) => void (await perform(stage, step.action)));
  using _schedule = scheduleReports(stage, scenario);
  if (time !== undefined) await clock.advanceTo(parseInstantOrThrow(time, scenario.date));
  return core;
}

const NO_JOURNAL: JournalWriter = { record: (entry) => ({ ...entry, seq: 0, simTime: '', wallTime: '' }) };
