import { expect, test } from 'vitest';
import type { AccountType } from '../../../src/clearing/account.ts';
import type { RequestGiveUp, TakeUp } from '../../../src/clearing/commands/command.ts';
import type { GiveUp, TradePart } from '../../../src/clearing/give-up.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import {
  account,
  at,
  CABC,
  CFUT,
  CTHD,
  CXYZ,
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

const request: RequestGiveUp = {
  do: 'request-give-up',
  trade: 1,
  to: CTHD,
  quantity: 7,
  commission: 0,
  text: '',
};

function part(id: string, quantity: number, options: Partial<TradePart> = {}): TradePart {
  return { account: account(id), quantity, openClose: 'default', customerInfo: '', ...options };
}

function takeUp(...parts: readonly TradePart[]): TakeUp {
  return { do: 'take-up', giveUp: 1, parts };
}

/** CABC gives 7 of 10 up to CTHD, at 10:00; then it is 11:00. */
function asked(place: Market = marketWithDeal()): Market {
  place.done(CABC, request);
  place.clock.now = at('11:00');
  return place;
}

test('giving up 7 of 10 makes, once taken up, a new deal of two trades of 7: a sell at the giver, a buy at the taker', () => {
  const place = asked(marketWithDeal({ buyer: { ...side('CABC', 'HOUSE'), customerInfo: 'CLIENT 9' } }));
  const original = place.tradeNumbered(1);
  place.done(CTHD, takeUp(part('OMNI1', 7, { openClose: 'open', customerInfo: 'MINE' })));

  expect(place.deal(2)).toEqual({
    number: 2,
    reason: 'give-up',
    series: 'HSIK9',
    quantity: 7,
    price: 29_500,
    original: 1,
    buy: { participant: 'CTHD', trade: 3 },
    sell: { participant: 'CABC', trade: 4 },
    annulled: false,
  });
  const inCommon = {
    deal: 2,
    series: 'HSIK9',
    quantity: 7,
    heldQuantity: 0,
    heldBy: undefined,
    price: 29_500,
    state: 'active',
    giveUpState: 'none',
    originalTrade: 1,
    createdAt: at('11:00'),
    asOfAt: at('09:00'),
    modifiedAt: at('11:00'),
    clearingDate: MONDAY,
  };
  expect(place.tradeNumbered(4)).toEqual({
    ...inCommon,
    number: 4,
    sequence: 2,
    participant: 'CABC',
    account: 'HOUSE',
    side: 'sell',
    remainingQuantity: 0,
    type: 'give-up',
    openClose: 'close',
    customerInfo: 'CLIENT 9',
    giveUpMember: 'CTHD',
    user: 'BU_CABC101',
  });
  expect(place.tradeNumbered(3)).toEqual({
    ...inCommon,
    number: 3,
    sequence: 1,
    participant: 'CTHD',
    account: 'OMNI1',
    side: 'buy',
    remainingQuantity: 7,
    type: 'take-up',
    openClose: 'open',
    customerInfo: 'MINE',
    giveUpMember: 'CABC',
    user: 'BU_CTHD101',
  });
  expect(place.tradeNumbered(1)).toEqual({
    ...original,
    remainingQuantity: 3,
    heldQuantity: 0,
    giveUpState: 'given-up',
    modifiedAt: at('11:00'),
  });
  const then = { modifiedAt: at('11:00') };
  expect(place.positionIn(CABC, 'HOUSE')).toEqual(positionOf(CABC, 'HOUSE', HSIK9, { held: 3, ...then }));
  expect(place.positionIn(CTHD, 'OMNI1')).toEqual(positionOf(CTHD, 'OMNI1', HSIK9, { held: 7, ...then }));
});

test('the give-up is confirmed with what the taker made of it', () => {
  const place = asked();
  const before = place.giveUpNumbered(1);
  const parts = [part('HOUSE', 5), part('OMNI1', 2, { openClose: 'open', customerInfo: 'X' })];
  place.done(CTHD, takeUp(...parts));
  expect(place.giveUpNumbered(1)).toEqual({
    ...before,
    state: 'confirmed',
    parts,
    decidedBy: 'BU_CTHD101',
    modifiedAt: at('11:00'),
  });
});

