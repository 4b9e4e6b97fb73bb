import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HtmlValidate } from 'html-validate';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import type { Ready } from '../../src/index.ts';
import { scenarioFile, smallDay } from '../support/simulator.ts';
import { run, type Finished } from './command.ts';

const BIN = fileURLToPath(new URL('../../bin/dcass-sim.mjs', import.meta.url));
const NODE = process.execPath;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-run-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

// The certificates are made once; each run has a folder of its own in it.
const STATE_DIR = mkdtempSync(join(tmpdir(), 'dcass-sim-run-'));
afterAll(() => rmSync(STATE_DIR, { recursive: true, force: true }));

/** `dcass-sim run`, as a stranger types it. */
function runDay(
  flags: readonly string[],
  command: readonly string[],
  { env = {}, day = 'verification-day' }: { env?: Record<string, string>; day?: string } = {},
): Promise<Finished> {
  // Under GitHub Actions this suite must see what everybody sees.
  return run(['run', day, '--state-dir', STATE_DIR, ...flags, '--', ...command], { GITHUB_ACTIONS: '', ...env });
}

const LOGS_ON = {
  id: 'logs-on',
  says: 'CABC | logs on, with "quotes" & <marks>.',
  seen: { kind: 'online.login', participant: 'CABC' },
  before: '10:00',
};
const NEVER_REFUSED = {
  id: 'never-refused',
  says: 'Nobody is refused.',
  seen: { kind: 'online.login', outcome: 'refused' },
  never: true,
};

test('the command has every variable of the contract, and each leads to the day', async () => {
  const out = join(folder(), 'env.json');
  const script = `require('fs').writeFileSync(${JSON.stringify(out)}, JSON.stringify(process.env))`;
  const { code, stdout } = await runDay(['--at', '09:00'], [NODE, '-e', script], { env: { KEPT: 'as it was' } });
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  const env = JSON.parse(readFileSync(out, 'utf8')) as Record<string, string>;
  const ready = JSON.parse(env['DCASS_READY_JSON'] ?? '') as Ready;
  const at = (each: { address: string; port: number } | undefined): string => `${each?.address}:${each?.port}`;
  expect(Object.fromEntries(Object.entries(env).filter(([name]) => /^(DCASS_(?!SIM_)|KEPT)/.test(name)))).toEqual({
    KEPT: 'as it was',
    DCASS_READY_JSON: expect.stringMatching(
      /^\{"ready":true,"scenario":"verification-day","simTime":"2019-05-05T09:00/,
    ),
    DCASS_CA_FILE: ready.files.ca,
    DCASS_HOSTS_FILE: ready.files.hosts,
    DCASS_ONLINE_URLS: ready.online.map(({ url }) => url).join(','),
    DCASS_OAPI_ADDRESSES: ready.oapi.map(at).join(','),
    DCASS_SFTP_HOST: ready.sftp[0]?.address,
    DCASS_SFTP_PORT: String(ready.sftp[0]?.port),
    DCASS_SFTP_USER: 'CABC',
    DCASS_SFTP_KEY: ready.files.keys['CABC'],
    DCASS_KNOWN_HOSTS: ready.files.knownHosts,
    DCASS_MAIL_ADDRESS: at(ready.mail),
    DCASS_CONTROL_URL: ready.control.url,
    DCASS_CONTROL_TOKEN: ready.control.token,
    DCASS_OAPI_LIBRARY: expect.stringMatching(/clients[\\/]oapi-c[\\/]build[\\/]liboapi\.so$/) as string,
  });
  expect(ready.online.map(({ address }) => address)).toEqual(Array(4).fill('127.0.0.1'));
  expect(new Set([...ready.online, ...ready.oapi, ...ready.sftp].map(at)).size).toBe(7);
});

test('the own input, output and error of the command pass through untouched, and talk is on stderr', async () => {
  const child = spawn(
    NODE,
    [
      BIN,
      'run',
      'verification-day',
      '--state-dir',
      folder(),
      '--',
      NODE,
      '-e',
      'process.stdin.pipe(process.stdout); console.error("own error")',
    ],
    { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, GITHUB_ACTIONS: '' } },
  );
  const bytes = Buffer.from([...Array(70_000).keys()].map((i) => i % 256));
  child.stdin.end(bytes);
  const out: Buffer[] = [];
  let error = '';
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(0);
  expect(Buffer.concat(out).equals(bytes)).toBe(true);
  expect(error).toMatch(/^own error\ndcass-sim: node ended with 0, at 06:30:00 Hong Kong time\n/);
});

