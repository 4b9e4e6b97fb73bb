import type { BusinessCalendar } from '../time/calendar.ts';
import type { CalendarDate } from '../time/instant.ts';
import type { InstrumentClass, SeriesKind } from './instrument-class.ts';
import { seriesKeyOf, type SeriesKey } from './series-key.ts';
import {
  printSeriesName,
  readSeriesName,
  type SeriesName,
  type SeriesNameParts,
  type SeriesNameProblem,
} from './series-name.ts';

export type { SeriesKey, SeriesKind, SeriesName, SeriesNameProblem };

/** A futures month, or one strike of an option month. */
export interface Series {
  readonly name: SeriesName;
  readonly kind: SeriesKind;
  readonly instrumentClass: InstrumentClass;
  /** Integer in the class's strike decimals; 0 for a future. */
  readonly strike: number;
  readonly lastTradingDay: CalendarDate;
  /** The last trading day: HKEX's expiry of these products (contract specifications, D). */
  readonly expiryDate: CalendarDate;
  readonly key: SeriesKey;
}

/**
 * Reads a series name. The year digit stands for the year nearest to `today` that ends in it.
 * @returns the series, or which part of the name is wrong.
 */
export function parseSeriesName(
  text: string,
  today: CalendarDate,
  calendar: BusinessCalendar,
): Series | { readonly problem: SeriesNameProblem } {
  const parts = readSeriesName(text, today);
  return 'problem' in parts ? parts : seriesFrom(parts, calendar);
}

/** The series that a name's parts describe. */
export function seriesFrom(parts: SeriesNameParts, calendar: BusinessCalendar): Series {
  const { instrumentClass, kind, strike } = parts;
  const lastTradingDay = lastTradingDayOf(parts.year, parts.month, calendar);
  return {
    name: printSeriesName(parts),
    kind,
    instrumentClass,
    strike,
    lastTradingDay,
    expiryDate: lastTradingDay,
    key: seriesKeyOf({ instrumentClass, kind, strike, expiryDate: lastTradingDay }),
  };
}

/**
 * The instrument type of a series, "market/instrument group": trades are numbered in sequence within one
 * (oapi-facts.md section 3, C). For example `1/4`, the futures of market 1.
 */
export function instrumentTypeOf(series: Series): string {
  return `${series.key.market}/${series.key.instrumentGroup}`;
}

/**
 * The business day before the last business day of the contract month, as HKEX's contract specifications
 * have it for index and stock derivatives (B; D for a month whose holidays the calendar does not know).
 */
export function lastTradingDayOf(year: number, month: number, calendar: BusinessCalendar): CalendarDate {
  const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
  const firstOfNext = `${nextYear}-${String(nextMonth).padStart(2, '0')}-01` as CalendarDate;
  return calendar.previous(calendar.previous(firstOfNext));
}
