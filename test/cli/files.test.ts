import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { run, startDay } from './command.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-files-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('check passes the shipped days with 0', async () => {
  expect(await run(['check', 'verification-day', 'expired-passwords'])).toEqual({
    code: 0,
    signal: null,
    stdout: '',
    stderr: 'verification-day: valid\nexpired-passwords: valid\n',
  });
});

test('check ends with 2 and tells each problem with file, line and column, also as JSON and for GitHub', async () => {
  const file = join(folder(), 'broken.yaml');
  writeFileSync(
    file,
    readFileSync(new URL('../../scenarios/verification-day.yaml', import.meta.url), 'utf8').replace(
      'do: session.open',
      'do: sesion.open',
    ),
  );
  const text = await run(['check', file]);
  expect(text.code).toBe(2);
  const [, line, column] = /broken\.yaml:(\d+):(\d+): .*session\.open/s.exec(text.stdout) ?? [];
  expect([Number(line), Number(column)]).toEqual([expect.any(Number), expect.any(Number)]);
  const json = JSON.parse((await run(['check', file, '--json'])).stdout) as {
    valid: boolean;
    problems: { line: number }[];
  };
  expect(json.valid).toBe(false);
  expect(json.problems[0]?.line).toBe(Number(line));
  expect((await run(['check', file, '--format', 'github'])).stdout).toContain(
    `::error file=${file},line=${line},col=${column}::`,
  );
});

test('check of a file that is not there ends with 2 and names it', async () => {
  const { code, stderr } = await run(['check', './no-such-day.yaml']);
  expect(code).toBe(2);
  expect(stderr).toContain('./no-such-day.yaml');
});

test.each(['text', 'md', 'csv', 'json'])('explain prints the day as %s', async (format) => {
  const { code, stdout, stderr } = await run(['explain', 'verification-day', '--format', format]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('09:00');
  expect(stdout).toContain('12:00');
  if (format === 'text') expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  if (format === 'json') expect(() => JSON.parse(stdout) as unknown).not.toThrow();
});

test('hosts prints a line for each of the four gateways, on the addresses of the plan', async () => {
  const { stdout } = await run(['hosts', '--plan', 'loopback']);
  expect(stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
    '127.151.14.155\tpgencdw001.hkex.com.hk',
    '127.151.14.156\tpgencdw002.hkex.com.hk',
    '127.151.14.101\tpgenrgw001.hkex.com.hk',
    '127.151.14.102\tpgenrgw002.hkex.com.hk',
  ]);
});

test('certs makes a CA that openssl reads, once, and keys a key pair that ssh-keygen reads', async () => {
  const stateDir = folder();
  const first = await run(['certs', '--state-dir', stateDir]);
  const ca = first.stdout.trim();
  expect(execFileSync('openssl', ['x509', '-in', ca, '-noout', '-subject'], { encoding: 'utf8' })).toContain(
    'dcass-sim',
  );
  expect((await run(['certs', '--state-dir', stateDir, '--json'])).stdout).toContain(JSON.stringify(ca));
  const made = JSON.parse((await run(['keys', 'CABC', '--state-dir', stateDir, '--json'])).stdout) as {
    privateKeyFile: string;
    publicKey: string;
  }[];
  const derived = execFileSync('ssh-keygen', ['-y', '-f', made[0]?.privateKeyFile ?? ''], { encoding: 'utf8' });
  expect(made[0]?.publicKey.split(' ')[1]).toBe(derived.trim().split(' ')[1]);
  expect(await run(['keys', '../../etc', '--state-dir', stateDir])).toMatchObject({ code: 2 });
});

test('keys names the key that a running simulator takes, also after it was renewed', async () => {
  await using day = await startDay();
  const { stateDir } = day;
  const { CABC: first, CXYZ: other } = day.ready.files.keys;
  await run(['inject', 'sftp-key.renew', 'participant=CABC', '--state-dir', stateDir]);
  const { stdout } = await run(['keys', 'CABC', 'CXYZ', '--state-dir', stateDir, '--json']);
  const [renewed, ...more] = JSON.parse(stdout) as { privateKeyFile: string; publicKey: string; renewed?: true }[];
  expect(more).toEqual([expect.objectContaining({ user: 'CXYZ', privateKeyFile: other })]);
  expect(renewed).toMatchObject({ user: 'CABC', renewed: true });
  expect(renewed?.privateKeyFile).not.toBe(first);
  const derived = execFileSync('ssh-keygen', ['-y', '-f', renewed?.privateKeyFile ?? ''], { encoding: 'utf8' });
  expect(renewed?.publicKey.split(' ')[1]).toBe(derived.trim().split(' ')[1]);
  // The next day begins with the first key again.
  await day.stop('SIGTERM');
  expect((await run(['keys', 'CABC', '--state-dir', stateDir])).stdout.trim().split(/\s+/)).toEqual(['CABC', first]);
});

test('a reader that has read enough ends the command without a word', async () => {
  const bin = new URL('../../bin/dcass-sim.mjs', import.meta.url).pathname;
  // The reader is gone before the rundown comes.
  const script = `'${process.execPath}' '${bin}' explain grown-market --format json | true; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-c', script]);
  expect({ code: stdout.trim(), stderr }).toEqual({ code: '0', stderr: '' });
});
