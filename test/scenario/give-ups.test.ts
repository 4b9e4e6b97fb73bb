import { expect, test } from 'vitest';
import { initialState } from '../../src/clearing/initial-state.ts';
import { dayText, load, troubles } from './support/day.ts';

const TRADES = `  trades:
    - { id: later, at: "2019-05-03 11:00", series: "HSIK9", quantity: 4, price: "29500",
        buyer: { participant: "CXYZ", account: "HOUSE" }, seller: { participant: "CABC", account: "HOUSE" } }
    - { id: first, at: "2019-05-03 10:00", series: "HSIK9", quantity: 10, price: "29500",
        buyer: { participant: "CABC", account: "HOUSE" }, seller: { participant: "CABC", account: "OMNI1" } }
    - { id: stock, at: "2019-05-03 10:30", series: "HKB65.00E9", quantity: 5, price: "1.50",
        buyer: { participant: "CABC", account: "HOUSE" }, seller: { participant: "CABC", account: "OMNI1" } }
`;
const world = (giveUps: string): string => `${TRADES}  giveUps:\n    - ${giveUps}`;

test('give-ups of a world wait for their taker, whatever the order of the deals in the file', () => {
  const scenario = load(dayText({ world: world('{ trade: first, side: sell, to: "CXYZ", quantity: 7, text: "A" }') }));
  expect(scenario.world.giveUps).toEqual([{ deal: 0, side: 'sell', to: 'CXYZ', quantity: 7, text: 'A' }]);
  const state = initialState({ ...scenario.world, sessions: [] });
  expect([...state.giveUps.values()]).toMatchObject([
    { number: 1, giver: 'CABC', taker: 'CXYZ', trade: 2, quantity: 7, side: 'sell', state: 'holding' },
  ]);
  expect(state.books.get('CABC' as never)?.trades.get(2)).toMatchObject({ remainingQuantity: 10, heldQuantity: 7 });
});

test.each([
  ['{ trade: frist, side: sell, to: "CXYZ", quantity: 1 }', 'there is no deal with the id "frist"; write "first"'],
  ['{ trade: first, side: sell, to: "CXYY", quantity: 1 }', 'there is no participant "CXYY"; write "CXYZ"'],
  ['{ trade: first, side: sell, to: "CABC", quantity: 1 }', 'CABC has this trade itself'],
  [
    '{ trade: stock, side: buy, to: "CXYZ", quantity: 1 }',
    'HKB65.00E9 is cleared by SEOCH, and CXYZ is a participant of HKCC only',
  ],
  ['{ trade: first, side: sell, to: "CXYZ", quantity: 11 }', '11 of first are more than its 10'],
  [
    '{ trade: first, side: sell, to: "CXYZ", quantity: 6 }\n    - { trade: first, side: sell, to: "CXYZ", quantity: 5 }',
    '5 of first are more than the 4 that the give-ups above leave of it',
  ],
])('a give-up that cannot be is refused at its place: %s', (giveUps, message) => {
  const found = troubles(dayText({ world: world(giveUps) }));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(message);
  expect(found[0]).toMatch(/^(24|25):\d+: /);
});

test('no deal is in an APT account', () => {
  const trade =
    '{ at: "2019-05-03 11:00", series: "HSIK9", quantity: 4, price: "29500",\n        buyer: { participant: "CABC", account: "APT" }, seller: { participant: "CABC", account: "HOUSE" } }';
  expect(troubles(dayText({ world: `  trades:\n    - ${trade}` }))).toEqual([
    expect.stringContaining('APT is an APT account, in which nothing is matched; write another account'),
  ]);
});
