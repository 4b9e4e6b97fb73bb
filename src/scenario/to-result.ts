import { buildScenario } from './build-scenario.ts';
import { readableProblems } from './csv/csv-problems.ts';
import { applyParameters } from './parameters.ts';
import type { Place, Problem } from './problem.ts';
import type { Scenario } from './scenario.ts';
import type { scenarioFile } from './schema.ts';
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

/** What a run chooses beside the day itself. */
export interface RunChoices {
  readonly seed: number | string;
  readonly params: Readonly<Record<string, string | number>>;
}

/**
 * The day, or everything that is wrong with its file.
 * @param shape what a file must look like; undefined where this one was held to it before, with the same parameters
 */
export function toResult(
  { root, problems }: SourceResult,
  file: string,
  { seed, params }: RunChoices,
  shape: typeof scenarioFile | undefined,
): LoadResult {
  const collected: Problem[] = [...problems];
  const tell = (problem: Problem): void => void collected.push(problem);
  const given = root && applyParameters(root, params, file, tell);
  // A name that nobody could put in is no name of the world either: that has been told.
  const unknown = new Set(given?.unknown.map(spot));
  const scenario =
    given &&
    buildScenario(given, file, { seed, shape }, (problem) => {
      if (!unknown.has(spot(problem))) tell(problem);
    });
  if (scenario && collected.length === 0) return { ok: true, scenario };
  return { ok: false, problems: readableProblems(collected, file) };
}

function spot({ file, line, column }: Place): string {
  return `${line}:${column} ${file}`;
}
