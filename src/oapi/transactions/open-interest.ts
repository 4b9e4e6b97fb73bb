import type { OpenInterest } from '../../clearing/open-interest.ts';
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

interface Row extends OpenInterest {
  readonly key: SeriesFields;
}

/** ASSUMED: `series` only routes, as in CQ3. */
function openInterest(query: OpenInterestQuery, call: CallContext): readonly Row[] | TransactionAnswer {
  const { core } = call.gateway;
  const kept = core.positionDates(call.session.id);
  if (!kept.ok) return refusedBy(kept.rejection, call);
  const date = dateOf(query.date, kept.value, call);
  if (!date) return refused('invalidDate', 'date-not-kept', call, `kept are ${kept.value.join(', ')}`);
  const found = core.openInterest(call.session.id, date);
  if (!found.ok) return refusedBy(found.rejection, call);
  return found.value
    .map((row) => {
      const series = core.series(row.series);
      if (!series) throw new Error(`a position names the series ${row.series}, which does not exist`);
      return { ...row, key: seriesFields(series.key) };
    })
    .filter(({ key }) => matchesInstrumentType(query.series, key) && matchesSearch(query.search_series, key))
    .toSorted((a, b) => compareSeries(a.key, b.key));
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
