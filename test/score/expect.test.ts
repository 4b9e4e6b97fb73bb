import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../src/journal/entry.ts';
import { evaluateExpectations, type ExpectationResult } from '../../src/scenario/expectations.ts';
import { parseWallTime } from '../../src/time/duration.ts';
import type { CalendarDate, Instant } from '../../src/time/instant.ts';
import { dayText, load, troubles } from '../scenario/support/day.ts';

const at = (time: string): Instant => parseWallTime(time, '2019-05-05' as CalendarDate) as Instant;

type Fields = Readonly<Record<string, unknown>>;

/** `09:30 login`, `10:00 step fails`: journal entries as short as can be. */
function journal(...lines: readonly string[]): readonly JournalEntry[] {
  return lines.map((line, i): JournalEntry => {
    const [time = '', what = '', which = ''] = line.split(' ');
    const kinds: Record<string, Fields> = {
      login: { kind: 'online.login', user: which || 'BU_CABC101' },
      download: { kind: 'sftp.download', participant: 'CABC' },
      step: { kind: 'scenario.step', step: which },
      skipped: { kind: 'scenario.step-skipped', step: which },
      judged: { kind: 'control.expectation-judged', expectation: 'it', verdict: which, note: 'by hand' },
    };
    const fields = kinds[what] ?? expect.fail(`no such entry: ${what}`);
    return {
      source: 'online',
      seq: i + 1,
      simTime: `2019-05-05T${time}:00.000+08:00`,
      wallTime: '',
      ...fields,
    } as JournalEntry;
  });
}

const TIMELINE = '  - { id: fails, at: "09:00", do: note, with: { text: "It fails." } }';

function judge(expectation: string, entries: readonly JournalEntry[], now: string, isOver = false): ExpectationResult {
  const text = `  - { id: it, says: "It.", ${expectation} }`;
  const { expectations } = load(dayText({ expect: text, timeline: TIMELINE }));
  return evaluateExpectations(expectations, entries, at(now), isOver)[0] ?? expect.fail('no result');
}

const LOGIN = 'seen: { kind: online.login }';

describe('how often', () => {
  const TWICE = `${LOGIN}, count: 2, before: "12:00"`;
  const SOME = `${LOGIN}, count: { min: 1, max: 2 }, before: "12:00"`;
  test.each<[string, string, string[], string, string, number[]]>([
    ['one of two', TWICE, ['09:00 login'], '10:00', 'pending', [1]],
    ['one of two, and it is too late', TWICE, ['09:00 login'], '12:01', 'missed', [1]],
    ['the second one late', TWICE, ['09:00 login', '12:30 login'], '12:40', 'late', [1, 2]],
    ['both, and more may come', TWICE, ['09:00 login', '10:00 login'], '11:00', 'pending', [1, 2]],
    ['both, and no more', TWICE, ['09:00 login', '10:00 login'], '12:01', 'met', [1, 2]],
    ['too often', SOME, ['09:00 login', '10:00 login', '11:00 login'], '11:00', 'missed', [1, 2, 3]],
    ['often enough', SOME, ['09:00 login'], '12:01', 'met', [1]],
    [
      'at least',
      `${LOGIN}, count: { min: 2 }, before: "12:00"`,
      ['09:00 login', '10:00 login'],
      '10:00',
      'met',
      [1, 2],
    ],
  ])('%s', (_name, expectation, lines, now, status, evidence) => {
    expect(judge(expectation, journal(...lines), now)).toMatchObject({ status, evidence });
  });
});

describe('in which order', () => {
  const ORDER = 'order: [{ kind: online.login }, { kind: sftp.download }], before: "12:00"';
  test.each<[string, string[], string, string, number[], string]>([
    ['both', ['09:00 login', '10:00 download'], '10:00', 'met', [1, 2], 'all in order, the last at 10:00'],
    [
      'the wrong way round',
      ['09:00 download', '10:00 login'],
      '10:00',
      'pending',
      [2],
      '1 of 2 in order; missing: sftp.download',
    ],
    [
      'the second one late',
      ['09:00 login', '12:30 download'],
      '12:30',
      'late',
      [1, 2],
      'all in order, the last at 12:30, after 12:00',
    ],
    [
      'never the second',
      ['09:00 login'],
      '12:01',
      'missed',
      [1],
      '1 of 2 in order; missing: sftp.download, until 12:00',
    ],
  ])('%s', (_name, lines, now, status, evidence, reason) => {
    expect(judge(ORDER, journal(...lines), now)).toMatchObject({ status, evidence, reason });
  });
});

