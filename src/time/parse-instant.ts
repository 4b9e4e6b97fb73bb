import { parseWallTime } from './duration.ts';
import { parseCalendarDate, type CalendarDate, type Instant } from './instant.ts';

/**
 * Reads a business time that a person or a program names: `09:00`, `09:00:30`, `+1d 01:00` of `day`,
 * or a full one, `2019-05-05 09:00` or `2019-05-05T09:00:00.000+08:00`. Undefined for anything else;
 * other offsets than Hong Kong's are not read.
 */
export function parseInstant(text: string, day: CalendarDate): Instant | undefined {
  const full = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{3}))?(?:\+08:00)?$/.exec(text.trim());
  if (!full) return parseWallTime(text.trim(), day);
  const [, dateText = '', time = '', milliseconds = '0'] = full;
  const date = parseCalendarDate(dateText);
  const instant = date && parseWallTime(time, date);
  return instant === undefined ? undefined : ((instant + Number(milliseconds)) as Instant);
}
