import { expect, test } from 'vitest';
import { packDate, parseSeriesName } from '../../src/clearing/series.ts';
import { calendar, DAY, series } from '../support/world.ts';
import type { CalendarDate } from '../../src/time/instant.ts';

test('a future, a call, a put and a stock option are read from their names', () => {
  expect(series('HSIK9')).toMatchObject({ kind: 'future', strike: 0, lastTradingDay: '2019-05-30' });
  expect(series('HSI28000E9')).toMatchObject({ kind: 'call', strike: 28_000, lastTradingDay: '2019-05-30' });
  expect(series('HSI28000Q9')).toMatchObject({ kind: 'put', strike: 28_000 });
  expect(series('HKB65.00E9')).toMatchObject({
    kind: 'call',
    strike: 6_500,
    instrumentClass: { clearingHouse: 'SEOCH', contractSize: 400 },
  });
  expect(series('MHIM9')).toMatchObject({ lastTradingDay: '2019-06-27' });
  expect(series('HSIZ8')).toMatchObject({ lastTradingDay: '2018-12-28' });
});

test.each([
  ['HSI', 'shape'],
  ['HSIA9', 'shape'],
  ['HSI28000Y9', 'shape'],
  ['hsik9', 'shape'],
  ['QQQK9', 'class'],
  ['HKB65E9', 'strike-decimals'],
  ['HSI28000.50E9', 'strike-decimals'],
  ['HKB0.00E9', 'strike-decimals'],
])('%s is no series name: %s', (name, problem) => {
  expect(parseSeriesName(name, DAY, calendar)).toEqual({ problem });
});

test('the packed date has the day in five bits, the month in four, the year from 1989 above', () => {
  const packed = packDate('2019-05-30' as CalendarDate);
  expect([packed & 31, (packed >> 5) & 15, (packed >> 9) + 1989]).toEqual([30, 5, 2019]);
});
