import { expect, test } from 'vitest';
import type { Instant } from '../../../src/time/instant.ts';
import { plusMs } from '../../../src/time/instant.ts';
import { dayOf, endDay, holding, nextDay, on } from '../support/business-day.ts';
import { account, CABC, CTHD, CXYZ, FRIDAY, HKB_CALL, HSIK9, MONDAY, side, type Market } from '../support/market.ts';

const give = { do: 'request-give-up', to: CTHD, quantity: 1, commission: 0, text: '' } as const;
const exercise = { do: 'request-exercise', account: account('OMNI1'), series: HKB_CALL, quantity: 2 } as const;

/** CABC buys from CXYZ, at that time and with the clearing date that the time gives. */
function buys(place: Market, at: Instant, quantity: number): void {
  place.clock.now = at;
  place.match({ buyer: side('CABC', 'HOUSE'), quantity, matchedAt: at, clearingDate: place.clearingDateNow() });
}

// Friday 3 May 2019 on the old release, as dcass-facts.md 6.5 and 7 tell it, and Monday after it.
test('from Friday morning to Monday: T session, T+1 session, cutoffs, day end, roll', () => {
  const place = dayOf(FRIDAY, {
    positions: [holding(CABC, 'OMNI1', HKB_CALL, { held: 10 }), holding(CXYZ, 'OMNI1', HKB_CALL, { written: 10 })],
  });

  buys(place, on(FRIDAY, '10:15'), 10);
  buys(place, plusMs(on(FRIDAY, '17:15'), -1), 1);
  buys(place, on(FRIDAY, '17:15'), 4);
  expect([1, 3, 5].map((number) => place.tradeNumbered(number).clearingDate)).toEqual([FRIDAY, FRIDAY, MONDAY]);
  expect(place.positionIn(CABC, 'HOUSE')).toMatchObject({ held: 15 });
  expect(place.closingIn(CABC, 'HOUSE')).toMatchObject({ held: 11 });

  place.clock.now = plusMs(on(FRIDAY, '18:45'), -1);
  place.done(CABC, exercise);
  place.done(CABC, { ...give, trade: 1 });
  place.done(CABC, { ...give, trade: 5 });
  place.clock.now = on(FRIDAY, '18:45');
  const late = {
    ok: false,
    rejection: { code: 'after-input-cutoff', clearingDate: FRIDAY, session: 'T', cutoff: on(FRIDAY, '18:45') },
  };
  expect(place.do(CABC, exercise)).toEqual(late);
  expect(place.do(CABC, { ...give, trade: 1 })).toEqual(late);
  place.done(CABC, { ...give, trade: 5 });

  endDay(place);
  // The give-up of a trade of Friday has lapsed, those of a trade of Monday wait.
  expect([1, 2, 3].map((number) => place.giveUpNumbered(number).state)).toEqual(['lapsed', 'holding', 'holding']);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ held: 8, exercised: 2 });
  expect(place.do(CABC, { ...give, trade: 1 })).toEqual(late);

  place.clock.now = plusMs(on(FRIDAY, '+1d 01:45'), -1);
  place.done(CABC, { ...give, trade: 5 });
  place.clock.now = on(FRIDAY, '+1d 01:45');
  expect(place.do(CABC, { ...give, trade: 5 })).toMatchObject({
    rejection: { code: 'after-input-cutoff', clearingDate: MONDAY, session: 'T+1' },
  });

  place.clock.now = on(FRIDAY, '+1d 02:00');
  expect(place.rollBusinessDate(MONDAY)).toMatchObject({ ok: true });
  expect(place.book(CABC)?.history.get(FRIDAY)?.get(`HOUSE\n${HSIK9}`)).toMatchObject({ held: 11 });
  expect(place.positionIn(CABC, 'HOUSE')).toMatchObject({ held: 15 });
  place.clock.now = on(MONDAY, '09:00');
  const part = { account: account('HOUSE'), quantity: 1, openClose: 'open', customerInfo: '' } as const;
  place.done(CTHD, { do: 'take-up', giveUp: 2, parts: [part] });
  place.done(CABC, exercise);
  nextDay(place);
  expect(place.giveUpNumbered(3).state).toBe('lapsed');
  expect(place.positionIn(CABC, 'HOUSE')).toMatchObject({ held: 14 });
  expect(place.positionIn(CTHD, 'HOUSE')).toMatchObject({ held: 1 });
});

test('the day that ends tells everything before it tells that it has ended', () => {
  const place = dayOf(FRIDAY, {
    positions: [holding(CABC, 'OMNI1', HKB_CALL, { held: 10 }), holding(CXYZ, 'OMNI1', HKB_CALL, { written: 10 })],
  });
  place.match({ buyer: side('CABC', 'DAILY'), clearingDate: FRIDAY });
  place.done(CABC, { ...give, trade: 1 });
  place.done(CABC, exercise);
  expect(endDay(place).map(({ type }) => type)).toEqual([
    // Give-ups lapse.
    'trade-changed',
    'give-up-changed',
    // Exercise.
    'exercise-changed',
    // Assignment.
    'deal-made',
    'position-adjusted',
    'position-adjusted',
    // Deliveries.
    'delivery-made',
    'delivery-made',
    // Daily into Sink.
    'deal-made',
    'trade-changed',
    'day-ended',
    'information-ready',
  ]);
});
