import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { PACKAGE_ROOT } from './config.ts';
import type { DictionaryFile } from './oapi/dictionary/dictionary-file.ts';
import type { Dictionary } from './oapi/dictionary/dictionary.ts';
import type { Protocol } from './oapi/protocol.ts';
import { listNames, nearest } from './scenario/nearest.ts';
import { SimError } from './sim-error.ts';

// Where dictionaries lie: in the package, in the state directory (what a user imported), or in a file of any name.

export const SHIPPED_DICTIONARIES = ['click', 'genium'] as const;
export type ShippedDictionary = (typeof SHIPPED_DICTIONARIES)[number];
const FOLDER = 'dictionaries';

/** A dictionary of the package. It is trusted: the tests check it, a start does not pay for that. */
export function shippedDictionary(name: ShippedDictionary): DictionaryFile {
  return JSON.parse(readFileSync(join(PACKAGE_ROOT, FOLDER, `${name}.json`), 'utf8')) as DictionaryFile;
}

export function dictionariesFolder(stateDir: string): string {
  return join(stateDir, FOLDER);
}

/** The names of the user's own ones, in order. */
export function ownDictionaries(stateDir: string): readonly string[] {
  const folder = dictionariesFolder(stateDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .toSorted();
}

/**
 * A dictionary by its name or by a file's path, which begins at `folder`; one of the user's own as it is.
 * @throws SimError SIM_OPTION_INVALID where there is none, SIM_DICTIONARY_INVALID where it cannot be read
 */
export async function findDictionary(
  which: string,
  { stateDir, folder }: { readonly stateDir: string; readonly folder?: string },
): Promise<Dictionary> {
  const shipped = SHIPPED_DICTIONARIES.find((each) => each === which);
  const { openDictionary } = await import('./oapi/dictionary/dictionary.ts');
  if (shipped) return openDictionary(shippedDictionary(shipped));
  const own = ownDictionaries(stateDir);
  const file = own.includes(which)
    ? join(dictionariesFolder(stateDir), `${which}.json`)
    : isAbsolute(which) || folder === undefined
      ? which
      : join(folder, which);
  const text = readIfThere(file);
  if (text === undefined) {
    const all = [...SHIPPED_DICTIONARIES, ...own];
    const near = nearest(which, all);
    const advice = near === undefined ? `there are ${listNames(all)}` : `did you mean ${near}?`;
    throw new SimError('SIM_OPTION_INVALID', `there is no dictionary ${which} and no file of that name; ${advice}`);
  }
  const { readDictionary } = await import('./oapi/dictionary/read-dictionary.ts');
  return openDictionary(await readDictionary(text, file));
}

export interface GatewayDictionary {
  readonly name: string;
  readonly family: Dictionary['family'];
  /** A shipped one has a layout for everything that is simulated: the tests say so, and a start need not look. */
  readonly isShipped: boolean;
  open(): Promise<Dictionary>;
}

/** The same for a gateway: codes and enumerations that it has none of its own for are its family's. */
export async function dictionaryForGateways(
  which: string,
  place: { readonly stateDir: string; readonly folder?: string },
): Promise<GatewayDictionary> {
  const shipped = SHIPPED_DICTIONARIES.find((each) => each === which);
  // Opened when the first program needs it: until then a start pays nothing for it.
  const open = async (name: ShippedDictionary): Promise<Dictionary> => {
    const { openDictionary } = await import('./oapi/dictionary/dictionary.ts');
    return openDictionary(shippedDictionary(name));
  };
  if (shipped) return { name: shipped, family: shipped, isShipped: true, open: () => open(shipped) };
  const found = await findDictionary(which, place);
  const { name, family } = found;
  const { withFamily } = await import('./oapi/dictionary/dictionary.ts');
  return { name, family, isShipped: false, open: async () => withFamily(found, await open(family)) };
}

/** What gateways with it speak: made once, when somebody first asks. */
export function protocolOf(dictionary: GatewayDictionary): () => Promise<Protocol> {
  let made: Promise<Protocol> | undefined;
  const make = async (): Promise<Protocol> => {
    const { openProtocol } = await import('./oapi/protocol.ts');
    return openProtocol(await dictionary.open());
  };
  return () => (made ??= make());
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
