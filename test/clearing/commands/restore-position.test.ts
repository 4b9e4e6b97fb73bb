import { expect, test } from 'vitest';
import type { AccountAccess, AccountState } from '../../../src/clearing/account.ts';
import type { RestorePosition } from '../../../src/clearing/commands/command.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import type { BusinessDate } from '../../../src/time/instant.ts';
import {
  account,
  at,
  CABC,
  CXYZ,
  FRIDAY,
  HSIK9,
  inOrderOfPrecedence,
  market,
  MONDAY,
  side,
  TUESDAY,
  type Market,
} from '../support/market.ts';

const restore: RestorePosition = { do: 'restore-position', closeOut: 1, quantity: 3 };

/** CABC held 10 and wrote 6, and netted 4 of them down at 10:00; then it is 11:00. */
function nettedDown(): Market {
  const place = market({
    positions: [{ participant: CABC, account: account('OMNI1'), series: HSIK9, held: 10, written: 6 }],
  });
  place.done(CABC, {
    do: 'net-down-position',
    items: [{ account: account('OMNI1'), series: HSIK9, quantity: 4 }],
  });
  place.clock.now = at('11:00');
  return place;
}

test('a part of a net-down is restored, and the close-out says how much', () => {
  const place = nettedDown();
  const before = place.positionIn(CABC, 'OMNI1');
  const closeOut = place.book(CABC)?.closeOuts.get(1);
  place.done(CABC, restore);
  expect(place.positionIn(CABC, 'OMNI1')).toEqual({
    ...before,
    held: 9,
    written: 5,
    closedOut: 1,
    modifiedAt: at('11:00'),
  });
  expect(place.book(CABC)?.closeOuts.get(1)).toEqual({ ...closeOut, restored: 3, modifiedAt: at('11:00') });
});

test('a net-down is restored bit by bit until nothing is left of it', () => {
  const place = nettedDown();
  place.done(CABC, restore);
  expect(place.do(CABC, { ...restore, quantity: 2 })).toEqual({
    ok: false,
    rejection: { code: 'not-enough-closed-out', closeOut: 1, left: 1, asked: 2 },
  });
  place.done(CABC, { ...restore, quantity: 1 });
  expect(place.positionIn(CABC, 'OMNI1')).toMatchObject({ held: 10, written: 6, closedOut: 0 });
  expect(place.do(CABC, { ...restore, quantity: 1 })).toMatchObject({
    rejection: { code: 'not-enough-closed-out', left: 0 },
  });
});

test('a restore gives the closing position back as well', () => {
  const place = nettedDown();
  place.match({ buyer: side('CABC', 'OMNI1'), quantity: 5, clearingDate: TUESDAY });
  place.done(CABC, { ...restore, quantity: 4 });
  expect(place.positionIn(CABC, 'OMNI1')).toMatchObject({ held: 15, written: 6, closedOut: 0 });
  expect(place.closingIn(CABC, 'OMNI1')).toMatchObject({ held: 10, written: 6, closedOut: 0 });
});

interface Case {
  readonly time: string;
  readonly by: CustomerCode;
  readonly command: RestorePosition;
  readonly date: BusinessDate;
  readonly ended?: true;
  readonly accountState?: AccountState;
  readonly access?: AccountAccess;
}

inOrderOfPrecedence<Case>(
  'a restore',
  { time: '11:00', by: CABC, command: restore, date: MONDAY },
  [
    {
      breaks: (of) => ({ ...of, command: { ...of.command, closeOut: 2 } }),
      rejection: { code: 'unknown-close-out', closeOut: 2 },
    },
    // Somebody else's is as unknown as one that does not exist.
    { breaks: (of) => ({ ...of, by: CXYZ }), rejection: { code: 'unknown-close-out', closeOut: 1 } },
    {
      breaks: (of) => ({ ...of, date: FRIDAY }),
      rejection: { code: 'close-out-of-another-date', closeOut: 1, date: FRIDAY, businessDate: MONDAY },
    },
    {
      breaks: (of) => ({ ...of, time: '+1d 18:45' }),
      rejection: { code: 'after-input-cutoff', clearingDate: MONDAY, session: 'T', cutoff: at('+1d 18:45') },
    },
    { breaks: (of) => ({ ...of, ended: true }), rejection: { code: 'day-ended', businessDate: MONDAY } },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, quantity: -1 } }),
      rejection: { code: 'quantity-not-positive', quantity: -1 },
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
      breaks: (of) => ({ ...of, command: { ...of.command, quantity: 5 } }),
      rejection: { code: 'not-enough-closed-out', closeOut: 1, left: 4, asked: 5 },
    },
  ],
  ({ time, by, command, date, ended, accountState = 'active', access = 'full' }) => {
    const place = nettedDown();
    place.clock.now = at(time);
    const closeOut = place.book(CABC)?.closeOuts.get(1);
    if (!closeOut) throw new Error('no close-out');
    place.happens(
      { type: 'close-out-changed', closeOut: { ...closeOut, businessDate: date } },
      { type: 'account-changed', participant: CABC, account: account('OMNI1'), state: accountState, access },
    );
    if (ended) place.happens({ type: 'day-ended', businessDate: MONDAY, at: at(time) });
    return { place, code: by, command };
  },
);
