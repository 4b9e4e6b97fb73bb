import type { Series } from '../../clearing/series.ts';
import type { PriceDefinition } from '../../clearing/world.ts';
import { dayNumberOf, type CalendarDate } from '../../time/instant.ts';
import type { Random } from '../../time/random.ts';
import type { TradingWindow } from './windows.ts';

/**
 * Levels near those of early May 2019, invented in detail: indices in points, stocks in HK$0.001. All prices here are
 * worked out in these units and in whole numbers, so that every machine finds the same ones.
 */
const LEVELS: Readonly<Record<string, number>> = {
  HSI: 29_900,
  HSCEI: 11_550,
  '0001': 82_000,
  '0002': 89_000,
  '0003': 18_900,
  '0005': 68_000,
  '0011': 205_000,
  '0016': 135_000,
  '0027': 58_000,
  '0175': 15_600,
  '0388': 272_000,
  '0700': 388_000,
  '0788': 2_100,
  '0823': 92_000,
  '0883': 14_200,
  '0939': 6_900,
  '0941': 74_500,
  '1113': 63_000,
  '1288': 3_600,
  '1299': 80_000,
  '1810': 12_000,
  '1928': 43_000,
  '2318': 95_000,
  '2628': 22_000,
};

/** Where an underlying stands at first: points, or HK$0.001. */
export function levelOf(underlying: string): number {
  const level = LEVELS[underlying];
  if (level === undefined) throw new Error(`no level for the underlying ${underlying}`);
  return level;
}

/** Units of a level in one unit of a class's price: 1 for an index, 10 for a stock with two decimals. */
function unitsInPrice({ instrumentClass }: Series): number {
  return instrumentClass.clearingHouse === 'HKCC' ? 1 : 10 ** (3 - instrumentClass.priceDecimals);
}

/** The strike in the units of its underlying's level. */
export function strikeLevel({ instrumentClass, strike }: Series): number {
  return instrumentClass.clearingHouse === 'HKCC' ? strike : strike * 10 ** (3 - instrumentClass.strikeDecimals);
}

/** The levels of the underlyings, minute by minute over the trading windows. */
export interface Levels {
  /** `minute` counts over all windows; see {@link TradingWindow}. */
  at(underlying: string, minute: number): number;
  last(underlying: string): number;
}

/** A random walk for each underlying: at most 5 in 10,000 a minute, and never far from where it began. */
export function walkLevels(underlyings: Iterable<string>, minutes: number, random: Random): Levels {
  const paths = new Map<string, Int32Array>();
  for (const underlying of underlyings) {
    const own = random.fork(underlying);
    const start = levelOf(underlying);
    const step = Math.max(1, Math.floor(start / 2_000));
    const bound = Math.floor(start / 16);
    const path = new Int32Array(minutes + 1);
    let level = start;
    for (let minute = 0; minute <= minutes; minute++) {
      path[minute] = level;
      const move = own.integer(2 * step + 1) - step;
      level += Math.abs(level + move - start) > bound ? -move : move;
    }
    paths.set(underlying, path);
  }
  const pathOf = (underlying: string): Int32Array => {
    const path = paths.get(underlying);
    if (!path) throw new Error(`no walk for the underlying ${underlying}`);
    return path;
  };
  return {
    at: (underlying, minute) => pathOf(underlying)[minute] as number,
    last: (underlying) => pathOf(underlying)[minutes] as number,
  };
}

/** The price of a series on `date` while its underlying stands at `level`: an integer in price decimals, at least 1. */
export function fairPrice(series: Series, level: number, date: CalendarDate): number {
  const days = daysToExpiry(series, date);
  if (series.kind === 'future') {
    // Dividends: the further away a month is, the further its future stands below the index.
    return Math.max(1, level - Math.floor((level * days) / 25_000));
  }
  const strike = strikeLevel(series);
  const inTheMoney = Math.max(0, series.kind === 'call' ? level - strike : strike - level);
  const premium = inTheMoney + timeValue(level, strike, days);
  return Math.min(0x7fffffff, Math.max(1, Math.floor(premium / unitsInPrice(series))));
}

/** How near a strike is to the money, 0 to 1000. */
export function nearness(level: number, strike: number, days: number): number {
  const atTheMoney = atTheMoneyValue(level, days);
  const far = Math.abs(level - strike);
  // Beyond this the answer is 0 anyway, and the squares stay exact.
  if (far > 100 * atTheMoney) return 0;
  const square = atTheMoney * atTheMoney;
  return Math.floor((1_000 * square) / (square + far * far));
}

/** Days from `date` to the series' expiry, at least 1. */
export function daysToExpiry(series: Series, date: CalendarDate): number {
  return Math.max(1, dayNumberOf(series.expiryDate) - dayNumberOf(date));
}

/** The settlement prices of the series, and the prices of the underlyings by class code. */
export function growPrices(
  series: readonly Series[],
  levels: Levels,
  windows: readonly TradingWindow[],
): PriceDefinition[] {
  const date = windows.at(-1)?.clearingDate as CalendarDate;
  const prices = series.map((each): PriceDefinition => ({
    of: each.name,
    price: fairPrice(each, levels.last(each.instrumentClass.underlying), date),
  }));
  const ofClass = new Map(series.map((each) => [each.instrumentClass.code, each]));
  for (const [code, each] of ofClass) {
    const level = levels.last(each.instrumentClass.underlying);
    prices.push({ of: code, price: Math.max(1, Math.floor(level / unitsInPrice(each))) });
  }
  return prices;
}

// A curve of the right shape is enough: full at the money, half of it one at-the-money value away.
function timeValue(level: number, strike: number, days: number): number {
  return Math.floor((atTheMoneyValue(level, days) * nearness(level, strike, days)) / 1_000);
}

// 0.4 x volatility x level x the root of the time in years, for 20 % a year.
function atTheMoneyValue(level: number, days: number): number {
  return Math.max(1, Math.floor((level * 42 * rootOfHundred(days)) / 100_000));
}

// Ten times the square root of `days`, in whole numbers: Math.sqrt may differ between machines.
function rootOfHundred(days: number): number {
  let root = ROOTS[days];
  if (root === undefined) {
    root = 1;
    while ((root + 1) * (root + 1) <= 100 * days) root += 1;
    ROOTS[days] = root;
  }
  return root;
}

const ROOTS: number[] = [];
