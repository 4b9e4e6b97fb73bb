import type { Account, AccountId } from '../account.ts';
import type { Position } from '../position.ts';
import type { PostTradeRejection } from '../post-trade-rejection.ts';
import type { SeriesName } from '../series.ts';
import { closingPosition, positionKey, type Book, type ClearingState } from '../state.ts';

/** What can be taken from a position: the smaller of what is there and what was there when the business date closed. */
export interface Available {
  readonly held: number;
  readonly written: number;
}

/** Whether series and account exist, before anything else about them is looked at. */
export function unknownName(
  state: ClearingState,
  book: Book,
  named: { readonly series?: SeriesName; readonly account: AccountId; readonly part?: number },
): PostTradeRejection | undefined {
  const { series, account, part } = named;
  if (series !== undefined && !state.series.has(series)) return { code: 'unknown-series', series };
  if (book.accounts.has(account)) return undefined;
  return { code: 'unknown-account', account, ...(part === undefined ? {} : { part }) };
}

/**
 * A position that holds or writes something. A change of today's position moves the closing one too, so that there
 * must be enough in both: the T+1 session may have taken contracts away that the business date still had, or the
 * other way round.
 */
export function findPosition(
  book: Book,
  account: Account,
  series: SeriesName,
): { readonly position: Position; readonly available: Available } | undefined {
  const key = positionKey(account.id, series);
  const position = book.positions.get(key);
  const closing = closingPosition(book, key);
  if (!position || !closing || position.held + position.written === 0) return undefined;
  return {
    position,
    available: {
      held: Math.min(position.held, closing.held),
      written: Math.min(position.written, closing.written),
    },
  };
}

/** Whether there is enough of both sides, held first. */
export function shortageOf(
  available: Available,
  asked: Available,
  of: { readonly account: AccountId; readonly series: SeriesName; readonly part?: number },
): PostTradeRejection | undefined {
  for (const side of ['held', 'written'] as const) {
    if (asked[side] > available[side]) {
      return { code: 'not-enough-position', ...of, side, available: available[side], asked: asked[side] };
    }
  }
  return undefined;
}
