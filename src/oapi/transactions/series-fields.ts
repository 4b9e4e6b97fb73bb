import type { Series, SeriesKey, SeriesName } from '../../clearing/series.ts';
import type { SeriesFields } from './shapes.ts';

/** The fields of a binary series key. */
export function seriesFields(key: SeriesKey): SeriesFields {
  return {
    country: key.country,
    market: key.market,
    instrument_group: key.instrumentGroup,
    modifier: key.modifier,
    commodity: key.commodity,
    expiration_date: key.expirationDate,
    strike_price: key.strikePrice,
  };
}

/** In a query any series, in an answer none. */
export const ANY_SERIES: SeriesFields = {
  country: 0,
  market: 0,
  instrument_group: 0,
  modifier: 0,
  commodity: 0,
  expiration_date: 0,
  strike_price: 0,
};

/** The upper end of a partition. */
export const LAST_SERIES: SeriesFields = {
  country: 0xff,
  market: 0xff,
  instrument_group: 0xff,
  modifier: 0xff,
  commodity: 0xffff,
  expiration_date: 0xffff,
  strike_price: -1,
};

/** ASSUMED: one partition, from all zero to all ones (oapi-facts.md section 3, MEM). */
export const WHOLE_PARTITION = { partition_low: ANY_SERIES, partition_high: LAST_SERIES } as const;

/** The key of a series that something in the model names. */
export function keyOf(name: SeriesName, core: { series(name: SeriesName): Series | undefined }): SeriesFields {
  const series = core.series(name);
  if (!series) throw new Error(`there is no series ${name}, which the model names`);
  return seriesFields(series.key);
}

const KEY_ORDER = Object.keys(ANY_SERIES) as readonly (keyof SeriesFields)[];

/** By key, field after field: the order of every answer that lists series. */
export function compareSeries(a: SeriesFields, b: SeriesFields): number {
  for (const field of KEY_ORDER) if (a[field] !== b[field]) return a[field] - b[field];
  return 0;
}

/** Whether `wanted` routes to the instrument type of `key`; 0 is any. */
export function matchesInstrumentType(wanted: SeriesFields, key: SeriesFields): boolean {
  return (['country', 'market', 'instrument_group'] as const).every(
    (name) => wanted[name] === 0 || wanted[name] === key[name],
  );
}

/** Whether every field of `wanted` that is not 0 is that of `key`. */
export function matchesSearch(wanted: SeriesFields, key: SeriesFields): boolean {
  return KEY_ORDER.every((name) => wanted[name] === 0 || wanted[name] === key[name]);
}
