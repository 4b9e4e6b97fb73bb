import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intrinsicValue, isExercisedAutomatically, toCents } from '../../../src/clearing/day/option-value.ts';
import { DEFAULT_CLEARING_SETTINGS } from '../../../src/clearing/settings.ts';
import { series } from '../../support/world.ts';

function automatic(name: string, price: number, automaticExerciseBasisPoints = 150): boolean {
  return isExercisedAutomatically(series(name), price, { ...DEFAULT_CLEARING_SETTINGS, automaticExerciseBasisPoints });
}

// 65.00 × 1.015 = 65.975, between two prices; 100.00 × 1.015 = 101.50 exactly. 67.50 × 0.985 = 66.4875.
test.each([
  ['HKB65.00E9', 6_597, false],
  ['HKB65.00E9', 6_598, true],
  ['HKB100.00E9', 10_149, false],
  ['HKB100.00E9', 10_150, true],
  ['HKB67.50Q9', 6_649, false],
  ['HKB67.50Q9', 6_648, true],
  ['HKB100.00Q9', 9_851, false],
  ['HKB100.00Q9', 9_850, true],
  ['HKB65.00Q9', 9_000, false],
  // Prices of this class have three decimals, strikes two: 1.00 × 1.015 = 1.015.
  ['XTW1.00E9', 1_014, false],
  ['XTW1.00E9', 1_015, true],
  // Any amount in the money will do.
  ['HSI28000E9', 28_000, false],
  ['HSI28000E9', 28_001, true],
  ['HSI28000Q9', 28_000, false],
  ['HSI28000Q9', 27_999, true],
])('%s at a price of %i: exercised by itself is %s', (name, price, expected) => {
  expect(automatic(name, price)).toBe(expected);
});

test('at no percentage at all, a stock option must still be in the money', () => {
  expect(automatic('HKB65.00E9', 6_500, 0)).toBe(false);
  expect(automatic('HKB65.00E9', 6_501, 0)).toBe(true);
});

test('of prices that no double can multiply, the percentage is still exact', () => {
  const call = { ...series('XTW1.00E9'), strike: 2_000_000_000 };
  expect(isExercisedAutomatically(call, 20_299_999_999, DEFAULT_CLEARING_SETTINGS)).toBe(false);
  expect(isExercisedAutomatically(call, 20_300_000_000, DEFAULT_CLEARING_SETTINGS)).toBe(true);
});

test('what a call gains, the put of the same strike loses', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 0x7fffffff }), (price) => {
      const call = intrinsicValue(series('XTW1.00E9'), price);
      const put = intrinsicValue(series('XTW1.00Q9'), price);
      expect(call).toEqual({ value: BigInt(price) - 1_000n, decimals: 3 });
      expect(put).toEqual({ value: -call.value, decimals: 3 });
    }),
  );
});

test('a price with fewer decimals than the strike is as exact as one with more', () => {
  const call = series('HKB65.50E9');
  const coarse = { ...call, instrumentClass: { ...call.instrumentClass, priceDecimals: 0 } };
  expect(intrinsicValue(coarse, 66)).toEqual({ value: 50n, decimals: 2 });
  expect(isExercisedAutomatically(coarse, 66, DEFAULT_CLEARING_SETTINGS)).toBe(false);
  expect(isExercisedAutomatically(coarse, 67, DEFAULT_CLEARING_SETTINGS)).toBe(true);
});

test('cents are exact where they can be, and else the nearest, for both signs alike', () => {
  expect(toCents({ value: 1_234n, decimals: 2 }, 500)).toBe(617_000);
  expect(toCents({ value: 29_500n, decimals: 0 }, 50)).toBe(147_500_000);
  expect(toCents({ value: 1_234n, decimals: 3 }, 1)).toBe(123);
  expect(toCents({ value: 1_235n, decimals: 3 }, 1)).toBe(124);
  expect(toCents({ value: -1_235n, decimals: 3 }, 1)).toBe(-124);
  expect(toCents({ value: -4n, decimals: 3 }, 1)).toBe(0);
});
