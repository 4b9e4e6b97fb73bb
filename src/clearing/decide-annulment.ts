import type { Instant } from '../time/instant.ts';
import type { Trade, TradeReference } from './deal.ts';
import type { ClearingEvent } from './event.ts';
import { Plan } from './plan.ts';
import type { PostTradeRejection } from './post-trade-rejection.ts';
import { reversingTerms } from './rebook.ts';
import { accepted, rejected, type Outcome } from './rejection.ts';
import { bookOf, type ClearingState } from './state.ts';

/**
 * HKEX annuls a match of the day, as if it had not been made: one new deal reverses both trades. ASSUMED: only while
 * both are whole, for what became of a part would have to be annulled first; until the day end, for the input cutoff is
 * the participants'; and whatever the states of the accounts and the positions in them (deal rectification, CD31, is
 * the clearing house's in the family; how HKEX does it is not public).
 *
 * Refusals by precedence: the deal, that it is a match and not annulled; that its trades are whole; its date, the day
 * end.
 */
export function decideAnnulment(
  state: ClearingState,
  number: number,
  now: Instant,
): Outcome<readonly ClearingEvent[], PostTradeRejection> {
  const deal = state.deals.get(number);
  if (!deal) return rejected({ code: 'unknown-deal', deal: number });
  const refused = (reason: NotAnnullable): { readonly ok: false; readonly rejection: PostTradeRejection } =>
    rejected({ code: 'deal-not-annullable', deal: number, reason });
  if (deal.annulled) return refused('annulled-already');
  if (deal.reason !== 'match') return refused('not-a-match');
  const buy = tradeOf(state, deal.buy);
  const sell = tradeOf(state, deal.sell);
  if (!isWhole(buy) || !isWhole(sell)) return refused('trades-not-whole');
  const { clearingDate, asOfAt } = buy;
  if (clearingDate < state.businessDate) return refused('old');
  if (clearingDate === state.endedDate) return rejected({ code: 'day-ended', businessDate: clearingDate });

  const plan = new Plan(state, now, undefined);
  const { series, quantity, price } = deal;
  plan.deal({
    reason: 'annulment',
    series,
    quantity,
    price,
    original: number,
    clearingDate,
    asOfAt,
    // What was bought is sold again, and the other way round.
    buy: reversingTerms(sell),
    sell: reversingTerms(buy),
  });
  for (const trade of [buy, sell]) {
    plan.add({ type: 'trade-changed', trade: { ...trade, state: 'annulled', remainingQuantity: 0, modifiedAt: now } });
  }
  plan.add({ type: 'deal-annulled', deal: number, at: now });
  return accepted(plan.events);
}

type NotAnnullable = Extract<PostTradeRejection, { code: 'deal-not-annullable' }>['reason'];

function tradeOf(state: ClearingState, { participant, trade }: TradeReference): Trade {
  const found = bookOf(state, participant).trades.get(trade);
  if (!found) throw new Error(`a deal has trade ${trade}, which ${participant} does not have`);
  return found;
}

function isWhole({ state, quantity, remainingQuantity, heldQuantity, heldBy }: Trade): boolean {
  return state === 'active' && remainingQuantity === quantity && heldQuantity === 0 && heldBy === undefined;
}
