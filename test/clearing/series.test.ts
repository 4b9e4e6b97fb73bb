import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clearingDateOf, clearingDates } from '../../src/clearing/clearing-date.ts';
import { instrumentClasses, underlyings } from '../../src/clearing/instrument-class.ts';
import { packDate, sameSeriesKey, seriesKeyParts, unpackDate } from '../../src/clearing/series-key.ts';
import {
  printSeriesName,
  readSeriesName,
  spreadLegs,
  STRIKE_MAX,
  type SeriesNameParts,
} from '../../src/clearing/series-name.ts';
import { instrumentTypeOf, parseSeriesName, seriesFrom } from '../../src/clearing/series.ts';
import { businessCalendar } from '../../src/time/calendar.ts';
import { parseInstant } from '../../src/time/parse-instant.ts';
import type { BusinessDate, CalendarDate, Instant } from '../../src/time/instant.ts';
import { calendar, DAY, series } from '../support/world.ts';

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
  ['HSI028000E9', 'strike-decimals'],
  ['HKBK9', 'kind'],
  ['HSIK9/M9', 'spread'],
])('%s is no series name: %s', (name, problem) => {
  expect(parseSeriesName(name, DAY, calendar)).toEqual({ problem });
});

test('the packed date has the day in five bits, the month in four, the year from 1989 above', () => {
  const packed = packDate('2019-05-30' as CalendarDate);
  expect([packed & 31, (packed >> 5) & 15, (packed >> 9) + 1989]).toEqual([30, 5, 2019]);
});

// Goal: a name and its parts say the same, so that whoever prints a series is understood by whoever reads it.
// Method: every class and kind, any strike, month and year that a year digit can mean; both ways.
const anyParts = fc.constantFrom(...instrumentClasses()).chain((instrumentClass) =>
  fc.constantFrom(...instrumentClass.kinds).chain((kind) =>
    fc.record<SeriesNameParts>({
      instrumentClass: fc.constant(instrumentClass),
      kind: fc.constant(kind),
      strike: kind === 'future' ? fc.constant(0) : fc.integer({ min: 1, max: STRIKE_MAX }),
      year: fc.integer({ min: 2015, max: 2024 }),
      month: fc.integer({ min: 1, max: 12 }),
    }),
  ),
);

test('a series name is read as the parts that it was printed from', () => {
  fc.assert(
    fc.property(anyParts, (parts) => {
      expect(readSeriesName(printSeriesName(parts), DAY)).toEqual(parts);
    }),
  );
});

test('a text is printed back exactly, whenever it is read as a series name at all', () => {
  const code = fc.constantFrom(...instrumentClasses().map((each) => each.code));
  const strike = fc.oneof(fc.constant(''), fc.stringMatching(/^\d{1,5}(\.\d{1,3})?$/));
  const text = fc.tuple(code, strike, fc.stringMatching(/^[A-Z]\d$/)).map((parts) => parts.join(''));
  let read = 0;
  fc.assert(
    fc.property(text, (name) => {
      const parts = readSeriesName(name, DAY);
      if ('problem' in parts) return;
      read += 1;
      expect(printSeriesName(parts)).toBe(name);
    }),
    { numRuns: 500 },
  );
  expect(read).toBeGreaterThan(20);
});

test('a key says its series, and two series never share one', () => {
  fc.assert(
    fc.property(anyParts, anyParts, (parts, others) => {
      const [one, other] = [seriesFrom(parts, calendar), seriesFrom(others, calendar)];
      const { instrumentClass, kind, strike, expiryDate } = one;
      expect(seriesKeyParts(one.key)).toEqual({ instrumentClass, kind, strike, expiryDate });
      expect(sameSeriesKey(one.key, other.key)).toBe(one.name === other.name);
    }),
  );
});

