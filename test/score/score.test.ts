import { XMLParser } from 'fast-xml-parser';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { expect, onTestFinished, test } from 'vitest';
import { toJunit } from '../../src/score/junit.ts';
import { scoreDay, type Score } from '../../src/score/score.ts';
import { run, startDay } from '../cli/command.ts';
import { scenarioFile, simulator, smallDay, SMALL_DAY_PASSWORD } from '../support/simulator.ts';
import { curlAt } from '../support/online-by-curl.ts';
import { clientPath, hasClient } from '../support/real-clients.ts';

const EXPECT = [
  {
    id: 'logs-on',
    checklist: 15,
    says: 'CABC logs on.',
    seen: { kind: 'online.login', participant: 'CABC' },
    before: '10:00',
  },
  { id: 'backed-up', checklist: 6, says: 'The reports are backed up.', confirm: { by: 'instructor' }, before: '11:00' },
  {
    id: 'never-refused',
    says: 'Nobody is <refused> & "locked".',
    seen: { kind: 'online.login', outcome: 'refused' },
    never: true,
  },
];
const DAY = { ...smallDay(), expect: EXPECT };

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-score-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('a day is graded by who did what, and the instructor has the word where no journal can show it', async () => {
  using file = scenarioFile(DAY);
  await using sim = await simulator({ scenario: file.path, at: '09:30' });
  using curl = curlAt(sim);
  await curl.login('BU_CABC101', 'wrong');
  await sim.clock.advanceTo('10:05');
  await curl.login('BU_CABC101', SMALL_DAY_PASSWORD);
  expect(sim.score()).toMatchObject({
    percent: 25,
    points: 0.5,
    possible: 2,
    counts: { late: 1, missed: 1, pending: 1 },
  });
  sim.judge('backed-up', 'met', 'tapes were shown');
  expect(() => sim.judge('logs-on', 'met')).toThrow('"logs-on" is decided by the journal; it can be waived');
  expect(() => sim.judge('backed', 'met')).toThrow('there is no expectation "backed"');
  sim.judge('never-refused', 'waived');
  const score = sim.score();
  expect(score).toMatchObject({ percent: 75, counts: { late: 1, met: 1, waived: 1 } });
  expect(score.expectations.map(({ status, reason }) => `${status}: ${reason}`)).toEqual([
    'late: seen at 10:05, after 10:00',
    'met: met, said the instructor at 10:05: tapes were shown',
    'waived: waived at 10:05',
  ]);
  expect(score.expectations[0]?.evidence[0]?.words).toBe(
    'online.login, user BU_CABC101, participant CABC, gateway online-1',
  );
  expect(score.checklist.filter(({ status }) => status !== undefined)).toMatchObject([
    { item: 6, status: 'met', expectations: ['backed-up'] },
    { item: 15, status: 'late', expectations: ['logs-on'] },
  ]);
  expect(score.checklist).toHaveLength(22);
});

test('a pause is counted and shown, and no deadline passes in it', () => {
  const entry = (seq: number, kind: 'clock.paused' | 'clock.resumed', wallTime: string) =>
    ({ seq, kind, source: 'clock', simTime: '2019-05-05T09:00:00.000+08:00', wallTime }) as const;
  const score = scoreDay(
    { scenario: 'a', title: 'A', simTime: '' },
    [],
    [
      entry(1, 'clock.paused', '2026-01-01T00:00:00.000Z'),
      entry(2, 'clock.resumed', '2026-01-01T00:01:30.000Z'),
      entry(3, 'clock.paused', '2026-01-01T00:02:00.000Z'),
      entry(4, 'clock.paused', '2026-01-01T00:02:05.000Z'),
    ],
  );
  expect(score.pauses).toEqual({ count: 3, wallSeconds: 95 });
  expect(score.percent).toBeUndefined();
});

test('the command line grades a running day and a kept journal alike, as text, JUnit and a page', async () => {
  using file = scenarioFile(DAY);
  await using day = await startDay([file.path, '--at', '10:30']);
  const control = ['--control', day.ready.control.url, '--token', day.ready.control.token];
  const out = folder();
  const graded = await run([
    'score',
    ...control,
    '--confirm',
    'backed-up',
    '--note',
    'shown',
    '--junit',
    join(out, 'junit.xml'),
    '--report',
    join(out, 'report.html'),
  ]);
  expect([graded.code, graded.stderr]).toEqual([1, '']);
  expect(graded.stdout).toBe(`A small day
50 of 100 (1 of 2 points)

missed      CABC logs on.
              not seen until 10:00
met         The reports are backed up.
              met, said the instructor at 10:30: shown
pending     Nobody is <refused> & "locked".
              not seen so far, as it should be

Appendix A:
   6  met         Existing DCASS reports are backed up
  15  missed      Login through a URL of Appendix C

The clock was not paused.
`);
  const page = readFileSync(join(out, 'report.html'), 'utf8');
  const report = await new HtmlValidate({
    extends: ['html-validate:standard'],
    rules: { 'no-inline-style': 'off' },
  }).validateString(page);
  expect(report.results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
  expect(page).toContain('Nobody is &lt;refused&gt; &amp; &quot;locked&quot;.');
  expect(page).not.toContain(day.ready.control.token);
  expect(page).not.toContain(SMALL_DAY_PASSWORD);
  expect(page).not.toMatch(/<script|http:\/\/|src=/);

  const json = await run(['score', ...control, '--json']);
  const kept = join(out, 'journal.jsonl');
  writeFileSync(kept, day.stdout());
  const again = await run(['score', '--journal', kept, '--scenario', file.path, '--json']);
  const statuses = (text: string): readonly string[] =>
    (JSON.parse(text) as Score).expectations.map(({ status }) => status);
  expect(statuses(json.stdout)).toEqual(['missed', 'met', 'pending']);
  expect(statuses(again.stdout)).toEqual(['missed', 'met', 'not-reached']);
  writeFileSync(kept, 'nonsense\n');
  expect(await run(['score', '--journal', kept])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('journal.jsonl:1: this line is no journal entry'),
  });
});

