import { expect, test } from 'vitest';
import type { RectifyTrade } from '../../../src/clearing/commands/command.ts';
import type { Trade, TradeType } from '../../../src/clearing/deal.ts';
import type { TradePart } from '../../../src/clearing/give-up.ts';
import { DEFAULT_CLEARING_SETTINGS } from '../../../src/clearing/settings.ts';
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
  marketWithDeal,
  MONDAY,
  positionOf,
  side,
  TUESDAY,
  type Market,
} from '../support/market.ts';

const part = (id: string, quantity: number, rest: Partial<TradePart> = {}): TradePart => ({
  account: account(id),
  quantity,
  openClose: 'default',
  customerInfo: '',
  ...rest,
});
const rectify = (...parts: readonly TradePart[]): RectifyTrade => ({ do: 'rectify-trade', trade: 1, parts });
const inOmni1 = { buyer: side('CABC', 'OMNI1') };

/** Held and written of an account of CABC. */
function holding(place: Market, id: string): readonly [held: number, written: number] {
  const { held, written } = place.positionIn(CABC, id) ?? { held: 0, written: 0 };
  return [held, written];
}

test('re-booking 7 of 10 makes a new deal of 7 and 7: one trade reverses, one overtakes, and 3 remain', () => {
  const place = marketWithDeal();
  const original = place.tradeNumbered(1);
  place.done(CABC, rectify(part('OMNI1', 7, { openClose: 'open', customerInfo: 'CLIENT 7' })));

  expect(place.deal(2)).toEqual({
    number: 2,
    reason: 'rectification',
    series: HSIK9,
    quantity: 7,
    price: 29_500,
    original: 1,
    buy: { participant: CABC, trade: 3 },
    sell: { participant: CABC, trade: 4 },
    annulled: false,
  });
  expect(place.tradeNumbered(1)).toEqual({ ...original, remainingQuantity: 3, modifiedAt: at('10:00') });
  const both: Partial<Trade> = {
    deal: 2,
    quantity: 7,
    originalTrade: 1,
    user: 'BU_CABC101' as never,
    createdAt: at('10:00'),
    modifiedAt: at('10:00'),
  };
  const overtaking: Trade = {
    ...original,
    ...both,
    number: 3,
    sequence: 2,
    account: account('OMNI1'),
    side: 'buy',
    remainingQuantity: 7,
    type: 'overtaking',
    openClose: 'open',
    customerInfo: 'CLIENT 7',
  };
  const reversing: Trade = {
    ...original,
    ...both,
    number: 4,
    sequence: 3,
    side: 'sell',
    remainingQuantity: 0,
    type: 'reversing',
    openClose: 'close',
  };
  expect(place.tradeNumbered(3)).toEqual(overtaking);
  expect(place.tradeNumbered(4)).toEqual(reversing);
  expect(place.book(CABC)?.rectifications.get(1)).toEqual({
    number: 1,
    participant: CABC,
    trade: 1,
    series: HSIK9,
    parts: [part('OMNI1', 7, { openClose: 'open', customerInfo: 'CLIENT 7' })],
    state: 'confirmed',
    requestedBy: 'BU_CABC101',
    decidedBy: undefined,
    createdAt: at('10:00'),
    modifiedAt: at('10:00'),
    clearingDate: MONDAY,
  });
  expect(place.positionIn(CABC, 'HOUSE')).toEqual(
    positionOf(CABC, 'HOUSE', HSIK9, { held: 3, modifiedAt: at('10:00') }),
  );
  expect(place.positionIn(CABC, 'OMNI1')).toEqual(
    positionOf(CABC, 'OMNI1', HSIK9, { held: 7, modifiedAt: at('10:00') }),
  );
  // The other side of the match is not touched.
  expect(place.book(CXYZ)?.trades.all()).toMatchObject([{ number: 2, remainingQuantity: 10, state: 'active' }]);
});

test('with nothing remaining the trade is rectified; what overtook it can be re-booked again', () => {
  const place = marketWithDeal();
  place.done(CABC, rectify(part('OMNI1', 4), part('CLIENT1', 6)));
  expect(place.tradeNumbered(1)).toMatchObject({ remainingQuantity: 0, state: 'rectified' });
  place.done(CABC, { ...rectify(part('OMNI2', 4)), trade: 3 });
  expect(['HOUSE', 'OMNI1', 'CLIENT1', 'OMNI2'].map((id) => holding(place, id))).toEqual([
    [0, 0],
    [0, 0],
    [6, 0],
    [4, 0],
  ]);
  expect(place.tradeNumbered(7)).toMatchObject({ type: 'overtaking', originalTrade: 3, account: 'OMNI2' });
});

