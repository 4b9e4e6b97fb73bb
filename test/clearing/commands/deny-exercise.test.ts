import { expect, test } from 'vitest';
import type { AccountAccess, AccountState } from '../../../src/clearing/account.ts';
import type { DenyExercise } from '../../../src/clearing/commands/command.ts';
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

const deny: DenyExercise = { do: 'deny-exercise', account: account('OMNI1'), series: HKB_CALL, quantity: 5 };

function holds(id: string, held: number, written = 0, name: SeriesName = HKB_CALL): PositionDefinition {
  return { participant: CABC, account: account(id), series: name, held, written };
}

function held8(): Market {
  return market({ series: SERIES, positions: [holds('OMNI1', 8, 3), holds('HOUSE', 2, 0, HSI_CALL)] });
}

const denied = (place: Market): number | undefined => place.positionIn(CABC, 'OMNI1', HKB_CALL)?.denied;

test('a denial says how many of the held options shall be left alone: the new quantity, not a change', () => {
  const place = held8();
  expect(place.done(CABC, deny)).toEqual([
    {
      type: 'position-adjusted',
      participant: 'CABC',
      account: 'OMNI1',
      series: 'HKB65.00E9',
      reason: 'deny-exercise',
      change: { denied: 5 },
      at: at('10:00'),
    },
  ]);
  expect(place.positionIn(CABC, 'OMNI1', HKB_CALL)).toEqual(
    positionOf(CABC, 'OMNI1', HKB_CALL, { held: 8, written: 3, denied: 5, modifiedAt: at('10:00') }),
  );
  place.done(CABC, { ...deny, quantity: 8 });
  expect(denied(place)).toBe(8);
  place.done(CABC, { ...deny, quantity: 0 });
  expect(denied(place)).toBe(0);
});

test('denying as many as are denied already is accepted, and nothing happens', () => {
  const place = held8();
  place.done(CABC, deny);
  expect(place.done(CABC, deny)).toEqual([]);
});

test('index options can be denied as stock options can', () => {
  const place = held8();
  place.done(CABC, { ...deny, account: account('HOUSE'), series: HSI_CALL, quantity: 2 });
  expect(place.positionIn(CABC, 'HOUSE', HSI_CALL)?.denied).toBe(2);
});

test('options of the T+1 session are not there to be denied', () => {
  const place = held8();
  place.match({ series: HKB_CALL, buyer: side('CABC', 'OMNI1'), clearingDate: TUESDAY, quantity: 4 });
  expect(place.do(CABC, { ...deny, quantity: 9 })).toEqual({
    ok: false,
    rejection: { code: 'deny-quantity', account: 'OMNI1', series: HKB_CALL, quantity: 9, held: 8 },
  });
});

for (const quantity of [-1, 0.5]) {
  test(`a denial of ${quantity} options is refused`, () => {
    expect(held8().do(CABC, { ...deny, quantity })).toEqual({
      ok: false,
      rejection: { code: 'deny-quantity', account: 'OMNI1', series: HKB_CALL, quantity, held: 8 },
    });
  });
}

interface Case {
  readonly time: string;
  readonly command: DenyExercise;
  readonly ended?: true;
  readonly accountState?: AccountState;
  readonly access?: AccountAccess;
  readonly positions: readonly PositionDefinition[];
}

inOrderOfPrecedence<Case>(
  'a denial',
  { time: '10:00', command: deny, positions: [holds('OMNI1', 8)] },
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
      breaks: (of) => ({ ...of, command: { ...of.command, series: OLD_CALL } }),
      rejection: { code: 'exercise-not-possible', series: OLD_CALL, reason: 'expired' },
    },
    {
      breaks: (of) => ({ ...of, time: '+1d 18:45' }),
      rejection: { code: 'after-input-cutoff', clearingDate: MONDAY, session: 'T', cutoff: at('+1d 18:45') },
    },
    { breaks: (of) => ({ ...of, ended: true }), rejection: { code: 'day-ended', businessDate: MONDAY } },
    {
      breaks: (of) => ({ ...of, accountState: 'inactive' }),
      rejection: { code: 'account-not-active', account: 'OMNI1', state: 'inactive' },
    },
    {
      breaks: (of) => ({ ...of, access: 'no-exercise' }),
      rejection: { code: 'no-account-access', account: 'OMNI1', access: 'no-exercise', needed: 'exercise' },
    },
    {
      breaks: (of) => ({ ...of, positions: [holds('OMNI1', 0, 8)] }),
      rejection: { code: 'no-position', account: 'OMNI1', series: HKB_CALL },
    },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, quantity: 9 } }),
      rejection: { code: 'deny-quantity', account: 'OMNI1', series: HKB_CALL, quantity: 9, held: 8 },
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
