import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Ready } from '../../src/index.ts';
import { run, startDay, type RunningDay } from './command.ts';

const DAY = `format: dcass-scenario/1
scenario: { id: reconciled, title: "Books with breaks" }
day: { date: "2019-05-06", start: "06:30", end: "13:00" }
world:
  participants: 4
  trades: 2000
  discrepancies:
    - { participant: "C001", trades: 12, positions: 8 }
    - { participant: "C002", trades: 1 }
timeline:
  - { at: "09:00", do: session.open, with: { mode: normal } }
`;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-reconcile-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function write(name: string, text: string): string {
  const path = join(folder(), name);
  writeFileSync(path, text);
  return path;
}

function filesOf(ready: Ready, code: string): string[] {
  const { trades = '', positions = '' } = ready.files.books[code] ?? {};
  return ['--trades', trades, '--positions', positions];
}

interface Break {
  readonly list: string;
  readonly dcass?: object;
  readonly own?: object;
}

async function answersOf(day: RunningDay): Promise<ReadonlyMap<string, readonly Break[]>> {
  const { url, token } = day.ready.control;
  const response = await fetch(`${url}/v1/discrepancies`, { headers: { authorization: `Bearer ${token}` } });
  const { discrepancies } = (await response.json()) as {
    discrepancies: readonly { participant: string; breaks: readonly Break[] }[];
  };
  return new Map(discrepancies.map(({ participant, breaks }) => [participant, breaks]));
}

test('the breaks of a day are found in the own files, exactly those that the instructor’s list names', async () => {
  await using day = await startDay([write('day.yaml', DAY)]);
  const answers = await answersOf(day);
  expect([...answers].map(([code, breaks]) => [code, breaks.length])).toEqual([
    ['C001', 20],
    ['C002', 1],
  ]);
  for (const code of ['C001', 'C002', 'C003']) {
    const { code: exit, stdout } = await run([
      'reconcile',
      code,
      ...filesOf(day.ready, code),
      '--json',
      '--state-dir',
      day.stateDir,
    ]);
    type Found = {
      onlyDcass: object[];
      onlyOwn: { line: number }[];
      differing: { dcass: object; own: { line: number } }[];
    };
    const found = JSON.parse(stdout) as { trades: Found; positions: Found };
    const bare = ({ line: _line, ...row }: { line: number }): object => row;
    const told = (['trades', 'positions'] as const).flatMap((list) => [
      ...found[list].onlyDcass.map((dcass) => ({ list, dcass })),
      ...found[list].onlyOwn.map((own) => ({ list, own: bare(own) })),
      ...found[list].differing.map(({ dcass, own }) => ({ list, dcass, own: bare(own) })),
    ]);
    const planted = (answers.get(code) ?? []).map(({ list, dcass, own }) => ({
      list,
      ...(dcass ? { dcass } : {}),
      ...(own ? { own } : {}),
    }));
    expect(new Set(told)).toEqual(new Set(planted));
    expect(exit).toBe(planted.length > 0 ? 1 : 0);
  }
  // Its list is for the instructor: a program under test is told of the files by the ready object.
  expect(JSON.stringify(day.ready)).not.toContain('discrepancies');
});

test('the table fits 80 columns, the data is on stdout and the talk on stderr, in every format', async () => {
  const scenario = write('day.yaml', DAY.replace('trades: 12', 'trades: 60').replace('positions: 8', 'positions: 40'));
  await using day = await startDay([scenario]);
  const args = ['reconcile', 'C001', ...filesOf(day.ready, 'C001'), '--state-dir', day.stateDir];
  const [text, csv, json] = await Promise.all([run(args), run([...args, '--csv']), run([...args, '--json'])]);
  expect([text.code, csv.code, json.code]).toEqual([1, 1, 1]);
  const lines = text.stdout.split('\n');
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.filter((line) => /^(Trades|Positions) that/.test(line))).toEqual([
    'Trades that DCASS has and C001 does not',
    'Trades that C001 has and DCASS does not',
    'Trades that differ',
    'Positions that DCASS has and C001 does not',
    'Positions that C001 has and DCASS does not',
    'Positions that differ',
  ]);
  expect(lines.at(-3)).toMatch(/^Trades: \d+ agree, \d+ only in DCASS, \d+ only at C001, \d+ different$/);
  expect(text.stderr).toMatch(/^Trades are matched by trade number; compared: deal, series, account, /);
  const [head = '', ...rows] = csv.stdout.trim().split(/\r?\n/);
  expect(head).toMatch(/^list,difference,line,trade,deal,series,.*,field,dcass,own$/);
  expect(new Set(rows.map((row) => row.split(',')[1]))).toEqual(
    new Set(['only in DCASS', 'only in own file', 'different']),
  );
  expect(csv.stderr).toContain('agree');
  expect(JSON.parse(json.stdout)).toMatchObject({ participant: 'C001', businessDate: '2019-05-06' });
});

