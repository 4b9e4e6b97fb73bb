import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACCOUNT_TYPES, type AccountId } from '../../src/clearing/account.ts';
import { bookTrade } from '../../src/clearing/position.ts';
import type { SeriesName } from '../../src/clearing/series.ts';
import { isInRanges, isRange } from '../../src/clearing/address-range.ts';
import { formatScaled, parseScaled } from '../../src/clearing/price.ts';
import { coreAt, deal, loginRequest, participant, side } from '../support/world.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import type { BusinessDate } from '../../src/time/instant.ts';

test('a deal has two trades with their own numbers, one in each book, and moves both positions', () => {
  const { core, events } = coreAt('09:00');
  expect(core.matchDeal(deal({ quantity: 7 }))).toMatchObject({ ok: true });
  const buyer = core.login(loginRequest('BU_CABC101'));
  const seller = core.login(loginRequest('BU_CXYZ101'));
  if (!buyer.ok || !seller.ok) throw new Error();
  expect(events[0]).toMatchObject({
    type: 'deal-matched',
    deal: { number: 1, reason: 'match', buy: { trade: 1 }, sell: { trade: 2 } },
    trades: [
      { number: 1, side: 'buy' },
      { number: 2, side: 'sell' },
    ],
  });
  expect(core.trades(buyer.value.session.id)).toMatchObject({
    ok: true,
    value: [{ number: 1, deal: 1, side: 'buy', quantity: 7, remainingQuantity: 7 }],
  });
  expect(core.positions(seller.value.session.id)).toMatchObject({
    ok: true,
    value: [{ account: 'HOUSE', held: 0, written: 7 }],
  });
});

const expired = { clearingDate: '2019-05-31' as BusinessDate };
const expiredRejection = { code: 'series-expired', series: 'HSIK9', lastTradingDay: '2019-05-30' };
const sink = {
  accounts: [
    { id: 'SINK' as AccountId, type: 'sink' },
    { id: 'HOUSE' as AccountId, type: 'house' },
  ],
} as const;
const withSystemAccounts = participant('CABC', {
  accounts: [
    { id: 'APT' as AccountId, type: 'apt' },
    { id: 'HOUSE' as AccountId, type: 'house' },
  ],
});
const systemAccounts = { buyer: side('CABC', 'APT'), seller: side('CXYZ', 'SINK') };
const allowed = ACCOUNT_TYPES.filter((type) => type !== 'apt' && type !== 'sink');

// In order of precedence: each breaks its own rule and those after it.
const refusedDeals = [
  [
    { series: 'HHIK9' as SeriesName, buyer: side('CQQQ', 'NOPE'), ...expired, quantity: 0, price: 0 },
    { code: 'unknown-series', series: 'HHIK9' },
  ],
  [
    { buyer: side('CQQQ', 'NOPE'), seller: side('CZZZ', 'NOPE'), ...expired, quantity: 0, price: 0 },
    { code: 'unknown-participant', participant: 'CQQQ' },
  ],
  [
    { buyer: side('CABC', 'NOPE'), seller: side('CZZZ', 'NOPE'), ...expired, quantity: 0, price: 0 },
    { code: 'unknown-account', account: 'NOPE' },
  ],
  [{ ...systemAccounts, ...expired, quantity: 0, price: 0 }, expiredRejection],
  [
    { ...systemAccounts, quantity: 0, price: 0 },
    { code: 'account-type-not-allowed', account: 'APT', type: 'apt', allowed },
  ],
  [
    { seller: systemAccounts.seller, quantity: 0, price: 0 },
    { code: 'account-type-not-allowed', account: 'SINK', type: 'sink', allowed },
  ],
  [
    { quantity: 0, price: 0 },
    { code: 'quantity-not-positive', quantity: 0 },
  ],
  // Each alone.
  [{ price: 0 }, { code: 'price-not-positive', price: 0 }],
  [{ price: -1 }, { code: 'price-not-positive', price: -1 }],
  [{ price: 29_500.5 }, { code: 'price-not-positive', price: 29_500.5 }],
  [expired, expiredRejection],
  [{ series: 'HHIK9' as SeriesName }, { code: 'unknown-series', series: 'HHIK9' }],
  [{ buyer: side('CQQQ', 'HOUSE') }, { code: 'unknown-participant', participant: 'CQQQ' }],
  [{ seller: side('CXYZ', 'NOPE') }, { code: 'unknown-account', account: 'NOPE' }],
  [{ quantity: 0 }, { code: 'quantity-not-positive', quantity: 0 }],
  [{ quantity: 1.5 }, { code: 'quantity-not-positive', quantity: 1.5 }],
] as const;
for (const [change, rejection] of refusedDeals) {
  test(`a deal with ${JSON.stringify(change)} is refused with ${rejection.code}, and nothing changes`, () => {
    const { core, events } = coreAt('09:00', {
      world: { participants: [withSystemAccounts, participant('CXYZ', sink)] },
    });
    expect(core.matchDeal({ ...deal(), ...change })).toEqual({ ok: false, rejection });
    expect(events).toEqual([]);
    expect(core.book('CABC' as CustomerCode)?.trades.all()).toEqual([]);
  });
}

