import type { BusinessDate } from '../time/instant.ts';
import type { CustomerCode } from './participant.ts';
import type { Position } from './position.ts';
import type { SeriesName } from './series.ts';
import type { Book } from './state.ts';

/** Of one series, in contracts. */
export interface OpenInterest {
  readonly series: SeriesName;
  /** Held in every account of the market. */
  readonly gross: number;
  /** What each participant holds more than it has written, summed. */
  readonly net: number;
  /** The same of the own participant, held or written. */
  readonly ownNet: number;
}

/**
 * Open interest of each series that somebody holds or has written. It reads every position of the market once.
 * ASSUMED: of the current business date it is what it is now; and what net means.
 */
export function openInterest(
  books: Iterable<Book>,
  { date, current, own }: { readonly date: BusinessDate; readonly current: BusinessDate; readonly own: CustomerCode },
): readonly OpenInterest[] {
  const bySeries = new Map<SeriesName, OpenInterest>();
  for (const book of books) {
    const positions = (date === current ? book.positions : book.history.get(date))?.values() ?? [];
    for (const [series, { held, written }] of holdingsOf(positions)) {
      const before = bySeries.get(series) ?? { series, gross: 0, net: 0, ownNet: 0 };
      bySeries.set(series, {
        series,
        gross: before.gross + held,
        net: before.net + Math.max(0, held - written),
        ownNet: book.participant.code === own ? Math.abs(held - written) : before.ownNet,
      });
    }
  }
  return [...bySeries.values()];
}

/** What one participant holds and has written in each series, all accounts together. */
function holdingsOf(
  positions: Iterable<Position>,
): Map<SeriesName, { readonly held: number; readonly written: number }> {
  const sums = new Map<SeriesName, { readonly held: number; readonly written: number }>();
  for (const { series, held, written } of positions) {
    if (held === 0 && written === 0) continue;
    const before = sums.get(series) ?? { held: 0, written: 0 };
    sums.set(series, { held: before.held + held, written: before.written + written });
  }
  return sums;
}