test('no more can be re-booked than what remains', () => {
  const place = marketWithDeal();
  place.done(CABC, rectify(part('OMNI1', 7)));
  expect(place.do(CABC, rectify(part('OMNI1', 2), part('OMNI2', 2)))).toEqual({
    ok: false,
    rejection: { code: 'parts-do-not-add-up', sum: 4, expected: 3, lessAllowed: true },
  });
  // All that remains, as it is.
  expect(place.do(CABC, rectify(part('HOUSE', 3)))).toEqual({
    ok: false,
    rejection: { code: 'rectification-changes-nothing', trade: 1 },
  });
  // A split.
  place.done(CABC, rectify(part('HOUSE', 2)));
  expect(place.tradeNumbered(1).remainingQuantity).toBe(1);
});

test('the seller’s trade is bought back and sold where it goes', () => {
  const place = marketWithDeal({ seller: side('CABC', 'HOUSE'), buyer: side('CXYZ', 'HOUSE') });
  place.done(CABC, { ...rectify(part('OMNI1', 10)), trade: 2 });
  expect(place.tradeNumbered(3)).toMatchObject({ side: 'buy', type: 'reversing', account: 'HOUSE' });
  expect(place.tradeNumbered(4)).toMatchObject({ side: 'sell', type: 'overtaking', account: 'OMNI1' });
  expect([holding(place, 'HOUSE'), holding(place, 'OMNI1')]).toEqual([
    [0, 0],
    [0, 10],
  ]);
});

test('customer info alone may change, and parts of the same account are a split; denied contracts stay denied', () => {
  const place = marketWithDeal({ ...inOmni1, series: HKB_CALL });
  place.happens({
    type: 'position-adjusted',
    participant: CABC,
    account: account('OMNI1'),
    series: HKB_CALL,
    reason: 'deny-exercise',
    change: { denied: 10 },
    at: at('10:00'),
  });
  place.done(CABC, rectify(part('OMNI1', 10, { customerInfo: 'NEW' })));
  place.done(CABC, { ...rectify(part('OMNI1', 5), part('OMNI1', 5)), trade: 3 });
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ held: 10, written: 0, denied: 10 });
  expect(
    place.allTrades().filter(({ remainingQuantity, side: way }) => way === 'buy' && remainingQuantity > 0),
  ).toMatchObject([{ quantity: 5 }, { quantity: 5 }]);
});

test('a trade that opened can be made one that closed, and the other way round', () => {
  const positions = [{ participant: CABC, account: account('OMNI1'), series: HSIK9, held: 0, written: 10 }];
  const place = marketWithDeal(inOmni1, { positions });
  expect(holding(place, 'OMNI1')).toEqual([10, 10]);
  place.done(CABC, rectify(part('OMNI1', 10, { openClose: 'close' })));
  expect(holding(place, 'OMNI1')).toEqual([0, 0]);
  // The same again: what is bought to close finds what the reversing trade has brought back.
  place.done(CABC, { ...rectify(part('OMNI1', 10, { openClose: 'close', customerInfo: 'A' })), trade: 3 });
  expect(holding(place, 'OMNI1')).toEqual([0, 0]);
  place.done(CABC, { ...rectify(part('OMNI1', 10, { openClose: 'open' })), trade: 5 });
  expect(holding(place, 'OMNI1')).toEqual([10, 10]);
});

test('parts that close share a position: the second one finds what the first has left', () => {
  const positions = [{ participant: CABC, account: account('OMNI2'), series: HSIK9, held: 0, written: 8 }];
  const place = marketWithDeal(inOmni1, { positions });
  const close = { openClose: 'close' } as const;
  expect(place.do(CABC, rectify(part('OMNI2', 5, close), part('OMNI2', 5, close)))).toEqual({
    ok: false,
    rejection: {
      code: 'not-enough-position',
      account: 'OMNI2',
      series: HSIK9,
      side: 'written',
      available: 3,
      asked: 5,
      part: 2,
    },
  });
  place.done(CABC, rectify(part('OMNI2', 5, close), part('OMNI2', 3, close), part('OMNI2', 2)));
  expect(holding(place, 'OMNI2')).toEqual([2, 0]);
});

