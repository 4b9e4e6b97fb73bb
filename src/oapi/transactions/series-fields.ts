import type { SeriesKey } from '../../clearing/series.ts';
import type { SeriesFields } from '../layouts.ts';

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
