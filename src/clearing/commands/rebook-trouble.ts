import type { Instant } from '../../time/instant.ts';
import { ACCOUNT_TYPES } from '../account.ts';
import type { Trade } from '../deal.ts';
import type { TradePart } from '../give-up.ts';
import type { PostTradeRejection } from '../post-trade-rejection.ts';
import { bookOf, type ClearingState } from '../state.ts';
import { expiredTrouble, findAccount, partsTrouble } from './find.ts';
import { dateOfInput, inputEnded } from './input-cutoff.ts';
import { overtakingMove, reversingMove, shortageAlong } from './shortage-along.ts';

/** The record has room for 100 (oapi-facts.md Appendix A, CD28: C). */
const PARTS_MAX = 100;

/** Trades in the APT account are intermediate: they make an average price trade and are done (dcass-facts.md 6.1, B). */
const FROM = ACCOUNT_TYPES.filter((type) => type !== 'apt');

/**
 * ASSUMED: APT and Sink are filled by the system only, and nothing goes back into the transitory account. Daily is
 * where trades wait that will be averaged.
 */
const INTO = FROM.filter((type) => type !== 'sink' && type !== 'transitory');

/**
 * Why a trade that may be re-booked cannot be re-booked into these parts now: when it is asked for, and again when it
 * is confirmed. By precedence: the series' expiry, the input cutoff; the trade's account; the parts, up to what
 * remains of the trade; that they change something; then the positions.
 */
export function rebookTrouble(
  state: ClearingState,
  trade: Trade,
  parts: readonly TradePart[],
  now: Instant,
): PostTradeRejection | undefined {
  const book = bookOf(state, trade.participant);
  const date = dateOfInput(state, trade.clearingDate);
  const ended = expiredTrouble(state, trade.series, date) ?? inputEnded(state, date, now);
  if (ended) return ended;
  const account = findAccount(book, trade.account, { allowed: FROM });
  if (!account.ok) return account.rejection;
  const rules = { partsMax: PARTS_MAX, expected: trade.remainingQuantity, lessAllowed: true, allowed: INTO };
  const wrong = partsTrouble(book, parts, rules);
  if (wrong) return wrong;
  if (changesNothing(trade, parts)) return { code: 'rectification-changes-nothing', trade: trade.number };
  const moves = parts.flatMap((part, i) => [
    reversingMove(trade, part.quantity),
    overtakingMove(trade.side, part, i + 1),
  ]);
  return shortageAlong(state, book, { series: trade.series, date }, moves);
}

/**
 * One part that is all of the trade, as it is: a part of that size has no others beside it. Several are a split, even
 * where all of them say the same.
 */
function changesNothing(trade: Trade, [first]: readonly TradePart[]): boolean {
  return (
    first?.quantity === trade.remainingQuantity &&
    first.account === trade.account &&
    first.openClose === trade.openClose &&
    first.customerInfo === trade.customerInfo
  );
}
