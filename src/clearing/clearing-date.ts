import type { BusinessCalendar } from '../time/calendar.ts';
import { calendarDateOf, HOUR_MS, MINUTE_MS, startOfDay, type BusinessDate, type Instant } from '../time/instant.ts';

/** 17:15: what is done from then on belongs to the next business date (dcass-facts.md 6.5 and 7, A and D). */
const AFTER_HOURS_FROM_MS = 17 * HOUR_MS + 15 * MINUTE_MS;

/**
 * The business date that a trade at `at` carries: the day itself until 17:15, then the next one; dcass-facts.md 6.5 (D).
 * @param afterHoursFromMs milliseconds after midnight, Hong Kong Time, from which the next business date counts
 */
export function clearingDateOf(
  at: Instant,
  calendar: BusinessCalendar,
  afterHoursFromMs: number = AFTER_HOURS_FROM_MS,
): BusinessDate {
  const day = calendarDateOf(at);
  const inDaytime = at - startOfDay(day) < afterHoursFromMs;
  return calendar.isBusinessDay(day) && inDaytime ? (day as BusinessDate) : calendar.next(day);
}

/** What clearing programs ask for first each day: query_clearing_date in oapi-facts.md, Appendix A (C). */
export interface ClearingDates {
  readonly previous: BusinessDate;
  readonly current: BusinessDate;
  readonly next: BusinessDate;
}

/** The business dates around `businessDate`, which is one itself. */
export function clearingDates(businessDate: BusinessDate, calendar: BusinessCalendar): ClearingDates {
  return { previous: calendar.previous(businessDate), current: businessDate, next: calendar.next(businessDate) };
}
