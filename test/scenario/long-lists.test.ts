import { expect, test } from 'vitest';
import { dayText, troubles } from './support/day.ts';

test('a list of sixty thousand wrong items is refused, and nothing overflows', () => {
  const told = troubles(dayText({ world: `  positions: [${'{},'.repeat(60_000)}]` }));
  expect(told.length).toBeGreaterThan(500);
  expect(told[0]).toBe(
    '16:15: "participant" is missing here; write participant: and a customer code in quotes: C and three capital letters or digits, for example "CABC"',
  );
});

test('of a long list the right items are read, whatever is wrong with others', () => {
  const deal = (series: string): string =>
    `    - { at: "2019-05-03 10:15", series: "${series}", quantity: 1, price: "1", buyer: { participant: "CABC", account: "HOUSE" }, seller: { participant: "CXYZ", account: "HOUSE" } }\n`;
  const world = `  trades:\n${deal('HSIK9').repeat(1_100)}    - { quantity: "1" }\n${deal('HSIK8')}`;
  const told = troubles(dayText({ world }));
  expect(told.at(-1)).toMatch(/^1118:41: there is no series "HSIK8"/);
  expect(told).toContainEqual(expect.stringMatching(/^1117:19: found "1"/));
});
