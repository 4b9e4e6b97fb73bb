import { expect, test } from 'vitest';
import type { Trade } from '../../../src/clearing/deal.ts';
import type { PostTradeRejection } from '../../../src/clearing/post-trade-rejection.ts';
import {
  account,
  at,
  CABC,
  CTHD,
  CXYZ,
  FRIDAY,
  HSIK9,
  market,
  marketWithDeal,
  MONDAY,
  positionOf,
  side,
  TUESDAY,
  type Market,
} from '../support/market.ts';

test('an annulled match is reversed by one new deal between the same two, and both trades are annulled', () => {
  const place = marketWithDeal({ buyer: { ...side('CABC', 'OMNI1'), customerInfo: 'CLIENT 7' } });
  const [bought, sold] = [place.tradeNumbered(1), place.tradeNumbered(2)];
  place.clock.now = at('11:00');
  const outcome = place.annulDeal(1);
  if (!outcome.ok) throw new Error(outcome.rejection.code);

  expect(outcome.value.map(({ type }) => type)).toEqual([
    'deal-made',
    'trade-changed',
    'trade-changed',
    'deal-annulled',
  ]);
  expect(place.deal(1)).toMatchObject({ annulled: true });
  expect(place.deal(2)).toEqual({
    number: 2,
    reason: 'annulment',
    series: HSIK9,
    quantity: 10,
    price: 29_500,
    original: 1,
    buy: { participant: CXYZ, trade: 3 },
    sell: { participant: CABC, trade: 4 },
    annulled: false,
  });
  const gone: Partial<Trade> = { state: 'annulled', remainingQuantity: 0, modifiedAt: at('11:00') };
  expect([1, 2].map((number) => place.tradeNumbered(number))).toEqual([
    { ...bought, ...gone },
    { ...sold, ...gone },
  ]);
  const reversing: Partial<Trade> = {
    deal: 2,
    sequence: 2,
    remainingQuantity: 0,
    type: 'reversing',
    openClose: 'close',
    createdAt: at('11:00'),
    modifiedAt: at('11:00'),
  };
  expect([3, 4].map((number) => place.tradeNumbered(number))).toEqual([
    { ...sold, ...reversing, number: 3, side: 'buy', originalTrade: 2 },
    { ...bought, ...reversing, number: 4, side: 'sell', originalTrade: 1 },
  ]);
  expect([place.positionIn(CABC, 'OMNI1'), place.positionIn(CXYZ, 'HOUSE')]).toEqual([
    positionOf(CABC, 'OMNI1', HSIK9, { modifiedAt: at('11:00') }),
    positionOf(CXYZ, 'HOUSE', HSIK9, { modifiedAt: at('11:00') }),
  ]);
});

test('a match of the T+1 session is annulled for its own date', () => {
  const place = marketWithDeal({ clearingDate: TUESDAY });
  expect(place.annulDeal(1)).toMatchObject({ ok: true });
  expect(place.tradeNumbered(4).clearingDate).toBe(TUESDAY);
  expect(place.exposures('at close')).toEqual({ [HSIK9]: 0 });
});

test('HKEX annuls after the participants’ input cutoff, and whatever the state of their accounts', () => {
  const place = marketWithDeal();
  place.clock.now = at('+1d 19:00');
  place.changeAccount(CABC, account('HOUSE'), { state: 'inactive', access: 'read-only' });
  expect(place.annulDeal(1)).toMatchObject({ ok: true });
});

test('both sides of a match may be the same account', () => {
  const both = { ...side('CABC', 'OMNI1') };
  const place = marketWithDeal({ buyer: both, seller: { ...both, openClose: 'close' } });
  expect(place.positionIn(CABC, 'OMNI1')).toMatchObject({ held: 0, written: 0 });
  expect(place.annulDeal(1)).toMatchObject({ ok: true });
  expect(place.positionIn(CABC, 'OMNI1')).toMatchObject({ held: 0, written: 0 });
});

const giveUp = { do: 'request-give-up', trade: 1, to: CTHD, quantity: 1, commission: 0, text: '' } as const;
const rectify = (quantity: number) =>
  ({
    do: 'rectify-trade',
    trade: 1,
    parts: [{ account: account('OMNI1'), quantity, openClose: 'default', customerInfo: '' }],
  }) as const;

