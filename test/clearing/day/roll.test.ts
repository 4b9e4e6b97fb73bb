import { expect, test } from 'vitest';
import type { SessionId } from '../../../src/clearing/rejection.ts';
import type { BusinessDate, CalendarDate } from '../../../src/time/instant.ts';
import { loginRequest } from '../../support/world.ts';
import { dayOf, endDay, EXPIRY, holding, HSIM9, nextDay, on } from '../support/business-day.ts';
import { account, CABC, CXYZ, FRIDAY, HKB_CALL, HSIK9, MONDAY, side, TUESDAY, type Market } from '../support/market.ts';

const FRIDAY_10 = '2019-05-10' as BusinessDate;
const TUESDAY_14 = '2019-05-14' as BusinessDate;

function login(place: Market): SessionId {
  const outcome = place.login(loginRequest('BU_CABC101'));
  if (!outcome.ok) throw new Error(outcome.rejection.code);
  return outcome.value.session.id;
}

test.each([
  ['Thursday to Friday', '2019-05-02', '2019-05-03'],
  ['Friday to Monday', '2019-05-03', '2019-05-06'],
  ['Friday over a weekend and the holiday of 13 May to Tuesday', '2019-05-10', '2019-05-14'],
  ['Tuesday over the holiday of 1 May to Thursday', '2019-04-30', '2019-05-02'],
])('the business date rolls to the next one: %s', (_, from, to) => {
  const place = dayOf(from as BusinessDate, {});
  endDay(place);
  expect(place.rollBusinessDate()).toEqual({
    ok: true,
    value: [{ type: 'business-date-rolled', from, to, at: place.now() }],
  });
  expect(place.businessDate()).toBe(to);
});

test('without its day end a business date does not roll, and it rolls once', () => {
  const place = dayOf(FRIDAY, {});
  const notEnded = (businessDate: BusinessDate): unknown => ({
    ok: false,
    rejection: { code: 'day-not-ended', businessDate },
  });
  expect(place.rollBusinessDate(TUESDAY)).toEqual(notEnded(FRIDAY));
  nextDay(place);
  expect(place.rollBusinessDate()).toEqual(notEnded(MONDAY));
});

test('a date that is named must be the next one', () => {
  const place = dayOf(FRIDAY_10, {});
  endDay(place);
  const monday = '2019-05-13' as CalendarDate;
  expect(place.rollBusinessDate(monday)).toEqual({
    ok: false,
    rejection: { code: 'not-the-next-business-date', date: monday, next: TUESDAY_14 },
  });
  expect(place.businessDate()).toBe(FRIDAY_10);
  expect(place.rollBusinessDate(TUESDAY_14)).toMatchObject({ ok: true });
});

test('a day ends once', () => {
  const place = dayOf(FRIDAY, {});
  expect(endDay(place)).toMatchObject([
    { type: 'day-ended', businessDate: FRIDAY, at: on(FRIDAY, '23:30') },
    { type: 'information-ready', signal: { number: 1, kind: 'day-end', businessDate: FRIDAY } },
  ]);
  expect(place.endDay()).toEqual({ ok: false, rejection: { code: 'day-ended', businessDate: FRIDAY } });
});

test('after the roll yesterday’s closing positions can be asked for, and the T+1 session counts', () => {
  const place = dayOf(FRIDAY, { positions: [holding(CABC, 'OMNI1', HSIM9, { held: 3 })] });
  const trade = { buyer: side('CABC', 'HOUSE'), seller: side('CXYZ', 'HOUSE'), series: HSIK9 } as const;
  place.match({ ...trade, clearingDate: FRIDAY, quantity: 10 });
  place.match({ ...trade, clearingDate: MONDAY, quantity: 5 });
  nextDay(place);
  const session = login(place);
  expect(place.positionsOf(session, FRIDAY)).toMatchObject({
    value: [
      { account: 'OMNI1', series: 'HSIM9', held: 3 },
      { account: 'HOUSE', series: 'HSIK9', held: 10 },
    ],
  });
  expect(place.positionsOf(session, MONDAY)).toMatchObject({ value: [{ held: 3 }, { held: 15 }] });
  expect(place.positionsOf(session, '2019-05-02' as BusinessDate)).toMatchObject({ value: [] });
  expect(place.closingIn(CABC, 'HOUSE')).toBeUndefined();
});

test('what is counted per business date starts at zero, and history keeps it', () => {
  const place = dayOf(FRIDAY, {
    positions: [
      holding(CABC, 'OMNI1', HKB_CALL, { held: 10, written: 4 }),
      holding(CXYZ, 'OMNI1', HKB_CALL, { written: 9 }),
    ],
  });
  const of = { account: account('OMNI1'), series: HKB_CALL } as const;
  place.done(CABC, { do: 'net-down-position', items: [{ ...of, quantity: 4 }] });
  place.done(CABC, { do: 'request-exercise', ...of, quantity: 2 });
  place.done(CABC, { do: 'deny-exercise', ...of, quantity: 1 });
  nextDay(place);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({
    held: 4,
    written: 0,
    closedOut: 0,
    exercised: 0,
    // ASSUMED: a denial stays until it is taken back, or the series expires.
    denied: 1,
  });
  expect(place.positionIn(CXYZ, 'OMNI1', HKB_CALL)).toMatchObject({ written: 7, assigned: 0 });
  const session = login(place);
  expect(place.positionsOf(session, FRIDAY)).toMatchObject({
    value: [{ held: 4, written: 0, closedOut: 4, exercised: 2, denied: 1 }],
  });
});

test('a position that is empty after the roll is not listed any more; the day it ended, history has it', () => {
  const place = dayOf(EXPIRY, { positions: [holding(CABC, 'OMNI1', HKB_CALL, { held: 10 })], prices: { HKB: 7_000 } });
  nextDay(place);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toBeUndefined();
  const session = login(place);
  expect(place.positionsOf(session, EXPIRY)).toMatchObject({ value: [{ held: 0, exercised: 10 }] });
});