describe('from a step on', () => {
  const AFTER = `${LOGIN}, within: { after: fails, by: 30m }`;
  test.each<[string, string[], string, boolean, string]>([
    ['the step has not happened', ['08:50 login'], '08:55', false, 'pending'],
    ['it never did', ['08:50 login'], '13:00', true, 'not-reached'],
    ['it was skipped', ['09:00 skipped fails'], '09:30', false, 'not-reached'],
    ['before the step', ['08:50 login', '09:00 step fails'], '09:10', false, 'pending'],
    ['in time', ['09:00 step fails', '09:30 login'], '09:30', false, 'met'],
    ['late', ['09:00 step fails', '09:31 login'], '09:40', false, 'late'],
    ['missed', ['09:00 step fails'], '09:31', false, 'missed'],
    ['the day ended before', ['12:50 step fails'], '13:00', true, 'not-reached'],
  ])('%s', (_name, lines, now, isOver, status) => {
    expect(judge(AFTER, journal(...lines), now, isOver).status).toBe(status);
  });

  test('the deadline is told', () => {
    expect(judge(AFTER, journal('09:10 step fails'), '09:10').due).toBe('2019-05-05T09:40:00.000+08:00');
  });
});

test('a time of another day than the first is said with its date', () => {
  const [late] = journal('09:30 login').map((entry) => ({
    ...entry,
    seq: 2,
    simTime: '2019-05-06T09:30:00.000+08:00',
  }));
  const entries = [...journal('09:00 step fails'), ...(late ? [late] : [])];
  expect(judge(`${LOGIN}, before: "12:00"`, entries, '12:01').reason).toBe('seen at 2019-05-06 09:30, after 12:00');
});

describe('by a person', () => {
  const CONFIRM = 'checklist: 6, confirm: { by: instructor }, before: "12:00"';
  test.each<[string, string[], string, boolean, string]>([
    ['nobody yet', [], '11:00', false, 'pending'],
    ['nobody until the deadline', [], '12:01', false, 'missed'],
    ['in time', ['11:00 judged met'], '11:00', false, 'met'],
    ['late', ['12:10 judged met'], '12:10', false, 'late'],
    ['nobody until the deadline, with which the day ends', [], '12:00', true, 'missed'],
    ['nobody, and the day ended before the deadline', [], '11:59', true, 'not-reached'],
    ['no', ['11:00 judged missed'], '11:00', false, 'missed'],
    ['the last word counts', ['11:00 judged missed', '11:30 judged met'], '11:30', false, 'met'],
    ['waived', ['11:00 judged waived'], '12:30', false, 'waived'],
  ])('%s', (_name, lines, now, isOver, status) => {
    expect(judge(CONFIRM, journal(...lines), now, isOver).status).toBe(status);
  });

  test('anything can be waived, with the reason', () => {
    expect(judge(`${LOGIN}, before: "09:00"`, journal('11:00 judged waived'), '12:00')).toMatchObject({
      status: 'waived',
      evidence: [1],
      reason: 'waived at 11:00: by hand',
    });
  });
});

test('several values of a field mean any of them', () => {
  const either = 'seen: { kind: online.login, user: ["BU_CABC101", "BU_CXYZ101"] }, before: "12:00"';
  expect(judge(either, journal('09:00 login BU_CABC201'), '10:00').status).toBe('pending');
  expect(judge(either, journal('09:00 login BU_CXYZ101'), '10:00').status).toBe('met');
});

