import { expect, test } from 'vitest';
import { initialState } from '../../src/clearing/initial-state.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { bookOf } from '../../src/clearing/state.ts';
import type { GiveUpDefinition } from '../../src/clearing/world.ts';
import type { BusinessDate } from '../../src/time/instant.ts';
import { at, deal, participant, series, world } from '../support/world.ts';

const CABC = 'CABC' as CustomerCode;
const CXYZ = 'CXYZ' as CustomerCode;
const CTHD = 'CTHD' as CustomerCode;

function stateWith(...giveUps: readonly GiveUpDefinition[]) {
  const participants = [participant('CABC'), participant('CXYZ'), participant('CTHD', { clearingHouses: ['HKCC'] })];
  const deals = [
    deal(),
    deal({ clearingDate: '2019-05-03' as BusinessDate, matchedAt: at('06:00') }),
    deal({ series: series('HKB65.00E9').name }),
  ];
  return initialState(world({ participants, deals, giveUps }));
}

const ask: GiveUpDefinition = { deal: 0, side: 'sell', to: CTHD, quantity: 4, text: 'FROM FRIDAY' };

test('a give-up of the world waits for its taker when the day starts, as if it had been asked for at the match', () => {
  const state = stateWith(ask);
  expect([...state.giveUps.values()]).toEqual([
    {
      number: 1,
      giver: 'CXYZ',
      taker: 'CTHD',
      trade: 2,
      account: 'HOUSE',
      takerAccount: undefined,
      series: 'HSIK9',
      side: 'sell',
      price: 29_500,
      quantity: 4,
      commission: 0,
      text: 'FROM FRIDAY',
      state: 'holding',
      parts: [],
      requestedBy: undefined,
      decidedBy: undefined,
      createdAt: at('09:00'),
      modifiedAt: at('09:00'),
      clearingDate: '2019-05-06',
    },
  ]);
  expect(bookOf(state, CXYZ).trades.get(2)).toMatchObject({
    remainingQuantity: 10,
    heldQuantity: 4,
    giveUpState: 'holding',
  });
  expect(state.next.giveUp).toBe(2);
  expect(bookOf(state, CTHD).giveUps).toEqual([1]);
});

test('a give-up of a trade of an earlier clearing date has been asked for in time', () => {
  const state = stateWith({ ...ask, deal: 1 });
  expect(state.giveUps.get(1)).toMatchObject({ trade: 4, createdAt: at('06:00'), clearingDate: '2019-05-06' });
});

// The scenario loader has told the user of each of these; what still gets here is a mistake in the program.
const impossible: readonly (readonly [string, Partial<GiveUpDefinition>])[] = [
  ['names deal 3 of the world, which has 3', { deal: 3 }],
  ['unknown-participant', { to: 'CNON' as CustomerCode }],
  ['give-up-to-oneself', { to: CXYZ }],
  ['not-in-clearing-house', { deal: 2 }],
  ['quantity-not-positive', { quantity: 0 }],
  ['text-not-allowed', { text: 'x'.repeat(31) }],
  ['not-enough-remaining', { quantity: 11 }],
];
for (const [why, change] of impossible) {
  test(`a give-up that cannot be throws: ${why}`, () => {
    expect(() => stateWith({ ...ask, ...change })).toThrow(why);
  });
}

test('several give-ups of one trade add up, and too many together throw', () => {
  const state = stateWith({ ...ask, side: 'buy' }, { ...ask, side: 'buy', to: CXYZ, quantity: 6 });
  expect(bookOf(state, CABC).trades.get(1)).toMatchObject({ heldQuantity: 10 });
  expect(() => stateWith(ask, { ...ask, quantity: 7 })).toThrow('not-enough-remaining');
});
