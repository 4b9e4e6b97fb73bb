import type { BusinessDate, Instant } from '../time/instant.ts';
import type { DealReason, Trade } from './deal.ts';
import type { TradePart } from './give-up.ts';
import type { Plan, TradeTerms } from './plan.ts';
import { reverseEffect } from './position.ts';

/**
 * Re-books parts of a trade inside its participant. Each part becomes a deal of two trades: one that reverses it in
 * the account where it was, and one that overtakes it where it goes (oapi-facts.md 4.2, CD28: "creates reversing +
 * overtaking trades", C). What remains of the original falls by as much; nothing remaining, it is rectified.
 */
export function rebook(
  plan: Plan,
  trade: Trade,
  parts: readonly TradePart[],
  how: {
    readonly reason: DealReason;
    readonly clearingDate: BusinessDate;
    readonly now: Instant;
    /** False: the trades that take the place are intermediate, and nothing more can be done with them. Default true. */
    readonly remains?: boolean;
  },
): void {
  for (const part of parts) {
    const overtaking: TradeTerms = {
      participant: trade.participant,
      account: part.account,
      type: 'overtaking',
      openClose: part.openClose,
      customerInfo: part.customerInfo,
      originalTrade: trade.number,
      remains: how.remains ?? true,
    };
    const reversing = reversingTerms(trade);
    plan.deal({
      reason: how.reason,
      series: trade.series,
      quantity: part.quantity,
      price: trade.price,
      original: trade.deal,
      clearingDate: how.clearingDate,
      asOfAt: trade.asOfAt,
      ...(trade.side === 'buy' ? { buy: overtaking, sell: reversing } : { buy: reversing, sell: overtaking }),
    });
  }
  const taken = parts.reduce((sum, part) => sum + part.quantity, 0);
  plan.add({ type: 'trade-changed', trade: lessened(trade, taken, how.now) });
}

/** The trade that takes the effect of `trade` back in its own account. */
export function reversingTerms(trade: Trade): TradeTerms {
  return {
    participant: trade.participant,
    account: trade.account,
    type: 'reversing',
    openClose: reverseEffect(trade.openClose),
    customerInfo: trade.customerInfo,
    originalTrade: trade.number,
    remains: false,
  };
}

/** The trade after `taken` contracts of it went elsewhere: nothing remaining, it is rectified. */
export function lessened(trade: Trade, taken: number, now: Instant): Trade {
  const remainingQuantity = trade.remainingQuantity - taken;
  return {
    ...trade,
    remainingQuantity,
    heldBy: undefined,
    state: remainingQuantity === 0 ? 'rectified' : trade.state,
    modifiedAt: now,
  };
}