test('in a net account a close nets whatever is there', () => {
  const place = marketWithDeal();
  place.done(CABC, rectify(part('CLIENT1', 10, { openClose: 'close' })));
  expect(holding(place, 'CLIENT1')).toEqual([10, 0]);
});

test('a trade of the T+1 session is re-booked for the next business date, and the closing positions stay', () => {
  const place = marketWithDeal({ ...inOmni1, clearingDate: TUESDAY });
  place.done(CABC, rectify(part('HOUSE', 10)));
  expect(place.tradeNumbered(3)).toMatchObject({ clearingDate: TUESDAY, sequence: 2 });
  expect([place.closingIn(CABC, 'OMNI1'), place.closingIn(CABC, 'HOUSE')]).toMatchObject([{ held: 0 }, { held: 0 }]);
  expect([holding(place, 'OMNI1'), holding(place, 'HOUSE')]).toEqual([
    [0, 0],
    [10, 0],
  ]);
});

test('what the T+1 session has sold already is not there any more to be re-booked, nor what is bought then today', () => {
  const place = marketWithDeal(inOmni1);
  const close = { openClose: 'close' } as const;
  place.match({
    quantity: 4,
    clearingDate: TUESDAY,
    seller: { ...inOmni1.buyer, ...close },
    buyer: side('CXYZ', 'HOUSE'),
  });
  expect(place.do(CABC, rectify(part('HOUSE', 10)))).toMatchObject({
    rejection: { code: 'not-enough-position', account: 'OMNI1', side: 'held', available: 6, asked: 10 },
  });
  place.match({ quantity: 9, clearingDate: TUESDAY, ...inOmni1 });
  place.match({ quantity: 9, clearingDate: TUESDAY, seller: side('CABC', 'OMNI2'), buyer: side('CXYZ', 'HOUSE') });
  // Written in OMNI2, but only since the T+1 session.
  expect(place.do(CABC, rectify(part('OMNI2', 9, close)))).toMatchObject({
    rejection: { code: 'not-enough-position', account: 'OMNI2', side: 'written', available: 0, asked: 9, part: 1 },
  });
});

test('a rectification of an old trade waits, and so does every one or none where the settings say so', () => {
  for (const [rectificationHeld, clearingDate, waits] of [
    ['old-trades', FRIDAY, true],
    ['old-trades', MONDAY, false],
    ['never', FRIDAY, false],
    ['always', TUESDAY, true],
  ] as const) {
    const settings = { ...DEFAULT_CLEARING_SETTINGS, rectificationHeld };
    const place = marketWithDeal({ clearingDate }, { settings });
    const before = place.tradeNumbered(1);
    const positions = place.allPositions();
    const events = place.done(CABC, rectify(part('OMNI1', 7)));
    expect(events.map(({ type }) => type)).toEqual(
      waits ? ['trade-changed', 'rectification-changed'] : ['deal-made', 'trade-changed', 'rectification-changed'],
    );
    expect(place.book(CABC)?.rectifications.get(1)).toMatchObject({
      state: waits ? 'holding' : 'confirmed',
      clearingDate: clearingDate === TUESDAY ? TUESDAY : MONDAY,
    });
    if (!waits) continue;
    expect(place.tradeNumbered(1)).toEqual({ ...before, heldBy: 1, modifiedAt: at('10:00') });
    expect(place.allPositions()).toEqual(positions);
    expect(place.do(CABC, rectify(part('OMNI1', 1)))).toEqual({
      ok: false,
      rejection: { code: 'rectification-pending', trade: 1, rectification: 1 },
    });
  }
});

const allowed: readonly TradeType[] = ['standard', 'transitory', 'overtaking', 'take-up', 'average-price'];
const others: readonly TradeType[] = ['reversing', 'transfer', 'exercise', 'assign', 'closing', 'give-up'];
for (const type of [...allowed, ...others]) {
  test(`a trade of type ${type} may ${allowed.includes(type) ? '' : 'not '}be re-booked`, () => {
    const place = marketWithDeal();
    place.happens({ type: 'trade-changed', trade: { ...place.tradeNumbered(1), type } });
    expect(place.do(CABC, rectify(part('OMNI1', 10)))).toMatchObject(
      allowed.includes(type)
        ? { ok: true }
        : { ok: false, rejection: { code: 'trade-type-not-allowed', trade: 1, type, allowed } },
    );
  });
}

