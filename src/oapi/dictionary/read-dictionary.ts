import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../config.ts';
import type { DictionaryFile } from './dictionary-file.ts';

/** A dictionary of the package, by its name. It is trusted: the tests check it, a start does not pay for that. */
export function shippedDictionary(name: string): DictionaryFile {
  return JSON.parse(readFileSync(join(PACKAGE_ROOT, 'dictionaries', `${name}.json`), 'utf8')) as DictionaryFile;
}
