import type { Trade, TradeType } from '../deal.ts';
import type { PostTradeRejection } from '../post-trade-rejection.ts';
import { rejected, type Outcome } from '../rejection.ts';
import type { Book } from '../state.ts';
import { findActiveTrade } from './find.ts';

/**
 * ASSUMED: trades that stand for contracts of the participant may be re-booked; those that take something back, or
 * follow from an exercise, transfer or expiry, may not: nothing of them remains. An average price trade may, that is
 * how it is allocated; the intermediate trades under it may not, they are in the APT account.
 */
export const MAY_BE_REBOOKED: readonly TradeType[] = [
  'standard',
  'transitory',
  'overtaking',
  'take-up',
  'average-price',
];

/**
 * An own trade of a type that a function takes, with nothing that waits. Refusals by precedence: it exists, its
 * state, a rectification that waits, its type, a give-up that waits.
 */
export function findRebookable(
  book: Book,
  number: number,
  allowed: readonly TradeType[] = MAY_BE_REBOOKED,
): Outcome<Trade, PostTradeRejection> {
  const found = findActiveTrade(book, number);
  if (!found.ok) return found;
  const { type, heldQuantity: held } = found.value;
  if (!allowed.includes(type)) return rejected({ code: 'trade-type-not-allowed', trade: number, type, allowed });
  if (held > 0) return rejected({ code: 'give-up-pending', trade: number, held });
  return found;
}
