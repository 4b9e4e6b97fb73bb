import { dayNumberOf, plusDays, type BusinessDate, type CalendarDate } from './instant.ts';

/** Which days are business days: not Saturday, not Sunday, not a holiday. */
export interface BusinessCalendar {
  isBusinessDay(date: CalendarDate): boolean;
  /** The first business day after `date`. */
  next(date: CalendarDate): BusinessDate;
  /** The last business day before `date`. */
  previous(date: CalendarDate): BusinessDate;
}

/**
 * The Hong Kong holidays inside the rollout's weeks.
 * Source: dcass-facts.md section 7 (1 May Labour Day, 13 May the day after Buddha's Birthday), sureness B.
 */
export const HONG_KONG_HOLIDAYS_MAY_2019: readonly CalendarDate[] = ['2019-05-01', '2019-05-13'] as CalendarDate[];

export function businessCalendar(holidays: Iterable<CalendarDate> = HONG_KONG_HOLIDAYS_MAY_2019): BusinessCalendar {
  const closed = new Set(holidays);
  const isBusinessDay = (date: CalendarDate): boolean => {
    const weekday = (((dayNumberOf(date) + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday; 0 is Sunday.
    return weekday !== 0 && weekday !== 6 && !closed.has(date);
  };
  const step = (date: CalendarDate, by: 1 | -1): BusinessDate => {
    let day = plusDays(date, by);
    while (!isBusinessDay(day)) day = plusDays(day, by);
    return day as BusinessDate;
  };
  return { isBusinessDay, next: (date) => step(date, 1), previous: (date) => step(date, -1) };
}
