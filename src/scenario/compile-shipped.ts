import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compile, compiledName } from './compiled-source.ts';
import { loadScenario, shippedNames } from './load.ts';
import { parseSource } from './source.ts';

/** For the build: the shipped days with which nothing is wrong, each as a file name and its text. */
export async function compileShipped(
  scenariosDir: string,
): Promise<readonly { readonly name: string; readonly json: string }[]> {
  const names = await shippedNames(scenariosDir);
  const texts = await Promise.all(names.map((name) => readFile(join(scenariosDir, `${name}.yaml`), 'utf8')));
  const days = await Promise.all(names.map((name) => loadScenario(name, { scenariosDir })));
  return texts.flatMap((text, i) => {
    const { root } = parseSource(text, `${names[i]}.yaml`);
    // Who reads it relies on that: a day is held to its shape here and not at each start.
    return root && days[i]?.ok ? [{ name: compiledName(text), json: JSON.stringify(compile(root)) }] : [];
  });
}
