import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ready } from '../../src/index.ts';
import { expect, test } from 'vitest';
import { run, startDay } from './command.ts';

test('the ready line has every field of the contract, and every file that it names is there', async () => {
  await using day = await startDay(['--at', '09:00']);
  const { ready } = day;
  const anyPort = expect.any(Number) as number;
  expect(ready).toEqual({
    ready: true,
    scenario: 'verification-day',
    simTime: '2019-05-05T09:00:00.000+08:00',
    online: ['pgencdw001', 'pgencdw002', 'pgenrgw001', 'pgenrgw002'].map((name, i) => ({
      gateway: i + 1,
      host: `${name}.hkex.com.hk`,
      address: '127.0.0.1',
      port: anyPort,
      url: `https://${name}.hkex.com.hk:${ready.online[i]?.port}/login`,
    })),
    oapi: [
      { gateway: 1, address: '127.0.0.1', port: anyPort },
      { gateway: 2, address: '127.0.0.1', port: anyPort },
    ],
    sftp: [
      {
        role: 'primary',
        address: '127.0.0.1',
        port: anyPort,
        fingerprint: expect.stringMatching(/^SHA256:[A-Za-z0-9+/]{43}$/) as string,
      },
    ],
    mail: { address: '127.0.0.1', port: anyPort },
    control: {
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
      token: expect.stringMatching(/^[\w-]{32}$/) as string,
    },
    files: {
      ca: expect.any(String) as string,
      hosts: expect.any(String) as string,
      knownHosts: expect.any(String) as string,
      users: expect.any(String) as string,
      keys: { CABC: expect.any(String) as string, CXYZ: expect.any(String) as string },
      books: {
        CABC: { trades: expect.any(String) as string, positions: expect.any(String) as string },
        CXYZ: { trades: expect.any(String) as string, positions: expect.any(String) as string },
      },
    },
  });
  const { keys, books, ...files } = ready.files;
  const bookFiles = Object.values(books).flatMap((each) => [each.trades, each.positions]);
  for (const file of [...Object.values(files), ...Object.values(keys), ...bookFiles]) {
    expect(file.startsWith(day.stateDir)).toBe(true);
    expect(existsSync(file)).toBe(true);
  }
  expect(statSync(ready.files.users).mode & 0o777).toBe(0o600);
});

test('the user list says kind, participant and state of every user, with the password', async () => {
  await using day = await startDay();
  const users = JSON.parse(readFileSync(day.ready.files.users, 'utf8')) as Record<string, string>[];
  for (const user of users) expect(Object.keys(user)).toEqual(['user', 'password', 'kind', 'participant', 'state']);
  expect(new Set(users.map((user) => user['state']))).toEqual(new Set(['active', 'expired', 'expiring', 'locked']));
  expect(new Set(users.map((user) => user['kind']))).toEqual(new Set(['online', 'administrator', 'oapi']));
});

test('after the ready line comes one JSON line per journal entry, from the first on, without a password', async () => {
  await using day = await startDay(['--at', '09:00']);
  await day.line((entry) => entry.kind === 'simulator.ready');
  const lines = day
    .stdout()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as { seq: number });
  expect(lines.map((entry) => entry.seq)).toEqual(lines.map((_entry, i) => i + 1));
  const users = JSON.parse(readFileSync(day.ready.files.users, 'utf8')) as { password: string }[];
  for (const { password } of users) expect(day.stdout()).not.toContain(password);
});

test('--log writes what happens to stderr as JSON lines with a level, and stdout stays as it is', async () => {
  await using day = await startDay(['--at', '09:00', '--log', 'info']);
  await day.line((entry) => entry.kind === 'simulator.ready');
  const { stderr } = await day.stop('SIGTERM');
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 30, name: 'dcass-sim', msg: 'clearing.phase-changed', phase: 'enquiry-only' }),
  );
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s stops it with %i, and nothing of the run is left behind', async (signal, code) => {
  await using day = await startDay();
  expect(readdirSync(join(day.stateDir, 'run'))).toHaveLength(1);
  expect(await day.stop(signal)).toMatchObject({ code, signal: null, stderr: '' });
  expect(readdirSync(join(day.stateDir, 'run'))).toEqual([]);
});

test('a taken port ends it with 3 and says whose port it is, and nothing keeps running', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const { code, stdout, stderr } = await run([
    'up',
    '--plan',
    'single',
    '--port',
    `online=${port}`,
    'oapi=0',
    'sftp=0',
    'mail=0',
    'control=0',
  ]);
  taken.close();
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toContain(`127.0.0.1:${port}`);
  expect(stderr).toContain('SIM_PORT_IN_USE');
});

test.each([
  [['up', 'verfication-day'], 'verification-day'],
  [['up', '--plan', 'loop'], 'loopback'],
  [['up', '--clock', 'slow'], 'paused'],
  [['up', '--speed', 'fast'], '60'],
  [['up', '--at', '9'], '09:00'],
  [['up', '--at', '25:00'], '09:00'],
  [['up', '--port', 'web=1'], 'online'],
  [['up', '--port', 'online=x'], '18082'],
  [['up', '--colour'], '--help'],
  [['upp'], 'up'],
  [['up', 'a', 'b'], 'too many arguments'],
])('%j ends with 2 and says what is allowed: %s', async (args, said) => {
  const { code, stdout, stderr } = await run([
    ...args,
    ...(args[0] === 'up' ? ['--plan', 'ephemeral'].filter(() => !args.includes('--plan')) : []),
  ]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(said);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('help fits 80 columns and goes to stdout with 0', async () => {
  const { code, stdout, stderr } = await run(['--help'], { COLUMNS: '80' });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  for (const command of ['up', 'check', 'explain', 'hosts', 'certs', 'keys', 'clock', 'journal'])
    expect(stdout).toContain(`  ${command} `);
});

test.skipIf(process.platform === 'win32')(
  'whoever ends npm start ends the simulator: nothing keeps the ports',
  async () => {
    const child = spawn('npm', ['--silent', 'start', '--', '--json', '--plan', 'ephemeral'], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      text += chunk as string;
      // npm is ended once; what the simulator still says is read to the end of its stdout, which is its own end.
      if (!child.killed && text.includes('\n')) child.kill('SIGTERM');
    }
    const { online } = JSON.parse(text.split('\n')[0] ?? '') as Ready;
    const gone = connect({ host: online[0]?.address ?? '', port: online[0]?.port ?? 0 });
    await expect(once(gone, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  },
);
