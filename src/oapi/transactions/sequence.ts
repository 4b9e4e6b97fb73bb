import { INSTRUMENT_GROUPS, instrumentClasses, SERIES_COUNTRY } from '../../clearing/instrument-class.ts';
import type { BusinessDate } from '../../time/instant.ts';
import { INT, TEXT } from '../dictionary/shape.ts';
import type { CallContext } from '../gateway-context.ts';
import { refused } from './answers.ts';
import { readQueryDate } from './query-date.ts';
import { SERIES, type SeriesFields } from './shapes.ts';
import type { RequestContext, TransactionAnswer } from './transaction.ts';

/** What CQ10, CQ39, CQ52 and CQ76 ask: numbers of one instrument type and date. oapi-facts.md section 3, C. */
export const SEQUENCE_QUERY = { series: SERIES, sequence_first: INT, sequence_last: INT, date: TEXT } as const;

/** What CQ11, CQ53 and CQ77 ask: from a number of one date to a number of another. */
export const DATES_QUERY = {
  series: SERIES,
  from_date: TEXT,
  sequence_first: INT,
  to_date: TEXT,
  sequence_last: INT,
} as const;

export interface SequenceRange {
  /** As `instrumentTypeOf` a series. */
  readonly instrumentType: string;
  readonly date: BusinessDate;
  /** `last` 0 is an open end; `limit` rows at most. */
  readonly range: { readonly first: number; readonly last: number; readonly limit: number };
}

/** Reads such a query. @param capacity rows that an answer holds @throws FieldError for a number below 0 */
export function readSequence(
  query: {
    readonly series: SeriesFields;
    readonly sequence_first: number;
    readonly sequence_last: number;
    readonly date: string;
  },
  capacity: number,
  call: RequestContext,
): SequenceRange | TransactionAnswer {
  const wrong = wrongSeries(query.series, call);
  if (wrong) return wrong;
  checkNumbers(query, call);
  const date = dateOf(query.date, call);
  if (!date) return wrongDate(query.date, call);
  const { sequence_first: first, sequence_last: last } = query;
  const limit = Math.min(call.gateway.settings.pageSize, capacity);
  return { instrumentType: instrumentType(query.series), date, range: { first, last, limit } };
}

export interface DatesRange {
  readonly instrumentType: string;
  readonly range: {
    readonly from: BusinessDate;
    readonly first: number;
    readonly to: BusinessDate;
    readonly last: number;
    readonly limit: number;
  };
}

export function readDates(
  query: {
    readonly series: SeriesFields;
    readonly from_date: string;
    readonly sequence_first: number;
    readonly to_date: string;
    readonly sequence_last: number;
  },
  capacity: number,
  call: RequestContext,
): DatesRange | TransactionAnswer {
  const wrong = wrongSeries(query.series, call);
  if (wrong) return wrong;
  checkNumbers(query, call);
  const from = dateOf(query.from_date, call);
  if (!from) return wrongDate(query.from_date, call);
  const to = dateOf(query.to_date, call);
  if (!to) return wrongDate(query.to_date, call);
  const { sequence_first: first, sequence_last: last } = query;
  const limit = Math.min(call.gateway.settings.pageSize, capacity);
  return { instrumentType: instrumentType(query.series), range: { from, first, to, last, limit } };
}

function instrumentType(series: SeriesFields): string {
  return `${series.market}/${series.instrument_group}`;
}

// oapi-facts.md section 3: `series` must name a real instrument type, and sequences are numbered within one (ISESIM).
// ASSUMED: so a wildcard is refused; the country may be left out, as it is the same everywhere.
function wrongSeries(
  { country, market, instrument_group }: SeriesFields,
  call: CallContext,
): TransactionAnswer | undefined {
  const asked = `market ${market}, instrument group ${instrument_group}`;
  if (market === 0 || instrument_group === 0) {
    const problem = `${asked}; a sequence needs both, 0 is no wildcard here`;
    return refused('wildcardNotAllowed', 'wildcard-not-allowed', call, problem);
  }
  const isKnown = instrumentClasses().some(
    (each) => each.market === market && each.kinds.some((kind) => INSTRUMENT_GROUPS[kind].number === instrument_group),
  );
  if (isKnown && (country === 0 || country === SERIES_COUNTRY)) return undefined;
  const problem = `country ${country}, ${asked}: no such instrument type`;
  return refused('invalidSeries', 'unknown-instrument-type', call, problem);
}

function checkNumbers(
  query: { readonly sequence_first: number; readonly sequence_last: number },
  call: RequestContext,
): void {
  for (const name of ['sequence_first', 'sequence_last'] as const) {
    if (query[name] < 0) throw call.badField([name], `${query[name]}; a sequence number is 0 or more`);
  }
}

function dateOf(text: string, { gateway }: CallContext): BusinessDate | undefined {
  const date = readQueryDate(text);
  return date === 'current' ? gateway.core.businessDate() : (date as BusinessDate | undefined);
}

/** -12 with the date that cannot be read. */
export function wrongDate(text: string, call: CallContext): TransactionAnswer {
  const problem = `"${text.replaceAll(/[^ -~]/g, '?')}" is no date; YYYYMMDD, or blank for the business date`;
  return refused('invalidDate', 'date-not-valid', call, problem);
}
