import { expect, test } from 'vitest';
import type { AccountAccess, AccountState } from '../../../src/clearing/account.ts';
import type { RequestGiveUp } from '../../../src/clearing/commands/command.ts';
import type { Trade, TradeType } from '../../../src/clearing/deal.ts';
import { DEFAULT_CLEARING_SETTINGS } from '../../../src/clearing/settings.ts';
import {
  account,
  at,
  CABC,
  CFUT,
  CTHD,
  CXYZ,
  FRIDAY,
  HKB_CALL,
  HSIJ9,
  HSIK9,
  inOrderOfPrecedence,
  market,
  marketWithDeal,
  MONDAY,
  side,
  TUESDAY,
} from '../support/market.ts';

const request: RequestGiveUp = {
  do: 'request-give-up',
  trade: 1,
  to: CTHD,
  takerAccount: account('THEIRS'),
  quantity: 7,
  commission: 25,
  text: 'AS AGREED',
};

test('giving up 7 of 10 holds 7 of them until the taker answers, and moves no position', () => {
  const place = marketWithDeal();
  const before = place.tradeNumbered(1);
  const positions = place.allPositions();
  place.done(CABC, request);
  expect(place.giveUpNumbered(1)).toEqual({
    number: 1,
    giver: 'CABC',
    taker: 'CTHD',
    trade: 1,
    account: 'HOUSE',
    // Not an account of CTHD: the giver is not told.
    takerAccount: 'THEIRS',
    series: 'HSIK9',
    side: 'buy',
    price: 29_500,
    quantity: 7,
    commission: 25,
    text: 'AS AGREED',
    state: 'holding',
    parts: [],
    requestedBy: 'BU_CABC101',
    decidedBy: undefined,
    createdAt: at('10:00'),
    modifiedAt: at('10:00'),
    clearingDate: MONDAY,
  });
  expect(place.tradeNumbered(1)).toEqual({
    ...before,
    remainingQuantity: 10,
    heldQuantity: 7,
    giveUpState: 'holding',
    modifiedAt: at('10:00'),
  });
  expect(place.allPositions()).toEqual(positions);
  expect(place.book(CABC)?.giveUps).toEqual([1]);
  expect(place.book(CTHD)?.giveUps).toEqual([1]);
  expect(place.book(CXYZ)?.giveUps).toEqual([]);
});

test('a trade can be given up to several participants, as far as it goes', () => {
  const place = marketWithDeal();
  place.done(CABC, request);
  place.done(CABC, { ...request, to: CFUT, quantity: 3 });
  expect(place.tradeNumbered(1)).toMatchObject({ remainingQuantity: 10, heldQuantity: 10, giveUpState: 'holding' });
  expect(place.giveUpNumbered(2)).toMatchObject({ taker: 'CFUT', quantity: 3 });
});

test('a trade whose contracts were netted down meanwhile cannot be given up with them', () => {
  const place = market();
  place.match({ buyer: side('CABC', 'OMNI1') });
  place.match({ buyer: side('CXYZ', 'HOUSE'), seller: side('CABC', 'OMNI1') });
  place.done(CABC, {
    do: 'net-down-position',
    items: [{ account: account('OMNI1'), series: HSIK9, quantity: 4 }],
  });
  expect(place.do(CABC, request)).toEqual({
    ok: false,
    rejection: { code: 'not-enough-position', account: 'OMNI1', series: HSIK9, side: 'held', available: 6, asked: 7 },
  });
  expect(place.do(CABC, { ...request, quantity: 6 })).toMatchObject({ ok: true });
});

test('a trade of the T+1 session is given up for the next business date', () => {
  const place = marketWithDeal({ clearingDate: TUESDAY });
  place.done(CABC, request);
  expect(place.giveUpNumbered(1).clearingDate).toBe(TUESDAY);
});

test('a trade of an earlier clearing date can be given up where the setting allows it, for the current date', () => {
  const settings = { ...DEFAULT_CLEARING_SETTINGS, giveUpOldTrades: 'allowed' } as const;
  const place = marketWithDeal({ clearingDate: FRIDAY }, { settings });
  place.done(CABC, request);
  expect(place.giveUpNumbered(1).clearingDate).toBe(MONDAY);
});

const allowed: readonly TradeType[] = ['standard', 'transitory', 'overtaking', 'take-up', 'average-price'];
const others: readonly TradeType[] = ['reversing', 'transfer', 'exercise', 'assign', 'closing', 'give-up'];
for (const type of [...allowed, ...others]) {
  test(`a trade of type ${type} may ${allowed.includes(type) ? '' : 'not '}be given up`, () => {
    const place = marketWithDeal();
    place.happens({ type: 'trade-changed', trade: { ...place.tradeNumbered(1), type } });
    expect(place.do(CABC, request)).toMatchObject(
      allowed.includes(type)
        ? { ok: true }
        : { ok: false, rejection: { code: 'trade-type-not-allowed', trade: 1, type, allowed } },
    );
  });
}

test('the other participant’s trade of the same deal is unknown', () => {
  expect(marketWithDeal().do(CABC, { ...request, trade: 2 })).toEqual({
    ok: false,
    rejection: { code: 'unknown-trade', trade: 2 },
  });
});

