import { expect, test } from 'vitest';
import type { RejectGiveUp, RequestGiveUp } from '../../../src/clearing/commands/command.ts';
import type { GiveUp } from '../../../src/clearing/give-up.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import {
  account,
  at,
  CABC,
  CTHD,
  CXYZ,
  HSIJ9,
  inOrderOfPrecedence,
  marketWithDeal,
  MONDAY,
  type Market,
} from '../support/market.ts';

const request: RequestGiveUp = {
  do: 'request-give-up',
  trade: 1,
  to: CTHD,
  quantity: 7,
  commission: 0,
  text: 'AS AGREED',
};
const reject: RejectGiveUp = { do: 'reject-give-up', giveUp: 1, text: 'NOT OURS' };

/** CABC gives 7 of 10 up to CTHD, at 10:00; then it is 11:00. */
function asked(): Market {
  const place = marketWithDeal();
  place.done(CABC, request);
  place.clock.now = at('11:00');
  return place;
}

test('the taker rejects: the giver has its trade back as it was, and no deal is made', () => {
  const place = asked();
  const giveUp = place.giveUpNumbered(1);
  const untouched = marketWithDeal();
  place.done(CTHD, reject);
  expect(place.giveUpNumbered(1)).toEqual({
    ...giveUp,
    state: 'rejected',
    text: 'NOT OURS',
    decidedBy: 'BU_CTHD101',
    modifiedAt: at('11:00'),
  });
  expect(place.tradeNumbered(1)).toEqual({ ...untouched.tradeNumbered(1), modifiedAt: at('11:00') });
  expect(place.deal(2)).toBeUndefined();
  expect(place.allPositions()).toEqual(untouched.allPositions());
});

test('the giver cancels its own give-up; without a text the request’s stays', () => {
  const place = asked();
  place.done(CABC, { ...reject, text: '' });
  expect(place.giveUpNumbered(1)).toMatchObject({ state: 'cancelled', text: 'AS AGREED', decidedBy: 'BU_CABC101' });
  expect(place.tradeNumbered(1)).toMatchObject({ heldQuantity: 0, giveUpState: 'none' });
});

test('what was rejected can be given up to somebody else', () => {
  const place = asked();
  place.done(CTHD, reject);
  place.done(CABC, { ...request, to: CXYZ, quantity: 10 });
  expect(place.tradeNumbered(1)).toMatchObject({ heldQuantity: 10, giveUpState: 'holding' });
});

test('a rejection leaves the trade holding while another give-up waits, and given up when one was taken up', () => {
  const place = asked();
  place.done(CABC, { ...request, quantity: 1 });
  place.done(CABC, { ...request, quantity: 2 });
  place.done(CTHD, reject);
  expect(place.tradeNumbered(1)).toMatchObject({ heldQuantity: 3, giveUpState: 'holding' });
  const parts = [{ account: account('HOUSE'), quantity: 1, openClose: 'default', customerInfo: '' }] as const;
  place.done(CTHD, { do: 'take-up', giveUp: 2, parts });
  place.done(CTHD, { ...reject, giveUp: 3 });
  expect(place.tradeNumbered(1)).toMatchObject({ remainingQuantity: 9, heldQuantity: 0, giveUpState: 'given-up' });
});

test('a re-booked part of a trade does not count as given up', () => {
  const place = asked();
  place.happens({ type: 'trade-changed', trade: { ...place.tradeNumbered(1), remainingQuantity: 8 } });
  place.done(CTHD, reject);
  expect(place.tradeNumbered(1)).toMatchObject({ remainingQuantity: 8, giveUpState: 'none' });
});

test('a give-up of a series that has expired meanwhile can still be rejected', () => {
  const place = asked();
  place.happens({ type: 'give-up-changed', giveUp: { ...place.giveUpNumbered(1), series: HSIJ9 } });
  expect(place.do(CTHD, reject)).toMatchObject({ ok: true });
});

interface Case {
  readonly time: string;
  readonly by: CustomerCode;
  readonly command: RejectGiveUp;
  readonly giveUp: Partial<GiveUp>;
  readonly ended?: true;
}

inOrderOfPrecedence<Case>(
  'a rejection of a give-up',
  { time: '11:00', by: CTHD, command: reject, giveUp: {} },
  [
    {
      breaks: (of) => ({ ...of, command: { ...of.command, giveUp: 9 } }),
      rejection: { code: 'unknown-give-up', giveUp: 9 },
    },
    // Somebody else's is as unknown as one that does not exist.
    { breaks: (of) => ({ ...of, by: CXYZ }), rejection: { code: 'unknown-give-up', giveUp: 1 } },
    {
      breaks: (of) => ({ ...of, giveUp: { ...of.giveUp, state: 'confirmed' } }),
      rejection: { code: 'give-up-not-pending', giveUp: 1, state: 'confirmed' },
    },
    {
      breaks: (of) => ({ ...of, time: '+1d 18:45' }),
      rejection: { code: 'after-input-cutoff', clearingDate: MONDAY, session: 'T', cutoff: at('+1d 18:45') },
    },
    { breaks: (of) => ({ ...of, ended: true }), rejection: { code: 'day-ended', businessDate: MONDAY } },
    {
      breaks: (of) => ({ ...of, command: { ...of.command, text: 'x'.repeat(31) } }),
      rejection: { code: 'text-not-allowed', field: 'give-up text', problem: 'too-long', length: 31, lengthMax: 30 },
    },
  ],
  ({ time, by, command, giveUp, ended }) => {
    const place = asked();
    place.clock.now = at(time);
    place.happens({ type: 'give-up-changed', giveUp: { ...place.giveUpNumbered(1), ...giveUp } });
    if (ended) place.happens({ type: 'day-ended', businessDate: MONDAY, at: at(time) });
    return { place, code: by, command };
  },
);