test.each([
  [['sh', '-c', 'exit 7'], 7],
  [['sh', '-c', 'kill -TERM $$'], 143],
  [['sh', '-c', 'kill -KILL $$'], 137],
  [['no-such-command-anywhere'], 127],
  [[fileURLToPath(new URL('run.test.ts', import.meta.url))], 126],
])('%j passes its code on: %i', async (command, code) => {
  expect(await runDay([], command)).toMatchObject({ code, signal: null, stdout: '' });
});

test('an expectation that was missed gives 1 where the command ended well, and its own code where not', async () => {
  using file = scenarioFile({ ...smallDay(), expect: [LOGS_ON, NEVER_REFUSED] });
  const day = file.path;
  const missed = await runDay(['--at', '10:30'], ['true'], { day });
  expect(missed.code).toBe(1);
  expect(missed.stderr).toContain('missed: logs-on: CABC | logs on');
  expect(missed.stderr).toContain('not seen until 10:00');
  expect(missed.stderr).toContain('0 of 2 expectations met, 1 failed\n');
  expect((await runDay(['--at', '10:30'], ['sh', '-c', 'exit 5'], { day })).code).toBe(5);
});

test('what is not due when the run ends counts where it goes on to that time, or strictly', async () => {
  using file = scenarioFile({ ...smallDay(), expect: [LOGS_ON, NEVER_REFUSED] });
  const day = file.path;
  const open = await runDay(['--at', '09:00'], ['true'], { day });
  expect(open.code).toBe(0);
  expect(open.stderr).toContain('0 of 2 expectations met, 0 failed, and 1 is not due yet (--until');
  // Due at this very moment.
  expect((await runDay(['--at', '09:00', '--until', '10:00'], ['true'], { day })).code).toBe(1);
  expect((await runDay(['--at', '09:00', '--until', '09:59'], ['true'], { day })).code).toBe(0);
  expect((await runDay(['--at', '09:00', '--until', 'end'], ['true'], { day })).code).toBe(1);
  expect((await runDay(['--at', '09:00', '--strict'], ['true'], { day })).code).toBe(1);
  const failed = await runDay(['--at', '09:00', '--until', '10:00'], ['sh', '-c', 'exit 9'], { day });
  expect(failed.code).toBe(9);
  expect(failed.stderr).toContain('at 09:00:00 Hong Kong time');
});

test('a command that meets what is expected ends with 0, and talks to its own day', async () => {
  using file = scenarioFile({
    ...smallDay(),
    expect: [
      { id: 'noon', says: 'Noon comes.', seen: { kind: 'clearing.phase-changed', phase: 'closed' }, before: '12:00' },
    ],
  });
  const { code, stdout, stderr } = await runDay(['--strict'], [NODE, BIN, 'clock', 'advance', '12:00'], {
    day: file.path,
  });
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('2019-05-05 12:00:00 HKT') as string });
  expect(stderr).toContain('1 of 1 expectations met, 0 failed\n');
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s reaches the command, whose code is passed on',
  async (signal) => {
    const child = started(
      [],
      ['sh', '-c', `trap 'echo got it; exit 23' ${signal.slice(3)}; echo up; while :; do sleep 0.05; done`],
    );
    await child.says('up');
    child.kill(signal);
    expect(await child.finished).toMatchObject({ code: 23, stdout: 'up\ngot it\n' });
  },
);

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s that ends the command gives %i, also where the command calls that a good end', async (signal, code) => {
  const plain = started([], ['sh', '-c', 'echo up; exec sleep 60']);
  await plain.says('up');
  plain.kill(signal);
  expect(await plain.finished).toMatchObject({ code, signal: null });
  const tidy = started([], ['sh', '-c', `trap 'exit 0' ${signal.slice(3)}; echo up; while :; do sleep 0.05; done`]);
  await tidy.says('up');
  tidy.kill(signal);
  expect(await tidy.finished).toMatchObject({ code, signal: null });
});

