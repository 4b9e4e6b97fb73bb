import { buildScenario } from './build-scenario.ts';
import { readableProblems } from './csv/csv-problems.ts';
import type { Problem } from './problem.ts';
import type { Scenario } from './scenario.ts';
import type { SourceNode } from './source-node.ts';

export type LoadResult =
  | { readonly ok: true; readonly scenario: Scenario }
  /** Everything that is wrong, in the order of the file. */
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What reading the YAML gave, before anything is checked. */
export interface SourceResult {
  readonly root: SourceNode | undefined;
  readonly problems: readonly Problem[];
}

/** The day, or everything that is wrong with its file. */
export function toResult({ root, problems }: SourceResult, file: string, seed: number | string): LoadResult {
  const collected: Problem[] = [...problems];
  const scenario = root && buildScenario(root, file, seed, (problem) => collected.push(problem));
  if (scenario && collected.length === 0) return { ok: true, scenario };
  return { ok: false, problems: readableProblems(collected, file) };
}