test('taking up into two accounts makes a deal for each', () => {
  const place = asked();
  place.done(CTHD, takeUp(part('HOUSE', 5), part('OMNI1', 2)));
  expect([place.deal(2), place.deal(3)]).toMatchObject([
    { quantity: 5, buy: { participant: 'CTHD', trade: 3 }, sell: { participant: 'CABC', trade: 4 } },
    { quantity: 2, buy: { participant: 'CTHD', trade: 5 }, sell: { participant: 'CABC', trade: 6 } },
  ]);
  expect(place.tradeNumbered(1)).toMatchObject({ remainingQuantity: 3, heldQuantity: 0, state: 'active' });
});

test('a sold trade is given up by a buy at the giver and a sell at the taker', () => {
  const place = marketWithDeal();
  place.done(CXYZ, { ...request, trade: 2 });
  place.done(CTHD, takeUp(part('HOUSE', 7)));
  expect(place.deal(2)).toMatchObject({ buy: { participant: 'CXYZ' }, sell: { participant: 'CTHD' } });
  expect(place.positionIn(CXYZ, 'HOUSE')).toMatchObject({ held: 0, written: 3 });
  expect(place.positionIn(CTHD, 'HOUSE')).toMatchObject({ held: 0, written: 7 });
});

test('a trade that is given up whole is rectified', () => {
  const place = marketWithDeal();
  place.done(CABC, { ...request, quantity: 10 });
  place.done(CTHD, takeUp(part('HOUSE', 10)));
  expect(place.tradeNumbered(1)).toMatchObject({
    remainingQuantity: 0,
    heldQuantity: 0,
    state: 'rectified',
    giveUpState: 'given-up',
  });
  expect(place.positionIn(CABC, 'HOUSE')).toMatchObject({ held: 0, written: 0 });
});

test('while another give-up of the trade waits, the trade is holding; then it is given up', () => {
  const place = asked();
  place.done(CABC, { ...request, to: CXYZ, quantity: 2 });
  place.done(CTHD, takeUp(part('HOUSE', 7)));
  expect(place.tradeNumbered(1)).toMatchObject({ remainingQuantity: 3, heldQuantity: 2, giveUpState: 'holding' });
  place.done(CXYZ, { do: 'take-up', giveUp: 2, parts: [part('HOUSE', 2)] });
  expect(place.tradeNumbered(1)).toMatchObject({ remainingQuantity: 1, heldQuantity: 0, giveUpState: 'given-up' });
});

test('what a trade closed in a gross account is open again after it was given up', () => {
  const place = market({
    positions: [
      { participant: CABC, account: account('OMNI1'), series: HSIK9, held: 0, written: 10 },
      { participant: CXYZ, account: account('OMNI1'), series: HSIK9, held: 10, written: 0 },
    ],
  });
  place.match({ buyer: { ...side('CABC', 'OMNI1'), openClose: 'close' } });
  expect(place.positionIn(CABC, 'OMNI1')).toMatchObject({ held: 0, written: 0 });
  asked(place).done(CTHD, takeUp(part('HOUSE', 7)));
  expect(place.tradeNumbered(4)).toMatchObject({ type: 'give-up', side: 'sell', openClose: 'open' });
  expect(place.positionIn(CABC, 'OMNI1')).toMatchObject({ held: 0, written: 7 });
});