test('a series is traded until its last trading day, and that day with it', () => {
  const { core } = coreAt('09:00');
  expect(core.matchDeal({ ...deal(), clearingDate: '2019-05-30' as BusinessDate })).toMatchObject({ ok: true });
});

// Goal: netting may hide gross quantities, but it must never create or destroy exposure.
// Method: feed the same random trades to a net and to a gross account and compare.
test('net and gross keeping agree on the exposure, and a net account holds one side', () => {
  const legs = fc.array(
    fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      quantity: fc.integer({ min: 1, max: 10_000 }),
    }),
  );
  fc.assert(
    fc.property(legs, (trades) => {
      const flat = { held: 0, written: 0 };
      const net = trades.reduce((p, t) => bookTrade(p, t.side, t.quantity, 'net'), flat);
      const gross = trades.reduce((p, t) => bookTrade(p, t.side, t.quantity, 'gross'), flat);
      expect(net.held - net.written).toBe(gross.held - gross.written);
      expect(Math.min(net.held, net.written)).toBe(0);
      expect(net.held).toBeGreaterThanOrEqual(0);
      expect(net.written).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('after the day end nothing is matched for its date any more, whatever else is wrong; for the next date it is', () => {
  const { core } = coreAt('09:00', { world: { participants: [withSystemAccounts, participant('CXYZ')] } });
  expect(core.endDay()).toMatchObject({ ok: true });
  expect(core.matchDeal(deal({ buyer: side('CABC', 'APT'), quantity: 0 } as never))).toEqual({
    ok: false,
    rejection: { code: 'day-ended', businessDate: '2019-05-06' },
  });
  expect(core.matchDeal(deal({ clearingDate: '2019-05-07' as BusinessDate }))).toMatchObject({ ok: true });
});

// Goal: the clearing house stands between buyers and sellers, so over all books long equals short.
test('over all participants and any deals, contracts held equal contracts written', () => {
  const account = fc.constantFrom('HOUSE', 'OMNI1');
  const code = fc.constantFrom('CABC', 'CXYZ');
  const deals = fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 500 }),
      buyer: fc.tuple(code, account),
      seller: fc.tuple(code, account),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(deals, (list) => {
      const { core } = coreAt('09:00');
      for (const each of list)
        core.matchDeal({
          ...deal(),
          quantity: each.quantity,
          buyer: side(...each.buyer),
          seller: side(...each.seller),
        });
      const positions = core.participants().flatMap(({ code: c }) => [...(core.book(c)?.positions.values() ?? [])]);
      expect(positions.reduce((sum, p) => sum + p.held - p.written, 0)).toBe(0);
    }),
  );
});

