import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SCENARIOS_DIR } from '../../src/config.ts';
import { compileShipped } from '../../src/scenario/compile-shipped.ts';
import { loadScenario, shippedNames, type LoadResult } from '../../src/scenario/load.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-compiled-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function compiled(scenariosDir: string): Promise<string> {
  const into = folder();
  for (const { name, json } of await compileShipped(scenariosDir)) writeFileSync(join(into, name), json);
  return into;
}

test('every shipped day is the same, read by the build or read anew, with its own parameters and with others', async () => {
  const scenariosDir = SCENARIOS_DIR;
  const compiledDir = await compiled(scenariosDir);
  const names = await shippedNames(scenariosDir);
  const readAll = async (options: object): Promise<readonly LoadResult[]> => {
    const results: LoadResult[] = [];
    // One after the other, and more of them than are remembered: the second time all are read again.
    for (const name of names) results.push(await loadScenario(name, { scenariosDir, ...options }));
    return results;
  };
  expect(names.length).toBeGreaterThan(8);
  const read = await readAll({ compiledDir });
  expect(read.filter(({ ok }) => !ok)).toEqual([]);
  expect(await readAll({})).toEqual(read);
  const wrong = { scenariosDir, seed: 'wrong', params: { closes: 'noon' } };
  const said = await loadScenario('verification-day', { ...wrong, compiledDir });
  expect(said).toMatchObject({ ok: false });
  expect(said).toEqual(await loadScenario('verification-day', { ...wrong, seed: 'wrong too' }));
});

test('a day with which something is wrong is not taken from the build, nor one that was changed since', async () => {
  const scenariosDir = folder();
  cpSync(join(SCENARIOS_DIR, 'verification-day.yaml'), join(scenariosDir, 'good.yaml'));
  const text = readFileSync(join(SCENARIOS_DIR, 'verification-day.yaml'), 'utf8');
  writeFileSync(join(scenariosDir, 'bad.yaml'), text.replace(/^ {2}minutes: .*$/m, '  minutes: "many"'));
  expect(await compileShipped(scenariosDir)).toHaveLength(1);
  const compiledDir = await compiled(scenariosDir);
  expect(await loadScenario('bad', { scenariosDir, compiledDir })).toMatchObject({ ok: false });
  writeFileSync(join(scenariosDir, 'good.yaml'), text.replace('format: dcass-scenario/1', 'format: dcass-scenario/9'));
  expect(await loadScenario('good', { scenariosDir, compiledDir })).toMatchObject({ ok: false });
});
