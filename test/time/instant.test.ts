import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  calendarDateOf,
  dayNumberOf,
  parseCalendarDate,
  plusDays,
  startOfDay,
  toClockText,
  toCompactDate,
  toCompactTime,
  toHktParts,
  toIso,
  type CalendarDate,
  type Instant,
} from '../../src/time/instant.ts';

const HKT_OFFSET_MS = 8 * 3_600_000;
const date = (text: string): CalendarDate => text as CalendarDate;
const instant = (iso: string): Instant => Date.parse(iso) as Instant;

// From year 1 to 9999, so that four digits are enough.
const anyInstant = fc
  .integer({ min: Date.parse('0001-01-02T00:00:00Z'), max: Date.parse('9999-12-30T00:00:00Z') })
  .map((ms) => ms as Instant);
const anyDate = anyInstant.map(calendarDateOf);

test('the start of the rollout is shown as Hong Kong shows it', () => {
  const start = instant('2019-05-05T01:00:00Z');
  expect(toIso(start)).toBe('2019-05-05T09:00:00.000+08:00');
  expect([toClockText(start), toClockText((start + 5_000) as Instant)]).toEqual(['09:00', '09:00:05']);
  expect([toCompactDate(date('2019-05-05')), toCompactTime((start + 61_000) as Instant)]).toEqual([
    '20190505',
    '090101',
  ]);
  expect(toHktParts((start + 7) as Instant)).toEqual({
    year: 2019,
    month: 5,
    day: 5,
    hour: 9,
    minute: 0,
    second: 0,
    millisecond: 7,
  });
});

test('the day changes at midnight in Hong Kong, eight hours before it does in UTC', () => {
  expect(calendarDateOf(instant('2019-05-05T15:59:59.999Z'))).toBe('2019-05-05');
  expect(calendarDateOf(instant('2019-05-05T16:00:00.000Z'))).toBe('2019-05-06');
  expect(startOfDay(date('2019-05-06'))).toBe(instant('2019-05-05T16:00:00.000Z'));
});

// Goal: our arithmetic is the calendar's. Method: JavaScript's Date, in this test only, as the other opinion.
test('every instant is written as Date writes it, eight hours on', () => {
  fc.assert(
    fc.property(anyInstant, (ms) => {
      const expected = new Date(ms + HKT_OFFSET_MS).toISOString().replace('Z', '+08:00');
      expect(toIso(ms)).toBe(expected);
      expect(Date.parse(toIso(ms))).toBe(ms);
    }),
    { numRuns: 2_000 },
  );
});

test('adding days agrees with Date, forwards and backwards', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: -400, max: 400 }), (day, days) => {
      const moved = new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000);
      fc.pre(moved.getUTCFullYear() >= 1 && moved.getUTCFullYear() <= 9_999);
      expect(plusDays(day, days)).toBe(moved.toISOString().slice(0, 10));
      expect(dayNumberOf(plusDays(day, days)) - dayNumberOf(day)).toBe(days);
    }),
    { numRuns: 1_000 },
  );
});

test('the date at the start of a day is that day, and a millisecond earlier it is the day before', () => {
  fc.assert(
    fc.property(anyDate, (day) => {
      expect(calendarDateOf(startOfDay(day))).toBe(day);
      expect(calendarDateOf((startOfDay(day) - 1) as Instant)).toBe(plusDays(day, -1));
    }),
  );
});

test('a text is a date exactly when Date finds the same day in it', () => {
  const two = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, '0'));
  const year = fc.integer({ min: 1, max: 9_999 }).map((n) => String(n).padStart(4, '0'));
  fc.assert(
    fc.property(
      year,
      fc.oneof(two, fc.constantFrom('02', '04', '12')),
      fc.oneof(two, fc.constantFrom('28', '29', '30', '31')),
      (y, m, d) => {
        const text = `${y}-${m}-${d}`;
        const ms = Date.parse(`${text}T00:00:00Z`);
        const real = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
        expect(parseCalendarDate(text)).toBe(real ? text : undefined);
      },
    ),
    { numRuns: 2_000 },
  );
});

test.each([
  '2019-02-29',
  '1900-02-29',
  '2019-13-01',
  '2019-00-10',
  '2019-5-5',
  '2019-05-05 ',
  '05-05-2019',
  '',
  '２０１９-05-05',
])('"%s" is no calendar date', (text) => {
  expect(parseCalendarDate(text)).toBeUndefined();
});

test.each(['2019-05-05', '2000-02-29', '2020-02-29'])('%s is a calendar date', (text) => {
  expect(parseCalendarDate(text)).toBe(text);
});
