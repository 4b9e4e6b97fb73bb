import { expect, test } from 'vitest';
import type { BusinessDate } from '../../../src/time/instant.ts';
import {
  allDeliveries,
  assignedOf,
  dayOf,
  dealsIn,
  deliveriesOf,
  endDay,
  exercisesOf,
  EXPIRY,
  holding,
  HSI_CALL,
  HSI_PUT,
  JUNE_CALL,
  nextDay,
  on,
} from '../support/business-day.ts';
import { account, CABC, CTHD, CXYZ, HKB_CALL, HKB_PUT, MONDAY, side, TUESDAY } from '../support/market.ts';

const FRIDAY_31 = '2019-05-31' as BusinessDate;
/** Two business days after Thursday, 30 May. */
const DELIVERY = '2019-06-03' as BusinessDate;

const request = { do: 'request-exercise', account: account('OMNI1'), series: HKB_CALL, quantity: 7 } as const;

// CABC holds 40 calls with a strike of 65.00; CXYZ wrote 30 of them, CTHD 10.
const calls = [
  holding(CABC, 'OMNI1', HKB_CALL, { held: 40 }),
  holding(CXYZ, 'OMNI1', HKB_CALL, { written: 30 }),
  holding(CTHD, 'HOUSE', HKB_CALL, { written: 10 }),
];

test('a request is exercised at the day end, and one writer assigned: a deal of an exercise and an assign trade', () => {
  const place = dayOf(MONDAY, {
    positions: [holding(CABC, 'OMNI1', HKB_CALL, { held: 10 }), holding(CXYZ, 'OMNI1', HKB_CALL, { written: 30 })],
  });
  place.done(CABC, request);
  const [made, ...more] = dealsIn(endDay(place));
  expect(more).toEqual([]);
  expect(made?.deal).toEqual({
    number: 1,
    reason: 'exercise',
    series: 'HKB65.00E9',
    quantity: 7,
    price: 0,
    original: undefined,
    buy: { participant: 'CXYZ', trade: 1 },
    sell: { participant: 'CABC', trade: 2 },
    annulled: false,
  });
  expect(made?.trades).toMatchObject([
    { participant: 'CXYZ', account: 'OMNI1', side: 'buy', type: 'assign', openClose: 'close', remainingQuantity: 0 },
    { participant: 'CABC', account: 'OMNI1', side: 'sell', type: 'exercise', openClose: 'close', remainingQuantity: 0 },
  ]);
  expect(made?.trades.map(({ clearingDate }) => clearingDate)).toEqual([MONDAY, MONDAY]);
  expect(exercisesOf(place, CABC)).toMatchObject([
    {
      kind: 'request',
      quantity: 7,
      state: 'exercised',
      createdAt: on(MONDAY, '10:00'),
      modifiedAt: on(MONDAY, '23:30'),
    },
  ]);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ held: 3, written: 0, exercised: 7, assigned: 0 });
  expect(place.positionIn(CXYZ, 'OMNI1', HKB_CALL)).toMatchObject({ held: 0, written: 23, exercised: 0, assigned: 7 });
});

test('the holder of an exercised call pays the strike for the shares two business days later, the writer gets it', () => {
  const place = dayOf(MONDAY, { positions: calls.slice(0, 2) });
  place.done(CABC, request);
  endDay(place);
  const both = { series: 'HKB65.00E9', quantity: 7, businessDate: MONDAY, dueDate: '2019-05-08' };
  // 7 contracts of 400 shares at 65.00.
  expect(allDeliveries(place)).toEqual([
    {
      ...both,
      number: 1,
      participant: 'CABC',
      account: 'OMNI1',
      cause: 'exercise',
      shares: 2_800,
      amountCents: -18_200_000,
    },
    {
      ...both,
      number: 2,
      participant: 'CXYZ',
      account: 'OMNI1',
      cause: 'assignment',
      shares: -2_800,
      amountCents: 18_200_000,
    },
  ]);
});

