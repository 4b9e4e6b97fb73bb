import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { SimError } from '../sim-error.ts';
import { buildScenario } from './build-scenario.ts';
import { listNames, nearest } from './nearest.ts';
import { sortProblems, type Problem } from './problem.ts';
import type { Scenario } from './scenario.ts';
import { parseSource } from './source.ts';

export { formatProblem, type Problem } from './problem.ts';

export interface LoadOptions {
  /** From which passwords, temporary passwords and all other chance of the day are drawn. Default 1. */
  readonly seed?: number | string;
  /** Where the shipped days lie; needed to load one by its name. */
  readonly scenariosDir?: string;
}

export type LoadResult =
  | { readonly ok: true; readonly scenario: Scenario }
  /** Everything that is wrong, in the order of the file. */
  | { readonly ok: false; readonly problems: readonly Problem[] };

const DEFAULT_SEED = 1;
const EXTENSION = '.yaml';

/**
 * Reads, checks and resolves a day: a shipped one by its name (`verification-day`), a file by its
 * path, or a text. @throws SimError SIM_SCENARIO_NOT_FOUND when there is no such file
 */
export async function loadScenario(
  which: string | { readonly text: string; readonly file: string },
  options: LoadOptions = {},
): Promise<LoadResult> {
  const { text, file } = typeof which === 'string' ? await read(which, options.scenariosDir) : which;
  return parseScenario(text, file, options.seed ?? DEFAULT_SEED);
}

/** The same for a text that is at hand. */
export function parseScenario(text: string, file: string, seed: number | string = DEFAULT_SEED): LoadResult {
  const key = `${file}\n${typeof seed} ${seed}\n${text}`;
  const before = READ.get(key);
  if (before) return before;
  const result = parse(text, file, seed);
  if (READ.size >= READ_MAX) READ.delete(READ.keys().next().value ?? '');
  READ.set(key, result);
  return result;
}

// A test suite starts the same day a hundred times, and reading YAML is a third of a warm start.
// Scenarios are never changed, so they can be shared.
const READ = new Map<string, LoadResult>();
const READ_MAX = 8;

function parse(text: string, file: string, seed: number | string): LoadResult {
  const { root, problems } = parseSource(text, file);
  const collected: Problem[] = [...problems];
  const scenario = root && buildScenario(root, file, seed, (problem) => collected.push(problem));
  if (scenario && collected.length === 0) return { ok: true, scenario };
  return { ok: false, problems: sortProblems(collected) };
}

async function read(which: string, scenariosDir: string | undefined): Promise<{ text: string; file: string }> {
  const isName = !/[\\/]/.test(which) && extname(which) === '';
  if (isName && scenariosDir !== undefined) {
    const names = await shippedNames(scenariosDir);
    if (!names.includes(which)) {
      const near = nearest(which, names);
      const write = near ? `did you mean ${near}? ` : '';
      throw new SimError(
        'SIM_SCENARIO_NOT_FOUND',
        `there is no shipped day "${which}"; ${write}(shipped: ${listNames(names)}; a file of yours needs its path: ./${which}${EXTENSION})`,
      );
    }
    return {
      text: await readFile(join(scenariosDir, which + EXTENSION), 'utf8'),
      file: `scenarios/${which}${EXTENSION}`,
    };
  }
  try {
    return { text: await readFile(which, 'utf8'), file: which };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : `it cannot be read (${code})`;
    throw new SimError('SIM_SCENARIO_NOT_FOUND', `${which}: ${why}`, { cause: error });
  }
}

/** The names of the days in the folder of the shipped ones. */
export async function shippedNames(scenariosDir: string): Promise<readonly string[]> {
  const files = await readdir(scenariosDir);
  return files
    .filter((file) => file.endsWith(EXTENSION))
    .map((file) => file.slice(0, -EXTENSION.length))
    .toSorted();
}
