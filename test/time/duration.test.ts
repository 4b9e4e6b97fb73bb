import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  parseDuration,
  parseTransportDuration,
  parseWallTime,
  toDurationText,
  toTransportDurationText,
} from '../../src/time/duration.ts';
import { toIso, type CalendarDate } from '../../src/time/instant.ts';
import { parseInstant } from '../../src/time/parse-instant.ts';

const DAY = '2019-05-05' as CalendarDate;

test.each([
  ['90s', 90_000],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['1d2h3m4s', 93_784_000],
  ['0s', 0],
])('%s is %i milliseconds', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', '5', 'm', '5 m', '30m1h', '-5m', '1.5h', '5M', '5min', ' 5m', '5m\n', '99999999999999999999s'])(
  '"%s" is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

test.each([
  ['300ms', 300],
  ['1s500ms', 1_500],
  ['2s', 2_000],
  ['1m30s', 90_000],
])('%s of real time is %i milliseconds, and is written so', (text, ms) => {
  expect(parseTransportDuration(text)).toBe(ms);
  expect(toTransportDurationText(ms)).toBe(text);
});

test.each(['', 'ms', '5', '1.5ms', '300ms1s', '-1ms', '5M300ms'])('"%s" is no duration of real time', (text) => {
  expect(parseTransportDuration(text)).toBeUndefined();
});

test('a duration is read back as it was written, to the second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (seconds) => {
      expect(parseDuration(toDurationText(seconds * 1_000))).toBe(seconds * 1_000);
    }),
  );
});

test.each([
  ['09:00', '2019-05-05T09:00:00.000+08:00'],
  ['23:59:59', '2019-05-05T23:59:59.000+08:00'],
  ['00:00', '2019-05-05T00:00:00.000+08:00'],
  ['+1d 01:00', '2019-05-06T01:00:00.000+08:00'],
  ['+27d 00:00:01', '2019-06-01T00:00:01.000+08:00'],
])('the wall time %s of 5 May is %s', (text, iso) => {
  const instant = parseWallTime(text, DAY);
  expect(instant !== undefined && toIso(instant)).toBe(iso);
});

test.each(['24:00', '9:00', '09:60', '09:00:60', '09.00', '+1d', '+1d01:00', '-1d 01:00', '0900', '', '09:00 '])(
  '"%s" is no wall time',
  (text) => {
    expect(parseWallTime(text, DAY)).toBeUndefined();
  },
);

test.each([
  ['09:00', '2019-05-05T09:00:00.000+08:00'],
  [' +1d 01:00 ', '2019-05-06T01:00:00.000+08:00'],
  ['2019-05-03 18:30', '2019-05-03T18:30:00.000+08:00'],
  ['2019-05-03T18:30:15.250+08:00', '2019-05-03T18:30:15.250+08:00'],
])('the instant "%s" is %s', (text, iso) => {
  const instant = parseInstant(text, DAY);
  expect(instant !== undefined && toIso(instant)).toBe(iso);
});

test.each([
  '2019-02-29 09:00',
  '2019-05-05T09:00Z',
  '2019-05-05T09:00+01:00',
  '2019-05-05',
  '2019-05-05 24:00',
  'noon',
])('"%s" is no instant', (text) => {
  expect(parseInstant(text, DAY)).toBeUndefined();
});