test('the holder of an exercised put delivers the shares and gets the strike', () => {
  const place = dayOf(MONDAY, {
    positions: [holding(CABC, 'OMNI1', HKB_PUT, { held: 7 }), holding(CXYZ, 'OMNI1', HKB_PUT, { written: 7 })],
  });
  place.done(CABC, { ...request, series: HKB_PUT });
  endDay(place);
  expect(deliveriesOf(place, CABC)).toMatchObject([{ cause: 'exercise', shares: -2_800, amountCents: 18_200_000 }]);
  expect(deliveriesOf(place, CXYZ)).toMatchObject([{ cause: 'assignment', shares: 2_800, amountCents: -18_200_000 }]);
});

test('shares are due as many business days later as the setting says, over weekends and holidays', () => {
  for (const [deliveryDays, dueDate] of [
    [1, '2019-05-10'],
    [2, '2019-05-14'],
    [3, '2019-05-15'],
  ] as const) {
    const place = dayOf('2019-05-09' as BusinessDate, { positions: calls, settings: { deliveryDays } });
    place.done(CABC, request);
    endDay(place);
    expect(deliveriesOf(place, CABC)).toMatchObject([{ dueDate }]);
  }
});

test('an annulled request is not exercised', () => {
  const place = dayOf(MONDAY, { positions: calls });
  place.done(CABC, request);
  place.done(CABC, { do: 'annul-exercise', exercise: 1 });
  endDay(place);
  expect(exercisesOf(place, CABC)).toMatchObject([{ state: 'annulled' }]);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ held: 40, exercised: 0 });
});

test('what was sold after the request is not exercised: the oldest request takes what is left, the others nothing', () => {
  const place = dayOf(MONDAY, { positions: calls });
  place.done(CABC, { ...request, quantity: 20 });
  place.done(CABC, { ...request, quantity: 15 });
  const sold = { series: HKB_CALL, clearingDate: MONDAY, quantity: 25 } as const;
  place.match({ ...sold, buyer: side('CTHD', 'HOUSE'), seller: { ...side('CABC', 'OMNI1'), openClose: 'close' } });
  endDay(place);
  expect(exercisesOf(place, CABC)).toMatchObject([
    { number: 1, quantity: 15, state: 'exercised' },
    { number: 2, quantity: 15, state: 'annulled' },
  ]);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ held: 0, exercised: 15 });
});

test('on the last day 25 of 40 stock options are exercised by themselves when 15 are denied; all of it is over then', () => {
  const place = dayOf(EXPIRY, { positions: calls, prices: { HKB: 6_650 } });
  place.done(CABC, { do: 'deny-exercise', account: account('OMNI1'), series: HKB_CALL, quantity: 15 });
  endDay(place);
  expect(exercisesOf(place, CABC)).toEqual([
    {
      number: 1,
      kind: 'automatic',
      participant: 'CABC',
      account: 'OMNI1',
      series: 'HKB65.00E9',
      quantity: 25,
      state: 'exercised',
      user: undefined,
      createdAt: on(EXPIRY, '23:30'),
      modifiedAt: on(EXPIRY, '23:30'),
      businessDate: EXPIRY,
    },
  ]);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ held: 0, written: 0, exercised: 25, denied: 0 });
  expect(deliveriesOf(place, CABC)).toMatchObject([
    { cause: 'exercise', quantity: 25, shares: 10_000, amountCents: -65_000_000, dueDate: DELIVERY },
  ]);
  const assigned = assignedOf(place, HKB_CALL);
  expect(Object.values(assigned).reduce((sum, each) => sum + each, 0)).toBe(25);
  expect(place.positionIn(CXYZ, 'OMNI1', HKB_CALL)).toMatchObject({ held: 0, written: 0 });
  expect(place.positionIn(CTHD, 'HOUSE', HKB_CALL)).toMatchObject({ held: 0, written: 0 });
});

test('what was requested on the last day is not exercised once more by itself', () => {
  const place = dayOf(EXPIRY, { positions: calls, prices: { HKB: 6_650 } });
  place.done(CABC, request);
  place.done(CABC, { do: 'deny-exercise', account: account('OMNI1'), series: HKB_CALL, quantity: 30 });
  endDay(place);
  expect(exercisesOf(place, CABC).map(({ kind, quantity }) => [kind, quantity])).toEqual([
    ['request', 7],
    ['automatic', 3],
  ]);
});

