import { expect, test } from 'vitest';
import type { AccountId } from '../../../src/clearing/account.ts';
import { participant } from '../../support/world.ts';
import { dayOf, dealsIn, endDay, EXPIRY, holding, HSIM9, nextDay, on } from '../support/business-day.ts';
import { account, CABC, CTHD, CXYZ, HSIK9, MONDAY, positionOf, side, TUESDAY } from '../support/market.ts';

const intoDaily = { clearingDate: MONDAY, buyer: { ...side('CABC', 'DAILY'), customerInfo: 'ORDER 7' } } as const;

test('a trade left in Daily is re-booked into Sink at the day end: reversed in the one, taken over in the other', () => {
  const place = dayOf(MONDAY, {});
  place.match({ ...intoDaily, quantity: 10 });
  const [made, ...more] = dealsIn(endDay(place));
  expect(more).toEqual([]);
  expect(made?.deal).toMatchObject({ reason: 'day-end', quantity: 10, price: 29_500, original: 1 });
  const both = { participant: 'CABC', customerInfo: 'ORDER 7', originalTrade: 1, clearingDate: MONDAY };
  expect(made?.trades).toMatchObject([
    { ...both, account: 'SINK', side: 'buy', type: 'overtaking', quantity: 10, remainingQuantity: 10 },
    { ...both, account: 'DAILY', side: 'sell', type: 'reversing', quantity: 10, remainingQuantity: 0 },
  ]);
  expect(place.tradeNumbered(1)).toMatchObject({ state: 'rectified', remainingQuantity: 0 });
  expect(place.positionIn(CABC, 'DAILY')).toMatchObject({ held: 0, written: 0 });
  expect(place.positionIn(CABC, 'SINK')).toMatchObject({ held: 10, written: 0 });
});

test('Sink is kept gross: what was bought and what was sold arrive both', () => {
  const place = dayOf(MONDAY, {});
  place.match({ ...intoDaily, quantity: 10 });
  place.match({ buyer: side('CXYZ', 'HOUSE'), seller: side('CABC', 'DAILY'), clearingDate: MONDAY, quantity: 4 });
  endDay(place);
  expect(place.positionIn(CABC, 'DAILY')).toMatchObject({ held: 0, written: 0 });
  expect(place.positionIn(CABC, 'SINK')).toMatchObject({ held: 10, written: 4 });
});

test('what somebody closed in Daily does not come to life again in Sink', () => {
  const place = dayOf(MONDAY, {});
  place.match({ ...intoDaily, quantity: 10 });
  const seller = { ...side('CABC', 'DAILY'), openClose: 'close' } as const;
  place.match({ buyer: side('CXYZ', 'HOUSE'), seller, clearingDate: MONDAY, quantity: 4 });
  const deals = dealsIn(endDay(place));
  expect(deals.map(({ deal }) => deal.quantity)).toEqual([6]);
  expect(place.positionIn(CABC, 'DAILY')).toMatchObject({ held: 0, written: 0 });
  expect(place.positionIn(CABC, 'SINK')).toMatchObject({ held: 6, written: 0 });
});

test('contracts that no trade explains are moved as a position, at the settlement price', () => {
  const positions = [holding(CABC, 'DAILY', HSIK9, { held: 5, written: 2 })];
  for (const [prices, price] of [
    [{ HSIK9: 28_560 }, 28_560],
    [{}, 0],
  ] as const) {
    const place = dayOf(MONDAY, { positions, prices });
    const deals = dealsIn(endDay(place));
    expect(deals.map(({ deal }) => [deal.reason, deal.quantity, deal.price])).toEqual([
      ['day-end', 5, price],
      ['day-end', 2, price],
    ]);
    expect(deals[0]?.trades).toMatchObject([
      { account: 'SINK', side: 'buy', type: 'transfer', remainingQuantity: 0 },
      { account: 'DAILY', side: 'sell', type: 'transfer', remainingQuantity: 0 },
    ]);
    expect(place.positionIn(CABC, 'DAILY')).toMatchObject({ held: 0, written: 0 });
    expect(place.positionIn(CABC, 'SINK')).toMatchObject({ held: 5, written: 2 });
  }
});

