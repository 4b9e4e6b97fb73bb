import type { ClearingEvent } from './event.ts';
import { Plan, type TradeTerms } from './plan.ts';
import { accepted, rejected, type Outcome } from './rejection.ts';
import { bookOf, type ClearingState } from './state.ts';
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
  const plan = new Plan(state, deal.matchedAt, undefined);
  plan.deal({
    reason: 'match',
    series: deal.series,
    quantity: deal.quantity,
    price: deal.price,
    clearingDate: deal.clearingDate,
    buy: toTerms(state, deal.buyer),
    sell: toTerms(state, deal.seller),
  });
  return plan.events[0] as ClearingEvent;
}

function toTerms(state: ClearingState, side: DealSideDefinition): TradeTerms {
  const { participant, account, customerInfo, openClose = 'default' } = side;
  const type = bookOf(state, participant).accounts.get(account)?.type;
  return {
    participant,
    account,
    customerInfo,
    openClose,
    type: type === 'transitory' ? 'transitory' : 'standard',
    remains: true,
  };
}