for (const [reason, prices] of [
  ['is less than 1.5 % in the money', { HKB: 6_597 }],
  ['has no known price', {}],
] as const) {
  test(`a stock option that ${reason} expires worthless, unless its exercise was requested`, () => {
    const place = dayOf(EXPIRY, { positions: calls, prices });
    place.done(CABC, request);
    endDay(place);
    expect(exercisesOf(place, CABC)).toMatchObject([{ kind: 'request', quantity: 7, state: 'exercised' }]);
    expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ held: 0, exercised: 7 });
  });
}

test('nothing is exercised by itself before the last day, however much it is in the money', () => {
  const place = dayOf(EXPIRY, {
    positions: [holding(CABC, 'OMNI1', JUNE_CALL, { held: 5 }), holding(CXYZ, 'OMNI1', JUNE_CALL, { written: 5 })],
    prices: { HKB: 9_000 },
  });
  endDay(place);
  expect(exercisesOf(place, CABC)).toEqual([]);
  expect(place.positionIn(CABC, 'OMNI1', JUNE_CALL)).toMatchObject({ held: 5 });
});

test('index options in the money are exercised on the last day, and the writer pays their value on the next', () => {
  const place = dayOf(EXPIRY, {
    positions: [
      holding(CABC, 'HOUSE', HSI_CALL, { held: 3 }),
      holding(CXYZ, 'HOUSE', HSI_CALL, { written: 3 }),
      holding(CABC, 'HOUSE', HSI_PUT, { held: 4 }),
      holding(CXYZ, 'HOUSE', HSI_PUT, { written: 4 }),
    ],
    prices: { HSI: 28_001 },
  });
  endDay(place);
  const both = { series: 'HSI28000E9', quantity: 3, shares: 0, businessDate: EXPIRY, dueDate: FRIDAY_31 };
  // 1 point at HK$50 for each of 3 contracts.
  expect(allDeliveries(place)).toEqual([
    { ...both, number: 1, participant: 'CABC', account: 'HOUSE', cause: 'exercise', amountCents: 15_000 },
    { ...both, number: 2, participant: 'CXYZ', account: 'HOUSE', cause: 'assignment', amountCents: -15_000 },
  ]);
  expect(place.positionIn(CABC, 'HOUSE', HSI_PUT)).toMatchObject({ held: 0, exercised: 0 });
});

test('the seed decides which writers are assigned; the same seed assigns the same', () => {
  const assignedWith = (seed: number | string): Readonly<Record<string, number>> => {
    const place = dayOf(MONDAY, { positions: calls, settings: { seed } });
    place.done(CABC, { ...request, quantity: 20 });
    endDay(place);
    return assignedOf(place, HKB_CALL);
  };
  expect(assignedWith('monday')).toEqual(assignedWith('monday'));
  expect(new Set([1, 2, 3, 4, 5].map((seed) => JSON.stringify(assignedWith(seed)))).size).toBeGreaterThan(1);
});

test('where assignment is pro rata, writers are assigned in proportion to what they wrote', () => {
  const place = dayOf(MONDAY, { positions: calls, settings: { assignment: 'pro-rata' } });
  place.done(CABC, { ...request, quantity: 20 });
  endDay(place);
  expect(assignedOf(place, HKB_CALL)).toEqual({ 'CXYZ OMNI1': 15, 'CTHD HOUSE': 5 });
});

test('who is exercised and who is assigned may be the same gross account', () => {
  const place = dayOf(MONDAY, { positions: [holding(CABC, 'OMNI1', HKB_CALL, { held: 10, written: 10 })] });
  place.done(CABC, request);
  endDay(place);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ held: 3, written: 3, exercised: 7, assigned: 7 });
});

test('what the world’s writers have not written is assigned outside of it: no deal, but the position goes', () => {
  const place = dayOf(MONDAY, {
    positions: [holding(CABC, 'OMNI1', HKB_CALL, { held: 10 }), holding(CXYZ, 'HOUSE', HKB_CALL, { written: 4 })],
  });
  place.done(CABC, request);
  const events = endDay(place);
  expect(dealsIn(events).map(({ deal }) => deal.quantity)).toEqual([4]);
  expect(events.filter(({ type }) => type === 'position-adjusted')).toMatchObject([
    { participant: 'CABC', reason: 'exercise', change: { exercised: 7, held: -3 } },
    { participant: 'CXYZ', reason: 'assignment', change: { assigned: 4 } },
  ]);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ held: 3, exercised: 7 });
  expect(place.positionIn(CXYZ, 'HOUSE', HKB_CALL)).toMatchObject({ written: 0, assigned: 4 });
  expect(deliveriesOf(place, CABC)).toMatchObject([{ quantity: 7 }]);
});

