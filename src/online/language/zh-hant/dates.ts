import { calendarDateOf, dayNumberOf, toClockText, type CalendarDate, type Instant } from '../../../time/instant.ts';
import type { Texts } from '../english.ts';

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

/** `2019年5月5日（星期日）`. */
function day(date: CalendarDate): string {
  const [year, month, dayOfMonth] = date.split('-').map(Number) as [number, number, number];
  const weekday = WEEKDAYS[(((dayNumberOf(date) + 4) % 7) + 7) % 7];
  return `${year}年${month}月${dayOfMonth}日（星期${weekday}）`;
}

/** `2019年5月5日（星期日）09:00`. */
function time(instant: Instant): string {
  return `${day(calendarDateOf(instant))}${toClockText(instant)}`;
}

/** `2019年5月5日（星期日）09:00至12:00`; the closing day is named where it is another one. */
function hours(opensAt: Instant, closesAt: Instant | undefined): string {
  if (closesAt === undefined) return `${time(opensAt)}起`;
  return calendarDateOf(closesAt) === calendarDateOf(opensAt)
    ? `${time(opensAt)}至${toClockText(closesAt)}`
    : `${time(opensAt)}至${time(closesAt)}`;
}

export const dates: Texts['dates'] = { day, time, hours };