test.each([
  [
    'before: "12:00"',
    'nothing says what is looked for; write seen: { kind: … }, order: [ … ], or confirm: { by: instructor }',
  ],
  [
    `${LOGIN}, confirm: { by: instructor }, before: "12:00"`,
    'this expectation looks for two things; keep seen: or confirm:, not both',
  ],
  [
    `${LOGIN}, never: true, count: 2`,
    'count belongs to an expectation with seen: that may happen, and this one has never:; remove it',
  ],
  [
    'order: [{ kind: online.login }], never: true',
    'never belongs to an expectation with seen:, and this one has order:; remove it',
  ],
  [`${LOGIN}, count: { min: 3, max: 2 }, before: "12:00"`, 'at most 2 cannot be at least 3; write a larger number'],
  [`${LOGIN}, within: { after: failt, by: 5m }`, 'there is no step "failt"; write "fails"'],
  [
    `${LOGIN}, within: { after: fails, to: "12:00" }`,
    'a span from a step on has that step and a duration; write within: { after: failover, by: 30m }',
  ],
  [
    `${LOGIN}, within: { to: "12:00" }`,
    'a span has a beginning and an end; write within: { from: "09:00", to: "12:00" }',
  ],
  [
    'seen: { kind: online.login, user: ["BU_CABC101", "BU_CABC999"] }, before: "12:00"',
    'there is no user "BU_CABC999"; write "BU_CABC101"',
  ],
])('%s is refused', (expectation, message) => {
  const text = dayText({ expect: `  - { id: it, says: "It.", ${expectation} }`, timeline: TIMELINE });
  expect(troubles(text)).toEqual([expect.stringContaining(message)]);
});

// Goal: a result depends on the journal and the time alone, and what is met stays met. Method: random journals in time
// order, cut anywhere, judged at the cut and at the end.
test('what is met stays met as the day goes on, and nothing throws on any journal', () => {
  const expectations = load(
    dayText({
      timeline: TIMELINE,
      expect: [LOGIN, `${LOGIN}, count: 2`, 'order: [{ kind: online.login }, { kind: sftp.download }]']
        .flatMap((what) => [
          `${what}, before: "12:00"`,
          `${what}, within: { from: "09:30", to: "11:00" }`,
          `${what}, within: { after: fails, by: 1h }`,
        ])
        .map((text, i) => `  - { id: it-${i}, says: "It.", ${text} }`)
        .join('\n'),
    }),
  ).expectations;
  const line = fc.tuple(
    fc.integer({ min: 0, max: 239 }),
    fc.constantFrom('login', 'download', 'step fails', 'skipped fails'),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.nat(), (drawn, cut) => {
      const lines = drawn
        .toSorted(([a], [b]) => a - b)
        .map(
          ([minute, what]) =>
            `${String(9 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')} ${what}`,
        );
      const entries = journal(...lines);
      const some = entries.slice(0, cut % (entries.length + 1));
      const now = (list: readonly JournalEntry[]): Instant => at(list.at(-1)?.simTime.slice(11, 16) ?? '09:00');
      const early = evaluateExpectations(expectations, some, now(some));
      const late = evaluateExpectations(expectations, entries, at('13:00'));
      for (const [i, { status }] of early.entries()) if (status === 'met') expect(late[i]?.status).toBe('met');
      expect(evaluateExpectations(expectations, entries, at('13:00'))).toEqual(late);
    }),
  );
});

test('what was missed says what came nearest, and what differs', () => {
  const refused = { ...journal('09:30 login')[0], outcome: 'refused', code: 'password-expired' } as JournalEntry;
  const wanted = 'seen: { kind: online.login, user: "BU_CABC101" }, before: "12:00"';
  expect(judge(wanted, [refused], '12:01')).toMatchObject({
    status: 'missed',
    evidence: [],
    nearest: ['#1 09:30:00 online.login, refused, user BU_CABC101, code password-expired (outcome is refused, not ok)'],
  });
  const [other] = judge(wanted, journal('09:30 login BU_CABC102'), '12:01').nearest ?? [];
  expect(other).toContain('user is BU_CABC102, not BU_CABC101');
  for (const result of [
    judge(wanted, [refused], '11:00'),
    judge(wanted, journal('09:30 login'), '12:01'),
    judge(wanted, [], '12:01'),
    judge(`${LOGIN}, before: "12:00", never: true`, journal('09:30 download'), '12:01'),
  ])
    expect(result).not.toHaveProperty('nearest');
});
