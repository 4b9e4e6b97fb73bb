import { clearingDateOf } from '../../clearing/clearing-date.ts';
import type { Series } from '../../clearing/series.ts';
import type { BusinessCalendar } from '../../time/calendar.ts';
import {
  HOUR_MS,
  MINUTE_MS,
  startOfDay,
  type BusinessDate,
  type CalendarDate,
  type Instant,
} from '../../time/instant.ts';

/** A span in which the same series are traded. */
export interface TradingWindow {
  readonly from: Instant;
  readonly to: Instant;
  readonly clearingDate: BusinessDate;
  readonly trades: Traded;
  /** Minutes of all windows before this one. */
  readonly firstMinute: number;
}

type Traded = 'futures' | 'index' | 'all';

/** Three clearing dates: long enough for old trades, short enough to look through. */
const CLEARING_DATES = 3;

interface Hours {
  readonly from: string;
  readonly to: string;
  readonly trades: Traded;
}

// Hong Kong Time on the day itself. The T session of index products and of stock options in May 2019 (D).
const DAYTIME: readonly Hours[] = [
  { from: '09:15', to: '09:30', trades: 'index' },
  { from: '09:30', to: '12:00', trades: 'all' },
  { from: '13:00', to: '16:00', trades: 'all' },
  { from: '16:00', to: '16:30', trades: 'index' },
];
// T+1 on the evening before, futures only: dcass-facts.md 6.5 and 7.
const AFTER_HOURS: Hours = { from: '17:15', to: '25:00', trades: 'futures' };

/** The hours of the last three clearing dates until `start`, in time order. */
export function tradingWindows(start: Instant, calendar: BusinessCalendar): readonly TradingWindow[] {
  const dates: BusinessDate[] = [clearingDateOf(start, calendar)];
  while (dates.length < CLEARING_DATES) dates.unshift(calendar.previous(dates[0] as BusinessDate));
  const windows: TradingWindow[] = [];
  let firstMinute = 0;
  const add = (hours: Hours, day: CalendarDate, clearingDate: BusinessDate): void => {
    const from = at(hours.from, day);
    const to = Math.min(at(hours.to, day), start) as Instant;
    if (to - from < MINUTE_MS) return;
    windows.push({ from, to, clearingDate, trades: hours.trades, firstMinute });
    firstMinute += Math.ceil((to - from) / MINUTE_MS);
  };
  for (const date of dates) {
    add(AFTER_HOURS, calendar.previous(date), date);
    for (const hours of DAYTIME) add(hours, date, date);
  }
  return windows;
}

/** The minutes of all windows together. */
export function minutesOf(windows: readonly TradingWindow[]): number {
  return windows.reduce((sum, { from, to }) => sum + Math.ceil((to - from) / MINUTE_MS), 0);
}

/** The minute of the whole at `instant`, which lies in `window`. */
export function minuteOf(window: TradingWindow, instant: Instant): number {
  return window.firstMinute + Math.floor((instant - window.from) / MINUTE_MS);
}

/** Whether a series is traded in a window: its products' hours, and not after its last trading day. */
export function isTraded(series: Series, window: TradingWindow): boolean {
  if (series.lastTradingDay < window.clearingDate) return false;
  switch (window.trades) {
    case 'futures':
      return series.kind === 'future';
    case 'index':
      return series.instrumentClass.clearingHouse === 'HKCC';
    case 'all':
      return true;
  }
}

function at(time: string, day: CalendarDate): Instant {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return (startOfDay(day) + hours * HOUR_MS + minutes * MINUTE_MS) as Instant;
}