test('a part may close what the taker has written, and no more', () => {
  const place = market({
    positions: [
      { participant: CTHD, account: account('OMNI1'), series: HSIK9, held: 0, written: 6 },
      { participant: CXYZ, account: account('OMNI1'), series: HSIK9, held: 6, written: 0 },
    ],
  });
  place.match({});
  asked(place);
  const closing = { openClose: 'close' } as const;
  // The second part finds what the first one has left.
  expect(place.do(CTHD, takeUp(part('OMNI1', 4, closing), part('OMNI1', 3, closing)))).toMatchObject({
    ok: false,
    rejection: { code: 'not-enough-position', side: 'written', available: 2, asked: 3, part: 2 },
  });
  place.done(CTHD, takeUp(part('OMNI1', 4, closing), part('OMNI1', 2, closing), part('OMNI1', 1)));
  expect(place.positionIn(CTHD, 'OMNI1')).toMatchObject({ held: 1, written: 0 });
});

test('what the giver netted down between request and take-up does not concern the taker: the giver’s account opens', () => {
  const place = market();
  place.match({ buyer: side('CABC', 'OMNI1') });
  place.match({ buyer: side('CXYZ', 'HOUSE'), seller: side('CABC', 'OMNI1') });
  asked(place);
  place.done(CABC, {
    do: 'net-down-position',
    items: [{ account: account('OMNI1'), series: HSIK9, quantity: 6 }],
  });
  place.done(CTHD, takeUp(part('HOUSE', 7)));
  expect(place.positionIn(CABC, 'OMNI1')).toMatchObject({ held: 0, written: 7 });
});

test('what was taken up can be given up again', () => {
  const place = asked();
  place.done(CTHD, takeUp(part('HOUSE', 7)));
  place.done(CTHD, { ...request, trade: 3, to: CFUT, quantity: 4 });
  place.done(CFUT, { do: 'take-up', giveUp: 2, parts: [part('HOUSE', 4)] });
  expect(place.tradeNumbered(3)).toMatchObject({ type: 'take-up', remainingQuantity: 3 });
  expect(place.positionIn(CTHD, 'HOUSE')).toMatchObject({ held: 3, written: 0 });
  expect(place.positionIn(CFUT, 'HOUSE')).toMatchObject({ held: 4, written: 0 });
  expect(place.tradeNumbered(5).asOfAt).toBe(at('09:00'));
});

test('a trade of the T+1 session is taken up for the next business date: closing positions stay', () => {
  const place = asked(marketWithDeal({ clearingDate: TUESDAY }));
  place.done(CTHD, takeUp(part('HOUSE', 7)));
  expect(place.tradeNumbered(3).clearingDate).toBe(TUESDAY);
  expect(place.positionIn(CTHD, 'HOUSE')).toMatchObject({ held: 7 });
  expect(place.closingIn(CTHD, 'HOUSE')).toMatchObject({ held: 0 });
});

const types: readonly (readonly [string, AccountType, boolean])[] = [
  ['HOUSE', 'house', true],
  ['OMNI1', 'omnibus-client', true],
  ['CLIENT1', 'individual-client', true],
  ['COCA', 'client-offset-claim', true],
  ['DAILY', 'daily', true],
  ['TRANSIT', 'transitory', true],
  ['SINK', 'sink', false],
  ['APT', 'apt', false],
];
for (const [id, type, allowed] of types) {
  test(`a give-up may ${allowed ? '' : 'not '}be taken up into an account of type ${type}`, () => {
    expect(asked().do(CTHD, takeUp(part(id, 7)))).toMatchObject(
      allowed
        ? { ok: true }
        : { ok: false, rejection: { code: 'account-type-not-allowed', account: id, type, part: 1 } },
    );
  });
}

interface Case {
  readonly time: string;
  readonly by: CustomerCode;
  readonly command: TakeUp;
  readonly giveUp: Partial<GiveUp>;
  readonly ended?: true;
}

const allowedTypes: readonly AccountType[] = [
  'house',
  'market-maker',
  'omnibus-client',
  'individual-client',
  'client-offset-claim',
  'daily',
  'transitory',
];

