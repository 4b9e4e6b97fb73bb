import { expect, test } from 'vitest';
import type { TradePart } from '../../../src/clearing/give-up.ts';
import type { RectificationState } from '../../../src/clearing/rectification.ts';
import type { SessionId } from '../../../src/clearing/rejection.ts';
import { DEFAULT_CLEARING_SETTINGS } from '../../../src/clearing/settings.ts';
import type { SeriesName } from '../../../src/clearing/series.ts';
import { loginRequest } from '../../support/world.ts';
import {
  account,
  at,
  CABC,
  CXYZ,
  FRIDAY,
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

const parts: readonly TradePart[] = [
  { account: account('OMNI2'), quantity: 7, openClose: 'default', customerInfo: 'CLIENT 7' },
];
const rectify = { do: 'rectify-trade', trade: 1, parts } as const;
const confirm = { do: 'confirm-rectification', rectification: 1 } as const;
const settings = { ...DEFAULT_CLEARING_SETTINGS, rectificationHeld: 'always' } as const;
const inOmni1 = { buyer: side('CABC', 'OMNI1') };

/** A session of CABC's other user: `place.do` is BU_CABC101's. */
function colleague(place: Market): SessionId {
  const login = place.login(loginRequest('BU_CABC102'));
  if (!login.ok) throw new Error(login.rejection.code);
  return login.value.session.id;
}

/** A market in which a rectification of 7 of the 10 that CABC bought in OMNI1 waits. */
function waiting(): Market {
  const place = marketWithDeal(inOmni1, { settings });
  place.done(CABC, rectify);
  return place;
}

test('another user confirms a rectification that waits, and the trade is re-booked then', () => {
  const place = waiting();
  const original = place.tradeNumbered(1);
  const before = place.book(CABC)?.rectifications.get(1);
  place.clock.now = at('11:00');
  expect(place.command(colleague(place), confirm)).toMatchObject({ ok: true });
  expect(place.book(CABC)?.rectifications.get(1)).toEqual({
    ...before,
    state: 'confirmed',
    requestedBy: 'BU_CABC101',
    decidedBy: 'BU_CABC102',
    createdAt: at('10:00'),
    modifiedAt: at('11:00'),
  });
  expect(place.tradeNumbered(1)).toEqual({
    ...original,
    remainingQuantity: 3,
    heldBy: undefined,
    modifiedAt: at('11:00'),
  });
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
  expect(place.tradeNumbered(3)).toMatchObject({ account: 'OMNI2', customerInfo: 'CLIENT 7', type: 'overtaking' });
  expect(['OMNI1', 'OMNI2'].map((id) => place.positionIn(CABC, id))).toEqual([
    positionOf(CABC, 'OMNI1', HSIK9, { held: 3, modifiedAt: at('11:00') }),
    positionOf(CABC, 'OMNI2', HSIK9, { held: 7, modifiedAt: at('11:00') }),
  ]);
});

test('where the settings say so, or nobody asked for it by name, the same user may confirm; HKEX always may', () => {
  const anyUser = marketWithDeal(inOmni1, { settings: { ...settings, rectificationConfirmedBy: 'any-user' } });
  anyUser.done(CABC, rectify);
  anyUser.done(CABC, confirm);

  const askedByHkex = marketWithDeal(inOmni1, { settings });
  expect(askedByHkex.commandFor(CABC, rectify)).toMatchObject({ ok: true });
  askedByHkex.done(CABC, confirm);

  const byHkex = waiting();
  expect(byHkex.commandFor(CABC, confirm)).toMatchObject({ ok: true });
  expect(byHkex.book(CABC)?.rectifications.get(1)).toMatchObject({ state: 'confirmed', decidedBy: undefined });
});

test('one that is confirmed on the next business date is booked on that date', () => {
  const place = waiting();
  place.happens({ type: 'business-date-rolled', from: MONDAY, to: TUESDAY, at: at('+2d 06:00') });
  place.clock.now = at('+2d 10:00');
  expect(place.commandFor(CABC, confirm)).toMatchObject({ ok: true });
  expect(place.tradeNumbered(3)).toMatchObject({ clearingDate: TUESDAY, sequence: 1 });
  expect(place.book(CABC)?.rectifications.get(1)?.clearingDate).toBe(TUESDAY);
});

test('an old trade waits without a setting, and is booked for the current date', () => {
  const place = marketWithDeal({ ...inOmni1, clearingDate: FRIDAY });
  place.done(CABC, rectify);
  expect(place.command(colleague(place), confirm)).toMatchObject({ ok: true });
  expect(place.tradeNumbered(3).clearingDate).toBe(MONDAY);
});

test('another participant’s rectification is unknown', () => {
  expect(waiting().do(CXYZ, confirm)).toEqual({
    ok: false,
    rejection: { code: 'unknown-rectification', rectification: 1 },
  });
});

interface Case {
  readonly time: string;
  readonly number: number;
  readonly state?: RectificationState;
  readonly own?: true;
  readonly series?: SeriesName;
  readonly ended?: true;
  readonly from?: { readonly state?: 'inactive'; readonly access?: 'read-only' };
  readonly to?: { readonly state?: 'inactive'; readonly access?: 'read-only' };
  readonly drained?: true;
}

inOrderOfPrecedence<Case>(
  'a confirmation',
  { time: '10:00', number: 1 },
  [
    {
      breaks: (of) => ({ ...of, number: 9 }),
      rejection: { code: 'unknown-rectification', rectification: 9 },
    },
    {
      breaks: (of) => ({ ...of, state: 'rejected' }),
      rejection: { code: 'rectification-not-pending', rectification: 1, state: 'rejected' },
    },
    {
      breaks: (of) => ({ ...of, own: true }),
      rejection: { code: 'own-request', rectification: 1, user: 'BU_CABC101' as never },
    },
    {
      breaks: (of) => ({ ...of, series: HSIJ9 }),
      rejection: { code: 'series-expired', series: HSIJ9, lastTradingDay: '2019-04-29' as never },
    },
    {
      breaks: (of) => ({ ...of, time: '+1d 18:45' }),
      rejection: { code: 'after-input-cutoff', clearingDate: MONDAY, session: 'T', cutoff: at('+1d 18:45') },
    },
    { breaks: (of) => ({ ...of, ended: true }), rejection: { code: 'day-ended', businessDate: MONDAY } },
    {
      breaks: (of) => ({ ...of, from: { ...of.from, state: 'inactive' } }),
      rejection: { code: 'account-not-active', account: 'OMNI1', state: 'inactive' },
    },
    {
      breaks: (of) => ({ ...of, from: { ...of.from, access: 'read-only' } }),
      rejection: { code: 'no-account-access', account: 'OMNI1', access: 'read-only', needed: 'write' },
    },
    {
      breaks: (of) => ({ ...of, to: { ...of.to, state: 'inactive' } }),
      rejection: { code: 'account-not-active', account: 'OMNI2', state: 'inactive', part: 1 },
    },
    {
      breaks: (of) => ({ ...of, to: { ...of.to, access: 'read-only' } }),
      rejection: { code: 'no-account-access', account: 'OMNI2', access: 'read-only', needed: 'write', part: 1 },
    },
    {
      breaks: (of) => ({ ...of, drained: true }),
      rejection: {
        code: 'not-enough-position',
        account: 'OMNI1',
        series: HSIK9,
        side: 'held',
        available: 4,
        asked: 7,
      },
    },
  ],
  ({ time, number, state, own, series, ended, from, to, drained }) => {
    const place = market({ settings });
    place.match(inOmni1);
    if (own) place.done(CABC, rectify);
    else if (!place.command(colleague(place), rectify).ok) throw new Error('the rectification is refused');
    place.clock.now = at(time);
    const rectification = place.book(CABC)?.rectifications.get(1);
    if (state && rectification) {
      place.happens({ type: 'rectification-changed', rectification: { ...rectification, state } });
    }
    if (series) place.happens({ type: 'trade-changed', trade: { ...place.tradeNumbered(1), series } });
    for (const [id, change] of [
      ['OMNI1', from],
      ['OMNI2', to],
    ] as const) {
      place.changeAccount(CABC, account(id), { state: change?.state, access: change?.access });
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
    return { place, code: CABC, command: { ...confirm, rectification: number } };
  },
);