test('the same files are compared with the start of the scenario without a simulator', async () => {
  const scenario = write('day.yaml', DAY);
  await using day = await startDay([scenario, '--seed', '7']);
  const files = filesOf(day.ready, 'C001');
  const running = await run(['reconcile', 'C001', ...files, '--state-dir', day.stateDir]);
  const still = await run(['reconcile', 'C001', ...files, '--scenario', scenario, '--seed', '7']);
  expect([still.code, still.stdout]).toEqual([running.code, running.stdout]);
  expect(still.code).toBe(1);
});

test('the shipped day agrees with everybody’s own records, and a row that is taken away is told', async () => {
  await using day = await startDay();
  const files = filesOf(day.ready, 'CABC');
  const whole = await run(['reconcile', 'CABC', ...files, '--state-dir', day.stateDir]);
  expect([whole.code, whole.stdout]).toEqual([
    0,
    expect.stringMatching(/Trades: \d+ agree, no difference\nPositions: \d+ agree, no difference\n$/) as string,
  ]);
  const lines = readFileSync(files[3] ?? '', 'utf8').split('\r\n');
  const shorter = write('positions.csv', [...lines.slice(0, 1), ...lines.slice(2)].join('\r\n'));
  const cut = await run(['reconcile', 'CABC', '--positions', shorter, '--scenario', 'verification-day', '--csv']);
  const [, account = '', series = '', held = '', written = ''] = lines[1]?.split(',') ?? [];
  expect(cut.stdout.trim().split(/\r?\n/).slice(1)).toEqual([
    `positions,only in DCASS,,,,${series},${account},,,,,,${held},${written},,,`,
  ]);
  expect(cut.code).toBe(1);
});

test.each<[what: string, args: (file: string) => string[], exit: number, said: RegExp]>([
  ['no file', () => ['CABC'], 2, /name a file to compare: --trades FILE, --positions FILE, or both/],
  [
    'a file that is not there',
    () => ['CABC', '--trades', 'nowhere.csv'],
    2,
    /--trades nowhere\.csv: there is no such file/,
  ],
  [
    'a broken file',
    (file) => ['CABC', '--trades', file],
    2,
    /mine\.csv:3:13: column "side": found "bye"; write one of: buy, sell\n1 problem; nothing was compared/,
  ],
  [
    'a participant who is not there',
    (file) => ['CABD', '--trades', file.replace('mine', 'right')],
    2,
    /there is no participant "CABD"; write "CABC"/,
  ],
  [
    'a scenario that is not there',
    (file) => ['CABC', '--trades', file.replace('mine', 'right'), '--scenario', 'verificaton-day'],
    2,
    /there is no shipped day "verificaton-day"; did you mean verification-day/,
  ],
])('what cannot be compared ends with code 2 and says why: %s', async (_what, args, exit, said) => {
  const path = folder();
  const head = 'series,account,side,quantity,price\nHSIK9,HOUSE,buy,1,1\n';
  writeFileSync(join(path, 'mine.csv'), `${head}HSIK9,HOUSE,bye,1,1\n`);
  writeFileSync(join(path, 'right.csv'), head);
  const given = args(join(path, 'mine.csv'));
  const flags = given.includes('--scenario') ? [] : ['--scenario', 'verification-day'];
  const { code, stdout, stderr } = await run(['reconcile', ...given, ...flags]);
  expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
  expect(stderr).toMatch(said);
});

test('a running simulator refuses an unknown participant with those that it has', async () => {
  await using day = await startDay();
  const file = write('right.csv', 'series,account,side,quantity,price\n');
  const { code, stderr } = await run(['reconcile', 'CABD', '--trades', file, '--state-dir', day.stateDir]);
  expect(code).toBe(2);
  expect(stderr).toContain('The scenario has no clearing participant "CABD"; it has CABC, CXYZ.');
});