test('in enquiry-only mode enquiries work and every post-trade function is refused; closed refuses both', () => {
  const { core } = coreAt('09:00');
  const outcome = core.login(loginRequest('BU_CABC101'));
  if (!outcome.ok) throw new Error();
  const session = outcome.value.session.id;
  expect(core.checkFunction({ session, functionName: 'Positions', kind: 'enquiry' })).toMatchObject({ ok: true });
  expect(core.checkFunction({ session, functionName: 'Give-up', kind: 'post-trade' })).toEqual({
    ok: false,
    rejection: { code: 'function-not-available', functionName: 'Give-up', phase: 'enquiry-only' },
  });
  core.setPhase('normal');
  expect(core.checkFunction({ session, functionName: 'Give-up', kind: 'post-trade' })).toMatchObject({ ok: true });
});

test('a report is made from the state, once under way, then complete, and has the same bytes for the same state', () => {
  const make = (): string[] => {
    const { core } = coreAt('10:00');
    core.matchDeal({
      ...deal(),
      series: 'HKB65.00E9' as SeriesName,
      price: 123,
      buyer: { ...side('CABC', 'HOUSE'), customerInfo: '=cmd()' },
    });
    const [report] = core.startReports('trades', ['CABC' as CustomerCode]);
    if (!report) throw new Error();
    expect(core.reports('CABC' as CustomerCode)[0]?.completedAt).toBeUndefined();
    expect(core.reports('CXYZ' as CustomerCode)).toEqual([]);
    core.completeReport(report);
    expect(core.reports('CABC' as CustomerCode)[0]?.completedAt).toBeDefined();
    return [report.fileName, report.text];
  };
  const [fileName, text] = make();
  expect(fileName).toBe('TRADES_CABC_20190506_1000.csv');
  expect(text?.split('\r\n')).toEqual([
    "# SIMULATED REPORT, layout of dcass-sim, not HKEX's. trades of CABC, business date 2019-05-06, made 2019-05-05T10:00:00.000+08:00, rows 1",
    'trade,deal,series,account,side,quantity,remaining quantity,price,type,state,customer info,created,clearing date,' +
      'open close,sequence,original trade,give-up member,give-up state,as of,modified',
    "1,1,HKB65.00E9,HOUSE,buy,10,10,1.23,standard,active,'=cmd(),2019-05-05T09:00:00.000+08:00,2019-05-06," +
      'default,1,,,none,2019-05-05T09:00:00.000+08:00,2019-05-05T09:00:00.000+08:00',
    '',
  ]);
  expect(make()).toEqual([fileName, text]);
});

test('an address is in a range when its leading bits are the range’s', () => {
  expect(isInRanges('10.151.14.155', ['10.151.0.0/16'])).toBe(true);
  expect(isInRanges('10.152.0.1', ['10.151.0.0/16'])).toBe(false);
  expect(isInRanges('::ffff:127.0.0.1', ['127.0.0.0/8'])).toBe(true);
  expect(isInRanges('127.0.0.1', ['0.0.0.0/0'])).toBe(true);
  expect(isInRanges('127.0.0.1', ['127.0.0.2/32'])).toBe(false);
  expect(isInRanges('fe80::1', ['0.0.0.0/0'])).toBe(false);
  expect(['10.0.0.0/8', '10.0.0/8', '10.0.0.0/33', '10.0.0.0', '256.0.0.0/8'].map(isRange)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('a scaled price is read as it was printed', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 4 }), (value, decimals) => {
      expect(parseScaled(formatScaled(value, decimals), decimals)).toBe(value === 0 ? 0 : value);
    }),
  );
  expect(formatScaled(6_500, 2)).toBe('65.00');
  expect(formatScaled(-5, 2)).toBe('-0.05');
  expect(parseScaled('1.234', 2)).toBeUndefined();
});
