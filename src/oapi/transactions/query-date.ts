import { parseCalendarDate, type CalendarDate } from '../../time/instant.ts';

/**
 * The date in a field of a query, YYYYMMDD: `current` where it is blank, NUL or zeros; undefined where it is no day of
 * the calendar.
 */
export function readQueryDate(text: string): CalendarDate | 'current' | undefined {
  if (text === '' || text === '00000000') return 'current';
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return match ? parseCalendarDate(match.slice(1).join('-')) : undefined;
}

/** Whether the date in a field is `date`, which it also is where it is blank. */
export function isBusinessDate(text: string, date: CalendarDate): boolean {
  const asked = readQueryDate(text);
  return asked === 'current' || asked === date;
}
