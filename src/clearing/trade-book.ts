import type { BusinessDate } from '../time/instant.ts';
import type { AccountId } from './account.ts';
import type { Trade } from './deal.ts';
import type { SeriesName } from './series.ts';

/**
 * One participant's trades in the order in which they came, and the ways to find some of them without
 * reading all: a query costs what it returns. Trades are never removed; one that changes keeps its place.
 */
export class TradeBook {
  readonly #rows: Trade[] = [];
  readonly #placeOf = new Map<number, number>();
  readonly #bySeries = new Map<SeriesName, number[]>();
  readonly #byAccount = new Map<AccountId, number[]>();
  /** By instrument type and clearing date: the place of sequence number n is at n - 1. */
  readonly #bySequence = new Map<string, number[]>();

  get size(): number {
    return this.#rows.length;
  }

  /** `instrumentType`: the key of the trade's series, see `instrumentTypeOf`. */
  add(trade: Trade, instrumentType: string): void {
    const place = this.#rows.push(trade) - 1;
    this.#placeOf.set(trade.number, place);
    append(this.#bySeries, trade.series, place);
    append(this.#byAccount, trade.account, place);
    append(this.#bySequence, sequenceKey(instrumentType, trade.clearingDate), place);
  }

  /** Puts the new values of a trade that is in the book. */
  replace(trade: Trade): void {
    const place = this.#placeOf.get(trade.number);
    if (place === undefined) throw new Error(`the book has no trade ${trade.number}`);
    this.#rows[place] = trade;
  }

  get(number: number): Trade | undefined {
    const place = this.#placeOf.get(number);
    return place === undefined ? undefined : this.#rows[place];
  }

  all(): readonly Trade[] {
    return this.#rows;
  }

  ofSeries(series: SeriesName): readonly Trade[] {
    return this.#at(this.#bySeries.get(series));
  }

  ofAccount(account: AccountId): readonly Trade[] {
    return this.#at(this.#byAccount.get(account));
  }

  /** The highest sequence number so far; 0 when there is none. */
  lastSequence(instrumentType: string, date: BusinessDate): number {
    return this.#bySequence.get(sequenceKey(instrumentType, date))?.length ?? 0;
  }

  /** Trades `first` to `last` of an instrument type and clearing date, at most `limit`. `last` 0: open end (oapi-facts.md section 3). */
  inSequence(
    instrumentType: string,
    date: BusinessDate,
    range: { readonly first: number; readonly last: number; readonly limit: number },
  ): readonly Trade[] {
    const places = this.#bySequence.get(sequenceKey(instrumentType, date)) ?? [];
    const from = Math.max(range.first, 1) - 1;
    const to = Math.min(range.last === 0 ? places.length : range.last, from + range.limit);
    return this.#at(places.slice(from, to));
  }

  #at(places: readonly number[] | undefined): readonly Trade[] {
    return (places ?? []).map((place) => this.#rows[place] as Trade);
  }
}

function sequenceKey(instrumentType: string, date: BusinessDate): string {
  return `${instrumentType}|${date}`;
}

function append<K>(index: Map<K, number[]>, key: K, place: number): void {
  const places = index.get(key);
  if (places) places.push(place);
  else index.set(key, [place]);
}
