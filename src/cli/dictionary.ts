import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { PACKAGE_ROOT, type Environment } from '../config.ts';
import { dictionariesFolder, findDictionary, ownDictionaries, SHIPPED_DICTIONARIES } from '../dictionaries.ts';
import { defaultStateDir } from '../host/run-directory.ts';
import { compareDictionaries } from '../oapi/dictionary/compare.ts';
import type { DictionaryFamily, DictionaryFile } from '../oapi/dictionary/dictionary-file.ts';
import { openDictionary, type Dictionary } from '../oapi/dictionary/dictionary.ts';
import { importHeaders } from '../oapi/header/import-headers.ts';
import { listNames, nearest } from '../scenario/nearest.ts';
import { SimError } from '../sim-error.ts';
import type { Output } from './output.ts';
import { differencesText, dictionaryJson, layoutText, messagesText } from './print-dictionary.ts';
import { cHeader } from './print-c.ts';
import { importReport } from './print-import.ts';

interface PlaceFlags {
  readonly stateDir?: string;
  readonly json?: boolean;
}

/** The flags of `dictionary import`, as they were typed. */
export interface ImportFlags extends PlaceFlags {
  readonly include?: readonly string[];
  readonly define?: readonly string[];
  readonly name?: string;
  readonly out?: string;
  readonly long?: '4' | '8';
  readonly family?: DictionaryFamily;
  readonly codesPrefix?: readonly string[];
  readonly strict?: boolean;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/**
 * `dcass-sim dictionary import`: headers into a dictionary of the user's own.
 * @returns 2 when nothing was written, else 0
 */
export async function importDictionary(
  headers: readonly string[],
  flags: ImportFlags,
  environment: Environment,
  output: Output,
): Promise<number> {
  const name = flags.name ?? basename(headers[0] ?? '').replace(/\.[^.]*$/, '');
  if (!NAME.test(name)) fail(`--name ${name}: letters, digits, "_", "." and "-" make a name, 64 at most`);
  if (SHIPPED_DICTIONARIES.some((each) => each === name))
    fail(`${name} is the name of a shipped dictionary; give another one with --name`);
  const imported = importHeaders(headers, {
    name,
    readFile: readIfThere,
    includeDirs: (flags.include ?? []).map((folder) => `${folder.replace(/[/\\]+$/, '')}/`),
    defines: flags.define ?? [],
    codePrefixes: flags.codesPrefix ?? [],
    ...(flags.long === undefined ? {} : { longBytes: flags.long === '4' ? 4 : 8 }),
    ...(flags.family === undefined ? {} : { family: flags.family }),
  });
  const { dictionary, unread } = imported;
  const refused = flags.strict === true && unread.length > 0;
  const folder = dictionariesFolder(stateDirOf(flags, environment));
  const file = flags.out === undefined ? join(folder, `${name}.json`) : resolve(flags.out);
  const written = dictionary !== undefined && !refused;
  if (written) {
    openDictionary(dictionary);
    await write(file, dictionary, flags.out === undefined);
  }
  importReport({ imported, name, file: written ? file : undefined, strict: refused }, flags.json === true, output);
  return written ? 0 : 2;
}

/** `dcass-sim dictionary list`: the shipped ones and the user's own. */
export function listDictionaries(flags: PlaceFlags, environment: Environment, output: Output): void {
  const own = ownDictionaries(stateDirOf(flags, environment));
  if (flags.json) {
    output.data(JSON.stringify({ shipped: SHIPPED_DICTIONARIES, own }));
    return;
  }
  for (const name of SHIPPED_DICTIONARIES) output.data(`${name}  shipped`);
  for (const name of own) output.data(`${name}  your own, private`);
}

/** `dcass-sim dictionary show`: the messages, or the layouts of structs and types. */
export async function showDictionary(
  which: string,
  wanted: readonly string[],
  flags: PlaceFlags & { readonly c?: boolean },
  environment: Environment,
  output: Output,
): Promise<void> {
  const dictionary = await open(which, flags, environment);
  const structs = wanted.map((each) => {
    const found = dictionary.messages.get(each)?.struct ?? dictionary.structs.get(each);
    if (found) return found;
    const all = [...dictionary.messages.keys(), ...dictionary.structs.keys()];
    return fail(`${dictionary.name} has no struct and no type ${each}; ${suggestion(each, all)}`);
  });
  if (flags.json) output.data(JSON.stringify(dictionaryJson(dictionary, structs)));
  else if (flags.c) output.data(cHeader(dictionary, structs));
  else if (structs.length === 0) output.data(messagesText(dictionary));
  else output.data(structs.map((each) => layoutText(each, dictionary)).join('\n\n'));
}

/** `dcass-sim dictionary diff`. @returns 1 when the two differ, else 0 */
export async function diffDictionaries(
  a: string,
  b: string,
  flags: PlaceFlags,
  environment: Environment,
  output: Output,
): Promise<number> {
  const [left, right] = [await open(a, flags, environment), await open(b, flags, environment)];
  const differences = compareDictionaries(left, right);
  if (flags.json) output.data(JSON.stringify({ equal: differences.length === 0, differences }));
  else if (differences.length > 0) output.data(differencesText(differences, left.name, right.name));
  else output.talk(`${a} and ${b} have the same messages, layouts, codes and enumerations`);
  return differences.length === 0 ? 0 : 1;
}

function open(which: string, flags: PlaceFlags, environment: Environment): Promise<Dictionary> {
  return findDictionary(which, { stateDir: stateDirOf(flags, environment) });
}

function suggestion(name: string, all: readonly string[]): string {
  const near = nearest(name, all);
  return near === undefined ? `there are ${listNames(all)}` : `did you mean ${near}?`;
}

function stateDirOf(flags: PlaceFlags, environment: Environment): string {
  return resolve(flags.stateDir ?? defaultStateDir({ packageRoot: PACKAGE_ROOT, env: environment.all }));
}

async function write(file: string, dictionary: DictionaryFile, isOurFolder: boolean): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    // Wherever the state directory is, git must not take what came from a licensed header.
    if (isOurFolder) await writeFile(join(dirname(file), '.gitignore'), '*\n');
    await writeFile(file, `${JSON.stringify(dictionary, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    fail(`${file} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}

function readIfThere(path: string): string | undefined {
  try {
    // The headers' comments may be of any code page; names and numbers are ASCII in all of them.
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function fail(message: string): never {
  throw new SimError('SIM_OPTION_INVALID', message);
}
