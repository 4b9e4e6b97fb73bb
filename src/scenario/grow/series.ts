import { instrumentClasses, type InstrumentClass } from '../../clearing/instrument-class.ts';
import type { ClearingHouse } from '../../clearing/participant.ts';
import { lastTradingDayOf, seriesFrom, type Series, type SeriesKind } from '../../clearing/series.ts';
import type { BusinessCalendar } from '../../time/calendar.ts';
import type { CalendarDate } from '../../time/instant.ts';
import { daysToExpiry, levelOf, nearness, strikeLevel } from './prices.ts';

interface ContractMonth {
  readonly year: number;
  readonly month: number;
}

/**
 * The series that are listed on `date`: futures of the current month, the next, and two quarter months; options of the first
 * three of these, with strikes around the money. No chance is in it: every seed has the same series.
 */
export function growSeries(
  date: CalendarDate,
  calendar: BusinessCalendar,
  clearingHouses: ReadonlySet<ClearingHouse>,
): Series[] {
  const months = contractMonths(date, calendar);
  return instrumentClasses()
    .filter((each) => clearingHouses.has(each.clearingHouse))
    .flatMap((instrumentClass) =>
      instrumentClass.kinds.flatMap((kind) =>
        (kind === 'future' ? months : months.slice(0, 3)).flatMap((month) =>
          (kind === 'future' ? [0] : strikesOf(instrumentClass)).map((strike) =>
            seriesFrom({ instrumentClass, kind, strike, ...month }, calendar),
          ),
        ),
      ),
    );
}

/** How often a series is dealt in beside the others of the list; whole numbers. */
export function seriesWeights(series: readonly Series[], date: CalendarDate): readonly number[] {
  const groupOf = (each: Series): string => `${each.instrumentClass.code} ${each.kind === 'future'}`;
  const inner = series.map((each) => weightInGroup(each, date));
  const sums = new Map<string, number>();
  for (const [i, each] of series.entries())
    sums.set(groupOf(each), (sums.get(groupOf(each)) ?? 0) + (inner[i] as number));
  // Each group gets its share, however many series it has.
  return series.map((each, i) =>
    Math.max(
      1,
      Math.floor(
        (1_000 * groupWeight(each.instrumentClass, each.kind) * (inner[i] as number)) /
          (sums.get(groupOf(each)) as number),
      ),
    ),
  );
}

function contractMonths(date: CalendarDate, calendar: BusinessCalendar): ContractMonth[] {
  let [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  const months: ContractMonth[] = [];
  while (months.length < 4) {
    const isListed = months.length < 2 || month % 3 === 0;
    if (isListed && lastTradingDayOf(year, month, calendar) >= date) months.push({ year, month });
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return months;
}

/** Strikes on each side of the one at the money. */
const STRIKES_ASIDE: Readonly<Record<ClearingHouse, number>> = { HKCC: 5, SEOCH: 3 };

// In the class's strike decimals.
function strikesOf({ underlying, clearingHouse }: InstrumentClass): number[] {
  const level = clearingHouse === 'HKCC' ? levelOf(underlying) : Math.floor(levelOf(underlying) / 10);
  const interval = clearingHouse === 'HKCC' ? (level < 20_000 ? 100 : 200) : stockInterval(level);
  const middle = Math.floor((level + Math.floor(interval / 2)) / interval) * interval;
  const aside = STRIKES_ASIDE[clearingHouse];
  return Array.from({ length: 2 * aside + 1 }, (_, i) => middle + (i - aside) * interval);
}

// HKEX's strike intervals of stock options, in cents (contract specifications, D).
function stockInterval(cents: number): number {
  const [, interval] = INTERVALS.find(([upTo]) => cents <= upTo) ?? [0, 1_000];
  return interval;
}

const INTERVALS: readonly (readonly [upTo: number, interval: number])[] = [
  [200, 5],
  [500, 10],
  [1_000, 25],
  [2_000, 50],
  [5_000, 100],
  [20_000, 250],
  [30_000, 500],
];

// Shares of the day's deals in thousandths, roughly as in HKEX's statistics of 2019: the minis most, then the large futures.
const FUTURES_WEIGHT: Readonly<Record<string, number>> = { MHI: 340, HSI: 270, HHI: 150, MCH: 25 };
const OPTIONS_WEIGHT: Readonly<Record<string, number>> = {
  HSI: 35,
  HHI: 20,
  MHI: 10,
  MCH: 3,
  TCH: 45,
  HEX: 20,
  HKB: 18,
  PAI: 15,
  AIA: 12,
  CHT: 10,
  XCC: 9,
};

function groupWeight({ code }: InstrumentClass, kind: SeriesKind): number {
  return (kind === 'future' ? FUTURES_WEIGHT[code] : OPTIONS_WEIGHT[code]) ?? 2;
}

// The nearest month most, and options around the money most.
function weightInGroup(series: Series, date: CalendarDate): number {
  const days = daysToExpiry(series, date);
  const month = days <= 31 ? 80 : days <= 62 ? 17 : days <= 123 ? 3 : 1;
  if (series.kind === 'future') return 100 * month;
  const level = levelOf(series.instrumentClass.underlying);
  return Math.max(1, Math.floor((month * nearness(level, strikeLevel(series), days)) / 10));
}
