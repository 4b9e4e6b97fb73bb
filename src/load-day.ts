import { COMPILED_SCENARIOS_DIR, SCENARIOS_DIR } from './config.ts';
import { loadScenario, type LoadResult } from './scenario/load.ts';
import { scenarioInvalid } from './scenario/problem.ts';
import type { Scenario } from './scenario/scenario.ts';

/** The options of a start that say which day it is. */
export interface DayOptions {
  readonly scenario?: string;
  readonly seed?: number | string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly reportTemplates?: string;
}

/** Reads the day that a start asks for. @throws SimError SIM_SCENARIO_NOT_FOUND */
export function readDay(options: DayOptions): Promise<LoadResult> {
  return loadScenario(options.scenario ?? 'verification-day', {
    scenariosDir: SCENARIOS_DIR,
    ...(COMPILED_SCENARIOS_DIR === undefined ? {} : { compiledDir: COMPILED_SCENARIOS_DIR }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.params === undefined ? {} : { params: options.params }),
    ...(options.reportTemplates === undefined ? {} : { reportTemplates: options.reportTemplates }),
  });
}

/** The same for those who cannot go on without it. @throws SimError SIM_SCENARIO_INVALID with all problems, too */
export async function loadDay(options: DayOptions): Promise<Scenario> {
  const result = await readDay(options);
  if (result.ok) return result.scenario;
  throw scenarioInvalid(result.problems);
}
