/**
 * Business time: milliseconds since 1970-01-01T00:00:00Z on the simulated clock.
 * It stands still, runs at a speed, or jumps when told. Branded, so that it is never mixed with
 * {@link TransportTime} (design.md, decision 3).
 */
export type Instant = number & { readonly __unit: 'business ms since 1970' };

/** Real, monotonic milliseconds: heartbeats, socket deadlines, injected latency. */
export type TransportTime = number & { readonly __unit: 'transport ms' };

/** A calendar day of Hong Kong, `YYYY-MM-DD`. */
export type CalendarDate = string & { readonly __unit: 'YYYY-MM-DD' };

/** The day to which a trade or report belongs, `YYYY-MM-DD`. Not always the calendar day: T+1 trades carry the next one. */
export type BusinessDate = CalendarDate & { readonly __kind: 'business date' };

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Hong Kong Time is a fixed +08:00 here: it had no daylight saving after 1979 and no scenario is older. */
const HKT_OFFSET_MS = 8 * HOUR_MS;

export interface HktParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** The wall-clock parts that a clock in Hong Kong shows at `instant`. */
export function toHktParts(instant: Instant): HktParts {
  const local = instant + HKT_OFFSET_MS;
  const dayNumber = Math.floor(local / DAY_MS);
  const msOfDay = local - dayNumber * DAY_MS;
  const { year, month, day } = dayOfNumber(dayNumber);
  return {
    year,
    month,
    day,
    hour: Math.floor(msOfDay / HOUR_MS),
    minute: Math.floor(msOfDay / MINUTE_MS) % 60,
    second: Math.floor(msOfDay / SECOND_MS) % 60,
    millisecond: Math.floor(msOfDay % SECOND_MS),
  };
}

/** ISO 8601 with the Hong Kong offset, to the millisecond: `2019-05-05T09:00:00.000+08:00`. */
export function toIso(instant: Instant): string {
  const p = toHktParts(instant);
  return `${dayOfNumber(dayNumberAt(instant)).date}T${two(p.hour)}:${two(p.minute)}:${two(p.second)}.${String(p.millisecond).padStart(3, '0')}+08:00`;
}

/** The Hong Kong wall time as `HH:MM`, or `HH:MM:SS` where the seconds are not zero. */
export function toClockText(instant: Instant): string {
  const p = toHktParts(instant);
  const minutes = `${two(p.hour)}:${two(p.minute)}`;
  return p.second === 0 ? minutes : `${minutes}:${two(p.second)}`;
}

/** The calendar day in Hong Kong at `instant`. */
export function calendarDateOf(instant: Instant): CalendarDate {
  return dayOfNumber(dayNumberAt(instant)).date;
}

/** Midnight in Hong Kong at the start of `date`. */
export function startOfDay(date: CalendarDate): Instant {
  return (dayNumberOf(date) * DAY_MS - HKT_OFFSET_MS) as Instant;
}

/** `instant` moved by `ms` milliseconds of business time. */
export function plusMs(instant: Instant, ms: number): Instant {
  return (instant + ms) as Instant;
}

/** Reads `YYYY-MM-DD`; undefined when the text is not a day of the calendar (2019-02-29 is not). */
export function parseCalendarDate(text: string): CalendarDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1) return undefined;
  const back = civilFromDayNumber(dayNumberOfCivil(year, month, day));
  return back.month === month && back.day === day ? (text as CalendarDate) : undefined;
}

/** Days since 1970-01-01 of a calendar date. */
export function dayNumberOf(date: CalendarDate): number {
  return dayNumberOfCivil(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
}

/** The calendar date that lies `days` after `date`. */
export function plusDays(date: CalendarDate, days: number): CalendarDate {
  const p = civilFromDayNumber(dayNumberOf(date) + days);
  return calendarDate(p.year, p.month, p.day);
}

/** `YYYYMMDD`, as file names, folders and OAPI fields write a date. */
export function toCompactDate(date: CalendarDate): string {
  return date.replaceAll('-', '');
}

/** `HHMMSS` at `instant`, as OAPI fields write a time. */
export function toCompactTime(instant: Instant): string {
  const p = toHktParts(instant);
  return two(p.hour) + two(p.minute) + two(p.second);
}

function calendarDate(year: number, month: number, day: number): CalendarDate {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` as CalendarDate;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function dayNumberAt(instant: Instant): number {
  return Math.floor((instant + HKT_OFFSET_MS) / DAY_MS);
}

interface Day {
  readonly number: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly date: CalendarDate;
}

// Nearly all instants of a run lie on a few days, and a report prints millions of them: the last day is remembered.
let lastDay = toDay(0);

function dayOfNumber(number: number): Day {
  if (number !== lastDay.number) lastDay = toDay(number);
  return lastDay;
}

function toDay(number: number): Day {
  const { year, month, day } = civilFromDayNumber(number);
  return { number, year, month, day, date: calendarDate(year, month, day) };
}

// The proleptic Gregorian calendar in 400-year eras that begin on 1 March, so that the leap day is
// the last day of a year. No `Date` here: the lint keeps it out of the pure folders.
function dayNumberOfCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function civilFromDayNumber(dayNumber: number): { year: number; month: number; day: number } {
  const z = dayNumber + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}
