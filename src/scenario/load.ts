import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { SimError } from '../sim-error.ts';
import { readCompiled } from './compiled-source.ts';
import { findImports } from './csv/find-imports.ts';
import { nearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import { nodeAt } from './source-node.ts';
import { toResult, type LoadResult, type SourceResult } from './to-result.ts';

export { formatProblem, type Problem } from './problem.ts';

export interface LoadOptions {
  /** From which passwords, temporary passwords and all other chance of the day are drawn. Default 1. */
  readonly seed?: number | string;
  /** Values of the day's parameters, by name. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** Where the shipped days lie; needed to load one by its name. */
  readonly scenariosDir?: string;
  /** A folder of report templates, in the place of the one that the scenario names. */
  readonly reportTemplates?: string;
  /** Told of each file before it is read: the day's own, those that it extends, and its CSV files. */
  readonly onFile?: (path: string) => void;
  /** Where the build has put what it read of the shipped days; without it every text is read anew. */
  readonly compiledDir?: string;
}

export type { LoadResult };

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
  const day = typeof which === 'string' ? await read(which, options) : { ...which, folder: dirname(which.file) };
  const result = await loadDay(day, options);
  const { reportTemplates } = options;
  if (!result.ok || (reportTemplates ?? result.scenario.reports.templates) === undefined) return result;
  const { withTemplates } = await import('./report-templates/with-templates.ts');
  return withTemplates(result.scenario, day.folder, reportTemplates);
}

interface DayText {
  readonly text: string;
  readonly file: string;
  readonly folder: string;
}

async function loadDay(day: DayText, options: LoadOptions): Promise<LoadResult> {
  const { seed = DEFAULT_SEED, params = {} } = options;
  const key = `${day.file}\n${typeof seed} ${seed}\n${JSON.stringify(params)}\n${day.text}`;
  const known = READ.get(key);
  if (known) return known;
  const { source, isAlone, isCompiled } = await readSource(day, options, []);
  // The build has held the day to its shape, as it is alone and without anybody's parameters.
  const isSound = isCompiled && isAlone && Object.keys(params).length === 0;
  const shape = isSound ? undefined : (await import('./schema.ts')).scenarioFile;
  const result = toResult(source, day.file, { seed, params }, shape);
  // A CSV file, or the day that this one extends, may be another one the next time.
  return isAlone ? remember(key, result) : result;
}

const EXTENDS_MAX = 3;

/** A day's own text with everything that it refers to. */
interface ReadSource {
  readonly source: SourceResult;
  /** It refers to nothing. */
  readonly isAlone: boolean;
  /** The build has read its own text, and found nothing wrong with the day. */
  readonly isCompiled: boolean;
}

async function readSource(
  { text, file, folder }: DayText,
  options: LoadOptions,
  children: readonly string[],
): Promise<ReadSource> {
  const { source: own, isCompiled } = await readText(text, file, options.compiledDir);
  let source = own;
  let isAlone = true;
  if (source.root && findImports(source.root).length > 0) {
    const { importRows } = await import('./csv/import-rows.ts');
    source = await importRows(source, { folder, file, onFile: options.onFile });
    isAlone = false;
  }
  const { root } = source;
  const parent = root && nodeAt(root, ['extends']);
  if (root?.type !== 'map' || parent?.type !== 'scalar' || typeof parent.value !== 'string')
    return { source, isAlone, isCompiled };

  const chain = [...children, file];
  const problems: Problem[] = [...source.problems];
  const refused = (message: string): ReadSource => ({
    // Whoever has no parent is not held to be whole either: that would bury the reason.
    source: { root: undefined, problems: [...problems, { ...parent.at, message, found: String(parent.value) }] },
    isAlone: false,
    isCompiled,
  });
  const which = /[\\/]/.test(parent.value) ? join(folder, parent.value) : parent.value;
  let base: DayText;
  try {
    base = await read(which, options);
  } catch (error) {
    if (error instanceof SimError) return refused(`the day that this one extends cannot be read: ${error.message}`);
    throw error;
  }
  if (chain.includes(base.file)) return refused(`${base.file} extends itself, over ${chain.join(', ')}`);
  if (chain.length > EXTENDS_MAX) {
    return refused(`days extend each other ${EXTENDS_MAX} deep at most; write out what is needed of ${base.file} here`);
  }
  const { source: above } = await readSource(base, options, chain);
  if (above.root?.type !== 'map')
    return { source: { root: undefined, problems: [...problems, ...above.problems] }, isAlone: false, isCompiled };
  problems.push(...above.problems);
  const { extendDay } = await import('./extend.ts');
  return {
    source: { root: extendDay(root, above.root, (problem) => problems.push(problem)), problems },
    isAlone: false,
    isCompiled,
  };
}

// A test suite starts the same day a hundred times. Scenarios are never changed, so they can be shared.
const READ = new Map<string, LoadResult>();
const READ_MAX = 8;

function remember(key: string, result: LoadResult): LoadResult {
  if (READ.size >= READ_MAX) READ.delete(READ.keys().next().value ?? '');
  READ.set(key, result);
  return result;
}

/** The shipped days were read when the package was built; any other text is read now, with the YAML library. */
async function readText(
  text: string,
  file: string,
  compiledDir: string | undefined,
): Promise<Pick<ReadSource, 'source' | 'isCompiled'>> {
  const compiled = compiledDir === undefined ? undefined : await readCompiled(compiledDir, text, file);
  if (compiled) return { source: { root: compiled, problems: [] }, isCompiled: true };
  const { parseSource } = await import('./source.ts');
  return { source: parseSource(text, file), isCompiled: false };
}

async function read(which: string, { scenariosDir, onFile }: LoadOptions): Promise<DayText> {
  const isName = !/[\\/]/.test(which) && extname(which) === '';
  if (isName && scenariosDir !== undefined) {
    const names = await shippedNames(scenariosDir);
    if (!names.includes(which)) {
      const near = nearest(which, names);
      const write = near ? `; did you mean ${near}?` : '';
      throw new SimError(
        'SIM_SCENARIO_NOT_FOUND',
        `there is no shipped day "${which}"${write} (shipped: ${names.join(', ')}; a file of yours needs its path: ./${which}${EXTENSION})`,
      );
    }
    onFile?.(join(scenariosDir, which + EXTENSION));
    return {
      text: await readFile(join(scenariosDir, which + EXTENSION), 'utf8'),
      file: `scenarios/${which}${EXTENSION}`,
      folder: scenariosDir,
    };
  }
  onFile?.(which);
  try {
    return { text: await readFile(which, 'utf8'), file: which, folder: dirname(which) };
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
