import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A folder of somebody who has installed the package, and vitest. */
function userFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-user-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/dcass-sim'), 'junction');
  symlinkSync(join(ROOT, 'node_modules/vitest'), join(folder, 'node_modules/vitest'), 'junction');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function node(folder: string, ...args: string[]) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, VITEST: undefined, GITHUB_ACTIONS: undefined };
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env });
  return { stdout, stderr, status };
}

test('a CommonJS program gets the library and the client by require', () => {
  const folder = userFolder({
    'program.cjs': `const { startSimulator } = require('dcass-sim');
const { connect } = require('dcass-sim/client');
(async () => {
  const sim = await startSimulator({ at: '09:00' });
  const { simTime } = await connect(sim.endpoints.control).clock.view();
  console.log(simTime);
  await sim.stop();
})();
`,
  });
  expect(node(folder, '--no-warnings', 'program.cjs')).toEqual({
    status: 0,
    stdout: '2019-05-05T09:00:00.000+08:00\n',
    stderr: '',
  });
});

test('an error of the client is an error of the library, and no other is', () => {
  const folder = userFolder({
    'program.mjs': `import { SimError } from 'dcass-sim';
import { connect, SimError as Refused } from 'dcass-sim/client';
const told = (() => { try { connect({ url: 'no address', token: '' }); } catch (error) { return error; } })()
  ?? await connect({ url: 'http://127.0.0.1:1', token: 'nobody' }).ready().catch((error) => error);
console.log(told.code, told instanceof SimError, told instanceof Refused, new Error('x') instanceof SimError);
`,
  });
  const { stdout, stderr, status } = node(folder, 'program.mjs');
  expect({ stdout, stderr, status }).toEqual({
    stdout: expect.stringMatching(/^SIM_\w+ true true false\n$/),
    stderr: '',
    status: 0,
  });
});

test('vitest gives each test a simulator of its own, and tells a failed one what happened', () => {
  const folder = userFolder({
    'vitest.config.mjs': `export default { test: { pool: 'forks' } };\n`,
    'first.test.mjs': `import { expect } from 'vitest';
import { simulatorTest } from 'dcass-sim/vitest';
const test = simulatorTest({ scenario: 'verification-day', at: '09:00' });
test('is at nine', ({ sim }) => expect(sim.clock.now()).toContain('T09:00'));
test('moves on, alone', async ({ sim }) => {
  await sim.clock.advanceTo('12:00');
  sim.verify({ kind: 'clearing.phase-changed', phase: 'closed' }).times(1);
});
`,
    'second.test.mjs': `import { describe, expect } from 'vitest';
import { test } from 'dcass-sim/vitest';
describe('of a group', () => {
  test.override({ simOptions: { at: '10:00' } });
  test('is at ten', ({ sim }) => expect(sim.clock.now()).toContain('T10:00'));
  test('fails', async ({ sim }) => {
    await sim.inject('note', { text: 'just before' });
    sim.verify({ kind: 'online.login' }).times(1);
  });
});
test('is as the day begins', ({ sim }) => expect(sim.clock.now()).toContain('T06:30'));
`,
  });
  const { status, stdout, stderr } = node(
    folder,
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
  );
  expect(status).toBe(1);
  expect(stdout).toMatch(/Tests {2}1 failed \| 4 passed/);
  expect(stderr).toContain('online.login: expected once, seen never');
  expect(stderr).toContain('dcass-sim, verification-day, at 10:00:00 Hong Kong time. The last entries of the journal:');
  expect(stderr).toMatch(/#\d+ 10:00:00 scenario\.note, text just before/);
}, 120_000);
