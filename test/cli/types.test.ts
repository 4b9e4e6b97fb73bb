import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

// The package has no dependencies: its types may not need those of a library, nor Node's.
test('a strict TypeScript program uses the library with no other types installed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-types-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/dcass-sim'), 'junction');
  writeFileSync(
    join(folder, 'program.mts'),
    `import { startSimulator, SimError, type Ready, type JournalEntry } from 'dcass-sim';
import { connect, type ControlClient } from 'dcass-sim/client';
await using sim = await startSimulator({ scenario: 'verification-day', plan: 'ephemeral', clock: 'paused' });
const ready: Ready = sim.endpoints;
await sim.clock.advanceTo('09:00');
await sim.inject('gateway.stop', { which: [1], how: 'refuse', for: '10m' });
const entry: JournalEntry = await sim.journal.waitFor({ kind: 'sftp.download' }, { timeoutMs: 2000 });
const status: 'met' | 'late' | 'missed' | 'pending' | 'waived' | 'not-reached' | undefined = sim.expectations()[0]?.status;
const percent: number | undefined = sim.score().percent;
export const all: [string, number, string | undefined, number | undefined] = [ready.control.url, entry.seq, status, percent];
const status2: typeof status = (await sim.waitFor({ expectation: 'cabc-logs-on', status: ['met', 'late'] }, { by: '12:00' })).status;
const time: string = await sim.waitFor({ time: '09:00' });
const seen: JournalEntry = await sim.waitFor({ kind: 'online.login', user: 'BU_CABC101' });
const count: number = await sim.waitFor(() => sim.state().sessions.length || undefined, { timeoutMs: 100 });
const logins: readonly JournalEntry[] = sim.verify({ kind: 'online.login' }).times(1);
sim.verify.inOrder([{ kind: 'online.login' }, { kind: 'online.logout' }]);
const client: ControlClient = connect({ url: ready.control.url, token: ready.control.token });
await client.clock.advanceTo('12:00');
for await (const each of client.journal.follow({ kind: 'online.*' })) if (each.outcome === 'refused') break;
export const more: [typeof status2, string, number, number, number] = [status2, time, seen.seq + logins.length, count, sim.unexpected().length];
export const isOurs = (error: unknown): boolean => error instanceof SimError && error.code === 'SIM_PORT_IN_USE';
`,
  );
  const options =
    '--noEmit --strict --exactOptionalPropertyTypes --target es2023 --lib es2023,esnext.disposable --module nodenext --preserveSymlinks --types';
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/typescript/bin/tsc'), ...options.split(' '), '', 'program.mts'],
    { cwd: folder, encoding: 'utf8' },
  );
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
});
