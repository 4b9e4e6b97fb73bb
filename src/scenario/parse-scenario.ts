import { findImports } from './csv/find-imports.ts';
import { parseSource } from './source.ts';
import { toResult, type LoadResult } from './to-result.ts';

/** Reads, checks and resolves a text that is at hand. It has no folder, so it cannot import CSV files. */
export function parseScenario(text: string, file: string, seed: number | string = 1): LoadResult {
  const { root, problems } = parseSource(text, file);
  const imports = root ? findImports(root) : [];
  if (imports.length === 0) return toResult({ root, problems }, file, seed);
  const message = 'rows of a CSV file are read with a scenario that is a file itself; write them out here';
  return { ok: false, problems: [...problems, ...imports.map(({ node }) => ({ ...node.at, message }))] };
}
