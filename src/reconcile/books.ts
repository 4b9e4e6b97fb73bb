import type { Side } from '../clearing/deal.ts';
import type { CustomerCode } from '../clearing/participant.ts';
import { formatScaled } from '../clearing/price.ts';
import type { Series, SeriesName } from '../clearing/series.ts';
import type { ClearingSettings } from '../clearing/settings.ts';
import type { Book } from '../clearing/state.ts';
import type { BusinessDate } from '../time/instant.ts';
import type { Reach } from './planted.ts';

/** A trade as a participant's back-office and DCASS Online's CSV know it. */
export interface TradeRow {
  readonly trade: number | undefined;
  readonly deal: number | undefined;
  readonly series: string;
  readonly account: string;
  readonly side: Side;
  /** Contracts. */
  readonly quantity: number;
  /** A decimal text: `29500`, `65.00`. */
  readonly price: string;
  readonly customerInfo: string;
  /** `2019-05-03`. */
  readonly clearingDate: string;
}

/** A position, in contracts. */
export interface PositionRow {
  readonly account: string;
  readonly series: string;
  readonly held: number;
  readonly written: number;
}

/** What is compared: one participant's trades and positions. */
export interface Books {
  readonly trades: readonly TradeRow[];
  readonly positions: readonly PositionRow[];
}

/** What is needed of the clearing core. */
export interface BooksPort {
  book(code: CustomerCode): Book | undefined;
  series(name: SeriesName): Series | undefined;
  allSeries(): readonly Series[];
  price(of: string): number | undefined;
  businessDate(): BusinessDate;
  settings(): Pick<ClearingSettings, 'holidays'>;
}

/** A participant's books as DCASS has them now: trades as they came, positions by account and series. */
export function dcassBooks(core: BooksPort, code: string): Books | undefined {
  const book = core.book(code as CustomerCode);
  if (!book) return undefined;
  const decimalsOf = (name: SeriesName): number => core.series(name)?.instrumentClass.priceDecimals ?? 0;
  return {
    trades: book.trades.all().map((trade) => ({
      trade: trade.number,
      deal: trade.deal,
      series: trade.series,
      account: trade.account,
      side: trade.side,
      quantity: trade.quantity,
      price: formatScaled(trade.price, decimalsOf(trade.series)),
      customerInfo: trade.customerInfo,
      clearingDate: trade.clearingDate,
    })),
    positions: [...book.positions.values()]
      .map(({ account, series, held, written }) => ({ account, series, held, written }))
      .toSorted(byAccountAndSeries),
  };
}

/** What rows of a participant can be about: its accounts, and the series that its clearing houses clear. */
export function reachOf(core: BooksPort, code: string): Reach | undefined {
  const book = core.book(code as CustomerCode);
  if (!book) return undefined;
  const { clearingHouses } = book.participant;
  return {
    accounts: [...book.accounts.keys()],
    series: core
      .allSeries()
      .filter((series) => clearingHouses.includes(series.instrumentClass.clearingHouse))
      .map(({ name, instrumentClass }) => ({
        name,
        price: formatScaled(core.price(name) ?? core.price(instrumentClass.code) ?? 100, instrumentClass.priceDecimals),
      })),
    businessDate: core.businessDate(),
    holidays: core.settings().holidays,
  };
}

export function byAccountAndSeries(a: PositionRow, b: PositionRow): number {
  return compare(a.account, b.account) || compare(a.series, b.series);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
