import { SCENARIOS_DIR } from '../config.ts';
import { explainScenario } from '../scenario/explain.ts';
import { formatProblem, loadScenario } from '../scenario/load.ts';
import type { Output } from './output.ts';

/** `dcass-sim explain`: the day as a rundown table. @returns the exit code */
export async function explain(file: string, format: 'text' | 'md' | 'csv' | 'json', output: Output): Promise<number> {
  const result = await loadScenario(file, { scenariosDir: SCENARIOS_DIR });
  if (!result.ok) {
    for (const problem of result.problems) output.talk(formatProblem(problem));
    return 2;
  }
  output.data(explainScenario(result.scenario, format).trimEnd());
  return 0;
}
