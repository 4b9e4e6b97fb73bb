import { dayNumberOf, calendarDateOf, toClockText, type CalendarDate, type Instant } from '../../../time/instant.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** `5 May 2019 (Sunday)`, as the rollout package writes a day. */
function day(date: CalendarDate): string {
  const [year, month, dayOfMonth] = date.split('-').map(Number) as [number, number, number];
  const weekday = WEEKDAYS[(((dayNumberOf(date) + 4) % 7) + 7) % 7];
  return `${dayOfMonth} ${MONTHS[month - 1]} ${year} (${weekday})`;
}

/** `09:00 on 5 May 2019 (Sunday)`. */
function time(instant: Instant): string {
  return `${toClockText(instant)} on ${day(calendarDateOf(instant))}`;
}

/** `from 09:00 to 12:00 on 5 May 2019 (Sunday)`; the closing day is named where it is another one. */
function hours(opensAt: Instant, closesAt: Instant | undefined): string {
  if (closesAt === undefined) return `from ${time(opensAt)}`;
  return calendarDateOf(closesAt) === calendarDateOf(opensAt)
    ? `from ${toClockText(opensAt)} to ${time(closesAt)}`
    : `from ${time(opensAt)} to ${time(closesAt)}`;
}

export const dates = { day, time, hours };
