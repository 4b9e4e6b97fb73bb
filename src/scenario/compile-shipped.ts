import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compile, compiledName } from './compiled-source.ts';
import { shippedNames } from './load.ts';
import { parseSource } from './source.ts';

/** For the build: the shipped days that read without a problem, each as a file name and its text. */
export async function compileShipped(
  scenariosDir: string,
): Promise<readonly { readonly name: string; readonly json: string }[]> {
  const names = await shippedNames(scenariosDir);
  const texts = await Promise.all(names.map((name) => readFile(join(scenariosDir, `${name}.yaml`), 'utf8')));
  return texts.flatMap((text, i) => {
    const { root, problems } = parseSource(text, `${names[i]}.yaml`);
    return root && problems.length === 0 ? [{ name: compiledName(text), json: JSON.stringify(compile(root)) }] : [];
  });
}