test('JUnit carries any text, and says who did what and what was expected', () => {
  const entry = {
    seq: 7,
    simTime: '2019-05-05T10:05:00.000+08:00',
    kind: 'online.login',
    words: 'online.login, user <A>',
  };
  const base = { reason: 'seen "late" \u0001', says: 'It & they <log> on.', checklist: undefined, due: undefined };
  const score = {
    scenario: 'a-day',
    counts: { met: 1, late: 1, missed: 0, pending: 0, waived: 1, 'not-reached': 0 },
    expectations: [
      { ...base, id: 'one', status: 'met', evidence: [entry] },
      { ...base, id: 'two', status: 'late', evidence: [entry], due: '2019-05-05T10:00:00.000+08:00' },
      { ...base, id: 'three', status: 'waived', evidence: [] },
    ],
  } as unknown as Score;
  expect(toJunit(score)).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="1" errors="0" skipped="1">
  <testsuite name="a-day" tests="3" failures="1" errors="0" skipped="1">
    <testcase classname="a-day" name="one: It &amp; they &lt;log&gt; on."/>
    <testcase classname="a-day" name="two: It &amp; they &lt;log&gt; on."><failure type="late" message="late: seen &quot;late&quot; \ufffd; evidence: 2019-05-05T10:05:00.000+08:00 #7 online.login, user &lt;A&gt;">expected: It &amp; they &lt;log&gt; on.
due: 2019-05-05T10:00:00.000+08:00
result: late, seen "late" \ufffd
evidence: 2019-05-05T10:05:00.000+08:00 #7 online.login, user &lt;A&gt;</failure></testcase>
    <testcase classname="a-day" name="three: It &amp; they &lt;log&gt; on."><skipped message="waived: seen &quot;late&quot; \ufffd"/></testcase>
  </testsuite>
</testsuites>
`.replace('seen "late" \ufffd\nevidence', 'seen &quot;late&quot; \ufffd\nevidence'),
  );
});

test.skipIf(!hasClient('python3'))(
  'other readers of XML find in JUnit what was written, whatever the texts hold',
  () => {
    const says = 'a < b & "c" \'d\' ]]> \u0000 \ud800 中\nnext';
    const base = { says, checklist: undefined, due: undefined, evidence: [] };
    const score = {
      scenario: 'a-day',
      counts: { met: 1, late: 0, missed: 1, pending: 1, waived: 0, 'not-reached': 0 },
      expectations: [
        { ...base, id: 'one', status: 'met', reason: 'seen' },
        { ...base, id: 'two', status: 'missed', reason: 'not <seen>' },
        { ...base, id: 'three', status: 'pending', reason: 'not seen yet' },
      ],
    } as unknown as Score;
    const read = `import json, sys, xml.etree.ElementTree as E
suite = E.fromstring(sys.stdin.buffer.read())[0]
print(json.dumps([suite.attrib, [[c.get('name'), [[d.tag, d.get('message'), d.text] for d in c]] for c in suite]]))`;
    const output = execFileSync(clientPath('python3'), ['-c', read], { input: toJunit(score), encoding: 'utf8' });
    // And a third one.
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(toJunit(score)) as {
      testsuites: { testsuite: { testcase: Record<string, string>[] } };
    };
    expect(parsed.testsuites.testsuite.testcase.map((each) => each['@_name']?.slice(0, 10))).toEqual(
      ['one: a < b', 'two: a < b', 'three: a <'].map((name) => name.slice(0, 10)),
    );
    // XML knows neither of the two characters, and an attribute has blanks in the place of line ends.
    const told = says.replaceAll('\u0000', '\ufffd').replaceAll('\ud800', '\ufffd');
    const name = told.replace('\n', ' ');
    expect(JSON.parse(output)).toEqual([
      { name: 'a-day', tests: '3', failures: '1', errors: '0', skipped: '1' },
      [
        [`one: ${name}`, []],
        [
          `two: ${name}`,
          [
            [
              'failure',
              'missed: not <seen>; evidence: none in the journal',
              `expected: ${told}\nresult: missed, not <seen>\nevidence: none in the journal`,
            ],
          ],
        ],
        [`three: ${name}`, [['skipped', 'pending: not seen yet', null]]],
      ],
    ]);
  },
);
