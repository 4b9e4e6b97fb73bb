import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averagePriceOf } from '../../../src/clearing/average-price.ts';
import type { MakeAveragePriceTrade } from '../../../src/clearing/commands/command.ts';
import type { OpenClose, Trade, TradeType } from '../../../src/clearing/deal.ts';
import { DEFAULT_CLEARING_SETTINGS } from '../../../src/clearing/settings.ts';
import { participant } from '../../support/world.ts';
import {
  account,
  at,
  CABC,
  CXYZ,
  FRIDAY,
  HKB_CALL,
  HSIJ9,
  HSIK9,
  inOrderOfPrecedence,
  market,
  MONDAY,
  positionOf,
  side,
  TUESDAY,
  type Market,
} from '../support/market.ts';

const average = (...trades: readonly number[]): MakeAveragePriceTrade => ({ do: 'make-average-price-trade', trades });

interface Bought {
  readonly quantity: number;
  readonly price: number;
  readonly openClose?: OpenClose;
  readonly customerInfo?: string;
}

/** CABC bought these in DAILY: trades 1, 3, 5 … */
function bought(list: readonly Bought[], options: Parameters<typeof market>[0] = {}): Market {
  const place = market(options);
  for (const { quantity, price, ...own } of list) {
    place.match({ quantity, price, buyer: { ...side('CABC', 'DAILY'), ...own } });
  }
  return place;
}

const three = [
  { quantity: 5, price: 29_500 },
  { quantity: 3, price: 29_501 },
  { quantity: 4, price: 29_503 },
];

test('three trades become one at their average price; the APT account is passed through and keeps what rounding left', () => {
  const place = bought(three);
  const members = [1, 3, 5].map((number) => place.tradeNumbered(number));
  place.done(CABC, average(1, 3, 5));

  // 5 at 29,500, 3 at 29,501 and 4 at 29,503 are 354,015: at 29,501 a piece, 3 too little.
  expect(place.book(CABC)?.averagePriceTrades).toEqual(
    new Map([
      [
        13,
        {
          trade: 13,
          participant: CABC,
          series: HSIK9,
          members: [1, 3, 5],
          quantity: 12,
          averagePrice: 29_501,
          valueDifference: 3,
          createdAt: at('10:00'),
          clearingDate: MONDAY,
        },
      ],
    ]),
  );
  for (const member of members) {
    expect(place.tradeNumbered(member.number)).toEqual({
      ...member,
      remainingQuantity: 0,
      state: 'rectified',
      modifiedAt: at('10:00'),
    });
  }
  const [first] = members;
  const made: Partial<Trade> = {
    user: 'BU_CABC101' as never,
    createdAt: at('10:00'),
    modifiedAt: at('10:00'),
  };
  // The first member goes to APT at its own price …
  expect(place.deal(4)).toEqual({
    number: 4,
    reason: 'average-price',
    series: HSIK9,
    quantity: 5,
    price: 29_500,
    original: 1,
    buy: { participant: CABC, trade: 7 },
    sell: { participant: CABC, trade: 8 },
    annulled: false,
  });
  const moved = { ...first, ...made, deal: 4, remainingQuantity: 0, originalTrade: 1 };
  expect([7, 8].map((number) => place.tradeNumbered(number))).toEqual([
    { ...moved, number: 7, sequence: 4, account: 'APT', type: 'overtaking' },
    { ...moved, number: 8, sequence: 5, side: 'sell', type: 'reversing', openClose: 'close' },
  ]);
  // … and all come back in one deal, at the average.
  expect(place.deal(7)).toEqual({
    number: 7,
    reason: 'average-price',
    series: HSIK9,
    quantity: 12,
    price: 29_501,
    original: undefined,
    buy: { participant: CABC, trade: 13 },
    sell: { participant: CABC, trade: 14 },
    annulled: false,
  });
  const back = { ...first, ...made, deal: 7, quantity: 12, price: 29_501, asOfAt: at('10:00') };
  expect([13, 14].map((number) => place.tradeNumbered(number))).toEqual([
    { ...back, number: 13, sequence: 10, remainingQuantity: 12, type: 'average-price' },
    {
      ...back,
      number: 14,
      sequence: 11,
      account: 'APT',
      side: 'sell',
      remainingQuantity: 0,
      type: 'reversing',
      openClose: 'close',
    },
  ]);
  expect(['DAILY', 'APT'].map((id) => place.positionIn(CABC, id))).toEqual([
    positionOf(CABC, 'DAILY', HSIK9, { held: 12, modifiedAt: at('10:00') }),
    positionOf(CABC, 'APT', HSIK9, { modifiedAt: at('10:00') }),
  ]);
});

