import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import type { Position } from '../../../src/clearing/position.ts';
import type { SeriesName } from '../../../src/clearing/series.ts';
import { closingPosition, positionKey } from '../../../src/clearing/state.ts';
import { businessCalendar } from '../../../src/time/calendar.ts';
import type { BusinessDate } from '../../../src/time/instant.ts';
import {
  allDeliveries,
  CODES,
  dayOf,
  endDay,
  EXPIRY,
  exercisesOf,
  holding,
  HSI_CALL,
  HSI_PUT,
  HSIM9,
  JUNE_CALL,
} from '../support/business-day.ts';
import { account, CABC, CTHD, CXYZ, HKB_CALL, HKB_PUT, HSIK9, MONDAY, side, type Market } from '../support/market.ts';

const SERIES = [HSIK9, HSIM9, HSI_CALL, HSI_PUT, HKB_CALL, HKB_PUT, JUNE_CALL] as const;
const place = fc.record({
  code: fc.constantFrom(CABC, CXYZ, CTHD),
  id: fc.constantFrom('HOUSE', 'OMNI1', 'DAILY', 'TRANSIT'),
});
const deal = fc.record({
  series: fc.constantFrom(...SERIES),
  buyer: place,
  seller: place,
  quantity: fc.integer({ min: 1, max: 30 }),
  ofNextDate: fc.boolean(),
  buyerCloses: fc.boolean(),
  sellerCloses: fc.boolean(),
});
const wish = fc.record({
  verb: fc.constantFrom('request-exercise', 'deny-exercise'),
  of: place,
  series: fc.constantFrom(HKB_CALL, HKB_PUT, HSI_CALL, JUNE_CALL),
  quantity: fc.integer({ min: 1, max: 20 }),
});
const position = fc.record({
  of: place,
  series: fc.constantFrom(...SERIES),
  held: fc.nat(30),
  written: fc.nat(30),
});
const world = fc.record({
  businessDate: fc.constantFrom<BusinessDate>(MONDAY, EXPIRY),
  deals: fc.array(deal, { maxLength: 20 }),
  wishes: fc.array(wish, { maxLength: 8 }),
  hkb: fc.integer({ min: 6_000, max: 7_000 }),
  hsi: fc.integer({ min: 27_500, max: 28_500 }),
  assignment: fc.constantFrom('random' as const, 'pro-rata' as const),
  seed: fc.integer(),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** A business date just before its day end; the wishes that the model refuses do not matter. */
function evening(
  { businessDate, deals, wishes, hkb, hsi, ...settings }: World,
  positions: readonly ReturnType<typeof holding>[] = [],
): Market {
  const market = dayOf(businessDate, { settings, positions, prices: { HKB: hkb, HSI: hsi, HSIK9: hsi } });
  const next = businessCalendar().next(businessDate);
  const on = (of: { code: CustomerCode; id: string }, closes: boolean) =>
    ({ ...side(of.code, of.id), openClose: closes ? 'close' : 'open' }) as const;
  for (const { series, quantity, ofNextDate, ...each } of deals) {
    market.matchDeal({
      series,
      quantity,
      price: 100,
      matchedAt: market.now(),
      clearingDate: ofNextDate ? next : businessDate,
      buyer: on(each.buyer, each.buyerCloses),
      seller: on(each.seller, each.sellerCloses),
    });
  }
  for (const { verb, of, series, quantity } of wishes) {
    market.do(of.code, { do: verb, account: account(of.id), series, quantity });
  }
  return market;
}

function closing(market: Market): readonly Position[] {
  return CODES.flatMap((code) => {
    const book = market.book(code);
    return book ? [...book.positions.keys()].flatMap((key) => closingPosition(book, key) ?? []) : [];
  });
}

function sumBy<T>(rows: readonly T[], quantity: (row: T) => number): number {
  return rows.reduce((sum, row) => sum + quantity(row), 0);
}

function expectSound(market: Market, businessDate: BusinessDate): void {
  for (const each of market.allPositions()) {
    const { held, written, closedOut, exercised, assigned, denied, covered } = each;
    const least = Math.min(held, written, closedOut, exercised, assigned, denied, covered);
    expect(least, JSON.stringify(each)).toBeGreaterThanOrEqual(0);
  }
  for (const each of closing(market)) {
    const isEmptied = each.account === 'DAILY' || each.account === 'TRANSIT';
    const hasExpired = (market.series(each.series)?.expiryDate ?? '') <= businessDate;
    if (isEmptied || hasExpired) expect(each).toMatchObject({ held: 0, written: 0 });
    // What the T+1 session did is between the two positions, before and after the day end.
    const book = market.book(each.participant);
    const now = book?.positions.get(positionKey(each.account, each.series)) as Position;
    const ofNextDate = (book?.trades.all() ?? []).filter(
      (trade) => trade.account === each.account && trade.series === each.series && trade.clearingDate > businessDate,
    );
    const moved = sumBy(ofNextDate, (trade) => (trade.side === 'buy' ? trade.quantity : -trade.quantity));
    expect(now.held - now.written - (each.held - each.written)).toBe(moved);
  }
  const exercised = (name: SeriesName): number =>
    sumBy(
      CODES.flatMap((code) => exercisesOf(market, code)),
      (each) => (each.series === name && each.state === 'exercised' ? each.quantity : 0),
    );
  for (const name of SERIES) {
    const ofSeries = closing(market).filter((each) => each.series === name);
    expect(sumBy(ofSeries, (each) => each.exercised)).toBe(exercised(name));
  }
}

// Goal: a day end makes nothing out of nothing. Method: any deals between three participants, of today and of the T+1
// session, any exercise requests and denials, on a usual day and on the last one of the May series.
test('in a balanced market as much is assigned as exercised, shares and money change hands, and long equals short', () => {
  fc.assert(
    fc.property(world, (given) => {
      const market = evening(given);
      endDay(market);
      expectSound(market, given.businessDate);
      for (const name of SERIES) {
        const ofSeries = closing(market).filter((each) => each.series === name);
        expect(sumBy(ofSeries, (each) => each.exercised - each.assigned)).toBe(0);
      }
      for (const when of ['now', 'at close'] as const) {
        expect(Object.values(market.exposures(when)).filter((exposure) => exposure !== 0)).toEqual([]);
      }
      const deliveries = allDeliveries(market);
      expect(sumBy(deliveries, ({ shares }) => shares)).toBe(0);
      expect(sumBy(deliveries, ({ amountCents }) => amountCents)).toBe(0);
    }),
    { numRuns: 150 },
  );
});

test('where the rest of the market is not in the world, nothing is negative either, and nothing but the day end’s own is left open', () => {
  fc.assert(
    fc.property(world, fc.array(position, { maxLength: 12 }), (given, positions) => {
      // A net account holds one side.
      const held = positions.map(({ of, series, ...both }) =>
        holding(of.code, of.id, series, of.id === 'HOUSE' ? { held: both.held } : both),
      );
      const market = evening(given, held);
      const before = closing(market);
      endDay(market);
      expectSound(market, given.businessDate);
      // Live series: what left the closing exposures was exercised or assigned with somebody outside.
      for (const name of SERIES) {
        if ((market.series(name)?.expiryDate ?? '') <= given.businessDate) continue;
        const exposure = (of: readonly Position[]): number =>
          sumBy(of, (each) => (each.series === name ? each.held - each.written : 0));
        const outside = sumBy(closing(market), (each) => (each.series === name ? each.exercised - each.assigned : 0));
        expect(exposure(closing(market))).toBe(exposure(before) - outside);
      }
    }),
    { numRuns: 150 },
  );
});

test('the same evening ends the same way', () => {
  fc.assert(
    fc.property(world, (given) => {
      const [first, second] = [evening(given), evening(given)];
      expect(endDay(first)).toEqual(endDay(second));
    }),
    { numRuns: 40 },
  );
});
