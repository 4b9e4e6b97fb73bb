import { expect, test } from 'vitest';
import type { TransferFromTransitory } from '../../../src/clearing/commands/command.ts';
import type { Trade } from '../../../src/clearing/deal.ts';
import type { TradePart } from '../../../src/clearing/give-up.ts';
import { DEFAULT_CLEARING_SETTINGS } from '../../../src/clearing/settings.ts';
import {
  account,
  at,
  CABC,
  FRIDAY,
  HSIJ9,
  HSIK9,
  inOrderOfPrecedence,
  market,
  marketWithDeal,
  MONDAY,
  positionOf,
  side,
} from '../support/market.ts';

const part = (id: string, quantity: number, rest: Partial<TradePart> = {}): TradePart => ({
  account: account(id),
  quantity,
  openClose: 'default',
  customerInfo: '',
  ...rest,
});
const transfer = (...parts: readonly TradePart[]): TransferFromTransitory => ({
  do: 'transfer-from-transitory',
  trade: 1,
  parts,
});
const inTransit = { buyer: side('CABC', 'TRANSIT') };

test('a trade in the transitory account is moved to where it belongs, by a deal for each part', () => {
  const place = marketWithDeal(inTransit);
  const original = place.tradeNumbered(1);
  expect(original.type).toBe('transitory');
  place.done(CABC, transfer(part('OMNI1', 6, { customerInfo: 'CLIENT 7' }), part('HOUSE', 4)));

  expect(place.tradeNumbered(1)).toEqual({
    ...original,
    remainingQuantity: 0,
    state: 'rectified',
    modifiedAt: at('10:00'),
  });
  expect([2, 3].map((number) => place.deal(number))).toEqual([
    {
      number: 2,
      reason: 'transfer-from-transitory',
      series: HSIK9,
      quantity: 6,
      price: 29_500,
      original: 1,
      buy: { participant: CABC, trade: 3 },
      sell: { participant: CABC, trade: 4 },
      annulled: false,
    },
    {
      number: 3,
      reason: 'transfer-from-transitory',
      series: HSIK9,
      quantity: 4,
      price: 29_500,
      original: 1,
      buy: { participant: CABC, trade: 5 },
      sell: { participant: CABC, trade: 6 },
      annulled: false,
    },
  ]);
  const made: Partial<Trade> = {
    deal: 2,
    quantity: 6,
    originalTrade: 1,
    user: 'BU_CABC101' as never,
    createdAt: at('10:00'),
    modifiedAt: at('10:00'),
  };
  expect([3, 4].map((number) => place.tradeNumbered(number))).toEqual([
    {
      ...original,
      ...made,
      number: 3,
      sequence: 2,
      type: 'overtaking',
      account: 'OMNI1',
      remainingQuantity: 6,
      customerInfo: 'CLIENT 7',
    },
    {
      ...original,
      ...made,
      number: 4,
      sequence: 3,
      type: 'reversing',
      side: 'sell',
      remainingQuantity: 0,
      openClose: 'close',
    },
  ]);
  expect(['TRANSIT', 'OMNI1', 'HOUSE'].map((id) => place.positionIn(CABC, id))).toEqual([
    positionOf(CABC, 'TRANSIT', HSIK9, { modifiedAt: at('10:00') }),
    positionOf(CABC, 'OMNI1', HSIK9, { held: 6, modifiedAt: at('10:00') }),
    positionOf(CABC, 'HOUSE', HSIK9, { held: 4, modifiedAt: at('10:00') }),
  ]);
  expect(place.book(CABC)?.rectifications.size).toBe(0);
});

test('less than all may be moved; the rest waits in the transitory account', () => {
  const place = marketWithDeal(inTransit);
  place.done(CABC, transfer(part('OMNI1', 6)));
  expect(place.tradeNumbered(1)).toMatchObject({ remainingQuantity: 4, state: 'active' });
  place.done(CABC, transfer(part('OMNI2', 4)));
  expect(place.positionIn(CABC, 'TRANSIT')).toMatchObject({ held: 0, written: 0 });
});

test('it never waits for a confirmation, however old the trade', () => {
  const settings = { ...DEFAULT_CLEARING_SETTINGS, rectificationHeld: 'always' } as const;
  const place = marketWithDeal({ ...inTransit, clearingDate: FRIDAY }, { settings });
  place.done(CABC, transfer(part('OMNI1', 10)));
  expect(place.tradeNumbered(3)).toMatchObject({ account: 'OMNI1', clearingDate: MONDAY });
});

