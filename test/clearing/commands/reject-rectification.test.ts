import { expect, test } from 'vitest';
import type { RectificationState } from '../../../src/clearing/rectification.ts';
import { DEFAULT_CLEARING_SETTINGS } from '../../../src/clearing/settings.ts';
import { account, at, CABC, CXYZ, inOrderOfPrecedence, market, MONDAY, type Market } from '../support/market.ts';

const rectify = {
  do: 'rectify-trade',
  trade: 1,
  parts: [{ account: account('OMNI1'), quantity: 7, openClose: 'default', customerInfo: '' }],
} as const;
const reject = { do: 'reject-rectification', rectification: 1 } as const;

function waiting(): Market {
  const place = market({ settings: { ...DEFAULT_CLEARING_SETTINGS, rectificationHeld: 'always' } });
  place.match({});
  place.done(CABC, rectify);
  return place;
}

test('rejecting a rectification gives the trade back as it was, to be re-booked or given up again', () => {
  const place = waiting();
  const trade = place.tradeNumbered(1);
  const rectification = place.book(CABC)?.rectifications.get(1);
  const positions = place.allPositions();
  place.clock.now = at('11:00');
  place.done(CABC, reject);
  expect(place.tradeNumbered(1)).toEqual({
    ...trade,
    heldBy: undefined,
    remainingQuantity: 10,
    state: 'active',
    modifiedAt: at('11:00'),
  });
  expect(place.book(CABC)?.rectifications.get(1)).toEqual({
    ...rectification,
    state: 'rejected',
    decidedBy: 'BU_CABC101',
    modifiedAt: at('11:00'),
  });
  expect(place.allPositions()).toEqual(positions);
  place.done(CABC, rectify);
  expect(place.tradeNumbered(1).heldBy).toBe(2);
});

test('HKEX may reject it, and another participant does not know it', () => {
  const place = waiting();
  expect(place.do(CXYZ, reject)).toEqual({
    ok: false,
    rejection: { code: 'unknown-rectification', rectification: 1 },
  });
  expect(place.commandFor(CABC, reject)).toMatchObject({ ok: true });
  expect(place.book(CABC)?.rectifications.get(1)).toMatchObject({ state: 'rejected', decidedBy: undefined });
});

interface Case {
  readonly time: string;
  readonly number: number;
  readonly state?: RectificationState;
  readonly ended?: true;
}

inOrderOfPrecedence<Case>(
  'a rejection of a rectification',
  { time: '10:00', number: 1 },
  [
    {
      breaks: (of) => ({ ...of, number: 9 }),
      rejection: { code: 'unknown-rectification', rectification: 9 },
    },
    {
      breaks: (of) => ({ ...of, state: 'confirmed' }),
      rejection: { code: 'rectification-not-pending', rectification: 1, state: 'confirmed' },
    },
    {
      breaks: (of) => ({ ...of, time: '+1d 18:45' }),
      rejection: { code: 'after-input-cutoff', clearingDate: MONDAY, session: 'T', cutoff: at('+1d 18:45') },
    },
    { breaks: (of) => ({ ...of, ended: true }), rejection: { code: 'day-ended', businessDate: MONDAY } },
  ],
  ({ time, number, state, ended }) => {
    const place = waiting();
    place.clock.now = at(time);
    const rectification = place.book(CABC)?.rectifications.get(1);
    if (state && rectification) {
      place.happens({ type: 'rectification-changed', rectification: { ...rectification, state } });
    }
    if (ended) place.happens({ type: 'day-ended', businessDate: MONDAY, at: at(time) });
    return { place, code: CABC, command: { ...reject, rectification: number } };
  },
);
