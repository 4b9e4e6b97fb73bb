import { expect, test } from 'vitest';
import type { AccountAccess, AccountState } from '../../../src/clearing/account.ts';
import type { CoverPosition } from '../../../src/clearing/commands/command.ts';
import type { SeriesName } from '../../../src/clearing/series.ts';
import type { PositionDefinition } from '../../../src/clearing/world.ts';
import {
  account,
  at,
  CABC,
  HKB_CALL,
  HKB_PUT,
  HSIK9,
  inOrderOfPrecedence,
  market,
  MONDAY,
  positionOf,
  side,
  TUESDAY,
  type Market,
} from '../support/market.ts';
import { series } from '../../support/world.ts';

const cover: CoverPosition = { do: 'cover-position', account: account('OMNI1'), series: HKB_CALL, quantity: 5 };
/** Expired on 29 April. */
const OLD_CALL = series('HKB65.00D9').name;

function holds(id: string, held: number, written: number, name: SeriesName = HKB_CALL): PositionDefinition {
  return { participant: CABC, account: account(id), series: name, held, written };
}

function written8(): Market {
  return market({ positions: [holds('OMNI1', 3, 8)] });
}

const covered = (place: Market): number | undefined => place.positionIn(CABC, 'OMNI1', HKB_CALL)?.covered;

test('5 of 8 written calls are covered, and that is the new quantity, not a change', () => {
  const place = written8();
  place.done(CABC, cover);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toEqual(
    positionOf(CABC, 'OMNI1', HKB_CALL, { held: 3, written: 8, covered: 5, modifiedAt: at('10:00') }),
  );
  place.done(CABC, { ...cover, quantity: 7 });
  expect(covered(place)).toBe(7);
  place.done(CABC, { ...cover, quantity: 0 });
  expect(covered(place)).toBe(0);
});

test('covering as many as are covered already is accepted, and nothing happens', () => {
  const place = written8();
  place.done(CABC, cover);
  expect(place.done(CABC, cover)).toEqual([]);
});

test('when written contracts are bought back, no more are covered than are left', () => {
  const place = written8();
  place.done(CABC, cover);
  place.match({ series: HKB_CALL, buyer: { ...side('CABC', 'OMNI1'), openClose: 'close' }, quantity: 6 });
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ written: 2, covered: 2 });
});

test('contracts that are written later are not covered by themselves', () => {
  const place = written8();
  place.done(CABC, cover);
  place.match({ series: HKB_CALL, buyer: { ...side('CABC', 'OMNI1'), openClose: 'close' }, quantity: 6 });
  place.match({ series: HKB_CALL, buyer: side('CXYZ', 'HOUSE'), seller: side('CABC', 'OMNI1'), quantity: 6 });
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ written: 8, covered: 2 });
});

test('a net-down takes cover with it as far as it must', () => {
  const place = market({ positions: [holds('OMNI1', 6, 8)] });
  place.done(CABC, cover);
  place.done(CABC, {
    do: 'net-down-position',
    items: [{ account: account('OMNI1'), series: HKB_CALL, quantity: 6 }],
  });
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ written: 2, covered: 2 });
});

test('what automatic exercise leaves alone is never more than what is held', () => {
  const place = market({ positions: [holds('OMNI1', 6, 0)] });
  place.happens({
    type: 'position-adjusted',
    participant: CABC,
    account: account('OMNI1'),
    series: HKB_CALL,
    reason: 'deny-exercise',
    change: { denied: 5 },
    at: at('10:00'),
  });
  place.match({
    series: HKB_CALL,
    buyer: side('CXYZ', 'HOUSE'),
    seller: { ...side('CABC', 'OMNI1'), openClose: 'close' },
    quantity: 4,
  });
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ held: 2, denied: 2 });
});

test('the T+1 session takes cover from the position, not from the closing one; and only what was written at close can be covered', () => {
  const place = written8();
  place.done(CABC, cover);
  const terms = { series: HKB_CALL, clearingDate: TUESDAY } as const;
  place.match({ ...terms, buyer: { ...side('CABC', 'OMNI1'), openClose: 'close' }, quantity: 6 });
  expect(covered(place)).toBe(2);
  expect(place.closingIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ written: 8, covered: 5 });
  place.match({ ...terms, buyer: side('CXYZ', 'HOUSE'), seller: side('CABC', 'OMNI1'), quantity: 9 });
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ written: 11 });
  expect(place.do(CABC, { ...cover, quantity: 9 })).toEqual({
    ok: false,
    rejection: { code: 'cover-not-possible', series: HKB_CALL, reason: 'more-than-written' },
  });
});

interface Case {
  readonly time: string;
  readonly command: CoverPosition;
  readonly ended?: true;
  readonly accountState?: AccountState;
  readonly access?: AccountAccess;
  readonly positions: readonly PositionDefinition[];
}

inOrderOfPrecedence<Case>(
  'a cover',
  { time: '10:00', command: cover, positions: [holds('OMNI1', 3, 8)] },
  [
    {
      breaks: (of) => ({ ...of, command: { ...of.command, series: 'HKB99.00E9' as never } }),
      rejection: { code: 'unknown-series', series: 'HKB99.00E9' },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, account: account('NOPE') } }),
      rejection: { code: 'unknown-account', account: 'NOPE' },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, series: HSIK9 } }),
      rejection: { code: 'cover-not-possible', series: HSIK9, reason: 'not-stock' },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, series: HKB_PUT } }),
      rejection: { code: 'cover-not-possible', series: HKB_PUT, reason: 'not-a-call' },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, series: OLD_CALL } }),
      rejection: { code: 'series-expired', series: OLD_CALL, lastTradingDay: '2019-04-29' as never },
    },
    {
      breaks: (of) => ({ ...of, time: '+1d 18:45' }),
      rejection: { code: 'after-input-cutoff', clearingDate: MONDAY, session: 'T', cutoff: at('+1d 18:45') },
    },
    { breaks: (of) => ({ ...of, ended: true }), rejection: { code: 'day-ended', businessDate: MONDAY } },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, quantity: -1 } }),
      rejection: { code: 'cover-not-possible', series: HKB_CALL, reason: 'below-zero' },
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
      breaks: (of) => ({ ...of, positions: [] }),
      rejection: { code: 'no-position', account: 'OMNI1', series: HKB_CALL },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, quantity: 9 } }),
      rejection: { code: 'cover-not-possible', series: HKB_CALL, reason: 'more-than-written' },
    },
  ],
  ({ time, command, ended, accountState = 'active', access = 'full', positions }) => {
    const place = market({ positions, series: [HSIK9, HKB_CALL, HKB_PUT, OLD_CALL].map((name) => series(name)) }, time);
    place.happens({
      type: 'account-changed',
      participant: CABC,
      account: account('OMNI1'),
      state: accountState,
      access,
    });
    if (ended) place.happens({ type: 'day-ended', businessDate: MONDAY, at: at(time) });
    return { place, code: CABC, command };
  },
);
