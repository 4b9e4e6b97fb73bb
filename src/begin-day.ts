import { DEFAULT_OAPI_SETTINGS } from './oapi/settings.ts';
import { scheduleLogoutWarnings } from './logout-warnings.ts';
import type { JournalEntry } from './journal/entry.ts';
import type { Journal } from './journal/journal.ts';
import type { OapiGateway } from './oapi/gateway.ts';
import { perform } from './perform.ts';
import type { TaskStage } from './perform-task.ts';
import { changesOf, type Change } from './persistence/chronicle.ts';
import { scheduleReports } from './report-schedule.ts';
import { runTimeline, type RunningTimeline } from './scenario/run-timeline.ts';
import type { Scenario } from './scenario/scenario.ts';

/** A day on its clock: what the scenario has planned for it. Dispose to take back what is not done yet. */
export interface PlannedDay extends Disposable {
  readonly timeline: RunningTimeline;
}

export interface DayParts {
  readonly scenario: Scenario;
  readonly stage: Omit<TaskStage, 'journal'> & { readonly journal: Journal };
  /** The OAPI gateways that are open. */
  readonly oapi: () => readonly OapiGateway[];
  readonly onTrouble: (error: unknown) => void;
}

/** What has happened of a day that goes on, or is restored. */
export interface DayPast {
  readonly entries: readonly JournalEntry[];
  readonly changes: readonly Change[];
}

const NEW_DAY: DayPast = { entries: [], changes: [] };

/** Puts the timeline, the warnings and the publication of reports on the clock. */
export function beginDay({ scenario, stage, oapi, onTrouble }: DayParts, past: DayPast = NEW_DAY): PlannedDay {
  const { clock, journal, together, chronicle } = stage;
  const note = chronicle.note.bind(chronicle);
  const timeline = runTimeline(
    scenario,
    { clock, journal, perform: (action) => perform(stage, action), onTrouble, together, note },
    past.entries,
    changesOf(past.changes, 'gate-answered'),
  );
  const { logoutWarningMs = DEFAULT_OAPI_SETTINGS.logoutWarningMs } = scenario.gateways.oapi;
  const warnings = scheduleLogoutWarnings(clock, scenario.world.sessions, oapi, logoutWarningMs);
  const reports = scheduleReports(
    { ...stage, core: stage.platforms.upgraded, note },
    scenario,
    changesOf(past.changes, 'published'),
  );
  return {
    timeline,
    [Symbol.dispose]() {
      reports[Symbol.dispose]();
      warnings[Symbol.dispose]();
      timeline[Symbol.dispose]();
    },
  };
}
