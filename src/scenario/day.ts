import { businessCalendar, HONG_KONG_HOLIDAYS_MAY_2019, type BusinessCalendar } from '../time/calendar.ts';
import { parseWallTime } from '../time/duration.ts';
import {
  parseCalendarDate,
  startOfDay,
  toClockText,
  type BusinessDate,
  type CalendarDate,
  type Instant,
} from '../time/instant.ts';
import type { Checker } from './checker.ts';
import { toBusinessDate } from './deal-terms.ts';
import type { ScenarioFile } from './schema.ts';

/** The day's frame: everything else in the file is placed in it. */
export interface Day {
  readonly date: CalendarDate;
  readonly businessDate: BusinessDate;
  readonly start: Instant;
  readonly end: Instant | undefined;
  readonly calendar: BusinessCalendar;
  readonly holidays: readonly CalendarDate[];
}

/**
 * Reads `day`. Where it is broken, `sound` is false and the frame is one that lets the rest of the
 * file be checked all the same: every comparison with its start is false.
 */
export function buildDay(
  section: ScenarioFile['day'] | undefined,
  check: Checker,
): { readonly day: Day; readonly sound: boolean } {
  const holidays = toHolidays(section?.holidays, check);
  const calendar = businessCalendar(holidays);
  const broken = (date = '2019-05-05' as CalendarDate): { day: Day; sound: boolean } => ({
    day: { date, businessDate: calendar.next(date), start: Number.NaN as Instant, end: undefined, calendar, holidays },
    sound: false,
  });
  if (!section || !check.usable('date')) return broken();
  const date = parseCalendarDate(section.date);
  if (!date) {
    check.refuse(['date'], {
      message: `"${section.date}" is not a day of the calendar; write a day such as "2019-05-05"`,
      found: section.date,
    });
    return broken();
  }
  if (!check.usable()) return broken(date);
  // ASSUMED: a day that is no business day, like Sunday 5 May, works for the next one (its reports are
  // dated 6 May). The rollout package does not say.
  const usual = calendar.isBusinessDay(date) ? (date as BusinessDate) : calendar.next(date);
  const businessDate =
    section.businessDate === undefined
      ? usual
      : toBusinessDate(section.businessDate, ['businessDate'], check.refuse, calendar);
  const start = parseWallTime(section.start, date);
  const end = section.end === undefined ? undefined : parseWallTime(section.end, date);
  if (!businessDate || start === undefined) return broken(date);
  if (end !== undefined && end <= start) {
    check.refuse(['end'], {
      message: `the day ends at ${section.end}, but it starts at ${section.start}; write a later end (past midnight: "+1d 01:00")`,
      found: section.end ?? '',
    });
    return broken(date);
  }
  return { day: { date, businessDate, start, end, calendar, holidays }, sound: true };
}

// The file's list replaces the one of May 2019: it says the whole of what is not a business day beside weekends.
function toHolidays(list: readonly string[] | undefined, check: Checker): readonly CalendarDate[] {
  if (list === undefined) return HONG_KONG_HOLIDAYS_MAY_2019;
  return (Array.isArray(list) ? (list as readonly string[]) : []).flatMap((text, i) => {
    if (!check.usable('holidays', i)) return [];
    const date = parseCalendarDate(text);
    if (date) return [date];
    check.refuse(['holidays', i], {
      message: `"${text}" is not a day of the calendar; write a day such as "2019-05-13"`,
      found: text,
    });
    return [];
  });
}

/** A time as the file would write it: `09:00`, `+1d 01:00`. */
export function toWallText(at: Instant, day: { readonly date: CalendarDate }): string {
  const days = Math.floor((at - startOfDay(day.date)) / 86_400_000);
  return days === 0 ? toClockText(at) : `${days > 0 ? '+' : ''}${days}d ${toClockText(at)}`;
}
