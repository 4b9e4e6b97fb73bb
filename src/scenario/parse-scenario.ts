import { parseSource } from './source.ts';
import { toResult, type LoadResult } from './to-result.ts';

/** Reads, checks and resolves a text that is at hand. */
export function parseScenario(text: string, file: string, seed: number | string = 1): LoadResult {
  return toResult(parseSource(text, file), file, seed);
}