test('what was taken up into the transitory account is moved out in the same way', () => {
  const place = marketWithDeal({ buyer: side('CXYZ', 'HOUSE'), seller: side('CTHD', 'HOUSE') });
  place.done('CXYZ' as never, { do: 'request-give-up', trade: 1, to: CABC, quantity: 5, commission: 0, text: '' });
  place.done(CABC, { do: 'take-up', giveUp: 1, parts: [part('TRANSIT', 5)] });
  place.done(CABC, { ...transfer(part('OMNI1', 5)), trade: 3 });
  expect(place.positionIn(CABC, 'OMNI1')).toMatchObject({ held: 5 });
});

const allowed = ['standard', 'transitory', 'overtaking', 'take-up', 'average-price'] as const;
const into = ['house', 'market-maker', 'omnibus-client', 'individual-client', 'client-offset-claim', 'daily'] as const;

interface Case {
  readonly time: string;
  readonly command: TransferFromTransitory;
  readonly trade: Partial<Trade>;
  readonly ended?: true;
  /** Of the transitory account, and of those that the parts name. */
  readonly from?: { readonly state?: 'inactive'; readonly access?: 'read-only' };
  readonly to?: { readonly state?: 'inactive'; readonly access?: 'read-only' };
}

const withPart = (of: Case, change: Partial<TradePart>): Case => ({
  ...of,
  command: { ...of.command, parts: of.command.parts.map((each) => ({ ...each, ...change })) },
});

inOrderOfPrecedence<Case>(
  'a transfer from transitory',
  { time: '10:00', command: transfer(part('OMNI1', 10)), trade: {} },
  [
    {
      breaks: (of) => ({ ...of, command: { ...of.command, trade: 999 } }),
      rejection: { code: 'unknown-trade', trade: 999 },
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
      breaks: (of) => ({ ...of, trade: { ...of.trade, heldQuantity: 4 } }),
      rejection: { code: 'give-up-pending', trade: 1, held: 4 },
    },
    {
      breaks: (of) => ({ ...of, trade: { ...of.trade, account: account('HOUSE') } }),
      rejection: { code: 'trade-not-in-transitory-account', trade: 1, account: 'HOUSE' },
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
      rejection: { code: 'account-not-active', account: 'TRANSIT', state: 'inactive' },
    },
    {
      breaks: (of) => ({ ...of, from: { ...of.from, access: 'read-only' } }),
      rejection: { code: 'no-account-access', account: 'TRANSIT', access: 'read-only', needed: 'write' },
    },
    { breaks: (of) => ({ ...of, command: { ...of.command, parts: [] } }), rejection: { code: 'no-parts' } },
    {
      breaks: (of) => ({
        ...of,
        command: {
          ...of.command,
          parts: Array.from({ length: 101 }, () => of.command.parts[0] ?? part('OMNI1', 1)),
        },
      }),
      rejection: { code: 'too-many-parts', parts: 101, partsMax: 100 },
    },
    {
      breaks: (of) => withPart(of, { quantity: -1 }),
      rejection: { code: 'quantity-not-positive', quantity: -1, part: 1 },
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
      breaks: (of) => withPart(of, { customerInfo: 'é' }),
      rejection: {
        code: 'text-not-allowed',
        field: 'customer info',
        problem: 'not-printable',
        length: 1,
        lengthMax: 15,
        part: 1,
      },
    },
    {
      breaks: (of) => withPart(of, { quantity: 11 }),
      rejection: { code: 'parts-do-not-add-up', sum: 11, expected: 10, lessAllowed: true },
    },
    {
      breaks: (of) => withPart(of, { openClose: 'close' }),
      rejection: {
        code: 'not-enough-position',
        account: 'OMNI1',
        series: HSIK9,
        side: 'written',
        available: 0,
        asked: 10,
        part: 1,
      },
    },
  ],
  ({ time, command, trade, ended, from, to }) => {
    const place = market({}, time);
    place.match(inTransit);
    place.happens({ type: 'trade-changed', trade: { ...place.tradeNumbered(1), ...trade } });
    for (const [ids, change] of [
      [['TRANSIT'], from],
      [['OMNI1', 'SINK'], to],
    ] as const) {
      for (const id of ids) place.changeAccount(CABC, account(id), { state: change?.state, access: change?.access });
    }
    if (ended) place.happens({ type: 'day-ended', businessDate: MONDAY, at: at(time) });
    return { place, code: CABC, command };
  },
);

test('a trade is not moved back into the transitory account', () => {
  expect(marketWithDeal(inTransit).do(CABC, transfer(part('TRANSIT', 4)))).toEqual({
    ok: false,
    rejection: {
      code: 'account-type-not-allowed',
      account: 'TRANSIT',
      type: 'transitory',
      allowed: into,
      part: 1,
    },
  });
});
