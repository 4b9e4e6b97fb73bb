import { rebook } from '../rebook.ts';
import { accepted, rejected } from '../rejection.ts';
import { bookOf } from '../state.ts';
import type { TransferFromTransitory } from './command.ts';
import { planFor, type Decide } from './context.ts';
import { findRebookable } from './find-rebookable.ts';
import { dateOfInput } from './input-cutoff.ts';
import { rebookTrouble } from './rebook-trouble.ts';

/**
 * CD5: moves a trade, or what remains of it, out of the transitory account into up to 100 parts. It is re-booked as a
 * rectification would do it. ASSUMED: it never waits for a confirmation, and leaves no rectification behind: the trade
 * had no account yet.
 *
 * Refusals by precedence: the trade, its state, a rectification that waits, its type, a give-up that waits; that it is
 * in a transitory account; then those of {@link rebookTrouble}.
 */
export const decideTransferFromTransitory: Decide<TransferFromTransitory> = (state, command, context) => {
  const { participant, now } = context;
  const book = bookOf(state, participant);
  const found = findRebookable(book, command.trade);
  if (!found.ok) return found;
  const trade = found.value;
  if (book.accounts.get(trade.account)?.type !== 'transitory') {
    return rejected({ code: 'trade-not-in-transitory-account', trade: trade.number, account: trade.account });
  }
  const trouble = rebookTrouble(state, trade, command.parts, now);
  if (trouble) return rejected(trouble);

  const plan = planFor(state, context);
  const clearingDate = dateOfInput(state, trade.clearingDate);
  rebook(plan, trade, command.parts, { reason: 'transfer-from-transitory', clearingDate, now });
  return accepted(plan.events);
};
