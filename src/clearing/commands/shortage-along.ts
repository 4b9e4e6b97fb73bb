import type { BusinessDate } from '../../time/instant.ts';
import { POSITION_KEEPING, type AccountId } from '../account.ts';
import type { OpenClose, Side, Trade } from '../deal.ts';
import type { TradePart } from '../give-up.ts';
import { bookTrade, reverseEffect, type Holding } from '../position.ts';
import { sideOfPosition, type PostTradeRejection } from '../post-trade-rejection.ts';
import type { SeriesName } from '../series.ts';
import { closingPosition, positionKey, type Book, type ClearingState } from '../state.ts';

/** What a trade that a decision is about to make does to a position. */
export interface Move {
  readonly account: AccountId;
  readonly side: Side;
  readonly quantity: number;
  readonly openClose: OpenClose;
  /** The part of the command that asks for it, where one does. */
  readonly part?: number;
}

/** What reversing `quantity` contracts of a trade does in its account. */
export function reversingMove({ account, side, openClose }: Trade, quantity: number): Move {
  return { account, side: side === 'buy' ? 'sell' : 'buy', quantity, openClose: reverseEffect(openClose) };
}

/** What the trade that overtakes does where it goes. */
export function overtakingMove(side: Side, { account, quantity, openClose }: TradePart, part: number): Move {
  return { account, side, quantity, openClose, part };
}

/**
 * Whether each close of a gross account, one after the other, finds as many contracts as it closes. Some moves share a
 * position, and an earlier one may take what a later one needs, or bring it. What belongs to the current business
 * date moves the closing position too, so that there must be enough in both.
 *
 * ASSUMED: so must there be for the trade that reverses an opening one: contracts that were netted down, exercised or
 * moved to Sink in the meantime are not re-booked with it.
 */
export function shortageAlong(
  state: ClearingState,
  book: Book,
  { series, date }: { readonly series: SeriesName; readonly date: BusinessDate },
  moves: readonly Move[],
): PostTradeRejection | undefined {
  const holdings = new Map<AccountId, readonly Holding[]>();
  for (const { account, side, quantity, openClose, part } of moves) {
    const keeping = POSITION_KEEPING[book.accounts.get(account)?.type ?? 'house'];
    if (keeping === 'net') continue;
    const before = holdings.get(account) ?? holdingsOf(state, book, positionKey(account, series), date);
    const needed = sideOfPosition(side === 'buy' ? 'sell' : 'buy');
    const available = Math.min(...before.map((holding) => holding[needed]));
    if (openClose === 'close' && quantity > available) {
      const at = part === undefined ? {} : { part };
      return { code: 'not-enough-position', account, series, side: needed, available, asked: quantity, ...at };
    }
    holdings.set(
      account,
      before.map((holding) => bookTrade(holding, side, quantity, keeping, openClose)),
    );
  }
  return undefined;
}

/** The position as it is, and for what belongs to the current business date as it was at close. */
function holdingsOf(state: ClearingState, book: Book, key: string, date: BusinessDate): readonly Holding[] {
  const none = { held: 0, written: 0 };
  const position = book.positions.get(key) ?? none;
  return date > state.businessDate ? [position] : [position, closingPosition(book, key) ?? none];
}
