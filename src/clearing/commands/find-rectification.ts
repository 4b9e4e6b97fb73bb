import type { Trade } from '../deal.ts';
import type { PostTradeRejection } from '../post-trade-rejection.ts';
import type { Rectification } from '../rectification.ts';
import { accepted, rejected, type Outcome } from '../rejection.ts';
import type { Book } from '../state.ts';

/** An own rectification that waits for a confirmation, and the trade that it holds. */
export function findPendingRectification(
  book: Book,
  number: number,
): Outcome<{ readonly rectification: Rectification; readonly trade: Trade }, PostTradeRejection> {
  const rectification = book.rectifications.get(number);
  if (!rectification) return rejected({ code: 'unknown-rectification', rectification: number });
  const { state } = rectification;
  if (state !== 'holding') return rejected({ code: 'rectification-not-pending', rectification: number, state });
  const trade = book.trades.get(rectification.trade);
  if (trade?.heldBy !== number) throw new Error(`rectification ${number} waits, but does not hold its trade`);
  return accepted({ rectification, trade });
}
