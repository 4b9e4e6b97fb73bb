import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDay, type RunningDay } from '../cli/command.ts';
import { hasClient } from '../support/real-clients.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GUIDE = 'docs/guides/oapi-program.md';
const LIBRARY_PAGE = 'clients/oapi-c/README.md';

function shown(page: string, mark: string): string {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return (
    new RegExp(`<!-- run: ${mark} -->\n\n\`\`\`sh\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ??
    expect.fail(`${page} shows nothing marked ${mark}`)
  );
}

describe.skipIf(!hasClient('gcc') || !hasClient('make'))('the pages of the C library', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'dcass-sim-guide-'));
  let day: RunningDay;

  /** A shown block, at this day's gateways instead of those of the default addresses. */
  function run(page: string, mark: string): SpawnSyncReturns<string> {
    const [first, second] = day.ready.oapi;
    const commands = shown(page, mark)
      .replaceAll('127.151.5.81:15001', `${first?.address}:${first?.port}`)
      .replaceAll('127.151.5.82:15001', `${second?.address}:${second?.port}`)
      .replaceAll('127.151.5.81 15001', `${first?.address} ${first?.port}`)
      .replaceAll(/^dcass-sim /gm, `'${process.execPath}' '${join(ROOT, 'bin/dcass-sim.mjs')}' `)
      .replaceAll('npm run', `npm --silent --prefix '${ROOT}' run`);
    return spawnSync('bash', ['--norc', '-euc', commands], { cwd, encoding: 'utf8' });
  }

  beforeAll(async () => {
    symlinkSync(join(ROOT, 'clients'), join(cwd, 'clients'));
    day = await startDay(['certification-rehearsal', '--at', '09:30']);
    const { status, stderr } = run(GUIDE, 'build');
    if (status !== 0) throw new Error(`the library was not built: ${stderr}`);
  }, 180_000);
  afterAll(async () => {
    await day[Symbol.asyncDispose]();
    rmSync(cwd, { recursive: true, force: true });
  });

  test('a program with production’s addresses works at the simulator by its environment', () => {
    const TIMED_OUT = 124;
    const { status, stdout, stderr } = run(GUIDE, 'program');
    expect([status, stderr]).toEqual([TIMED_OUT, '']);
    expect(stdout.split('\n')).toContain('logged in at 10.151.5.81:15001');
    expect(stdout).toMatch(/^trade \d+: 9 at 27665$/m);
  }, 60_000);

  test('the example is built as the library’s page shows it', () => {
    expect(run(LIBRARY_PAGE, 'backoffice')).toMatchObject({ status: 0, stdout: '', stderr: '' });
  }, 60_000);

  const rows = ['python', 'java'].filter((mark) => hasClient(mark === 'java' ? 'javac' : 'python3'));
  test.each(rows)(
    'positions from %s, as the library’s page shows it',
    (mark) => {
      const { status, stdout, stderr } = run(LIBRARY_PAGE, mark);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout.trim().split('\n').length).toBeGreaterThan(1);
      expect(stdout).toMatch(/^\w+ 7\.1\.4\.0\.\d+\.\d+\.0 \d+ \d+$/m);
    },
    60_000,
  );
});