test('a change of any field of a key makes it the key of another series or of none', () => {
  const { key } = series('HSI28000E9');
  expect(sameSeriesKey(key, { ...key })).toBe(true);
  for (const field of Object.keys(key) as (keyof typeof key)[]) {
    expect(sameSeriesKey(key, { ...key, [field]: key[field] + 1 })).toBe(false);
  }
  expect(seriesKeyParts({ ...key, market: 2 })).toBeUndefined();
  expect(seriesKeyParts({ ...key, instrumentGroup: 4 })).toBeUndefined();
  expect(seriesKeyParts({ ...key, commodity: 0 })).toBeUndefined();
});

test('every day from 1989 to 2116 is unpacked as it was packed, and 0 is no day', () => {
  const day = fc.integer({ min: 0, max: 46_000 }).map((n) => unpackDate(packDate('1989-01-01' as CalendarDate) + n));
  fc.assert(fc.property(day, (date) => date === undefined || unpackDate(packDate(date)) === date));
  expect(unpackDate(0)).toBeUndefined();
});

test('class codes, commodity numbers and the underlyings of the classes are told apart', () => {
  const classes = instrumentClasses();
  expect(new Set(classes.map((each) => each.code)).size).toBe(classes.length);
  expect(new Set(classes.map((each) => each.commodity)).size).toBe(classes.length);
  const codes = underlyings().map((each) => each.code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(classes.map((each) => each.underlying))).toEqual(new Set(codes));
});

test('index options are European and paid in cash, stock options are American and delivered in shares', () => {
  expect(series('MHI28000E9').instrumentClass).toMatchObject({ exerciseStyle: 'european', settlement: 'cash' });
  expect(series('XCC6.75E9').instrumentClass).toMatchObject({
    exerciseStyle: 'american',
    settlement: 'physical',
    underlying: '0939',
    priceDecimals: 3,
  });
});

test('the instrument type is the market and the instrument group', () => {
  expect(['HSIK9', 'MHIM9', 'HSI28000E9', 'HSI28000Q9', 'HKB65.00E9'].map((n) => instrumentTypeOf(series(n)))).toEqual([
    '1/4',
    '1/4',
    '1/6',
    '1/7',
    '2/6',
  ]);
});

test('a calendar spread has two legs and is no series', () => {
  expect(spreadLegs('HSIK9/M9')).toEqual({ near: 'HSIK9', far: 'HSIM9' });
  expect(spreadLegs('HSIK9')).toBeUndefined();
  expect(spreadLegs('HSIA9/M9')).toBeUndefined();
});

test('the last trading day is the business day before the last one of the month, holidays counted', () => {
  const closed = businessCalendar(['2019-05-30', '2019-05-31'] as CalendarDate[]);
  expect(parseSeriesName('HSIK9', DAY, closed)).toMatchObject({ lastTradingDay: '2019-05-28' });
});

// The 10th of May is a Friday, the 13th a holiday: dcass-facts.md 6.5.
test.each([
  ['2019-05-06 17:14:59', '2019-05-06'],
  ['2019-05-06 17:15', '2019-05-07'],
  ['2019-05-07 00:59', '2019-05-07'],
  ['2019-05-03 17:15', '2019-05-06'],
  ['2019-05-04 00:30', '2019-05-06'],
  ['2019-05-10 18:00', '2019-05-14'],
])('a trade of %s carries the business date %s', (text, date) => {
  const at = parseInstant(text, DAY) as Instant;
  expect(clearingDateOf(at, calendar)).toBe(date);
});

test('the hour from which the next business date counts is a setting', () => {
  const at = parseInstant('2019-05-06 16:30', DAY) as Instant;
  expect(clearingDateOf(at, calendar, 16 * 3_600_000)).toBe('2019-05-07');
});

test('the clearing dates around a business date leave out weekends and holidays', () => {
  expect(clearingDates('2019-05-10' as BusinessDate, calendar)).toEqual({
    previous: '2019-05-09',
    current: '2019-05-10',
    next: '2019-05-14',
  });
});