const into = ['house', 'market-maker', 'omnibus-client', 'individual-client', 'client-offset-claim', 'daily'] as const;
for (const [id, type] of [
  ['SINK', 'sink'],
  ['APT', 'apt'],
  ['TRANSIT', 'transitory'],
] as const) {
  test(`a trade cannot be re-booked into an account of type ${type}`, () => {
    expect(marketWithDeal().do(CABC, rectify(part('OMNI1', 1), part(id, 9)))).toEqual({
      ok: false,
      rejection: { code: 'account-type-not-allowed', account: id, type, allowed: into, part: 2 },
    });
  });
}

test('100 parts are taken', () => {
  const place = marketWithDeal({ quantity: 100 });
  place.done(CABC, rectify(...Array.from({ length: 100 }, () => part('OMNI1', 1))));
  expect(holding(place, 'OMNI1')).toEqual([100, 0]);
  expect(place.book(CABC)?.trades.size).toBe(201);
});

test('the other participant’s trade of the same deal is unknown', () => {
  expect(marketWithDeal().do(CABC, { ...rectify(part('OMNI1', 1)), trade: 2 })).toEqual({
    ok: false,
    rejection: { code: 'unknown-trade', trade: 2 },
  });
});

interface Case {
  readonly time: string;
  readonly command: RectifyTrade;
  readonly trade: Partial<Trade>;
  readonly ended?: true;
  /** Of the account of the trade, and of the one it goes to. */
  readonly from?: { readonly state?: 'inactive'; readonly access?: 'read-only' };
  readonly to?: { readonly state?: 'inactive'; readonly access?: 'read-only' };
  readonly drained?: true;
}

const withPart = (of: Case, change: Partial<TradePart>): Case => ({
  ...of,
  command: { ...of.command, parts: of.command.parts.map((each) => ({ ...each, ...change })) },
});

