import { expect, test } from 'vitest';
import type { BusinessDate } from '../../../src/time/instant.ts';
import {
  allDeliveries,
  dayOf,
  dealsIn,
  deliveriesOf,
  endDay,
  EXPIRY,
  holding,
  HSI_CALL,
  HSIM9,
  JUNE_CALL,
  nextDay,
} from '../support/business-day.ts';
import { account, CABC, CXYZ, HKB_CALL, HSIK9, MONDAY } from '../support/market.ts';

const BEFORE = '2019-05-29' as BusinessDate;
const FRIDAY_31 = '2019-05-31' as BusinessDate;

const futures = [
  holding(CABC, 'OMNI1', HSIK9, { held: 60, written: 20 }),
  holding(CXYZ, 'HOUSE', HSIK9, { written: 40 }),
  holding(CABC, 'HOUSE', HSIM9, { held: 15 }),
  holding(CXYZ, 'HOUSE', HSIM9, { written: 15 }),
];

test('after its last day nothing is left of a series, held or written; other series stay', () => {
  const place = dayOf(EXPIRY, { positions: futures });
  const events = endDay(place);
  expect(events.filter(({ type }) => type === 'position-adjusted')).toMatchObject([
    { participant: 'CABC', account: 'OMNI1', reason: 'expiry', change: { held: -60, written: -20 } },
    { participant: 'CXYZ', account: 'HOUSE', reason: 'expiry', change: { written: -40 } },
  ]);
  expect(place.exposures('now')).toEqual({ HSIK9: 0, HSIM9: 0 });
  expect(place.positionIn(CABC, 'OMNI1', HSIK9)).toMatchObject({ held: 0, written: 0 });
  expect(place.positionIn(CABC, 'HOUSE', HSIM9)).toMatchObject({ held: 15 });
  expect(dealsIn(events)).toEqual([]);
});

test('a future that expires is settled by what its price has moved since the day before, on the next business day', () => {
  const place = dayOf(BEFORE, { positions: futures, prices: { HSIK9: 27_150, HSIM9: 27_100 } });
  nextDay(place);
  place.setPrice(HSIK9, 27_200);
  place.setPrice(HSIM9, 27_300);
  endDay(place);
  const both = { series: 'HSIK9', cause: 'expiry', shares: 0, businessDate: EXPIRY, dueDate: FRIDAY_31 };
  // 50 points at HK$50 for 40 contracts more held than written.
  expect(allDeliveries(place)).toEqual([
    { ...both, number: 1, participant: 'CABC', account: 'OMNI1', quantity: 80, amountCents: 10_000_000 },
    { ...both, number: 2, participant: 'CXYZ', account: 'HOUSE', quantity: 40, amountCents: -10_000_000 },
  ]);
});

test('without a price, or without one of the day before, the amount is 0', () => {
  const unknown = dayOf(EXPIRY, { positions: futures });
  const first = dayOf(EXPIRY, { positions: futures, prices: { HSIK9: 27_200 } });
  for (const place of [unknown, first]) {
    endDay(place);
    expect(allDeliveries(place).map(({ amountCents }) => amountCents)).toEqual([0, 0]);
  }
});

test('options that nobody exercised are worth nothing: no delivery', () => {
  const place = dayOf(EXPIRY, {
    positions: [holding(CABC, 'HOUSE', HSI_CALL, { held: 3 }), holding(CXYZ, 'HOUSE', HSI_CALL, { written: 3 })],
    prices: { HSI: 28_000 },
  });
  endDay(place);
  expect(allDeliveries(place)).toEqual([]);
  expect(place.positionIn(CABC, 'HOUSE', HSI_CALL)).toMatchObject({ held: 0 });
});

test('cover and denial end with the position', () => {
  const place = dayOf(EXPIRY, {
    positions: [holding(CABC, 'OMNI1', HKB_CALL, { held: 5, written: 8 })],
    prices: { HKB: 6_000 },
  });
  const of = { account: account('OMNI1'), series: HKB_CALL } as const;
  place.done(CABC, { do: 'cover-position', ...of, quantity: 6 });
  place.done(CABC, { do: 'deny-exercise', ...of, quantity: 4 });
  endDay(place);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ held: 0, written: 0, denied: 0, covered: 0 });
});

test('a series that expired before the business date goes without exercise or settlement of its own', () => {
  const place = dayOf(FRIDAY_31, {
    positions: [holding(CABC, 'OMNI1', HKB_CALL, { held: 5 })],
    prices: { HKB: 9_000 },
  });
  endDay(place);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ held: 0, exercised: 0 });
  expect(deliveriesOf(place, CABC)).toEqual([]);
});

test('before its last day a series does not expire', () => {
  const place = dayOf(MONDAY, { positions: [...futures, holding(CABC, 'OMNI1', JUNE_CALL, { held: 5 })] });
  expect(endDay(place).map(({ type }) => type)).toEqual(['day-ended', 'information-ready']);
});
