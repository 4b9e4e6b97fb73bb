import { expect, test } from 'vitest';
import type { AccountType } from '../../../src/clearing/account.ts';
import type { TransferPosition } from '../../../src/clearing/commands/command.ts';
import type { PositionDefinition } from '../../../src/clearing/world.ts';
import {
  account,
  at,
  CABC,
  CXYZ,
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

const transfer: TransferPosition = {
  do: 'transfer-position',
  series: HSIK9,
  from: account('OMNI1'),
  to: account('OMNI2'),
  held: 6,
  written: 2,
};

function holds(id: string, held: number, written: number, series = HSIK9): PositionDefinition {
  return { participant: CABC, account: account(id), series, held, written };
}

function withPosition(id = 'OMNI1'): Market {
  return market({ positions: [holds(id, 10, 4)], prices: [{ of: HSIK9, price: 29_480 }] });
}

test('held contracts are sold out of the one account and bought into the other at the settlement price', () => {
  const place = withPosition();
  place.done(CABC, { ...transfer, written: 0 });
  expect(place.deal(1)).toEqual({
    number: 1,
    reason: 'position-transfer',
    series: 'HSIK9',
    quantity: 6,
    price: 29_480,
    original: undefined,
    buy: { participant: 'CABC', trade: 1 },
    sell: { participant: 'CABC', trade: 2 },
    annulled: false,
  });
  expect(place.tradeNumbered(1)).toEqual({
    number: 1,
    deal: 1,
    sequence: 1,
    series: 'HSIK9',
    participant: 'CABC',
    account: 'OMNI2',
    side: 'buy',
    quantity: 6,
    remainingQuantity: 0,
    heldQuantity: 0,
    heldBy: undefined,
    price: 29_480,
    type: 'transfer',
    state: 'active',
    openClose: 'open',
    customerInfo: '',
    giveUpMember: undefined,
    giveUpState: 'none',
    originalTrade: undefined,
    user: 'BU_CABC101',
    createdAt: at('10:00'),
    asOfAt: at('10:00'),
    modifiedAt: at('10:00'),
    clearingDate: MONDAY,
  });
  expect(place.tradeNumbered(2)).toMatchObject({
    account: 'OMNI1',
    side: 'sell',
    openClose: 'close',
    type: 'transfer',
  });
  expect(place.deal(2)).toBeUndefined();
});

test('held and written contracts move by a deal for each, and both accounts stay gross', () => {
  const place = withPosition();
  place.done(CABC, transfer);
  expect(place.deal(2)).toMatchObject({ quantity: 2, buy: { trade: 3 }, sell: { trade: 4 } });
  expect(place.tradeNumbered(3)).toMatchObject({ account: 'OMNI1', openClose: 'close' });
  expect(place.tradeNumbered(4)).toMatchObject({ account: 'OMNI2', openClose: 'open' });
  const then = { modifiedAt: at('10:00') };
  expect(place.positionIn(CABC, 'OMNI1')).toEqual(positionOf(CABC, 'OMNI1', HSIK9, { held: 4, written: 2, ...then }));
  expect(place.positionIn(CABC, 'OMNI2')).toEqual(positionOf(CABC, 'OMNI2', HSIK9, { held: 6, written: 2, ...then }));
});

test('a net account receives what is left of the two sides', () => {
  const place = withPosition();
  place.done(CABC, { ...transfer, to: account('HOUSE') });
  expect(place.positionIn(CABC, 'HOUSE')).toMatchObject({ held: 4, written: 0 });
});

test('Sink is emptied by a transfer', () => {
  const place = withPosition('SINK');
  place.done(CABC, { ...transfer, from: account('SINK'), to: account('HOUSE'), held: 10, written: 4 });
  expect(place.positionIn(CABC, 'SINK')).toMatchObject({ held: 0, written: 0 });
  expect(place.positionIn(CABC, 'HOUSE')).toMatchObject({ held: 6, written: 0 });
});

test('without a settlement price the transfer is at 0: no price', () => {
  const place = market({ positions: [holds('OMNI1', 10, 4)] });
  place.done(CABC, transfer);
  expect([place.deal(1)?.price, place.deal(2)?.price]).toEqual([0, 0]);
});

test('what the T+1 session bought cannot be transferred for the business date that has closed', () => {
  const place = withPosition();
  place.match({ buyer: side('CABC', 'OMNI1'), quantity: 5, clearingDate: TUESDAY });
  expect(place.positionIn(CABC, 'OMNI1')).toMatchObject({ held: 15 });
  expect(place.do(CABC, { ...transfer, held: 11 })).toMatchObject({
    ok: false,
    rejection: { code: 'not-enough-position', side: 'held', available: 10, asked: 11 },
  });
  place.done(CABC, { ...transfer, held: 10 });
  expect(place.positionIn(CABC, 'OMNI1')).toMatchObject({ held: 5, written: 2 });
  expect(place.closingIn(CABC, 'OMNI1')).toMatchObject({ held: 0, written: 2 });
});

test('what the T+1 session sold cannot be transferred either', () => {
  const place = withPosition();
  place.match({
    buyer: side('CXYZ', 'HOUSE'),
    seller: { ...side('CABC', 'OMNI1'), openClose: 'close' },
    quantity: 7,
    clearingDate: TUESDAY,
  });
  expect(place.do(CABC, { ...transfer, held: 4 })).toMatchObject({
    ok: false,
    rejection: { code: 'not-enough-position', side: 'held', available: 3, asked: 4 },
  });
});

const types: readonly (readonly [string, AccountType, 'both' | 'from only' | 'neither'])[] = [
  ['HOUSE', 'house', 'both'],
  ['OMNI2', 'omnibus-client', 'both'],
  ['CLIENT1', 'individual-client', 'both'],
  ['COCA', 'client-offset-claim', 'both'],
  ['SINK', 'sink', 'from only'],
  ['DAILY', 'daily', 'neither'],
  ['TRANSIT', 'transitory', 'neither'],
  ['APT', 'apt', 'neither'],
];
for (const [id, type, ways] of types) {
  test(`positions move into and out of an account of type ${type}: ${ways}`, () => {
    const refused = {
      ok: false,
      rejection: { code: 'account-type-not-allowed', account: id, type },
    };
    const out = market({ positions: [holds(id, 5, 0)] }).do(CABC, {
      ...transfer,
      from: account(id),
      to: account('OMNI1'),
      held: 1,
      written: 0,
    });
    expect(out).toMatchObject(ways === 'neither' ? refused : { ok: true });
    const into = withPosition().do(CABC, { ...transfer, to: account(id) });
    expect(into).toMatchObject(ways === 'both' ? { ok: true } : refused);
  });
}

const from: readonly AccountType[] = [
  'house',
  'market-maker',
  'omnibus-client',
  'individual-client',
  'client-offset-claim',
  'sink',
];

interface Case {
  readonly time: string;
  readonly command: TransferPosition;
  readonly ended?: true;
  readonly inactive: readonly string[];
  readonly readOnly: readonly string[];
  readonly positions: readonly PositionDefinition[];
}

inOrderOfPrecedence<Case>(
  'a transfer',
  {
    time: '10:00',
    command: transfer,
    inactive: [],
    readOnly: [],
    positions: [holds('OMNI1', 10, 4), holds('DAILY', 10, 4)],
  },
  [
    {
      breaks: (of) => ({ ...of, command: { ...of.command, series: 'HSIM9' as never } }),
      rejection: { code: 'unknown-series', series: 'HSIM9' },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, from: account('NOPE') } }),
      rejection: { code: 'unknown-account', account: 'NOPE' },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, to: account('NADA') } }),
      rejection: { code: 'unknown-account', account: 'NADA' },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, series: HSIJ9 } }),
      rejection: { code: 'series-expired', series: HSIJ9, lastTradingDay: '2019-04-29' as never },
    },
    {
      breaks: (of) => ({ ...of, time: '+1d 18:45' }),
      rejection: { code: 'after-input-cutoff', clearingDate: MONDAY, session: 'T', cutoff: at('+1d 18:45') },
    },
    { breaks: (of) => ({ ...of, ended: true }), rejection: { code: 'day-ended', businessDate: MONDAY } },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, held: -1 } }),
      rejection: { code: 'quantity-not-positive', quantity: -1 },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, written: 0.5 } }),
      rejection: { code: 'quantity-not-positive', quantity: 0.5 },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, held: 0, written: 0 } }),
      rejection: { code: 'quantity-not-positive', quantity: 0 },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, to: of.command.from } }),
      rejection: { code: 'same-account', account: 'DAILY' },
    },
    {
      breaks: (of) => ({ ...of, inactive: [...of.inactive, of.command.from] }),
      rejection: { code: 'account-not-active', account: 'DAILY', state: 'inactive' },
    },
    {
      breaks: (of) => ({ ...of, readOnly: [...of.readOnly, of.command.from] }),
      rejection: { code: 'no-account-access', account: 'DAILY', access: 'read-only', needed: 'write' },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, from: account('DAILY') } }),
      rejection: { code: 'account-type-not-allowed', account: 'DAILY', type: 'daily', allowed: from },
    },
    {
      breaks: (of) => ({ ...of, inactive: [...of.inactive, of.command.to] }),
      rejection: { code: 'account-not-active', account: 'SINK', state: 'inactive' },
    },
    {
      breaks: (of) => ({ ...of, readOnly: [...of.readOnly, of.command.to] }),
      rejection: { code: 'no-account-access', account: 'SINK', access: 'read-only', needed: 'write' },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, to: account('SINK') } }),
      rejection: {
        code: 'account-type-not-allowed',
        account: 'SINK',
        type: 'sink',
        allowed: from.filter((type) => type !== 'sink'),
      },
    },
    {
      breaks: (of) => ({ ...of, positions: [] }),
      rejection: { code: 'no-position', account: 'OMNI1', series: HSIK9 },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, held: 11 } }),
      rejection: {
        code: 'not-enough-position',
        account: 'OMNI1',
        series: HSIK9,
        side: 'held',
        available: 10,
        asked: 11,
      },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, written: 5 } }),
      rejection: {
        code: 'not-enough-position',
        account: 'OMNI1',
        series: HSIK9,
        side: 'written',
        available: 4,
        asked: 5,
      },
    },
  ],
  ({ time, command, ended, inactive, readOnly, positions }) => {
    const place = market({ positions }, time);
    for (const id of new Set([...inactive, ...readOnly])) {
      place.happens({
        type: 'account-changed',
        participant: CABC,
        account: account(id),
        state: inactive.includes(id) ? 'inactive' : 'active',
        access: readOnly.includes(id) ? 'read-only' : 'full',
      });
    }
    if (ended) place.happens({ type: 'day-ended', businessDate: MONDAY, at: at(time) });
    return { place, code: CABC, command };
  },
);

test('a position in another participant’s account of the same name is not there', () => {
  const place = market({ positions: [{ ...holds('OMNI1', 10, 4), participant: CXYZ }] });
  expect(place.do(CABC, transfer)).toEqual({
    ok: false,
    rejection: { code: 'no-position', account: 'OMNI1', series: HSIK9 },
  });
});
