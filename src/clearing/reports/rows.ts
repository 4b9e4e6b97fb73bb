import type { BusinessDate } from '../../time/instant.ts';
import { formatScaled } from '../price.ts';
import type { SeriesName } from '../series.ts';
import { bookOf, type Book } from '../state.ts';
import type { ReportMoment } from './definition.ts';

/** The book whose rows a participant's report shows. */
export function ownBook({ state, participant }: ReportMoment): Book {
  if (participant === undefined) throw new Error("a participant's report was made without a participant");
  return bookOf(state, participant);
}

/** A report that closes the business date leaves out what belongs to a later one; an intra-day one shows what is there. */
export function belongs({ made, businessDate }: ReportMoment, date: BusinessDate): boolean {
  return made === 'intra-day' || date <= businessDate;
}

/** An integer in the price decimals of the series' class. */
export function priceText({ state }: ReportMoment, series: SeriesName, price: number): string {
  return formatScaled(price, state.series.get(series)?.instrumentClass.priceDecimals ?? 0);
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
