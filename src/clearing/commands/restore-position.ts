import { accepted, rejected } from '../rejection.ts';
import { bookOf } from '../state.ts';
import type { RestorePosition } from './command.ts';
import type { Decide } from './context.ts';
import { findAccount, quantityTrouble } from './find.ts';
import { inputEnded } from './input-cutoff.ts';

/**
 * CD55: undoes a net-down of the same business date, or a part of it; what was closed out is held and written again.
 * What was covered or denied of those contracts has to be covered or denied anew.
 *
 * Refusals by precedence: the close-out, its date; the input cutoff; quantity, account; what is left of it.
 */
export const decideRestorePosition: Decide<RestorePosition> = (state, { closeOut: number, quantity }, context) => {
  const { participant, now } = context;
  const { businessDate } = state;
  const book = bookOf(state, participant);
  const closeOut = book.closeOuts.get(number);
  if (!closeOut) return rejected({ code: 'unknown-close-out', closeOut: number });
  if (closeOut.businessDate !== businessDate) {
    return rejected({ code: 'close-out-of-another-date', closeOut: number, date: closeOut.businessDate, businessDate });
  }
  const trouble = inputEnded(state, businessDate, now) ?? quantityTrouble(quantity);
  if (trouble) return rejected(trouble);
  const account = findAccount(book, closeOut.account);
  if (!account.ok) return account;
  const left = closeOut.quantity - closeOut.restored;
  if (quantity > left) return rejected({ code: 'not-enough-closed-out', closeOut: number, left, asked: quantity });
  return accepted([
    {
      type: 'position-adjusted',
      participant,
      account: closeOut.account,
      series: closeOut.series,
      reason: 'restore',
      change: { held: quantity, written: quantity, closedOut: -quantity },
      at: now,
    },
    {
      type: 'close-out-changed',
      closeOut: { ...closeOut, restored: closeOut.restored + quantity, modifiedAt: now },
    },
  ]);
};
