import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');

test(
  'a start leaves what was compiled for the next, once, and takes nothing that is broken',
  { timeout: 120_000 },
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'dcass-sim-compiled-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const part of ['bin', 'dist', 'scenarios', 'dictionaries', 'package.json'])
      cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
    const kept = (): string[] => readdirSync(path.join(folder, 'dist')).filter((name) => name.includes('.compiled'));
    const name = `start.${process.version}-${process.arch}.compiled`;
    const file = path.join(folder, 'dist', name);
    for (const each of kept()) rmSync(path.join(folder, 'dist', each));

    await startAndStop(folder);
    // Node 22 and later keep it themselves, elsewhere.
    if ('enableCompileCache' in (await import('node:module'))) return expect(kept()).toEqual([]);
    expect(kept()).toEqual([name]);
    const first = readFileSync(file);
    expect(first.length).toBeGreaterThan(100_000);
    await startAndStop(folder);
    expect(readFileSync(file).equals(first)).toBe(true);

    truncateSync(file, 50_000);
    await startAndStop(folder);
    writeFileSync(file, 'not compiled at all');
    await startAndStop(folder);
    const another = Buffer.from(first);
    for (let at = 200; at < another.length; at += 1_000) another[at] = (another[at] ?? 0) ^ 0xff;
    writeFileSync(file, another);
    await startAndStop(folder);
    expect(kept()).toEqual([name]);
  },
);

test('the build has kept it for the Node that built', () => {
  const name = `start.${process.version}-${process.arch}.compiled`;
  expect(readdirSync(path.join(ROOT, 'dist'))).toContain(name);
  // A stack names the script as it was called when it was compiled.
  const kept = readFileSync(path.join(ROOT, 'dist', name), 'latin1');
  expect(kept).toContain(path.join(ROOT, 'dist/start.cjs'));
});

async function startAndStop(folder: string): Promise<void> {
  const args = ['up', '--json', '--plan', 'ephemeral', '--clock', 'paused', '--state-dir', path.join(folder, 'state')];
  const child = spawn(process.execPath, [path.join(folder, 'bin/dcass-sim.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const over = once(child, 'exit');
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), over])) as [unknown];
  expect(String(line), said).toContain('"ready":true');
  child.kill('SIGTERM');
  expect(await over).toEqual([143, null]);
}
