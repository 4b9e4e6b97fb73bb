import { expect, test } from 'vitest';
import { applyEvent } from '../../../src/clearing/apply-event.ts';
import { lapseGiveUps } from '../../../src/clearing/day/lapse-give-ups.ts';
import { initialState } from '../../../src/clearing/initial-state.ts';
import { DEFAULT_CLEARING_SETTINGS } from '../../../src/clearing/settings.ts';
import { bookOf, type ClearingState } from '../../../src/clearing/state.ts';
import type { WorldDefinition } from '../../../src/clearing/world.ts';
import { deal, world } from '../../support/world.ts';
import { at, CABC, CXYZ, TUESDAY } from '../support/market.ts';

const ask = { deal: 0, side: 'buy', to: CXYZ, quantity: 2, text: '' } as const;
// CABC gives parts of its bought trades up to CXYZ, their other side: one of today's twice, and one of the T+1 session.
const withGiveUps: Partial<WorldDefinition> = {
  deals: [deal(), deal({ clearingDate: TUESDAY })],
  giveUps: [ask, { ...ask, quantity: 3 }, { ...ask, deal: 1 }],
};

function afterLapse(options: Partial<WorldDefinition>): ClearingState {
  const state = initialState(world({ ...withGiveUps, ...options }));
  for (const event of lapseGiveUps(state, at('+1d 19:00'))) applyEvent(state, event);
  return state;
}

test('at day end give-ups that nobody answered lapse, and their contracts are the giver’s again', () => {
  const state = afterLapse({});
  expect([...state.giveUps.values()].map(({ state: each, modifiedAt }) => [each, modifiedAt])).toEqual([
    ['lapsed', at('+1d 19:00')],
    ['lapsed', at('+1d 19:00')],
    ['holding', at('09:00')],
  ]);
  const before = initialState(world({ ...withGiveUps, giveUps: [] }));
  expect(bookOf(state, CABC).trades.get(1)).toEqual({
    ...bookOf(before, CABC).trades.get(1),
    modifiedAt: at('+1d 19:00'),
  });
});

test('a give-up of a trade of the T+1 session goes on waiting', () => {
  expect(bookOf(afterLapse({}), CABC).trades.get(3)).toMatchObject({ heldQuantity: 2, giveUpState: 'holding' });
});

test('where the setting keeps them, nothing lapses', () => {
  const state = initialState(
    world({ ...withGiveUps, settings: { ...DEFAULT_CLEARING_SETTINGS, giveUpsAtDayEnd: 'keep' } }),
  );
  expect(lapseGiveUps(state, at('+1d 19:00'))).toEqual([]);
});

test('an answered give-up does not lapse', () => {
  const state = initialState(world(withGiveUps));
  for (const giveUp of state.giveUps.values()) {
    applyEvent(state, { type: 'give-up-changed', giveUp: { ...giveUp, state: 'rejected' } });
  }
  expect(lapseGiveUps(state, at('+1d 19:00'))).toEqual([]);
});
