import { ACCOUNT_TYPES, type AccountType } from './account.ts';
import { quantityTrouble } from './commands/find.ts';
import type { ClearingEvent } from './event.ts';
import { Plan, type TradeTerms } from './plan.ts';
import { accepted, rejected, type Outcome } from './rejection.ts';
import { bookOf, type ClearingState } from './state.ts';
import type { DealDefinition, DealSideDefinition } from './world.ts';

/** What the system fills by itself: average price trades leave their rest in APT, the day end empties Daily into Sink. */
const ALLOWED: readonly AccountType[] = ACCOUNT_TYPES.filter((type) => type !== 'apt' && type !== 'sink');

/**
 * A match arrives from the trading system: one deal, two trades.
 *
 * Refusals by precedence: the series exists, then, first of the buyer, then of the seller, participant and account;
 * the last trading day of the series, the day end of the clearing date; the accounts' types, the quantity, the price.
 */
export function decideDeal(state: ClearingState, deal: DealDefinition): Outcome<ClearingEvent> {
  const series = state.series.get(deal.series);
  if (!series) return rejected({ code: 'unknown-series', series: deal.series });
  for (const side of [deal.buyer, deal.seller]) {
    const book = state.books.get(side.participant);
    if (!book) return rejected({ code: 'unknown-participant', participant: side.participant });
    if (!book.accounts.has(side.account)) return rejected({ code: 'unknown-account', account: side.account });
  }
  if (deal.clearingDate > series.lastTradingDay) {
    return rejected({ code: 'series-expired', series: series.name, lastTradingDay: series.lastTradingDay });
  }
  // What came after the day end would not be in its reports, and Daily would not be empty.
  if (state.endedDate !== undefined && deal.clearingDate <= state.endedDate) {
    return rejected({ code: 'day-ended', businessDate: deal.clearingDate });
  }
  for (const { participant, account } of [deal.buyer, deal.seller]) {
    const type = bookOf(state, participant).accounts.get(account)?.type;
    if (type !== undefined && !ALLOWED.includes(type)) {
      return rejected({ code: 'account-type-not-allowed', account, type, allowed: ALLOWED });
    }
  }
  const trouble = quantityTrouble(deal.quantity);
  if (trouble) return rejected(trouble);
  if (!Number.isSafeInteger(deal.price) || deal.price <= 0) {
    return rejected({ code: 'price-not-positive', price: deal.price });
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
