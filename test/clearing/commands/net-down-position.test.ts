import { expect, test } from 'vitest';
import type { AccountAccess, AccountState } from '../../../src/clearing/account.ts';
import type { NetDownPosition } from '../../../src/clearing/commands/command.ts';
import { DEFAULT_CLEARING_SETTINGS, type ClearingSettings } from '../../../src/clearing/settings.ts';
import type { PositionDefinition } from '../../../src/clearing/world.ts';
import {
  account,
  at,
  CABC,
  HKB_CALL,
  HSIJ9,
  HSIK9,
  inOrderOfPrecedence,
  market,
  MONDAY,
  positionOf,
  side,
  TUESDAY,
} from '../support/market.ts';

type Item = NetDownPosition['items'][number];

function item(id: string, quantity: number, options: Partial<Item> = {}): Item {
  return { account: account(id), series: HSIK9, quantity, ...options };
}

function netDown(...items: readonly Item[]): NetDownPosition {
  return { do: 'net-down-position', items };
}

function holds(id: string, held: number, written: number, series = HSIK9): PositionDefinition {
  return { participant: CABC, account: account(id), series, held, written };
}

test('a net-down takes away as many held as written contracts, and says so in a close-out', () => {
  const place = market({ positions: [holds('OMNI1', 10, 4)] });
  place.done(CABC, netDown(item('OMNI1', 3)));
  expect(place.positionIn(CABC, 'OMNI1')).toEqual(
    positionOf(CABC, 'OMNI1', HSIK9, { held: 7, written: 1, closedOut: 3, modifiedAt: at('10:00') }),
  );
  expect(place.book(CABC)?.closeOuts.get(1)).toEqual({
    number: 1,
    participant: 'CABC',
    account: 'OMNI1',
    series: 'HSIK9',
    quantity: 3,
    restored: 0,
    user: 'BU_CABC101',
    createdAt: at('10:00'),
    modifiedAt: at('10:00'),
    businessDate: MONDAY,
  });
});

test('several positions are netted down together, each with its own close-out', () => {
  const place = market({ positions: [holds('OMNI1', 10, 4), holds('OMNI2', 2, 2), holds('OMNI1', 1, 1, HKB_CALL)] });
  place.done(CABC, netDown(item('OMNI1', 3), item('OMNI2', 2), item('OMNI1', 1, { series: HKB_CALL })));
  expect([...(place.book(CABC)?.closeOuts.values() ?? [])]).toMatchObject([
    { number: 1, account: 'OMNI1', series: HSIK9, quantity: 3 },
    { number: 2, account: 'OMNI2', series: HSIK9, quantity: 2 },
    { number: 3, account: 'OMNI1', series: HKB_CALL, quantity: 1 },
  ]);
});

test('all items or none: one that is refused leaves the others alone', () => {
  const place = market({ positions: [holds('OMNI1', 10, 4), holds('OMNI2', 2, 2)] });
  const before = place.everything();
  expect(place.do(CABC, netDown(item('OMNI1', 3), item('OMNI2', 3)))).toEqual({
    ok: false,
    rejection: {
      code: 'not-enough-position',
      account: 'OMNI2',
      series: HSIK9,
      part: 2,
      side: 'held',
      available: 2,
      asked: 3,
    },
  });
  expect(place.everything()).toEqual(before);
});

test('a net-down moves the closing position as well, and must fit into it', () => {
  const place = market({ positions: [holds('OMNI1', 10, 4)] });
  place.match({ seller: side('CABC', 'OMNI1'), buyer: side('CXYZ', 'HOUSE'), quantity: 3, clearingDate: TUESDAY });
  expect(place.positionIn(CABC, 'OMNI1')).toMatchObject({ held: 10, written: 7 });
  expect(place.do(CABC, netDown(item('OMNI1', 5)))).toMatchObject({
    ok: false,
    rejection: { code: 'not-enough-position', side: 'written', available: 4, asked: 5 },
  });
  place.done(CABC, netDown(item('OMNI1', 4)));
  expect(place.positionIn(CABC, 'OMNI1')).toMatchObject({ held: 6, written: 3, closedOut: 4 });
  expect(place.closingIn(CABC, 'OMNI1')).toMatchObject({ held: 6, written: 0, closedOut: 4 });
});

test('futures can be netted down unless the setting refuses it; options always', () => {
  const settings = { ...DEFAULT_CLEARING_SETTINGS, netDownFutures: 'refused' } as const;
  const place = market({ settings, positions: [holds('OMNI1', 10, 4), holds('OMNI1', 1, 1, HKB_CALL)] });
  expect(place.do(CABC, netDown(item('OMNI1', 1)))).toEqual({
    ok: false,
    rejection: { code: 'net-down-not-allowed', series: HSIK9, kind: 'future' },
  });
  expect(place.do(CABC, netDown(item('OMNI1', 1, { series: HKB_CALL })))).toMatchObject({ ok: true });
});

for (const id of ['OMNI1', 'COCA', 'DAILY', 'SINK', 'TRANSIT']) {
  test(`positions of ${id} are gross and can be netted down`, () => {
    const place = market({ positions: [holds(id, 2, 2)] });
    expect(place.do(CABC, netDown(item(id, 2)))).toMatchObject({ ok: true });
  });
}