for (const [what, happens] of [
  ['is re-booked', (place: Market) => place.done(CABC, rectify(10))],
  ['is re-booked in part', (place: Market) => place.done(CABC, rectify(1))],
  ['is asked to be given up in part', (place: Market) => place.done(CABC, giveUp)],
  [
    'of the seller waits for a confirmation',
    (place: Market) => place.happens({ type: 'trade-changed', trade: { ...place.tradeNumbered(2), heldBy: 5 } }),
  ],
] as const) {
  test(`a match of which a trade ${what} is not annulled`, () => {
    const place = marketWithDeal();
    happens(place);
    expect(place.annulDeal(1)).toEqual({
      ok: false,
      rejection: { code: 'deal-not-annullable', deal: 1, reason: 'trades-not-whole' },
    });
  });
}

test('once its give-up is rejected the trade is whole again, and the match can be annulled', () => {
  const place = marketWithDeal();
  place.done(CABC, giveUp);
  place.done(CTHD, { do: 'reject-give-up', giveUp: 1, text: '' });
  expect(place.annulDeal(1)).toMatchObject({ ok: true });
});

test('a deal that a post-trade function made, or the annulment itself, is not annulled', () => {
  const place = marketWithDeal();
  place.done(CABC, rectify(1));
  expect(place.annulDeal(2)).toMatchObject({ rejection: { reason: 'not-a-match' } });
});

interface Case {
  readonly deal: number;
  readonly annulled?: true;
  readonly reason?: 'rectification';
  readonly trade: Partial<Trade>;
  readonly date?: typeof FRIDAY;
  readonly ended?: typeof FRIDAY;
}

// In order of precedence: each row breaks its own rule and all that come after it.
const rules: readonly {
  readonly breaks: (of: Case) => Case;
  readonly rejection: PostTradeRejection;
}[] = [
  { breaks: (of) => ({ ...of, deal: 9 }), rejection: { code: 'unknown-deal', deal: 9 } },
  {
    breaks: (of) => ({ ...of, annulled: true }),
    rejection: { code: 'deal-not-annullable', deal: 1, reason: 'annulled-already' },
  },
  {
    breaks: (of) => ({ ...of, reason: 'rectification' }),
    rejection: { code: 'deal-not-annullable', deal: 1, reason: 'not-a-match' },
  },
  {
    breaks: (of) => ({ ...of, trade: { remainingQuantity: 9 } }),
    rejection: { code: 'deal-not-annullable', deal: 1, reason: 'trades-not-whole' },
  },
  {
    breaks: (of) => ({ ...of, date: FRIDAY, ended: FRIDAY }),
    rejection: { code: 'deal-not-annullable', deal: 1, reason: 'old' },
  },
  { breaks: (of) => ({ ...of, ended: MONDAY }), rejection: { code: 'day-ended', businessDate: MONDAY } },
];
for (const [i, { breaks, rejection }] of rules.entries()) {
  for (const [which, broken] of [
    ['alone', breaks({ deal: 1, trade: {} })],
    [
      'before what comes after it',
      rules.slice(i).reduceRight<Case>((of, rule) => rule.breaks(of), { deal: 1, trade: {} }),
    ],
  ] as const) {
    test(`an annulment is refused ${which} for ${JSON.stringify(rejection)}, and nothing changes`, () => {
      const place = market();
      place.match({ clearingDate: broken.date ?? MONDAY });
      const deal = place.deal(1);
      const trades = [place.tradeNumbered(1), place.tradeNumbered(2)] as const;
      if (!deal) throw new Error();
      if (broken.reason) {
        // As if a post-trade function had made it.
        const made = market();
        made.happens({ type: 'deal-made', deal: { ...deal, reason: broken.reason }, trades });
        expectRefused(made, broken, rejection);
        return;
      }
      expectRefused(place, broken, rejection);
    });
  }
}

function expectRefused(place: Market, { deal, annulled, trade, ended }: Case, rejection: PostTradeRejection): void {
  place.happens({ type: 'trade-changed', trade: { ...place.tradeNumbered(2), ...trade } });
  if (annulled) place.happens({ type: 'deal-annulled', deal: 1, at: at('10:00') });
  if (ended) place.happens({ type: 'day-ended', businessDate: ended, at: at('10:00') });
  const before = place.everything();
  expect(place.annulDeal(deal)).toEqual({ ok: false, rejection });
  expect(place.everything()).toEqual(before);
}
