import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { defaultCertsDir, defaultStateDir, findRunning, openRunDirectory } from '../../src/host/run-directory.ts';
import { describeOwner, stateOf } from '../../src/host/run-owner.ts';

const READY = { scenario: 'verification-day', control: { url: 'http://127.0.0.1:8092', token: 'token' } };

async function stateDirectory(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'dcass-sim-run-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A process that lives until it is ended. */
function someProcess() {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const end = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    child.stdin.end();
    await once(child, 'exit');
  };
  return { pid: child.pid ?? 0, end, [Symbol.asyncDispose]: end };
}

/** A folder as a killed simulator leaves it. */
async function leftFolder(stateDir: string, name: string, owner?: object): Promise<string> {
  const path = join(stateDir, 'run', name);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'ready.json'), JSON.stringify(READY));
  if (owner) await writeFile(join(path, 'owner.json'), JSON.stringify(owner));
  return path;
}

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

test('a run has a folder of its own, private files in it, and nothing of it is left when it stops', async () => {
  await using state = await stateDirectory();
  const run = await openRunDirectory(state.path, process.pid);
  await using other = await openRunDirectory(state.path, process.pid);
  const file = await run.write('users.json', '[]');
  expect(await readFile(file, 'utf8')).toBe('[]');
  expect([await modeOf(join(state.path, 'run')), await modeOf(run.path), await modeOf(file)]).toEqual([
    '700',
    '700',
    '600',
  ]);
  expect(other.path).not.toBe(run.path);

  await run[Symbol.asyncDispose]();
  await run[Symbol.asyncDispose]();
  expect([existsSync(run.path), existsSync(other.path)]).toEqual([false, true]);
});

test('the simulators that run and are ready are found, oldest first; one that is not ready is not', async () => {
  await using state = await stateDirectory();
  await using first = await openRunDirectory(state.path, process.pid);
  await using child = someProcess();
  await using second = await openRunDirectory(state.path, child.pid);
  await using starting = await openRunDirectory(state.path, process.pid);
  await second.write('ready.json', JSON.stringify({ ...READY, scenario: 'second' }));
  await first.write('ready.json', JSON.stringify({ ...READY, scenario: 'first' }));
  await writeFile(join(starting.path, 'ready.json'), '{"half":');
  await utimes(join(first.path, 'owner.json'), 1_000, 1_000);
  const running = await findRunning(state.path);
  expect(running.map(({ pid, ready }) => [pid, ready.scenario])).toEqual([
    [process.pid, 'first'],
    [child.pid, 'second'],
  ]);
});

test('where nothing ever ran nothing is found', async () => {
  await using state = await stateDirectory();
  expect(await findRunning(join(state.path, 'not there'))).toEqual([]);
});

test('the folder of a process that is gone is not found, and the next start removes it', async () => {
  await using state = await stateDirectory();
  await using child = someProcess();
  const killed = await openRunDirectory(state.path, child.pid);
  await killed.write('ready.json', JSON.stringify(READY));
  expect(await findRunning(state.path)).toHaveLength(1);
  await child.end();
  expect(await findRunning(state.path)).toEqual([]);
  await using _next = await openRunDirectory(state.path, process.pid);
  expect(existsSync(killed.path)).toBe(false);
});

test.runIf(process.platform === 'linux')(
  'a process number that was given again is not taken for the simulator',
  async () => {
    await using state = await stateDirectory();
    const owner = { ...describeOwner(process.pid), started: '1' };
    const stale = await leftFolder(state.path, `${process.pid}-abcdef`, owner);
    expect(await findRunning(state.path)).toEqual([]);
    await using _next = await openRunDirectory(state.path, process.pid);
    expect(existsSync(stale)).toBe(false);
  },
);

test('a run in another process name space is left alone for a week, and then removed', async () => {
  await using state = await stateDirectory();
  const sealed = await leftFolder(state.path, '7-abcdef', { pid: 7, started: '1', namespace: 'pid:[1]' });
  expect(await findRunning(state.path)).toEqual([]);
  await using _next = await openRunDirectory(state.path, process.pid);
  expect(existsSync(sealed)).toBe(true);

  const weekAgo = Date.now() / 1_000 - 7 * 86_400 - 60;
  await utimes(join(sealed, 'owner.json'), weekAgo, weekAgo);
  await using _later = await openRunDirectory(state.path, process.pid);
  expect(existsSync(sealed)).toBe(false);
});

