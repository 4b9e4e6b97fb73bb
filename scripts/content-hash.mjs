import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * One hash over the names and contents of files and of whole folders: times lie (a checkout sets them
 * all), contents do not. What is missing counts as missing.
 * @param {string} root
 * @param {readonly string[]} names relative to `root`
 * @returns {string}
 */
export function contentHash(root, names) {
  const hash = createHash('sha256');
  for (const file of names.flatMap((name) => filesIn(root, name)).sort()) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** @returns {string[]} */
function filesIn(root, name) {
  const stats = statSync(path.join(root, name), { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return [name];
  return readdirSync(path.join(root, name)).flatMap((entry) => filesIn(root, path.join(name, entry)));
}
