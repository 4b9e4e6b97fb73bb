import { findImports } from './csv/find-imports.ts';
import { scenarioFile } from './schema.ts';
import { nodeAt } from './source-node.ts';
import { parseSource } from './source.ts';
import { toResult, type LoadResult, type RunChoices } from './to-result.ts';

/** Reads, checks and resolves a text that is at hand. It has no folder, so it cannot import CSV files. */
export function parseScenario(
  text: string,
  file: string,
  seed: number | string = 1,
  params: RunChoices['params'] = {},
): LoadResult {
  const { root, problems } = parseSource(text, file);
  const parent = root && nodeAt(root, ['extends']);
  if (parent) {
    const message = 'a day that extends another one is read from a file; write the whole day out here';
    return { ok: false, problems: [...problems, { ...parent.at, message }] };
  }
  const imports = root ? findImports(root) : [];
  if (imports.length === 0) return toResult({ root, problems }, file, { seed, params }, scenarioFile);
  const message = 'rows of a CSV file are read with a scenario that is a file itself; write them out here';
  return { ok: false, problems: [...problems, ...imports.map(({ node }) => ({ ...node.at, message }))] };
}
