import type { BusinessCalendar } from '../time/calendar.ts';
import type { CalendarDate } from '../time/instant.ts';
import { instrumentClass, SERIES_COUNTRY, type InstrumentClass } from './instrument-class.ts';

/** `HSIK9`, `HSI28000E9`, `HKB65.00E9`. */
export type SeriesName = string & { readonly __unit: 'series name' };

export type SeriesKind = 'future' | 'call' | 'put';

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

/** The fields of the 12-byte binary key: oapi-facts.md section 3, sureness C. */
export interface SeriesKey {
  readonly country: number;
  readonly market: number;
  readonly instrumentGroup: number;
  readonly modifier: number;
  readonly commodity: number;
  /** Day in bits 0-4, month in bits 5-8, year less 1989 in bits 9-15. */
  readonly expirationDate: number;
  readonly strikePrice: number;
}

// dcass-facts.md 6.3 (HKATS guide, B): futures months F to Z, calls A to L, puts M to X.
const FUTURE_MONTHS = 'FGHJKMNQUVXZ';
const CALL_MONTHS = 'ABCDEFGHIJKL';
const PUT_MONTHS = 'MNOPQRSTUVWX';

// ASSUMED: instrument group numbers of the binary key; HKEX's are not public.
const INSTRUMENT_GROUP: Readonly<Record<SeriesKind, number>> = { future: 4, call: 6, put: 7 };

export type SeriesNameProblem = 'shape' | 'class' | 'strike-decimals';

/**
 * Reads a series name. The year digit stands for the year nearest to `today` that ends in it.
 * @returns the series, or which part of the name is wrong.
 */
export function parseSeriesName(
  text: string,
  today: CalendarDate,
  calendar: BusinessCalendar,
): Series | { readonly problem: SeriesNameProblem } {
  const match = /^([A-Z]{3})(\d+(?:\.\d+)?)?([A-Z])(\d)$/.exec(text);
  if (!match) return { problem: 'shape' };
  const [, classCode, strikeText, monthLetter, yearDigit] = match as unknown as [
    string,
    string,
    string | undefined,
    string,
    string,
  ];
  const ofClass = instrumentClass(classCode);
  if (!ofClass) return { problem: 'class' };

  const month = monthOf(monthLetter, strikeText !== undefined);
  if (!month) return { problem: 'shape' };
  const strike = parseStrike(strikeText, ofClass.strikeDecimals);
  if (strike === undefined) return { problem: 'strike-decimals' };

  const lastTradingDay = lastTradingDayOf(nearestYear(Number(yearDigit), today), month.month, calendar);
  return {
    name: text as SeriesName,
    kind: month.kind,
    instrumentClass: ofClass,
    strike,
    lastTradingDay,
    expiryDate: lastTradingDay,
    key: {
      country: SERIES_COUNTRY,
      market: ofClass.market,
      instrumentGroup: INSTRUMENT_GROUP[month.kind],
      modifier: 0,
      commodity: ofClass.commodity,
      expirationDate: packDate(lastTradingDay),
      strikePrice: strike,
    },
  };
}

/**
 * The instrument type of a series, "market/instrument group": trades are numbered in sequence within one
 * (oapi-facts.md section 3, C). For example `1/4`, the futures of market 1.
 */
export function instrumentTypeOf(series: Series): string {
  return `${series.key.market}/${series.key.instrumentGroup}`;
}

/** The packed date of OAPI series keys: oapi-facts.md section 3 (C). */
export function packDate(date: CalendarDate): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return ((year - 1989) << 9) | (month << 5) | day;
}

function monthOf(letter: string, isOption: boolean): { kind: SeriesKind; month: number } | undefined {
  const at = (letters: string, kind: SeriesKind): { kind: SeriesKind; month: number } | undefined => {
    const index = letters.indexOf(letter);
    return index < 0 ? undefined : { kind, month: index + 1 };
  };
  return isOption ? (at(CALL_MONTHS, 'call') ?? at(PUT_MONTHS, 'put')) : at(FUTURE_MONTHS, 'future');
}

function parseStrike(text: string | undefined, decimals: number): number | undefined {
  if (text === undefined) return 0;
  const [, fraction = ''] = text.split('.');
  if (fraction.length !== decimals) return undefined;
  const strike = Number(text.replace('.', ''));
  return strike > 0 && strike <= 0x7fffffff ? strike : undefined;
}

function nearestYear(digit: number, today: CalendarDate): number {
  const year = Number(today.slice(0, 4));
  for (let offset = 0; offset <= 5; offset++) {
    if ((year + offset) % 10 === digit) return year + offset;
    if ((year - offset) % 10 === digit) return year - offset;
  }
  return year;
}

// The business day before the last business day of the contract month, as HKEX's contract
// specifications have it for index and stock derivatives (D: only May 2019's holidays are known here).
function lastTradingDayOf(year: number, month: number, calendar: BusinessCalendar): CalendarDate {
  const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
  const firstOfNext = `${nextYear}-${String(nextMonth).padStart(2, '0')}-01` as CalendarDate;
  return calendar.previous(calendar.previous(firstOfNext));
}