interface Case {
  readonly time: string;
  readonly command: RequestGiveUp;
  readonly trade: Partial<Trade>;
  readonly ended?: true;
  readonly accountState?: AccountState;
  readonly access?: AccountAccess;
  /** Contracts of the trade that are not in its account any more. */
  readonly netted?: number;
}

inOrderOfPrecedence<Case>(
  'a give-up request',
  { time: '10:00', command: request, trade: {} },
  [
    {
      breaks: (of) => ({ ...of, command: { ...of.command, trade: 999 } }),
      rejection: { code: 'unknown-trade', trade: 999 },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, to: 'CNON' as never } }),
      rejection: { code: 'unknown-participant', participant: 'CNON' },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, to: CABC } }),
      rejection: { code: 'give-up-to-oneself', participant: CABC },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, to: CFUT }, trade: { ...of.trade, series: HKB_CALL } }),
      rejection: { code: 'not-in-clearing-house', participant: CFUT, clearingHouse: 'SEOCH', series: HKB_CALL },
    },
    {
      breaks: (of) => ({ ...of, trade: { ...of.trade, state: 'rectified' } }),
      rejection: { code: 'trade-not-active', trade: 1, state: 'rectified' },
    },
    {
      breaks: (of) => ({ ...of, trade: { ...of.trade, heldBy: 5 } }),
      rejection: { code: 'rectification-pending', trade: 1, rectification: 5 },
    },
    {
      breaks: (of) => ({ ...of, trade: { ...of.trade, type: 'reversing' } }),
      rejection: { code: 'trade-type-not-allowed', trade: 1, type: 'reversing', allowed },
    },
    {
      breaks: (of) => ({ ...of, trade: { ...of.trade, clearingDate: FRIDAY } }),
      rejection: { code: 'trade-too-old', trade: 1, clearingDate: FRIDAY, businessDate: MONDAY },
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
      breaks: (of) => ({ ...of, command: { ...of.command, quantity: 0 } }),
      rejection: { code: 'quantity-not-positive', quantity: 0 },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, commission: -1 } }),
      rejection: { code: 'commission-not-allowed', commission: -1, commissionMax: 2_147_483_647 },
    },
    {
      breaks: (of) => ({ ...of, accountState: 'inactive' }),
      rejection: { code: 'account-not-active', account: 'OMNI1', state: 'inactive' },
    },
    {
      breaks: (of) => ({ ...of, access: 'read-only' }),
      rejection: { code: 'no-account-access', account: 'OMNI1', access: 'read-only', needed: 'write' },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, text: 'x'.repeat(31) } }),
      rejection: {
        code: 'text-not-allowed',
        field: 'give-up text',
        problem: 'too-long',
        length: 31,
        lengthMax: 30,
      },
    },
    {
      breaks: (of) => ({
        ...of,
        command: { ...of.command, quantity: 5 },
        trade: { ...of.trade, remainingQuantity: 8, heldQuantity: 4 },
      }),
      rejection: { code: 'not-enough-remaining', trade: 1, remaining: 8, held: 4, asked: 5 },
    },
    {
      breaks: (of) => ({ ...of, netted: 4 }),
      rejection: { code: 'not-enough-position', account: 'OMNI1', series: HSIK9, side: 'held', available: 6, asked: 7 },
    },
  ],
  ({ time, command, trade, ended, accountState = 'active', access = 'full', netted = 0 }) => {
    const place = market({}, time);
    place.match({ buyer: side('CABC', 'OMNI1') });
    const position = { participant: CABC, account: account('OMNI1'), series: HSIK9 };
    place.happens(
      { type: 'position-adjusted', ...position, reason: 'net-down', change: { held: -netted }, at: at(time) },
      { type: 'trade-changed', trade: { ...place.tradeNumbered(1), ...trade } },
      {
        type: 'account-changed',
        participant: CABC,
        account: account('OMNI1'),
        state: accountState,
        access,
      },
    );
    if (ended) place.happens({ type: 'day-ended', businessDate: MONDAY, at: at(time) });
    return { place, code: CABC, command };
  },
);

for (const commission of [0, 2_147_483_647]) {
  test(`a commission of ${commission} is taken`, () => {
    const place = marketWithDeal();
    place.done(CABC, { ...request, commission });
    expect(place.giveUpNumbered(1).commission).toBe(commission);
  });
}
for (const commission of [2_147_483_648, 0.5, Number.NaN]) {
  test(`a commission of ${commission} is refused`, () => {
    expect(marketWithDeal().do(CABC, { ...request, commission })).toEqual({
      ok: false,
      rejection: { code: 'commission-not-allowed', commission, commissionMax: 2_147_483_647 },
    });
  });
}

test('the series of the trade is alive on its expiry date', () => {
  const place = market({ businessDate: '2019-05-30' as never }, '+25d 10:00');
  place.match({ clearingDate: '2019-05-30' as never });
  expect(place.series(HSIK9)?.expiryDate).toBe('2019-05-30');
  expect(place.do(CABC, request)).toMatchObject({ ok: true });
});