test('950 positions are netted down at once', () => {
  const ids = Array.from({ length: 950 }, (_, i) => `A${i}`);
  const place = market({
    participants: [
      {
        code: CABC,
        name: 'CABC',
        clearingHouses: ['HKCC'],
        authorisedRanges: undefined,
        accounts: ids.map((id) => ({ id: account(id), type: 'omnibus-client' })),
        users: [],
      },
    ],
    positions: ids.map((id) => holds(id, 1, 1)),
  });
  const command = netDown(...ids.map((id) => item(id, 1)));
  expect(place.commandFor(CABC, command)).toMatchObject({ ok: true });
  expect(place.allPositions().filter((position) => position.closedOut === 1)).toHaveLength(950);
});

interface Case {
  readonly time: string;
  readonly items: readonly Item[];
  readonly ended?: true;
  readonly accountState?: AccountState;
  readonly access?: AccountAccess;
  readonly futures?: ClearingSettings['netDownFutures'];
  readonly positions: readonly PositionDefinition[];
}

// All but the first rules are broken in the second item.
const second = (of: Case, change: Partial<Item>): Case => {
  const [first, then = item('OMNI2', 1)] = of.items;
  return { ...of, items: [first as Item, { ...then, ...change }] };
};

inOrderOfPrecedence<Case>(
  'a net-down',
  {
    time: '10:00',
    items: [item('OMNI1', 1, { series: HKB_CALL }), item('OMNI2', 2, { finalHeld: 3 })],
    positions: [holds('OMNI1', 4, 4, HKB_CALL), holds('OMNI2', 5, 4)],
  },
  [
    { breaks: (of) => ({ ...of, items: [] }), rejection: { code: 'no-parts' } },
    {
      breaks: (of) => ({ ...of, items: Array.from({ length: 951 }, () => item('NOPE', 0)) }),
      rejection: { code: 'too-many-parts', parts: 951, partsMax: 950 },
    },
    {
      breaks: (of) => second(of, { series: 'HSIM9' as never }),
      rejection: { code: 'unknown-series', series: 'HSIM9' },
    },
    {
      breaks: (of) => second(of, { account: account('NOPE') }),
      rejection: { code: 'unknown-account', account: 'NOPE', part: 2 },
    },
    {
      breaks: (of) => ({ ...of, time: '+1d 18:45' }),
      rejection: { code: 'after-input-cutoff', clearingDate: MONDAY, session: 'T', cutoff: at('+1d 18:45') },
    },
    { breaks: (of) => ({ ...of, ended: true }), rejection: { code: 'day-ended', businessDate: MONDAY } },
    {
      breaks: (of) => second(of, { series: HSIJ9 }),
      rejection: { code: 'series-expired', series: HSIJ9, lastTradingDay: '2019-04-29' as never },
    },
    {
      breaks: (of) => second(of, { quantity: 0 }),
      rejection: { code: 'quantity-not-positive', quantity: 0, part: 2 },
    },
    {
      breaks: (of) => ({ ...second(of, {}), accountState: 'inactive' }),
      rejection: { code: 'account-not-active', account: 'HOUSE', state: 'inactive', part: 2 },
    },
    {
      breaks: (of) => ({ ...second(of, {}), access: 'read-only' }),
      rejection: { code: 'no-account-access', account: 'HOUSE', access: 'read-only', needed: 'write', part: 2 },
    },
    {
      breaks: (of) => second(of, { account: account('HOUSE') }),
      rejection: { code: 'account-not-gross', account: 'HOUSE', keeping: 'net' },
    },
    {
      breaks: (of) => ({ ...second(of, { series: HSIK9 }), futures: 'refused' }),
      rejection: { code: 'net-down-not-allowed', series: HSIK9, kind: 'future' },
    },
    {
      breaks: (of) => second(of, { account: account('OMNI1'), series: HKB_CALL }),
      rejection: { code: 'position-named-twice', account: 'OMNI1', series: HKB_CALL },
    },
    {
      breaks: (of) => ({ ...of, positions: of.positions.slice(0, 1) }),
      rejection: { code: 'no-position', account: 'OMNI2', series: HSIK9 },
    },
    {
      breaks: (of) => second(of, { quantity: 6 }),
      rejection: {
        code: 'not-enough-position',
        account: 'OMNI2',
        series: HSIK9,
        part: 2,
        side: 'held',
        available: 5,
        asked: 6,
      },
    },
    {
      breaks: (of) => second(of, { quantity: 5 }),
      rejection: {
        code: 'not-enough-position',
        account: 'OMNI2',
        series: HSIK9,
        part: 2,
        side: 'written',
        available: 4,
        asked: 5,
      },
    },
    {
      breaks: (of) => second(of, { finalHeld: 4 }),
      rejection: { code: 'final-held-differs', account: 'OMNI2', series: HSIK9, finalHeld: 4, expected: 3 },
    },
  ],
  ({ time, items, ended, accountState = 'active', access = 'full', futures = 'allowed', positions }) => {
    const place = market({ positions, settings: { ...DEFAULT_CLEARING_SETTINGS, netDownFutures: futures } }, time);
    for (const id of ['HOUSE', 'OMNI2']) {
      place.happens({
        type: 'account-changed',
        participant: CABC,
        account: account(id),
        state: accountState,
        access,
      });
    }
    if (ended) place.happens({ type: 'day-ended', businessDate: MONDAY, at: at(time) });
    return { place, code: CABC, command: netDown(...items) };
  },
);
