import { expect, test } from 'vitest';
import { dayText, load, troubles } from './support/day.ts';

test('discrepancies are counted by participant, as the file says', () => {
  const world =
    '  discrepancies: [{ participant: "CABC", trades: 3, positions: 2 }, { participant: "CXYZ", trades: 1 }]';
  expect(load(dayText({ world })).discrepancies).toEqual([
    { participant: 'CABC', trades: 3, positions: 2 },
    { participant: 'CXYZ', trades: 1, positions: 0 },
  ]);
  expect(load(dayText()).discrepancies).toEqual([]);
});

test('a number of discrepancies is spread over the participants by the seed, and none is lost', () => {
  const spread = (seed: number) => load(dayText({ world: '  discrepancies: 200' }), seed).discrepancies;
  for (const seed of [1, 2, 3]) {
    expect(spread(seed).reduce((sum, { trades, positions }) => sum + trades + positions, 0)).toBe(200);
    // Two accounts and three series for the one, one account and two series for the other.
    expect(spread(seed).map(({ positions }) => positions)).toEqual([9, 2]);
  }
  expect(spread(1)).toEqual(spread(1));
  expect(spread(1)).not.toEqual(spread(2));
});

test.each([
  [
    '"some"',
    '16:18: found "some"; write a list of breaks: { participant: "CABC", trades: 3, positions: 2 }, or how many are spread over the participants: a whole number from 0 to 1000, without quotes',
  ],
  ['[{ participant: "CABD", trades: 1 }]', '16:34: there is no participant "CABD"; write "CABC"'],
  [
    '[{ participant: "CABC", trade: 1 }]',
    '16:42: unknown key "trade"; write "trades" (allowed here: participant, trades, positions)',
  ],
  [
    '[{ participant: "CABC", trades: -1 }]',
    '16:50: found -1; write breaks in the trades: a whole number from 0 to 1000, without quotes',
  ],
  [
    '[{ participant: "CXYZ", positions: 3 }]',
    '16:53: found 3; CXYZ has one account and can hold 2 series: at most 2 of its positions can differ',
  ],
  [
    '[{ participant: "CABC" }, { participant: "CABC" }]',
    '16:59: there is already a participant "CABC" (line 16); write another participant, or remove one of the two',
  ],
])('discrepancies %s are refused', (value, trouble) => {
  expect(troubles(dayText({ world: `  discrepancies: ${value}` }))).toEqual([trouble]);
});

test('where there is no series, nothing can differ', () => {
  const day = (value: string): string =>
    dayText({ world: `  discrepancies: ${value}` }).replace(/ {2}series: .*\n/, '');
  const words = 'could hold: nothing of its books can differ; add one under series';
  expect(troubles(day('5'))).toEqual([`15:18: there is no series that CABC, CXYZ ${words}`]);
  expect(troubles(day('[{ participant: "CABC", trades: 5 }]'))).toEqual([
    `15:34: there is no series that CABC ${words}`,
  ]);
});