test('sold trades are averaged the other way round', () => {
  const place = market();
  for (const { quantity, price } of three) {
    place.match({ quantity, price, seller: side('CABC', 'DAILY'), buyer: side('CXYZ', 'HOUSE') });
  }
  place.done(CABC, average(2, 4, 6));
  expect(place.tradeNumbered(14)).toMatchObject({
    side: 'sell',
    type: 'average-price',
    account: 'DAILY',
    price: 29_501,
  });
  expect(place.tradeNumbered(13)).toMatchObject({ side: 'buy', type: 'reversing', account: 'APT' });
  expect(place.positionIn(CABC, 'DAILY')).toMatchObject({ held: 0, written: 12 });
  expect(place.positionIn(CABC, 'APT')).toMatchObject({ held: 0, written: 0 });
});

test('what remains of a trade is averaged', () => {
  const place = bought(three);
  const part = { account: account('OMNI1'), quantity: 3, openClose: 'default', customerInfo: '' } as const;
  place.done(CABC, { do: 'rectify-trade', trade: 1, parts: [part] });
  place.done(CABC, average(1, 5));
  expect([...(place.book(CABC)?.averagePriceTrades.values() ?? [])]).toMatchObject([
    // 2 at 29,500 and 4 at 29,503.
    { members: [1, 5], quantity: 6, averagePrice: 29_502, valueDifference: 0 },
  ]);
  expect(place.tradeNumbered(1)).toMatchObject({ remainingQuantity: 0, state: 'rectified' });
});

test('the average price trade is allocated by a rectification, and is not averaged again', () => {
  const place = bought(three);
  place.done(CABC, average(1, 3));
  const [made] = place.book(CABC)?.averagePriceTrades.keys() ?? [];
  if (made === undefined) throw new Error();
  expect(place.do(CABC, average(5, made))).toEqual({
    ok: false,
    rejection: {
      code: 'trade-type-not-allowed',
      trade: made,
      type: 'average-price',
      allowed: ['standard', 'transitory', 'overtaking', 'take-up'],
    },
  });
  const parts = [
    { account: account('OMNI1'), quantity: 6, openClose: 'default', customerInfo: 'A' },
    { account: account('OMNI2'), quantity: 2, openClose: 'default', customerInfo: 'B' },
  ] as const;
  place.done(CABC, { do: 'rectify-trade', trade: made, parts });
  expect(place.tradeNumbered(made)).toMatchObject({ remainingQuantity: 0, state: 'rectified' });
  expect(
    place.allTrades().filter(({ originalTrade, type }) => originalTrade === made && type === 'overtaking'),
  ).toMatchObject([
    { account: 'OMNI1', quantity: 6, price: 29_500 },
    { account: 'OMNI2', quantity: 2, price: 29_500 },
  ]);
  expect(place.positionIn(CABC, 'DAILY')).toMatchObject({ held: 4, written: 0 });
});