test('trades of the day go before older ones, which may have left already', () => {
  const place = dayOf(TUESDAY, {});
  place.match({ ...intoDaily, quantity: 10 });
  place.happens({
    type: 'position-adjusted',
    participant: CABC,
    account: account('DAILY'),
    series: HSIK9,
    reason: 'net-down',
    change: { held: -10 },
    at: on(TUESDAY, '10:00'),
  });
  place.match({ ...intoDaily, quantity: 3, clearingDate: TUESDAY });
  const [made, ...more] = dealsIn(endDay(place));
  expect(more).toEqual([]);
  expect(made?.deal).toMatchObject({ quantity: 3, original: 2 });
  expect(place.tradeNumbered(1)).toMatchObject({ state: 'active', remainingQuantity: 10 });
});

test('what waits in the transitory account goes to Sink too', () => {
  const place = dayOf(MONDAY, {});
  place.match({ clearingDate: MONDAY, buyer: side('CABC', 'TRANSIT'), quantity: 10 });
  endDay(place);
  expect(place.positionIn(CABC, 'TRANSIT')).toMatchObject({ held: 0, written: 0 });
  expect(place.positionIn(CABC, 'SINK')).toMatchObject({ held: 10 });
});

for (const [setting, id] of [
  ['dailyAtDayEnd', 'DAILY'],
  ['transitoryAtDayEnd', 'TRANSIT'],
] as const) {
  test(`where ${setting} is keep, ${id} stays as it is`, () => {
    const place = dayOf(MONDAY, { settings: { [setting]: 'keep' } });
    place.match({ clearingDate: MONDAY, buyer: side('CABC', id), quantity: 10 });
    expect(endDay(place).map(({ type }) => type)).toEqual(['day-ended', 'information-ready']);
    expect(place.positionIn(CABC, id)).toMatchObject({ held: 10 });
  });
}

test('trades of the T+1 session stay in Daily, for they belong to the next business date', () => {
  const place = dayOf(MONDAY, {});
  place.match({ ...intoDaily, quantity: 10 });
  place.match({ ...intoDaily, quantity: 3, clearingDate: TUESDAY });
  endDay(place);
  expect(place.closingIn(CABC, 'DAILY')).toMatchObject({ held: 0, written: 0 });
  expect(place.positionIn(CABC, 'DAILY')).toMatchObject({ held: 3, written: 0 });
  expect(place.tradeNumbered(3)).toMatchObject({ state: 'active', remainingQuantity: 3 });
});

test('what a series that expires today has in Daily is gone, and does not reach Sink', () => {
  const place = dayOf(EXPIRY, {});
  place.match({ ...intoDaily, series: HSIK9, quantity: 10, clearingDate: EXPIRY });
  place.match({ ...intoDaily, series: HSIM9, quantity: 2, clearingDate: EXPIRY });
  expect(dealsIn(endDay(place)).map(({ deal }) => [deal.series, deal.quantity])).toEqual([['HSIM9', 2]]);
  expect(place.positionIn(CABC, 'DAILY', HSIK9)).toMatchObject({ held: 0, written: 0 });
  expect(place.positionIn(CABC, 'SINK', HSIK9)).toBeUndefined();
});

test('give-ups that nobody answered lapse first, so that all of Daily can go', () => {
  const place = dayOf(MONDAY, {});
  place.match({ ...intoDaily, quantity: 10 });
  place.done(CABC, { do: 'request-give-up', trade: 1, to: CTHD, quantity: 7, commission: 0, text: '' });
  expect(endDay(place).map(({ type }) => type)).toEqual([
    'trade-changed',
    'give-up-changed',
    'deal-made',
    'trade-changed',
    'day-ended',
    'information-ready',
  ]);
  expect(place.positionIn(CABC, 'SINK')).toMatchObject({ held: 10 });
});

