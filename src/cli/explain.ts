import { SCENARIOS_DIR } from '../config.ts';
import { explainScenario } from '../scenario/explain.ts';
import { formatProblem, loadScenario } from '../scenario/load.ts';
import type { Output } from './output.ts';
import { toParams } from './params.ts';

export interface ExplainFlags {
  readonly format: 'text' | 'md' | 'csv' | 'json';
  readonly json?: boolean;
  readonly param?: readonly string[] | string;
}

/** `dcass-sim explain`: the day as a rundown table. @returns the exit code */
export async function explain(file: string, flags: ExplainFlags, output: Output): Promise<number> {
  const result = await loadScenario(file, { scenariosDir: SCENARIOS_DIR, params: toParams(flags.param) });
  if (!result.ok) {
    for (const problem of result.problems) output.talk(formatProblem(problem));
    return 2;
  }
  output.data(explainScenario(result.scenario, flags.json ? 'json' : flags.format).trimEnd());
  return 0;
}