test.skipIf(process.platform !== 'linux')(
  'a command that takes too long is ended with all that it started, also one that will not end: 4',
  async () => {
    const out = join(folder(), 'pids');
    const script = `trap '' TERM; sleep 60 & echo $! > ${out}; echo $$ >> ${out}; wait; sleep 60`;
    const { code, stderr } = await runDay(['--timeout', '1s'], ['sh', '-c', script]);
    expect(code).toBe(4);
    expect(stderr).toContain('sh took too long and was ended');
    const pids = readFileSync(out, 'utf8').trim().split('\n').map(Number);
    expect(pids).toHaveLength(2);
    expect(pids.filter(isAlive)).toEqual([]);
  },
);

test.each([
  [['run', 'verification-day'], "missing required argument 'command'"],
  [['run', 'verfication-day', '--', 'true'], 'verification-day'],
  [['run', 'verification-day', '--timeout', '5', '--', 'true'], '90s'],
  [['run', 'verification-day', '--until', 'noon', '--', 'true'], '09:00'],
  [['run', 'verification-day', '--plan', 'loop', '--', 'true'], 'loopback'],
  [['run', 'verification-day', '--colour', '--', 'true'], '--help'],
  [['run', 'verification-day', '--junit', '/dev/null/x/y', '--', 'true'], 'cannot be written'],
])('%j ends with 2 before anything runs, and says what is allowed: %s', async (args, said) => {
  const { code, stdout, stderr } = await run(args, { GITHUB_ACTIONS: '' });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(said);
  expect(stderr).not.toContain('ended with');
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('JUnit has a case for each expectation, and what failed says with which evidence; the report opens offline', async () => {
  using file = scenarioFile({
    ...smallDay({}, [{ id: 'note', at: '09:30', do: 'note', with: { text: 'A note.' } }]),
    expect: [LOGS_ON, NEVER_REFUSED],
  });
  const out = folder();
  const [junit, report] = [join(out, 'a/junit.xml'), join(out, 'b/report.html')];
  await runDay(['--at', '09:00', '--until', '10:00', '--junit', junit, '--report', report], ['true'], {
    day: file.path,
  });
  const xml = readFileSync(junit, 'utf8').replaceAll(/time="[\d.]+"/g, 'time="T"');
  expect(xml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="2" failures="1" errors="0" skipped="1" time="T">
  <testsuite name="small-day" tests="2" failures="1" errors="0" skipped="1" time="T">
    <testcase classname="small-day" name="logs-on: CABC | logs on, with &quot;quotes&quot; &amp; &lt;marks&gt;."><failure type="missed" message="missed: not seen until 10:00; evidence: none in the journal">expected: CABC | logs on, with &quot;quotes&quot; &amp; &lt;marks&gt;.
due: 2019-05-05T10:00:00.000+08:00
result: missed, not seen until 10:00
evidence: none in the journal</failure></testcase>
    <testcase classname="small-day" name="never-refused: Nobody is refused."><skipped message="pending: not seen so far, as it should be"/></testcase>
  </testsuite>
</testsuites>
`);
  const page = readFileSync(report, 'utf8');
  const checked = await new HtmlValidate({ extends: ['html-validate:standard'] }).validateString(page);
  expect(checked.results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
  expect(page).not.toMatch(/<script|http:\/\/|src=/);
  expect(page).toContain('<td>09:30</td><td>note</td><td>A note.</td><td>done at 09:30:00</td>');
  expect(page).toContain(
    '<td>12:00</td><td>closes</td><td>DCASS closes: everybody is logged out.</td><td>not reached</td>',
  );
  expect(page).toContain('<td>scenario.step</td>');
  expect(page).toContain('DCASS Online gateway 4');
  expect(page).toContain('true ended with 0.');
});

test('under GitHub Actions what failed is annotated at its line, and the step has a summary', async () => {
  using file = scenarioFile({ ...smallDay(), expect: [LOGS_ON, NEVER_REFUSED] });
  const summary = join(folder(), 'summary.md');
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: join(file.path, '..') };
  writeFileSync(summary, 'before\n');
  const { stderr, stdout, code } = await runDay(['--at', '10:30'], ['true'], { day: file.path, env });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  const line = readFileSync(file.path, 'utf8')
    .split('\n')
    .findIndex((text) => text.includes('"logs-on"'));
  expect(stderr.split('\n')).toContain(
    `::error file=day.yaml,line=${line},title=logs-on%3A missed::CABC | logs on, with "quotes" & <marks>.%0Anot seen until 10:00`,
  );
  expect(stderr.match(/^::error/gm)).toHaveLength(1);
  const text = readFileSync(summary, 'utf8');
  expect(text).toMatch(/^before\n### ❌ A small day\n/);
  expect(text).toContain(
    '| missed | logs-on | CABC \\| logs on, with "quotes" & \\<marks\\>. | not seen until 10:00 |\n',
  );

  using broken = scenarioFile({ ...smallDay(), expect: [{ ...LOGS_ON, before: 'ten' }] });
  const refused = await runDay([], ['true'], { day: broken.path, env });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/^::error file=.*day\.yaml,line=\d+,title=scenario::/m);
});

test('--keep keeps what failed and says where; of what went well, and without it, nothing stays', async () => {
  using file = scenarioFile({ ...smallDay(), expect: [LOGS_ON] });
  const stateDir = folder();
  const keep = (flags: readonly string[], command: readonly string[]): Promise<Finished> =>
    run(['run', file.path, '--state-dir', stateDir, ...flags, '--', ...command], { GITHUB_ACTIONS: '' });
  const there = (): string[] => (existsSync(join(stateDir, 'kept')) ? readdirSync(join(stateDir, 'kept')) : []);
  await keep(['--at', '10:30'], ['true']);
  await keep(['--keep'], ['true']);
  expect(there()).toEqual([]);
  const { code, stderr } = await keep(['--keep', '--at', '10:30'], ['true']);
  expect(code).toBe(1);
  const files = [...stderr.matchAll(/^ {2}(\/.*)$/gm)].map(([, name]) => name ?? '');
  expect(files.map((name) => name.replace(/.*\//, ''))).toEqual(['journal.jsonl', 'report.html', 'run']);
  expect(readFileSync(files[0] ?? '', 'utf8')).toContain('"kind":"simulator.ready"');
  expect(readdirSync(files[2] ?? '')).toContain('users.json');
  expect(readdirSync(join(stateDir, 'run'))).toEqual([]);
});

test('--json adds the result as the last line of stdout', async () => {
  const { stdout } = await runDay(['--json'], ['echo', 'own words', 'a-password']);
  const [own, line = ''] = stdout.trim().split('\n');
  expect(own).toBe('own words a-password');
  expect(JSON.parse(line)).toMatchObject({
    code: 0,
    command: 'echo',
    ended: 'ended with 0',
    timedOut: false,
    score: { scenario: 'verification-day' },
  });
  expect(line).not.toContain('a-password');
});

test('four runs side by side, with one state directory, do not see each other', async () => {
  const stateDir = folder();
  const results = await Promise.all(
    [...Array(4).keys()].map((i) =>
      run(['run', 'verification-day', '--state-dir', stateDir, '--', NODE, BIN, 'clock', 'advance', `0${i + 6}:30`], {
        GITHUB_ACTIONS: '',
      }),
    ),
  );
  expect(results.map(({ code }) => code)).toEqual(Array(4).fill(0));
  expect(results.map(({ stdout }) => stdout.slice(0, 23))).toEqual(
    [...Array(4).keys()].map((i) => `2019-05-05 0${i + 6}:30:00 HKT`),
  );
  expect(readdirSync(join(stateDir, 'run'))).toEqual([]);
}, 60_000);

/** A process that has ended, and that nobody has asked about yet, is still listed: as Z. */
function isAlive(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/\) Z /.test(readFileSync(file, 'utf8'));
}

/** A run that goes on until somebody ends it. */
function started(flags: readonly string[], command: readonly string[]) {
  const child = spawn(NODE, [BIN, 'run', 'verification-day', '--state-dir', STATE_DIR, ...flags, '--', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GITHUB_ACTIONS: '' },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const finished = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout,
    stderr,
  }));
  return {
    finished,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    async says(text: string) {
      while (!stdout.includes(text)) await once(child.stdout, 'data');
    },
  };
}
