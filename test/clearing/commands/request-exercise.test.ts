import { expect, test } from 'vitest';
import type { AccountAccess, AccountState } from '../../../src/clearing/account.ts';
import type { RequestExercise } from '../../../src/clearing/commands/command.ts';
import type { SeriesName } from '../../../src/clearing/series.ts';
import type { PositionDefinition } from '../../../src/clearing/world.ts';
import { series } from '../../support/world.ts';
import {
  account,
  at,
  CABC,
  HKB_CALL,
  HSIK9,
  inOrderOfPrecedence,
  market,
  MONDAY,
  positionOf,
  side,
  TUESDAY,
  type Market,
} from '../support/market.ts';

const HSI_CALL = series('HSI28000E9').name;
/** Expired on 29 April. */
const OLD_CALL = series('HKB65.00D9').name;
const SERIES = [HSIK9, HKB_CALL, HSI_CALL, OLD_CALL].map((name) => series(name));

const request: RequestExercise = { do: 'request-exercise', account: account('OMNI1'), series: HKB_CALL, quantity: 7 };

function holds(id: string, held: number, written = 0, name: SeriesName = HKB_CALL): PositionDefinition {
  return { participant: CABC, account: account(id), series: name, held, written };
}

function held10(): Market {
  return market({ series: SERIES, positions: [holds('OMNI1', 10, 4), holds('HOUSE', 10)] });
}

test('requesting the exercise of 7 of 10 held options waits for the day end, and moves no position', () => {
  const place = held10();
  place.done(CABC, request);
  expect([...(place.book(CABC)?.exercises.values() ?? [])]).toEqual([
    {
      number: 1,
      kind: 'request',
      participant: 'CABC',
      account: 'OMNI1',
      series: 'HKB65.00E9',
      quantity: 7,
      state: 'holding',
      user: 'BU_CABC101',
      createdAt: at('10:00'),
      modifiedAt: at('10:00'),
      businessDate: MONDAY,
    },
  ]);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toEqual(
    positionOf(CABC, 'OMNI1', HKB_CALL, { held: 10, written: 4 }),
  );
});

test('what pending requests of the same position ask for cannot be asked for again', () => {
  const place = held10();
  place.done(CABC, request);
  place.done(CABC, { ...request, account: account('HOUSE') });
  expect(place.do(CABC, { ...request, quantity: 4 })).toEqual({
    ok: false,
    rejection: {
      code: 'not-enough-position',
      account: 'OMNI1',
      series: HKB_CALL,
      side: 'held',
      available: 3,
      asked: 4,
    },
  });
  place.done(CABC, { ...request, quantity: 3 });
});

test('an annulled request frees its contracts', () => {
  const place = held10();
  place.done(CABC, request);
  place.done(CABC, { do: 'annul-exercise', exercise: 1 });
  place.done(CABC, { ...request, quantity: 10 });
});

test('options bought in the T+1 session cannot be exercised yet, and those sold in it still can', () => {
  const place = held10();
  const terms = { series: HKB_CALL, clearingDate: TUESDAY, quantity: 10 } as const;
  place.match({ ...terms, buyer: side('CABC', 'OMNI2'), seller: { ...side('CABC', 'OMNI1'), openClose: 'close' } });
  expect(place.do(CABC, { ...request, account: account('OMNI2') })).toEqual({
    ok: false,
    rejection: { code: 'no-position', account: 'OMNI2', series: HKB_CALL },
  });
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toMatchObject({ held: 0 });
  place.done(CABC, { ...request, quantity: 10 });
});

test('stock options can be exercised on any business day until the System Input Cutoff', () => {
  const place = held10();
  place.clock.now = at('+1d 18:44:59');
  place.done(CABC, request);
});

test('index options are European: not even on their last day is a request taken', () => {
  const place = market({
    series: SERIES,
    positions: [holds('OMNI1', 10, 0, HSI_CALL)],
    businessDate: series('HSI28000E9').expiryDate as typeof MONDAY,
  });
  expect(place.do(CABC, { ...request, series: HSI_CALL })).toEqual({
    ok: false,
    rejection: { code: 'exercise-not-possible', series: HSI_CALL, reason: 'european' },
  });
});

for (const id of ['DAILY', 'SINK', 'APT', 'TRANSIT']) {
  test(`options in ${id} are moved out of it before they are exercised`, () => {
    const place = market({ positions: [holds(id, 10)] });
    expect(place.do(CABC, { ...request, account: account(id) })).toMatchObject({
      ok: false,
      rejection: {
        code: 'account-type-not-allowed',
        account: id,
        allowed: ['house', 'market-maker', 'omnibus-client', 'individual-client', 'client-offset-claim'],
      },
    });
  });
}

interface Case {
  readonly time: string;
  readonly command: RequestExercise;
  readonly ended?: true;
  readonly accountState?: AccountState;
  readonly access?: AccountAccess;
  readonly positions: readonly PositionDefinition[];
}

inOrderOfPrecedence<Case>(
  'an exercise request',
  { time: '10:00', command: request, positions: [holds('OMNI1', 10)] },
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
      rejection: { code: 'exercise-not-possible', series: HSIK9, reason: 'not-an-option' },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, series: HSI_CALL } }),
      rejection: { code: 'exercise-not-possible', series: HSI_CALL, reason: 'european' },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, series: OLD_CALL } }),
      rejection: { code: 'exercise-not-possible', series: OLD_CALL, reason: 'expired' },
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
      breaks: (of) => ({ ...of, accountState: 'inactive' }),
      rejection: { code: 'account-not-active', account: 'OMNI1', state: 'inactive' },
    },
    {
      breaks: (of) => ({ ...of, access: 'no-exercise' }),
      rejection: { code: 'no-account-access', account: 'OMNI1', access: 'no-exercise', needed: 'exercise' },
    },
    {
      breaks: (of) => ({ ...of, positions: [holds('OMNI1', 0, 10)] }),
      rejection: { code: 'no-position', account: 'OMNI1', series: HKB_CALL },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, quantity: 11 } }),
      rejection: {
        code: 'not-enough-position',
        account: 'OMNI1',
        series: HKB_CALL,
        side: 'held',
        available: 10,
        asked: 11,
      },
    },
  ],
  ({ time, command, ended, accountState = 'active', access = 'full', positions }) => {
    const place = market({ positions, series: SERIES }, time);
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
