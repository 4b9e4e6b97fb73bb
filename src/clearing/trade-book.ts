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

  /**
   * Trades whose series and account begin with these texts, in capitals or not, in the order in which they came.
   * An empty text takes all. Costs what begins so with the rarer of the two, and a look at each series and account.
   */
  beginningWith(series: string, account: string): readonly Trade[] {
    const candidates = [placesBeginning(this.#bySeries, series), placesBeginning(this.#byAccount, account)]
      .filter((each) => each !== undefined)
      .toSorted((a, b) => a.count - b.count)[0];
    if (!candidates) return this.#rows;
    const { lists } = candidates;
    const places = lists.length === 1 ? lists[0] : lists.flat().toSorted((a, b) => a - b);
    return this.#at(places).filter((trade) => begins(trade.series, series) && begins(trade.account, account));
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

  /** From trade `first` of the date `from` to trade `last` of the date `to` (0: its open end), at most `limit`: query_api_trade (C). */
  betweenDates(
    instrumentType: string,
    range: {
      readonly from: BusinessDate;
      readonly first: number;
      readonly to: BusinessDate;
      readonly last: number;
      readonly limit: number;
    },
  ): readonly Trade[] {
    const { from, first, to, last, limit } = range;
    const trades: Trade[] = [];
    for (const date of this.#datesOf(instrumentType)) {
      if (date < from || date > to) continue;
      const open = { first: date === from ? first : 1, last: date === to ? last : 0, limit: limit - trades.length };
      trades.push(...this.inSequence(instrumentType, date, open));
    }
    return trades;
  }

  #datesOf(instrumentType: string): readonly BusinessDate[] {
    const start = sequenceKey(instrumentType, '' as BusinessDate);
    return [...this.#bySequence.keys()]
      .filter((key) => key.startsWith(start))
      .map((key) => key.slice(start.length) as BusinessDate)
      .toSorted();
  }

  #at(places: readonly number[] | undefined): readonly Trade[] {
    return (places ?? []).map((place) => this.#rows[place] as Trade);
  }
}

function sequenceKey(instrumentType: string, date: BusinessDate): string {
  return `${instrumentType}|${date}`;
}

// Undefined: any.
function placesBeginning(
  index: ReadonlyMap<string, readonly number[]>,
  text: string,
): { readonly lists: readonly (readonly number[])[]; readonly count: number } | undefined {
  if (text === '') return undefined;
  const lists = [...index].filter(([key]) => begins(key, text)).map(([, places]) => places);
  return { lists, count: lists.reduce((sum, places) => sum + places.length, 0) };
}

function begins(name: string, text: string): boolean {
  return name.toUpperCase().startsWith(text.toUpperCase());
}

function append<K>(index: Map<K, number[]>, key: K, place: number): void {
  const places = index.get(key);
  if (places) places.push(place);
  else index.set(key, [place]);
}
