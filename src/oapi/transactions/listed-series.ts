import type { Series } from '../../clearing/series.ts';
import type { CallContext } from '../gateway-context.ts';
import { compareSeries, matchesSearch, seriesFields } from './series-fields.ts';
import type { SeriesFields } from './shapes.ts';

export interface ListedSeries {
  readonly series: Series;
  readonly key: SeriesFields;
  /** 1, 2, 3 … of this day; the same in every answer, whatever has expired. */
  readonly number: number;
}

/**
 * The series that `wanted` names, expired ones too, by series key. ASSUMED: each field of it that is not 0 filters.
 */
export function seriesNamedBy(wanted: SeriesFields, { gateway }: CallContext): readonly ListedSeries[] {
  return gateway.core
    .allSeries()
    .map((series, index) => ({ series, key: seriesFields(series.key), number: index + 1 }))
    .filter(({ key }) => matchesSearch(wanted, key))
    .toSorted((a, b) => compareSeries(a.key, b.key));
}

/** ASSUMED: a series is listed until the business date of its expiry is over. */
export function isListed({ series }: ListedSeries, { gateway }: CallContext): boolean {
  return series.expiryDate >= gateway.core.businessDate();
}
