import { parseCalendarDate, type CalendarDate } from '../time/instant.ts';
import {
  INSTRUMENT_GROUPS,
  instrumentClasses,
  SERIES_COUNTRY,
  type InstrumentClass,
  type SeriesKind,
} from './instrument-class.ts';

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

/** What a key says about its series. */
export interface SeriesKeyParts {
  readonly instrumentClass: InstrumentClass;
  readonly kind: SeriesKind;
  /** Integer in the class's strike decimals; 0 for a future. */
  readonly strike: number;
  readonly expiryDate: CalendarDate;
}

const YEAR_OFFSET = 1989;

/** The key of a series; the modifier is 0, as it counts capital adjustments and there are none here. */
export function seriesKeyOf({ instrumentClass: ofClass, kind, strike, expiryDate }: SeriesKeyParts): SeriesKey {
  return {
    country: SERIES_COUNTRY,
    market: ofClass.market,
    instrumentGroup: INSTRUMENT_GROUPS[kind].number,
    modifier: 0,
    commodity: ofClass.commodity,
    expirationDate: packDate(expiryDate),
    strikePrice: strike,
  };
}

/** The other way; undefined for a key that no series of these classes has, a wildcard of a query among them. */
export function seriesKeyParts(key: SeriesKey): SeriesKeyParts | undefined {
  const ofClass = instrumentClasses().find(({ commodity }) => commodity === key.commodity);
  const kind = (Object.keys(INSTRUMENT_GROUPS) as SeriesKind[]).find(
    (each) => INSTRUMENT_GROUPS[each].number === key.instrumentGroup,
  );
  const expiryDate = unpackDate(key.expirationDate);
  if (!ofClass || !kind || !expiryDate) return undefined;
  const parts = { instrumentClass: ofClass, kind, strike: key.strikePrice, expiryDate };
  const right = ofClass.kinds.includes(kind) && (kind === 'future' ? parts.strike === 0 : parts.strike > 0);
  return right && sameSeriesKey(seriesKeyOf(parts), key) ? parts : undefined;
}

export function sameSeriesKey(a: SeriesKey, b: SeriesKey): boolean {
  return (
    a.commodity === b.commodity &&
    a.expirationDate === b.expirationDate &&
    a.strikePrice === b.strikePrice &&
    a.instrumentGroup === b.instrumentGroup &&
    a.market === b.market &&
    a.modifier === b.modifier &&
    a.country === b.country
  );
}

/** The packed date of OAPI series keys: oapi-facts.md section 3 (C). Years 1989 to 2116. */
export function packDate(date: CalendarDate): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return ((year - YEAR_OFFSET) << 9) | (month << 5) | day;
}

/** The other way; undefined for 0, which means no date, and for bits that are no day of the calendar. */
export function unpackDate(packed: number): CalendarDate | undefined {
  const two = (value: number): string => String(value).padStart(2, '0');
  return parseCalendarDate(`${(packed >> 9) + YEAR_OFFSET}-${two((packed >> 5) & 15)}-${two(packed & 31)}`);
}