test('the intermediate trades in the APT account are history: neither re-booked, nor averaged, nor given up', () => {
  const place = bought(three);
  place.done(CABC, average(1, 3));
  expect(place.tradeNumbered(7)).toMatchObject({ account: 'APT', type: 'overtaking', remainingQuantity: 0 });
  const part = { account: account('OMNI1'), quantity: 1, openClose: 'default', customerInfo: '' } as const;
  expect(place.do(CABC, { do: 'rectify-trade', trade: 7, parts: [part] })).toMatchObject({
    rejection: { code: 'account-type-not-allowed', account: 'APT', type: 'apt' },
  });
  expect(place.do(CABC, average(7, 9))).toMatchObject({
    rejection: { code: 'account-type-not-allowed', account: 'APT', type: 'apt', allowed: ['daily'] },
  });
  const giveUp = { do: 'request-give-up', trade: 7, to: CXYZ, quantity: 1, commission: 0, text: '' } as const;
  expect(place.do(CABC, giveUp)).toMatchObject({ ok: false });
});

test('it opens or closes and carries the note of its members where they agree', () => {
  const positions = [{ participant: CABC, account: account('DAILY'), series: HSIK9, held: 0, written: 9 }];
  const make = (...own: readonly Partial<Bought>[]): Trade => {
    const place = bought(
      own.map((each) => ({ quantity: 3, price: 29_500, ...each })),
      { positions },
    );
    const before = place.positionIn(CABC, 'DAILY');
    place.done(CABC, average(1, 3));
    const [made = 0] = place.book(CABC)?.averagePriceTrades.keys() ?? [];
    const trade = place.tradeNumbered(made);
    if (trade.openClose !== 'default') {
      expect(place.positionIn(CABC, 'DAILY')).toEqual({ ...before, modifiedAt: at('10:00') });
    }
    return trade;
  };
  const same = { openClose: 'close', customerInfo: 'A' } as const;
  expect(make(same, same)).toMatchObject(same);
  expect(make(same, { ...same, customerInfo: 'B' })).toMatchObject({ ...same, customerInfo: '' });
  expect(make(same, { openClose: 'open', customerInfo: 'A' })).toMatchObject({
    openClose: 'default',
    customerInfo: 'A',
  });
});

test('trades of the T+1 session are averaged for the next business date', () => {
  const place = market();
  for (const price of [29_500, 29_502]) {
    place.match({ quantity: 1, price, clearingDate: TUESDAY, buyer: side('CABC', 'DAILY') });
  }
  place.done(CABC, average(1, 3));
  expect([...(place.book(CABC)?.averagePriceTrades.values() ?? [])]).toMatchObject([
    { clearingDate: TUESDAY, averagePrice: 29_501, valueDifference: 0 },
  ]);
});

test('a setting lets other accounts have their trades averaged', () => {
  const settings = { ...DEFAULT_CLEARING_SETTINGS, averagePriceAccounts: ['daily', 'house'] } as const;
  const place = market({ settings });
  for (const price of [29_500, 29_502]) place.match({ quantity: 1, price });
  place.done(CABC, average(1, 3));
  expect(place.positionIn(CABC, 'HOUSE')).toMatchObject({ held: 2 });
});

test('1000 trades are taken', () => {
  const place = bought(Array.from({ length: 1_000 }, (_, i) => ({ quantity: 1, price: 29_000 + (i % 2) })));
  place.done(CABC, average(...Array.from({ length: 1_000 }, (_, i) => 2 * i + 1)));
  expect([...(place.book(CABC)?.averagePriceTrades.values() ?? [])]).toMatchObject([
    { quantity: 1_000, averagePrice: 29_001, valueDifference: -500 },
  ]);
});

for (const [rounding, prices, expected] of [
  ['nearest', [10, 10, 11], { averagePrice: 10, valueDifference: 1 }],
  ['nearest', [10, 11], { averagePrice: 11, valueDifference: -1 }],
  ['up', [10, 10, 11], { averagePrice: 11, valueDifference: -2 }],
  ['up', [10, 10], { averagePrice: 10, valueDifference: 0 }],
  ['down', [10, 11, 11], { averagePrice: 10, valueDifference: 2 }],
  // A spread's price may be below zero.
  ['nearest', [-10, -11], { averagePrice: -10, valueDifference: -1 }],
  ['up', [-10, -11], { averagePrice: -10, valueDifference: -1 }],
  ['down', [-10, -11], { averagePrice: -11, valueDifference: 1 }],
] as const) {
  test(`the average of ${prices.join(', ')} rounded ${rounding} is ${expected.averagePrice}`, () => {
    const members = prices.map((price) => ({ price, quantity: 1 }));
    expect(averagePriceOf(members, rounding)).toEqual({ quantity: prices.length, ...expected });
  });
}