test('on the last day holders outside of the world exercise what its participants wrote for them', () => {
  const place = dayOf(EXPIRY, {
    positions: [holding(CABC, 'OMNI1', HKB_CALL, { held: 10 }), holding(CXYZ, 'HOUSE', HKB_CALL, { written: 14 })],
    prices: { HKB: 6_650 },
  });
  const events = endDay(place);
  expect(dealsIn(events).map(({ deal }) => deal.quantity)).toEqual([10]);
  expect(assignedOf(place, HKB_CALL)).toEqual({ 'CXYZ HOUSE': 14 });
  expect(events.filter((event) => event.type === 'position-adjusted' && event.reason !== 'expiry')).toMatchObject([
    { participant: 'CABC', reason: 'exercise', change: { exercised: 10 } },
    { participant: 'CXYZ', reason: 'assignment', change: { assigned: 14, written: -4 } },
  ]);
  expect(place.positionIn(CXYZ, 'HOUSE', HKB_CALL)).toMatchObject({ held: 0, written: 0 });
});

for (const [where, id, written] of [
  ['inside of the world, from a net account', 'HOUSE', 10],
  ['inside of the world, from a gross account', 'OMNI1', 10],
  ['outside of the world, from a net account', 'HOUSE', 0],
  ['outside of the world, from a gross account', 'OMNI1', 0],
] as const) {
  test(`options that the T+1 session has sold already are exercised all the same, and owed then: ${where}`, () => {
    const place = dayOf(MONDAY, {
      positions: [holding(CABC, id, HKB_CALL, { held: 10 }), holding(CXYZ, 'HOUSE', HKB_CALL, { written })],
    });
    place.done(CABC, { ...request, account: account(id), quantity: 10 });
    const seller = { ...side('CABC', id), openClose: 'close' } as const;
    place.match({ series: HKB_CALL, buyer: side('CTHD', 'HOUSE'), seller, quantity: 10, clearingDate: TUESDAY });
    endDay(place);
    expect(place.closingIn(CABC, id, HKB_CALL)).toMatchObject({ held: 0, written: 0, exercised: 10 });
    expect(place.positionIn(CABC, id, HKB_CALL)).toMatchObject({ held: 0, written: 10, exercised: 10 });
    expect(place.positionIn(CTHD, 'HOUSE', HKB_CALL)).toMatchObject({ held: 10, written: 0 });
  });
}

test('who wrote in the T+1 session only is not assigned yet, and who bought back in it still is', () => {
  const place = dayOf(MONDAY, {
    positions: [holding(CABC, 'OMNI1', HKB_CALL, { held: 10 }), holding(CXYZ, 'HOUSE', HKB_CALL, { written: 10 })],
  });
  place.done(CABC, request);
  const terms = { series: HKB_CALL, quantity: 10, clearingDate: TUESDAY } as const;
  place.match({ ...terms, buyer: side('CXYZ', 'HOUSE'), seller: side('CTHD', 'HOUSE') });
  endDay(place);
  expect(assignedOf(place, HKB_CALL)).toEqual({ 'CXYZ HOUSE': 7 });
  expect(place.positionIn(CXYZ, 'HOUSE', HKB_CALL)).toMatchObject({ held: 7, written: 0 });
  expect(place.positionIn(CTHD, 'HOUSE', HKB_CALL)).toMatchObject({ held: 0, written: 10 });
});

test('what was exercised on one day is not assigned again on the next', () => {
  const place = dayOf(MONDAY, { positions: calls });
  place.done(CABC, request);
  nextDay(place);
  place.clock.now = on(TUESDAY, '10:00');
  place.done(CABC, { ...request, quantity: 2 });
  expect(dealsIn(endDay(place)).reduce((sum, { deal }) => sum + deal.quantity, 0)).toBe(2);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ held: 31, exercised: 2 });
  expect(deliveriesOf(place, CABC).map(({ quantity }) => quantity)).toEqual([7, 2]);
});
