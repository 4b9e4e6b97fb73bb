import type { Position } from '../position.ts';
import type { PostTradeRejection } from '../post-trade-rejection.ts';
import { accepted, rejected, type Outcome } from '../rejection.ts';
import { bookOf, closingPosition, positionKey, seriesOf, type ClearingState } from '../state.ts';
import type { DenyExercise } from './command.ts';
import type { CommandContext, Decide } from './context.ts';
import { findAccount } from './find.ts';
import { unknownName } from './find-position.ts';
import { inputEnded } from './input-cutoff.ts';

/**
 * CC14: says how many held options automatic exercise shall leave alone at expiry. It sets the number, and 0 takes the
 * denial back. ASSUMED: it stays until the series expires or fewer are held.
 *
 * Refusals by precedence: series and account exist; the series is an option, and not expired; the input cutoff; the
 * account; the position, and a quantity from 0 to what it holds.
 */
export const decideDenyExercise: Decide<DenyExercise> = (state, command, context) => {
  const found = findHolding(state, command, context);
  if (!found.ok) return found;
  const { account, series, quantity } = command;
  const { participant, now } = context;
  if (quantity === found.value.denied) return accepted([]);
  const change = { denied: quantity - found.value.denied };
  return accepted([
    { type: 'position-adjusted', participant, account, series, reason: 'deny-exercise', change, at: now },
  ]);
};

// As it stands without the T+1 session, for so the day end finds it.
function findHolding(
  state: ClearingState,
  { account, series, quantity }: DenyExercise,
  { participant, now }: CommandContext,
): Outcome<Position, PostTradeRejection> {
  const book = bookOf(state, participant);
  const unknown = unknownName(state, book, { series, account });
  if (unknown) return rejected(unknown);
  const { kind, expiryDate } = seriesOf(state, series);
  if (kind === 'future') return rejected({ code: 'exercise-not-possible', series, reason: 'not-an-option' });
  if (expiryDate < state.businessDate) return rejected({ code: 'exercise-not-possible', series, reason: 'expired' });
  const ended = inputEnded(state, state.businessDate, now);
  if (ended) return rejected(ended);
  const allowed = findAccount(book, account, { needed: 'exercise' });
  if (!allowed.ok) return allowed;
  const position = closingPosition(book, positionKey(account, series));
  if (!position || position.held === 0) return rejected({ code: 'no-position', account, series });
  if (Number.isSafeInteger(quantity) && quantity >= 0 && quantity <= position.held) return accepted(position);
  return rejected({ code: 'deny-quantity', account, series, quantity, held: position.held });
}
