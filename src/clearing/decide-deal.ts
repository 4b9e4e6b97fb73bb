import type { Side, Trade } from './deal.ts';
import type { ClearingEvent } from './event.ts';
import { accepted, rejected, type Outcome } from './rejection.ts';
import type { ClearingState } from './state.ts';
import type { DealDefinition, DealSideDefinition } from './world.ts';

/** A match arrives from the trading system: one deal, two trades. Refusals by precedence: series, participant, account, quantity. */
export function decideDeal(state: ClearingState, deal: DealDefinition): Outcome<ClearingEvent> {
  if (!state.series.has(deal.series)) return rejected({ code: 'unknown-series', series: deal.series });
  for (const side of [deal.buyer, deal.seller]) {
    const book = state.books.get(side.participant);
    if (!book) return rejected({ code: 'unknown-participant', participant: side.participant });
    if (!book.accounts.has(side.account)) return rejected({ code: 'unknown-account', account: side.account });
  }
  if (!Number.isSafeInteger(deal.quantity) || deal.quantity <= 0) {
    return rejected({ code: 'quantity-not-positive', quantity: deal.quantity });
  }
  return accepted(matchDeal(state, deal));
}

/** The event of a deal that is known to be right. */
export function matchDeal(state: ClearingState, deal: DealDefinition): ClearingEvent {
  const { deal: number, trade } = state.next;
  return {
    type: 'deal-matched',
    deal: number,
    trades: [
      toTrade(deal, deal.buyer, 'buy', { deal: number, trade }),
      toTrade(deal, deal.seller, 'sell', { deal: number, trade: trade + 1 }),
    ],
  };
}

function toTrade(
  deal: DealDefinition,
  side: DealSideDefinition,
  buyOrSell: Side,
  numbers: { deal: number; trade: number },
): Trade {
  return {
    number: numbers.trade,
    deal: numbers.deal,
    series: deal.series,
    participant: side.participant,
    account: side.account,
    side: buyOrSell,
    quantity: deal.quantity,
    remainingQuantity: deal.quantity,
    price: deal.price,
    type: 'standard',
    state: 'active',
    customerInfo: side.customerInfo,
    createdAt: deal.matchedAt,
    clearingDate: deal.clearingDate,
  };
}