test('what a give-up that is kept waits for stays in Daily, and can be taken up on the next day', () => {
  const place = dayOf(MONDAY, { settings: { giveUpsAtDayEnd: 'keep', giveUpOldTrades: 'allowed' } });
  place.match({ ...intoDaily, quantity: 10 });
  place.done(CABC, { do: 'request-give-up', trade: 1, to: CTHD, quantity: 7, commission: 0, text: '' });
  nextDay(place);
  expect(place.positionIn(CABC, 'DAILY')).toMatchObject({ held: 7, written: 0 });
  expect(place.positionIn(CABC, 'SINK')).toMatchObject({ held: 3 });
  expect(place.tradeNumbered(1)).toMatchObject({ remainingQuantity: 7, heldQuantity: 7 });
  place.clock.now = on(TUESDAY, '09:00');
  const part = { account: account('HOUSE'), quantity: 7, openClose: 'open', customerInfo: '' } as const;
  place.done(CTHD, { do: 'take-up', giveUp: 1, parts: [part] });
  expect(place.positionIn(CABC, 'DAILY')).toMatchObject({ held: 0, written: 0 });
});

test('a trade whose rectification waits stays where it is until somebody confirms it', () => {
  const place = dayOf(MONDAY, { settings: { rectificationHeld: 'always', rectificationConfirmedBy: 'any-user' } });
  place.match({ ...intoDaily, quantity: 10 });
  const part = { account: account('HOUSE'), quantity: 10, openClose: 'open', customerInfo: '' } as const;
  place.done(CABC, { do: 'rectify-trade', trade: 1, parts: [part] });
  nextDay(place);
  expect(place.positionIn(CABC, 'DAILY')).toMatchObject({ held: 10 });
  place.clock.now = on(TUESDAY, '09:00');
  place.done(CABC, { do: 'confirm-rectification', rectification: 1 });
  expect(place.positionIn(CABC, 'HOUSE')).toMatchObject({ held: 10 });
});

test('without a Sink account Daily stays as it is, and a message tells its participant, once', () => {
  const accounts = [
    { id: 'HOUSE' as AccountId, type: 'house' },
    { id: 'DAILY' as AccountId, type: 'daily' },
  ] as const;
  const place = dayOf(MONDAY, { participants: [CABC, CXYZ].map((code) => participant(code, { accounts })) });
  place.match({ ...intoDaily, quantity: 10 });
  const events = endDay(place);
  expect(events.map(({ type }) => type)).toEqual(['message-sent', 'day-ended', 'information-ready']);
  expect(events[0]).toEqual({
    type: 'message-sent',
    message: {
      number: 1,
      sentAt: on(MONDAY, '23:30'),
      to: 'CABC',
      text: 'DAILY was not empty at the day end of 2019-05-06, and there is no Sink account: it stays.',
    },
  });
  expect(place.positionIn(CABC, 'DAILY')).toMatchObject({ held: 10 });
});

test('on the next day Sink can be emptied, by rectification or by a transfer', () => {
  const place = dayOf(MONDAY, { settings: { rectificationHeld: 'never' } });
  place.match({ ...intoDaily, quantity: 10 });
  nextDay(place);
  place.clock.now = on(TUESDAY, '09:30');
  const part = { account: account('OMNI1'), quantity: 6, openClose: 'open', customerInfo: 'ORDER 7' } as const;
  place.done(CABC, { do: 'rectify-trade', trade: 3, parts: [part] });
  const move = { series: HSIK9, from: account('SINK'), to: account('OMNI2'), held: 4, written: 0 } as const;
  place.done(CABC, { do: 'transfer-position', ...move });
  expect(place.positionIn(CABC, 'SINK')).toEqual(positionOf(CABC, 'SINK', HSIK9, { modifiedAt: on(TUESDAY, '09:30') }));
});