// Goal: no unit of value is lost, however large the trades: price times quantity passes what a number holds exactly.
test('average price times quantity and the difference are the value of the members, and the difference is small', () => {
  const member = fc.record({
    price: fc.integer({ min: -2_147_483_647, max: 2_147_483_647 }),
    quantity: fc.integer({ min: 1, max: 1_000_000_000_000 }),
  });
  const members = fc.array(member, { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(members, fc.constantFrom('nearest' as const, 'up' as const, 'down' as const), (list, rounding) => {
      const { quantity, averagePrice, valueDifference } = averagePriceOf(list, rounding);
      const value = list.reduce((sum, each) => sum + BigInt(each.price) * BigInt(each.quantity), 0n);
      expect(BigInt(averagePrice) * BigInt(quantity) + BigInt(valueDifference)).toBe(value);
      expect(Math.abs(valueDifference)).toBeLessThanOrEqual(rounding === 'nearest' ? quantity / 2 : quantity - 1);
      if (rounding === 'up') expect(valueDifference).toBeLessThanOrEqual(0);
      if (rounding === 'down') expect(valueDifference).toBeGreaterThanOrEqual(0);
    }),
  );
});

const allowed: readonly TradeType[] = ['standard', 'transitory', 'overtaking', 'take-up'];

interface Case {
  readonly time: string;
  readonly command: MakeAveragePriceTrade;
  /** Changes of both trades, and of the second one, which is trade 3. */
  readonly both: Partial<Trade>;
  readonly second: Partial<Trade>;
  readonly ended?: true;
  readonly from?: { readonly state?: 'inactive'; readonly access?: 'read-only' };
  readonly apt?: 'none' | 'inactive';
  readonly drained?: true;
}

const withSecond = (of: Case, change: Partial<Trade>): Case => ({ ...of, second: { ...of.second, ...change } });

inOrderOfPrecedence<Case>(
  'an average price trade',
  { time: '10:00', command: average(1, 3), both: {}, second: {} },
  [
    {
      breaks: (of) => ({ ...of, command: average(999) }),
      rejection: { code: 'too-few-trades', trades: 1, tradesMin: 2 },
    },
    {
      breaks: (of) => ({ ...of, command: average(...Array<number>(1_001).fill(999)) }),
      rejection: { code: 'too-many-trades', trades: 1_001, tradesMax: 1_000 },
    },
    {
      breaks: (of) => ({ ...of, command: average(1, 3, 1, 999) }),
      rejection: { code: 'trade-named-twice', trade: 1 },
    },
    {
      breaks: (of) => ({ ...of, command: average(1, 3, 999) }),
      rejection: { code: 'unknown-trade', trade: 999 },
    },
    {
      breaks: (of) => withSecond(of, { state: 'rectified' }),
      rejection: { code: 'trade-not-active', trade: 3, state: 'rectified' },
    },
    {
      breaks: (of) => withSecond(of, { heldBy: 5 }),
      rejection: { code: 'rectification-pending', trade: 3, rectification: 5 },
    },
    {
      breaks: (of) => withSecond(of, { type: 'average-price' }),
      rejection: { code: 'trade-type-not-allowed', trade: 3, type: 'average-price', allowed },
    },
    {
      breaks: (of) => withSecond(of, { heldQuantity: 2 }),
      rejection: { code: 'give-up-pending', trade: 3, held: 2 },
    },
    {
      breaks: (of) => withSecond(of, { clearingDate: FRIDAY }),
      rejection: { code: 'trade-too-old', trade: 3, clearingDate: FRIDAY, businessDate: MONDAY },
    },
    {
      breaks: (of) => withSecond(of, { series: HKB_CALL }),
      rejection: { code: 'trades-differ', trade: 3, field: 'series', found: HKB_CALL, expected: HSIJ9 },
    },
    {
      breaks: (of) => withSecond(of, { side: 'sell' }),
      rejection: { code: 'trades-differ', trade: 3, field: 'side', found: 'sell', expected: 'buy' },
    },
    {
      breaks: (of) => withSecond(of, { account: account('OMNI1') }),
      rejection: { code: 'trades-differ', trade: 3, field: 'account', found: 'OMNI1', expected: 'HOUSE' },
    },
    {
      breaks: (of) => withSecond(of, { clearingDate: TUESDAY }),
      rejection: { code: 'trades-differ', trade: 3, field: 'clearing date', found: TUESDAY, expected: MONDAY },
    },
    {
      breaks: (of) => ({ ...of, both: { ...of.both, series: HSIJ9 } }),
      rejection: { code: 'series-expired', series: HSIJ9, lastTradingDay: '2019-04-29' as never },
    },
    {
      breaks: (of) => ({ ...of, time: '+1d 18:45' }),
      rejection: { code: 'after-input-cutoff', clearingDate: MONDAY, session: 'T', cutoff: at('+1d 18:45') },
    },
    { breaks: (of) => ({ ...of, ended: true }), rejection: { code: 'day-ended', businessDate: MONDAY } },
    {
      breaks: (of) => ({ ...of, from: { ...of.from, state: 'inactive' } }),
      rejection: { code: 'account-not-active', account: 'HOUSE', state: 'inactive' },
    },
    {
      breaks: (of) => ({ ...of, from: { ...of.from, access: 'read-only' } }),
      rejection: { code: 'no-account-access', account: 'HOUSE', access: 'read-only', needed: 'write' },
    },
    {
      breaks: (of) => ({ ...of, both: { ...of.both, account: account('HOUSE') } }),
      rejection: { code: 'account-type-not-allowed', account: 'HOUSE', type: 'house', allowed: ['daily'] },
    },
    {
      breaks: (of) => ({ ...of, apt: 'none' }),
      rejection: { code: 'no-average-price-account', participant: CABC },
    },
    {
      breaks: (of) => ({ ...of, apt: 'inactive' }),
      rejection: { code: 'account-not-active', account: 'APT', state: 'inactive' },
    },
    {
      breaks: (of) => ({ ...of, drained: true }),
      rejection: {
        code: 'not-enough-position',
        account: 'DAILY',
        series: HSIK9,
        side: 'held',
        available: 2,
        asked: 3,
      },
    },
  ],
  ({ time, command, both, second, ended, from, apt, drained }) => {
    const own = ['HOUSE', 'OMNI1', 'DAILY', ...(apt === 'none' ? [] : ['APT'])];
    const types = { HOUSE: 'house', OMNI1: 'omnibus-client', DAILY: 'daily', APT: 'apt' } as const;
    const accounts = own.map((id) => ({ id: account(id), type: types[id as keyof typeof types] }));
    const place = market({ participants: [participant('CABC', { accounts }), participant('CXYZ')] }, time);
    place.match({ quantity: 5, buyer: side('CABC', 'DAILY') });
    place.match({ quantity: 3, buyer: side('CABC', 'DAILY') });
    place.happens(
      { type: 'trade-changed', trade: { ...place.tradeNumbered(1), ...both } },
      { type: 'trade-changed', trade: { ...place.tradeNumbered(3), ...both, ...second } },
    );
    for (const id of ['DAILY', 'HOUSE']) {
      place.changeAccount(CABC, account(id), { state: from?.state, access: from?.access });
    }
    if (apt === 'inactive') place.changeAccount(CABC, account('APT'), { state: 'inactive', access: undefined });
    if (drained) {
      place.happens({
        type: 'position-adjusted',
        participant: CABC,
        account: account('DAILY'),
        series: HSIK9,
        reason: 'exercise',
        change: { held: -1 },
        at: at(time),
      });
    }
    if (ended) place.happens({ type: 'day-ended', businessDate: MONDAY, at: at(time) });
    return { place, code: CABC, command };
  },
);
