import type { BusinessDate } from '../time/instant.ts';
import type { Position } from './position.ts';
import { closingPosition, type Book, type ClearingState } from './state.ts';

/** The next business date begins: closing positions become history, what counts per day starts at zero. */
export function applyRoll(state: ClearingState, from: BusinessDate, to: BusinessDate): void {
  for (const book of state.books.values()) rollBook(book, from);
  for (const [of, price] of state.prices) state.previousPrices.set(of, price);
  state.businessDate = to;
}

function rollBook(book: Book, from: BusinessDate): void {
  const closed = new Map<string, Position>();
  for (const key of book.positions.keys()) {
    const closing = closingPosition(book, key);
    if (closing && !isEmpty(closing)) closed.set(key, closing);
  }
  book.history.set(from, closed);
  book.atClose.clear();
  for (const [key, position] of book.positions) {
    // ASSUMED: a position that is empty when the date rolls is not listed any more.
    if (position.held + position.written === 0) book.positions.delete(key);
    else if (position.closedOut + position.exercised + position.assigned > 0) {
      book.positions.set(key, { ...position, closedOut: 0, exercised: 0, assigned: 0 });
    }
  }
}

function isEmpty({ held, written, closedOut, exercised, assigned }: Position): boolean {
  return held + written + closedOut + exercised + assigned === 0;
}