inOrderOfPrecedence<Case>(
  'a take-up',
  { time: '11:00', by: CTHD, command: takeUp(part('HOUSE', 5), part('OMNI1', 2)), giveUp: {} },
  [
    {
      breaks: (of) => ({ ...of, command: { ...of.command, giveUp: 9 } }),
      rejection: { code: 'unknown-give-up', giveUp: 9 },
    },
    // Somebody else's is as unknown as one that does not exist.
    { breaks: (of) => ({ ...of, by: CXYZ }), rejection: { code: 'unknown-give-up', giveUp: 1 } },
    { breaks: (of) => ({ ...of, by: CABC }), rejection: { code: 'not-the-taker', giveUp: 1, taker: CTHD } },
    {
      breaks: (of) => ({ ...of, giveUp: { ...of.giveUp, state: 'lapsed' } }),
      rejection: { code: 'give-up-not-pending', giveUp: 1, state: 'lapsed' },
    },
    {
      breaks: (of) => ({ ...of, giveUp: { ...of.giveUp, series: HSIJ9 } }),
      rejection: { code: 'series-expired', series: HSIJ9, lastTradingDay: '2019-04-29' as never },
    },
    {
      breaks: (of) => ({ ...of, time: '+1d 18:45' }),
      rejection: { code: 'after-input-cutoff', clearingDate: MONDAY, session: 'T', cutoff: at('+1d 18:45') },
    },
    { breaks: (of) => ({ ...of, ended: true }), rejection: { code: 'day-ended', businessDate: MONDAY } },
    { breaks: (of) => ({ ...of, command: takeUp() }), rejection: { code: 'no-parts' } },
    {
      breaks: (of) => ({ ...of, command: takeUp(...Array.from({ length: 51 }, () => part('NOPE', 0))) }),
      rejection: { code: 'too-many-parts', parts: 51, partsMax: 50 },
    },
    {
      breaks: (of) => ({ ...of, command: takeUp(part('HOUSE', 5), part('NOPE', 0, { customerInfo: 'é' })) }),
      rejection: { code: 'quantity-not-positive', quantity: 0, part: 2 },
    },
    {
      breaks: (of) => ({ ...of, command: takeUp(part('HOUSE', 5), part('NOPE', 3, { customerInfo: 'é' })) }),
      rejection: { code: 'unknown-account', account: 'NOPE', part: 2 },
    },
    {
      breaks: (of) => ({ ...of, command: takeUp(part('HOUSE', 5), part('SINK', 3, { customerInfo: 'é' })) }),
      rejection: {
        code: 'account-type-not-allowed',
        account: 'SINK',
        type: 'sink',
        allowed: allowedTypes,
        part: 2,
      },
    },
    {
      breaks: (of) => ({ ...of, command: takeUp(part('HOUSE', 5), part('OMNI1', 3, { customerInfo: 'é' })) }),
      rejection: {
        code: 'text-not-allowed',
        field: 'customer info',
        problem: 'not-printable',
        length: 1,
        lengthMax: 15,
        part: 2,
      },
    },
    {
      breaks: (of) => ({ ...of, command: takeUp(part('HOUSE', 5), part('OMNI1', 1)) }),
      rejection: { code: 'parts-do-not-add-up', sum: 6, expected: 7, lessAllowed: false },
    },
    {
      breaks: (of) => ({ ...of, command: takeUp(part('HOUSE', 5), part('OMNI1', 2, { openClose: 'close' })) }),
      rejection: {
        code: 'not-enough-position',
        account: 'OMNI1',
        series: HSIK9,
        side: 'written',
        available: 0,
        asked: 2,
        part: 2,
      },
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

test('50 parts are taken, and more than the give-up is refused', () => {
  const place = marketWithDeal({ quantity: 50 });
  place.done(CABC, { ...request, quantity: 50 });
  expect(place.do(CTHD, takeUp(...Array.from({ length: 50 }, () => part('HOUSE', 2))))).toEqual({
    ok: false,
    rejection: { code: 'parts-do-not-add-up', sum: 100, expected: 50, lessAllowed: false },
  });
  place.done(CTHD, takeUp(...Array.from({ length: 50 }, () => part('HOUSE', 1))));
  expect(place.positionIn(CTHD, 'HOUSE')).toMatchObject({ held: 50 });
});
