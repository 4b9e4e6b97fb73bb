import fc from 'fast-check';
import { expect, test } from 'vitest';
import { businessCalendar } from '../../src/time/calendar.ts';
import { plusDays, type CalendarDate } from '../../src/time/instant.ts';

const date = (text: string): CalendarDate => text as CalendarDate;

test('the business days around the rollout are those of Hong Kong: no weekend, no 1 May, no 13 May', () => {
  const calendar = businessCalendar();
  const days = Array.from({ length: 18 }, (_, i) => plusDays(date('2019-04-29'), i));
  expect(days.filter((day) => !calendar.isBusinessDay(day))).toEqual([
    '2019-05-01', // Labour Day, a Wednesday
    '2019-05-04',
    '2019-05-05',
    '2019-05-11',
    '2019-05-12',
    '2019-05-13', // the day after Buddha's Birthday, a Monday
  ]);
});

test('the next and the previous business day leave out weekends and holidays', () => {
  const calendar = businessCalendar();
  expect(calendar.next(date('2019-04-30'))).toBe('2019-05-02');
  expect(calendar.next(date('2019-05-03'))).toBe('2019-05-06');
  expect(calendar.next(date('2019-05-10'))).toBe('2019-05-14');
  expect(calendar.previous(date('2019-05-14'))).toBe('2019-05-10');
  expect(calendar.previous(date('2019-05-05'))).toBe('2019-05-03');
  expect(calendar.previous(date('2019-05-02'))).toBe('2019-04-30');
});

test('a scenario can name other holidays, which then are the only ones', () => {
  const calendar = businessCalendar([date('2019-05-06')]);
  expect(calendar.isBusinessDay(date('2019-05-06'))).toBe(false);
  expect(calendar.isBusinessDay(date('2019-05-01'))).toBe(true);
});

// Goal: weekdays are right in any year. Method: JavaScript's Date, in this test only, as the other opinion.
test('without holidays the business days are those from Monday to Friday', () => {
  const calendar = businessCalendar([]);
  const anyDate = fc
    .integer({ min: -200_000, max: 200_000 })
    .map((days) => date(new Date(days * 86_400_000).toISOString().slice(0, 10)));
  fc.assert(
    fc.property(anyDate, (day) => {
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
      expect(calendar.isBusinessDay(day)).toBe(weekday >= 1 && weekday <= 5);
    }),
    { numRuns: 500 },
  );
});

test('next leads to a later business day with none between, and previous leads back', () => {
  const calendar = businessCalendar();
  const may = fc.integer({ min: -20, max: 40 }).map((days) => plusDays(date('2019-05-01'), days));
  fc.assert(
    fc.property(may, (day) => {
      const next = calendar.next(day);
      expect(next > day && calendar.isBusinessDay(next)).toBe(true);
      for (let between = plusDays(day, 1); between < next; between = plusDays(between, 1)) {
        expect(calendar.isBusinessDay(between)).toBe(false);
      }
      if (calendar.isBusinessDay(day)) expect(calendar.previous(next)).toBe(day);
    }),
  );
});
