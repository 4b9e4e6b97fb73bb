import type { PostTradeRejection } from '../post-trade-rejection.ts';
import { accepted, rejected } from '../rejection.ts';
import { bookOf, positionKey, seriesOf, type ClearingState } from '../state.ts';
import type { CoverPosition } from './command.ts';
import type { CommandContext, Decide } from './context.ts';
import { expiredTrouble, findAccount } from './find.ts';
import { findPosition, unknownName } from './find-position.ts';
import { inputEnded } from './input-cutoff.ts';

/**
 * Says how many written calls on a stock are covered by shares. ASSUMED: DCASS counts them by position, as the
 * family does (dcass-facts.md 6.2: "covered quantity", C); whether the shares are there is CCASS's business.
 *
 * Refusals by precedence: series and account exist; the series is a call on a stock; its expiry, the input cutoff;
 * a quantity below zero, the account; the position, and whether so much is written.
 */
export const decideCoverPosition: Decide<CoverPosition> = (state, command, context) => {
  const trouble = troubleWith(state, command, context);
  if (trouble) return rejected(trouble);
  const { account, series, quantity } = command;
  const { participant, now } = context;
  const before = bookOf(state, participant).positions.get(positionKey(account, series))?.covered ?? 0;
  if (before === quantity) return accepted([]);
  const change = { covered: quantity - before };
  return accepted([{ type: 'position-adjusted', participant, account, series, reason: 'cover', change, at: now }]);
};

function troubleWith(
  state: ClearingState,
  { account, series, quantity }: CoverPosition,
  { participant, now }: CommandContext,
): PostTradeRejection | undefined {
  const book = bookOf(state, participant);
  const unknown = unknownName(state, book, { series, account });
  if (unknown) return unknown;
  const { kind, instrumentClass } = seriesOf(state, series);
  if (instrumentClass.settlement !== 'physical') return { code: 'cover-not-possible', series, reason: 'not-stock' };
  if (kind !== 'call') return { code: 'cover-not-possible', series, reason: 'not-a-call' };
  const late = expiredTrouble(state, series, state.businessDate) ?? inputEnded(state, state.businessDate, now);
  if (late) return late;
  if (!Number.isSafeInteger(quantity) || quantity < 0) {
    return { code: 'cover-not-possible', series, reason: 'below-zero' };
  }
  const found = findAccount(book, account);
  if (!found.ok) return found.rejection;
  const there = findPosition(book, found.value, series);
  if (!there) return { code: 'no-position', account, series };
  if (quantity <= there.available.written) return undefined;
  return { code: 'cover-not-possible', series, reason: 'more-than-written' };
}
