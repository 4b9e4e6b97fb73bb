import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../src/journal/entry.ts';
import { evaluateExpectations, type ExpectationResult } from '../../src/scenario/expectations.ts';
import { parseWallTime } from '../../src/time/duration.ts';
import type { CalendarDate, Instant } from '../../src/time/instant.ts';
import { dayText, load, troubles } from './support/day.ts';

const at = (time: string): Instant => parseWallTime(time, '2019-05-05' as CalendarDate) as Instant;

let seq = 0;
function entry(time: string, fields: Record<string, unknown> = {}): JournalEntry {
  seq += 1;
  return {
    kind: 'online.login',
    source: 'online',
    outcome: 'ok',
    participant: 'CABC',
    seq,
    simTime: `2019-05-05T${time}:00.000+08:00`,
    wallTime: '',
    ...fields,
  };
}

function judge(expectation: string, entries: readonly JournalEntry[], now: string): ExpectationResult | undefined {
  const text = `  - { id: it, says: "It.", seen: { kind: online.login, participant: "CABC" }, ${expectation} }`;
  return evaluateExpectations(load(dayText({ expect: text })).expectations, entries, at(now))[0];
}

const SPAN = 'within: { from: "09:00", to: "12:00" }';

describe('an expectation is judged by the journal and the clock', () => {
  test.each<[string, string, readonly (readonly [string, Record<string, unknown>?])[], string, string, string]>([
    ['nothing yet', SPAN, [], '10:00', 'pending', 'not seen yet; due by 12:00'],
    ['in time', SPAN, [['09:30']], '10:00', 'met', 'seen at 09:30'],
    ['at the first moment', SPAN, [['09:00']], '10:00', 'met', 'seen at 09:00'],
    ['at the last moment', SPAN, [['12:00']], '12:00', 'met', 'seen at 12:00'],
    ['too late', SPAN, [['12:01']], '12:30', 'late', 'seen at 12:01, after 12:00'],
    ['not at all', SPAN, [], '12:01', 'missed', 'not seen until 12:00'],
    [
      'too early',
      SPAN,
      [['08:50']],
      '10:00',
      'pending',
      'not seen yet; due by 12:00; seen at 08:50, before 09:00, which does not count',
    ],
    ['too early and again', SPAN, [['08:50'], ['09:10']], '10:00', 'met', 'seen at 09:10'],
    [
      'of another participant',
      SPAN,
      [['09:30', { participant: 'CXYZ' }]],
      '10:00',
      'pending',
      'not seen yet; due by 12:00',
    ],
    ['refused', SPAN, [['09:30', { outcome: 'refused' }]], '10:00', 'pending', 'not seen yet; due by 12:00'],
    ['before a deadline', 'before: "12:30"', [['06:40']], '07:00', 'met', 'seen at 06:40'],
    ['never, and not', 'never: true', [], '13:00', 'met', 'not seen until 13:00, as it should be'],
    ['never, not yet', 'never: true', [], '12:00', 'pending', 'not seen so far, as it should be'],
    ['never, but', 'never: true', [['09:30']], '10:00', 'missed', 'should not happen, but was seen at 09:30'],
    [
      'never in a span, but outside it',
      `never: true, ${SPAN}`,
      [['12:10']],
      '12:30',
      'met',
      'not seen until 12:00, as it should be',
    ],
  ])('%s', (_name, expectation, entries, now, status, reason) => {
    expect(
      judge(
        expectation,
        entries.map(([time, fields]) => entry(time, fields)),
        now,
      ),
    ).toMatchObject({ id: 'it', status, reason });
  });
});

test('a refused entry counts where the expectation asks for one', () => {
  const text = '  - { id: it, says: "It.", seen: { kind: online.login, outcome: refused }, before: "12:00" }';
  const results = evaluateExpectations(
    load(dayText({ expect: text })).expectations,
    [entry('09:30', { outcome: 'refused' })],
    at('10:00'),
  );
  expect(results).toMatchObject([{ status: 'met' }]);
});

test('the evidence is the number of the entry that decided', () => {
  const decisive = entry('09:10');
  expect(judge(SPAN, [entry('08:00'), decisive, entry('09:20')], '10:00')?.evidence).toEqual([decisive.seq]);
});

describe('an expectation that nobody can meet is refused', () => {
  test.each([
    ['before: "06:00"', 'nobody can meet this'],
    ['within: { from: "12:00", to: "09:00" }', 'write a later end'],
    ['before: "12:00", within: { from: "09:00", to: "12:00" }', 'keep within: or before:, not both'],
    ['never: false', 'write true: the thing should not happen'],
  ])('%s', (when, message) => {
    const text = `  - { id: it, says: "It.", seen: { kind: online.login }, ${when} }`;
    expect(troubles(dayText({ expect: text }))).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ['{ kind: clearing.pasword-set }', 'write clearing.password-set'],
    ['{ kind: login }', 'write one of these (online.login, oapi.login, sftp.login)'],
    ['{ kind: online.logn }', 'write online.login'],
    ['{ kind: online.login, user: "BU_CABC109" }', 'there is no user "BU_CABC109"'],
    ['{ kind: online.login, participant: "CABX" }', 'there is no participant "CABX"; write "CABC"'],
    ['{ participant: "CABC" }', '"kind" is missing here'],
  ])('seen: %s', (seen, message) => {
    expect(troubles(dayText({ expect: `  - { id: it, says: "It.", seen: ${seen}, before: "12:00" }` }))).toEqual([
      expect.stringContaining(message),
    ]);
  });
});