inOrderOfPrecedence<Case>(
  'a rectification',
  { time: '10:00', command: rectify(part('HOUSE', 10)), trade: {} },
  [
    {
      breaks: (of) => ({ ...of, command: { ...of.command, trade: 999 } }),
      rejection: { code: 'unknown-trade', trade: 999 },
    },
    {
      breaks: (of) => ({ ...of, trade: { ...of.trade, state: 'annulled' } }),
      rejection: { code: 'trade-not-active', trade: 1, state: 'annulled' },
    },
    {
      breaks: (of) => ({ ...of, trade: { ...of.trade, heldBy: 5 } }),
      rejection: { code: 'rectification-pending', trade: 1, rectification: 5 },
    },
    {
      breaks: (of) => ({ ...of, trade: { ...of.trade, type: 'give-up' } }),
      rejection: { code: 'trade-type-not-allowed', trade: 1, type: 'give-up', allowed },
    },
    {
      breaks: (of) => ({ ...of, trade: { ...of.trade, heldQuantity: 1 } }),
      rejection: { code: 'give-up-pending', trade: 1, held: 1 },
    },
    {
      breaks: (of) => ({ ...of, trade: { ...of.trade, series: HSIJ9 } }),
      rejection: { code: 'series-expired', series: HSIJ9, lastTradingDay: '2019-04-29' as never },
    },
    {
      breaks: (of) => ({ ...of, time: '+1d 18:45' }),
      rejection: { code: 'after-input-cutoff', clearingDate: MONDAY, session: 'T', cutoff: at('+1d 18:45') },
    },
    { breaks: (of) => ({ ...of, ended: true }), rejection: { code: 'day-ended', businessDate: MONDAY } },
    {
      breaks: (of) => ({ ...of, from: { ...of.from, state: 'inactive' } }),
      rejection: { code: 'account-not-active', account: 'APT', state: 'inactive' },
    },
    {
      breaks: (of) => ({ ...of, from: { ...of.from, access: 'read-only' } }),
      rejection: { code: 'no-account-access', account: 'APT', access: 'read-only', needed: 'write' },
    },
    {
      breaks: (of) => ({ ...of, trade: { ...of.trade, account: account('APT') } }),
      rejection: {
        code: 'account-type-not-allowed',
        account: 'APT',
        type: 'apt',
        allowed: [...into, 'sink', 'transitory'],
      },
    },
    { breaks: (of) => ({ ...of, command: { ...of.command, parts: [] } }), rejection: { code: 'no-parts' } },
    {
      breaks: (of) => {
        const [first = part('HOUSE', 10)] = of.command.parts;
        return { ...of, command: { ...of.command, parts: Array.from({ length: 101 }, () => first) } };
      },
      rejection: { code: 'too-many-parts', parts: 101, partsMax: 100 },
    },
    {
      breaks: (of) => withPart(of, { quantity: 0.5 }),
      rejection: { code: 'quantity-not-positive', quantity: 0.5, part: 1 },
    },
    {
      breaks: (of) => withPart(of, { account: account('NOPE') }),
      rejection: { code: 'unknown-account', account: 'NOPE', part: 1 },
    },
    {
      breaks: (of) => ({ ...of, to: { ...of.to, state: 'inactive' } }),
      rejection: { code: 'account-not-active', account: 'SINK', state: 'inactive', part: 1 },
    },
    {
      breaks: (of) => ({ ...of, to: { ...of.to, access: 'read-only' } }),
      rejection: { code: 'no-account-access', account: 'SINK', access: 'read-only', needed: 'write', part: 1 },
    },
    {
      breaks: (of) => withPart(of, { account: account('SINK') }),
      rejection: { code: 'account-type-not-allowed', account: 'SINK', type: 'sink', allowed: into, part: 1 },
    },
    {
      breaks: (of) => withPart(of, { customerInfo: 'x'.repeat(16) }),
      rejection: {
        code: 'text-not-allowed',
        field: 'customer info',
        problem: 'too-long',
        length: 16,
        lengthMax: 15,
        part: 1,
      },
    },
    {
      breaks: (of) => withPart(of, { quantity: 11 }),
      rejection: { code: 'parts-do-not-add-up', sum: 11, expected: 10, lessAllowed: true },
    },
    {
      breaks: (of) => withPart(of, part('OMNI1', 10)),
      rejection: { code: 'rectification-changes-nothing', trade: 1 },
    },
    {
      breaks: (of) => ({ ...of, drained: true }),
      rejection: {
        code: 'not-enough-position',
        account: 'OMNI1',
        series: HSIK9,
        side: 'held',
        available: 4,
        asked: 10,
      },
    },
  ],
  ({ time, command, trade, ended, from, to, drained }) => {
    const place = market({}, time);
    place.match(inOmni1);
    place.happens({ type: 'trade-changed', trade: { ...place.tradeNumbered(1), ...trade } });
    for (const [accounts, change] of [
      [['OMNI1', 'APT'], from],
      [['HOUSE', 'SINK'], to],
    ] as const) {
      for (const id of change ? accounts : []) {
        place.changeAccount(CABC, account(id), { state: change?.state, access: change?.access });
      }
    }
    if (drained) {
      place.happens({
        type: 'position-adjusted',
        participant: CABC,
        account: account('OMNI1'),
        series: HSIK9,
        reason: 'exercise',
        change: { held: -6 },
        at: at(time),
      });
    }
    if (ended) place.happens({ type: 'day-ended', businessDate: MONDAY, at: at(time) });
    return { place, code: CABC, command };
  },
);

test('a trade of the T+1 session can be re-booked until 01:45, and again from 07:30', () => {
  const refusedAt = (time: string): unknown => {
    const place = market({}, time);
    place.match({ clearingDate: TUESDAY });
    const outcome = place.do(CABC, rectify(part('OMNI1', 10)));
    return outcome.ok ? undefined : outcome.rejection;
  };
  expect(['+1d 20:00', '+2d 01:44', '+2d 07:30', '+2d 18:44'].map(refusedAt)).toEqual(Array(4).fill(undefined));
  expect(refusedAt('+2d 01:45')).toEqual({
    code: 'after-input-cutoff',
    clearingDate: TUESDAY,
    session: 'T+1',
    cutoff: at('+2d 01:45'),
  });
});
