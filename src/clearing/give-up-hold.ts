import type { Instant } from '../time/instant.ts';
import type { Trade, TradeGiveUpState } from './deal.ts';
import type { GiveUp } from './give-up.ts';
import { bookOf, type ClearingState } from './state.ts';

/** The trade after a give-up asks for `quantity` of it: the contracts remain, but nothing else can take them. */
export function heldFor(trade: Trade, quantity: number, now: Instant): Trade {
  return { ...trade, heldQuantity: trade.heldQuantity + quantity, giveUpState: 'holding', modifiedAt: now };
}

/** The giver's trade after a give-up of `quantity` was taken up. Nothing remaining, it is rectified, as after any re-booking. */
export function givenUp(trade: Trade, quantity: number, now: Instant): Trade {
  const remainingQuantity = trade.remainingQuantity - quantity;
  const heldQuantity = trade.heldQuantity - quantity;
  return {
    ...trade,
    remainingQuantity,
    heldQuantity,
    state: remainingQuantity === 0 ? 'rectified' : trade.state,
    giveUpState: heldQuantity > 0 ? 'holding' : 'given-up',
    modifiedAt: now,
  };
}

/**
 * The giver's trade after a give-up of `quantity` came to nothing.
 * @param otherwise where the trade's give-ups stand once none is pending, see {@link settledGiveUps}
 */
export function released(trade: Trade, quantity: number, otherwise: TradeGiveUpState, now: Instant): Trade {
  const heldQuantity = trade.heldQuantity - quantity;
  return { ...trade, heldQuantity, giveUpState: heldQuantity > 0 ? 'holding' : otherwise, modifiedAt: now };
}

/** Where the give-ups of a trade stand apart from the pending ones: some of it was given up, or nothing. */
export function settledGiveUps(state: ClearingState, trade: Trade): TradeGiveUpState {
  if (trade.remainingQuantity === trade.quantity) return 'none';
  const wasGivenUp = bookOf(state, trade.participant).giveUps.some((number) => {
    const giveUp = state.giveUps.get(number);
    return giveUp?.trade === trade.number && giveUp.state === 'confirmed';
  });
  return wasGivenUp ? 'given-up' : 'none';
}

/** The giver's trade as it is now. Throws for one that the book does not have: trades are never removed. */
export function tradeOfGiveUp(state: ClearingState, { number, giver, trade }: GiveUp): Trade {
  const found = bookOf(state, giver).trades.get(trade);
  if (!found) throw new Error(`give-up ${number} is of trade ${trade}, which ${giver} does not have`);
  return found;
}
