import type { Position } from '../../clearing/position.ts';
import type { SeriesName } from '../../clearing/series.ts';
import { calendarDateOf, type BusinessDate } from '../../time/instant.ts';
import { INT, list, optional, TEXT, type ValueOf } from '../dictionary/shape.ts';
import type { CallContext } from '../gateway-context.ts';
import { refused, refusedBy } from './answers.ts';
import { readQueryDate } from './query-date.ts';
import {
  ANY_SERIES,
  compareSeries,
  LAST_SERIES,
  matchesInstrumentType,
  matchesSearch,
  seriesFields,
} from './series-fields.ts';
import { answerSegment } from './series-query.ts';
import { SERIES, type SeriesFields } from './shapes.ts';
import { transaction, type TransactionAnswer } from './transaction.ts';

const OPEN_INTEREST_QUERY = { series: SERIES, search_series: SERIES, segment_number: INT, date: TEXT } as const;

type OpenInterestQuery = ValueOf<typeof OPEN_INTEREST_QUERY>;

/** Of one series, in contracts. */
interface OpenInterest {
  readonly key: SeriesFields;
  /** Held in every account of the market. */
  readonly gross: number;
  /** What each participant holds more than it has written, summed. */
  readonly net: number;
  /** The same of the own participant, held or written. */
  readonly ownNet: number;
}

// ASSUMED: one partition, from all zero to all ones (oapi-facts.md section 3, MEM).
const PARTITION = { partition_low: ANY_SERIES, partition_high: LAST_SERIES } as const;

/** By series key. The figures are the market's: nothing in them names another participant. */
export const openInterestQuery = transaction({
  type: 'CQ20',
  meaning: 'open interest of the market, by series',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: OPEN_INTEREST_QUERY,
  answers: {
    CA20: {
      partition_low: SERIES,
      partition_high: SERIES,
      segment_number: INT,
      item: list({ series: SERIES, final_open_interest: INT }),
    },
  },
  answer(query, call) {
    const rows = openInterest(query, call);
    if ('completion' in rows) return rows;
    const { CA20 } = call.answers;
    return answerSegment(rows, query.segment_number, CA20.capacity, call, (segment) => {
      const item = segment.rows.map(({ key, gross }) => ({ series: key, final_open_interest: gross }));
      return CA20.encode({ ...PARTITION, segment_number: segment.answered, item }, 'CA20');
    });
  },
});

export const openInterestDetailsQuery = transaction({
  type: 'CQ72',
  meaning: "open interest of the market, gross and net, and the own participant's net, by series",
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: OPEN_INTEREST_QUERY,
  answers: {
    CA72: {
      partition_low: SERIES,
      partition_high: SERIES,
      segment_number: INT,
      item: list({
        series: SERIES,
        gross_open_interest: INT,
        net_open_interest: INT,
        member_net_open_interest: optional(INT),
      }),
    },
  },
  answer(query, call) {
    const rows = openInterest(query, call);
    if ('completion' in rows) return rows;
    const { CA72 } = call.answers;
    return answerSegment(rows, query.segment_number, CA72.capacity, call, (segment) => {
      const item = segment.rows.map(({ key, gross, net, ownNet }) => ({
        series: key,
        gross_open_interest: gross,
        net_open_interest: net,
        member_net_open_interest: ownNet,
      }));
      return CA72.encode({ ...PARTITION, segment_number: segment.answered, item }, 'CA72');
    });
  },
});

/**
 * Open interest of each series that somebody holds or has written. It reads every position of the market once.
 * ASSUMED: of the current business date it is what it is now; `series` only routes, as in CQ3; and what net means.
 */
function openInterest(query: OpenInterestQuery, call: CallContext): readonly OpenInterest[] | TransactionAnswer {
  const { core } = call.gateway;
  const kept = core.positionDates(call.session.id);
  if (!kept.ok) return refusedBy(kept.rejection, call);
  const date = dateOf(query.date, kept.value, call);
  if (!date) return refused('invalidDate', 'date-not-kept', call, `kept are ${kept.value.join(', ')}`);

  const bySeries = new Map<SeriesName, OpenInterest>();
  for (const { code } of core.participants()) {
    for (const [name, { held, written }] of holdingsOf(positionsAt(date, core.book(code), core.businessDate()))) {
      const series = core.series(name);
      if (!series) throw new Error(`a position names the series ${name}, which does not exist`);
      const before = bySeries.get(name) ?? { key: seriesFields(series.key), gross: 0, net: 0, ownNet: 0 };
      bySeries.set(name, {
        key: before.key,
        gross: before.gross + held,
        net: before.net + Math.max(0, held - written),
        ownNet: code === call.session.participant ? Math.abs(held - written) : before.ownNet,
      });
    }
  }
  return [...bySeries.values()]
    .filter(({ key }) => matchesInstrumentType(query.series, key) && matchesSearch(query.search_series, key))
    .toSorted((a, b) => compareSeries(a.key, b.key));
}

type PositionBook = ReturnType<CallContext['gateway']['core']['book']>;

function positionsAt(date: BusinessDate, book: PositionBook, current: BusinessDate): Iterable<Position> {
  if (!book) return [];
  return (date === current ? book.positions : book.history.get(date))?.values() ?? [];
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

// As for positions: today, where it is no business date that is kept, asks for the current one.
function dateOf(
  text: string,
  kept: readonly BusinessDate[],
  { gateway: { core } }: CallContext,
): BusinessDate | undefined {
  const asked = readQueryDate(text);
  if (asked === 'current') return core.businessDate();
  return (
    kept.find((date) => date === asked) ?? (asked === calendarDateOf(core.now()) ? core.businessDate() : undefined)
  );
}