test('a folder that has no owner file yet is left alone for a minute', async () => {
  await using state = await stateDirectory();
  const young = await leftFolder(state.path, '7-abcdef');
  const old = await leftFolder(state.path, '8-abcdef');
  const before = Date.now() / 1_000 - 120;
  await utimes(old, before, before);
  await using _next = await openRunDirectory(state.path, process.pid);
  expect([existsSync(young), existsSync(old)]).toEqual([true, false]);
});

test('what does not look like the folder of a run is never removed', async () => {
  await using state = await stateDirectory();
  const kept = [];
  for (const name of ['2019-backup-of-mine', 'notes', '12-abc']) {
    const path = await leftFolder(state.path, name, { pid: 999_999_999 });
    await utimes(path, 1, 1);
    kept.push(path);
  }
  const file = join(state.path, 'run', '9-abcdef');
  await writeFile(file, 'a file, no folder');
  await utimes(file, 1, 1);
  kept.push(file);
  await using _next = await openRunDirectory(state.path, process.pid);
  expect(kept.map((path) => existsSync(path))).toEqual([true, true, true, true]);
});

test('a state directory that cannot be written is told with its path and the flag', async () => {
  await using state = await stateDirectory();
  await writeFile(join(state.path, 'file'), '');
  const opened = openRunDirectory(join(state.path, 'file'), process.pid);
  await expect(opened).rejects.toMatchObject({ code: 'SIM_OPTION_INVALID' });
  await expect(opened).rejects.toThrow(/run files cannot be kept in .*file.run: .*--state-dir/);
});

test('this process is alive, and one that ended is gone', async () => {
  await using child = someProcess();
  const [own, other] = [describeOwner(process.pid), describeOwner(child.pid)];
  expect([stateOf(own), stateOf(other)]).toEqual(['alive', 'alive']);
  await child.end();
  expect(stateOf(other)).toBe('gone');
});

test('the state directory is the chosen one, else the clone, else the usual place of the system', async () => {
  await using clone = await stateDirectory();
  await mkdir(join(clone.path, '.git'));
  const installed = join(tmpdir(), 'no', 'clone', 'here');
  const stateDir = (packageRoot: string, env: Record<string, string>): string => defaultStateDir({ packageRoot, env });
  expect(stateDir(clone.path, { DCASS_SIM_STATE_DIR: 'chosen', HOME: '/home/me' })).toBe(resolve('chosen'));
  expect(stateDir(clone.path, { HOME: '/home/me', XDG_STATE_HOME: '/state' })).toBe(join(clone.path, '.state'));
  expect(stateDir(installed, { HOME: '/home/me', XDG_STATE_HOME: '/state' })).toBe(join('/state', 'dcass-sim'));
  expect(stateDir(installed, { HOME: '/home/me', XDG_STATE_HOME: 'relative' })).toBe('/home/me/.local/state/dcass-sim');
  expect(stateDir(installed, { LOCALAPPDATA: 'C:\\Local' })).toBe(join('C:\\Local', 'dcass-sim'));
  expect(stateDir(installed, {})).toBe(join(homedir(), '.local/state/dcass-sim'));
});

test('certificates are in the clone unless a state directory is named, by flag or environment', async () => {
  await using clone = await stateDirectory();
  await mkdir(join(clone.path, '.git'));
  const certs = (packageRoot: string, env: Record<string, string>, stateDir?: string): string =>
    defaultCertsDir({ packageRoot, env, stateDir });
  expect(certs(clone.path, {})).toBe(join(clone.path, 'certs'));
  expect(certs(clone.path, {}, '/flag')).toBe(join('/flag', 'certs'));
  expect(certs(clone.path, { DCASS_SIM_STATE_DIR: '/chosen' })).toBe(join('/chosen', 'certs'));
  expect(certs('/no/clone', { XDG_STATE_HOME: '/state' })).toBe(join('/state', 'dcass-sim', 'certs'));
});
