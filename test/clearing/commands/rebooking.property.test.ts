import fc from 'fast-check';
import { expect, test } from 'vitest';
import { POSITION_KEEPING } from '../../../src/clearing/account.ts';
import type { Command } from '../../../src/clearing/commands/command.ts';
import type { OpenClose, Side, Trade } from '../../../src/clearing/deal.ts';
import type { TradePart } from '../../../src/clearing/give-up.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import { bookTrade, reverseEffect } from '../../../src/clearing/position.ts';
import { DEFAULT_CLEARING_SETTINGS } from '../../../src/clearing/settings.ts';
import type { BusinessDate } from '../../../src/time/instant.ts';
import {
  account,
  CABC,
  FRIDAY,
  HKB_CALL,
  HSIK9,
  market,
  MONDAY,
  side,
  TUESDAY,
  type Market,
} from '../support/market.ts';

const quantity = fc.integer({ min: 1, max: 20 });
const bought = fc.constantFrom<Side>('buy', 'sell');
const openClose = fc.constantFrom<OpenClose>('default', 'open', 'close');
const opposite = (of: Side): Side => (of === 'buy' ? 'sell' : 'buy');

// Goal: a reversing trade takes exactly back what its trade did, where nothing else happened in between. Method: book,
// then book what reverses. A close is one that fits: one that closes more than there is leaves no trace of where it
// began to open, so that nobody could take it back.
test('reversing a trade restores the position before, in net and gross accounts, whether it opened or closed', () => {
  const holding = fc.record({ held: fc.nat({ max: 60 }), written: fc.nat({ max: 60 }) });
  fc.assert(
    fc.property(holding, bought, quantity, openClose, fc.boolean(), (gross, way, size, effect, isGross) => {
      const keeping = isGross ? 'gross' : 'net';
      const before = isGross ? gross : bookTrade({ held: 0, written: 0 }, 'buy', gross.held - gross.written, 'net');
      const there = way === 'buy' ? before.written : before.held;
      fc.pre(keeping === 'net' || effect !== 'close' || size <= there);
      const after = bookTrade(before, way, size, keeping, effect);
      expect(after.held - after.written).toBe(before.held - before.written + (way === 'buy' ? size : -size));
      expect(bookTrade(after, opposite(way), size, keeping, reverseEffect(effect))).toEqual(before);
    }),
    { numRuns: 1_000 },
  );
});

const part: fc.Arbitrary<TradePart> = fc.record({
  account: fc.constantFrom('HOUSE', 'OMNI1', 'OMNI1', 'OMNI2', 'CLIENT1', 'COCA', 'DAILY').map(account),
  quantity,
  openClose,
  customerInfo: fc.constantFrom('', 'A'),
});

function holdings(place: Market): Readonly<Record<string, readonly [number, number]>> {
  const rows = place
    .allPositions()
    .filter(({ held, written }) => held + written > 0)
    .map(({ participant, account: id, held, written }) => [`${participant} ${id}`, [held, written] as const] as const);
  return Object.fromEntries(rows.toSorted(([a], [b]) => a.localeCompare(b)));
}

// Goal: a rectification gives the positions that there would be, had the trade been booked like that at once. Method:
// two markets with the same positions to begin with; in one the trade is matched and re-booked, in the other the parts
// are matched, and what stays of the trade.
test('after a rectification the positions are those of a market in which the parts were matched', () => {
  const some = fc.constantFrom(0, 8, 20, 30);
  const holding = fc.record({ held: some, written: some });
  const first = fc.record({
    way: bought,
    id: fc.constantFrom('HOUSE', 'OMNI1', 'OMNI1', 'TRANSIT'),
    size: quantity,
    effect: openClose,
    // What the gross accounts that the parts go to hold before.
    before: fc.record({ OMNI1: holding, OMNI2: holding, COCA: holding, DAILY: holding }),
  });
  let rebooked = 0;
  fc.assert(
    fc.property(first, fc.array(part, { minLength: 1, maxLength: 4 }), ({ way, id, size, effect, before }, wanted) => {
      const positions = Object.entries(before).map(([of, quantities]) => ({
        participant: CABC,
        account: account(of),
        series: HSIK9,
        ...quantities,
      }));
      // A close is one that fits.
      const there = id === 'OMNI1' ? before.OMNI1[way === 'buy' ? 'written' : 'held'] : 0;
      fc.pre(id === 'HOUSE' || effect !== 'close' || size <= there);
      const match = (place: Market, terms: TradePart): void => {
        const own = { ...side('CABC', terms.account), ...terms };
        const other = side('CXYZ', 'HOUSE');
        const sides = way === 'buy' ? { buyer: own, seller: other } : { buyer: other, seller: own };
        place.match({ quantity: terms.quantity, ...sides });
      };
      const original = { account: account(id), quantity: size, openClose: effect, customerInfo: '' };
      const parts = upTo(size, wanted);
      const place = market({ positions });
      match(place, original);
      const name = id === 'TRANSIT' ? 'transfer-from-transitory' : 'rectify-trade';
      const exposures = place.exposures('now');
      if (!place.do(CABC, { do: name, trade: way === 'buy' ? 1 : 2, parts }).ok) return;
      rebooked += 1;

      const other = market({ positions });
      const rest = size - parts.reduce((sum, each) => sum + each.quantity, 0);
      if (rest > 0) match(other, { ...original, quantity: rest });
      for (const each of parts) match(other, each);
      expect(holdings(place)).toEqual(holdings(other));
      expect(place.exposures('now')).toEqual(exposures);
    }),
    { numRuns: 800, seed: 7 },
  );
  expect(rebooked).toBeGreaterThan(100);
});

/** As many of the parts as fit into `most` contracts. */
function upTo(most: number, parts: readonly TradePart[]): readonly TradePart[] {
  let left = most;
  const fitting: TradePart[] = [];
  for (const each of parts) {
    const taken = Math.min(left, each.quantity);
    if (taken > 0) fitting.push({ ...each, quantity: taken });
    left -= taken;
  }
  return fitting;
}

interface Step {
  readonly what: Command['do'] | 'annul';
  readonly choice: number;
  readonly count: number;
  readonly parts: readonly TradePart[];
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom<Step['what']>(
    'rectify-trade',
    'rectify-trade',
    'rectify-trade',
    'confirm-rectification',
    'reject-rectification',
    'transfer-from-transitory',
    'make-average-price-trade',
    'make-average-price-trade',
    'annul',
  ),
  choice: fc.nat({ max: 1_000 }),
  count: fc.integer({ min: 2, max: 4 }),
  parts: fc.array(part, { minLength: 1, maxLength: 3 }),
});

// HKEX asks for all of it: everybody may confirm.
function act(place: Market, { what, choice, count, parts }: Step): boolean {
  const book = place.book(CABC);
  const trades = book?.trades.all().filter(({ remainingQuantity }) => remainingQuantity > 0) ?? [];
  const chosen = trades[choice % Math.max(1, trades.length)];
  if (!book || !chosen) return false;
  const issue = (command: Command): boolean => place.commandFor(CABC, command).ok;
  const waiting = [...book.rectifications.values()].findLast(({ state }) => state === 'holding')?.number ?? 1;
  switch (what) {
    case 'rectify-trade':
    case 'transfer-from-transitory':
      return issue({ do: what, trade: chosen.number, parts: upTo(chosen.remainingQuantity, parts) });
    case 'confirm-rectification':
    case 'reject-rectification':
      return issue({ do: what, rectification: waiting });
    case 'make-average-price-trade': {
      const like = trades.filter(
        (trade) =>
          trade.account === 'DAILY' &&
          trade.type !== 'average-price' &&
          trade.series === chosen.series &&
          trade.side === chosen.side &&
          trade.clearingDate === chosen.clearingDate,
      );
      return issue({ do: what, trades: like.slice(0, count).map(({ number }) => number) });
    }
    case 'annul':
      return place.annulDeal(1 + (choice % 8)).ok;
    default:
      throw new Error(what);
  }
}

/** What the participant's trades still stand for, by series and side: contracts, and money with what rounding put aside. */
function standing(place: Market): ReadonlyMap<string, readonly [contracts: number, value: number]> {
  const sums = new Map<string, readonly [number, number]>();
  const add = (key: string, contracts: number, value: number): void => {
    const [c, v] = sums.get(key) ?? [0, 0];
    sums.set(key, [c + contracts, v + value]);
  };
  for (const { series, side: way, remainingQuantity, price } of place.book(CABC)?.trades.all() ?? []) {
    if (remainingQuantity > 0) add(`${series} ${way}`, remainingQuantity, remainingQuantity * price);
  }
  for (const { trade, series, valueDifference } of place.book(CABC)?.averagePriceTrades.values() ?? []) {
    add(`${series} ${place.tradeNumbered(trade).side}`, 0, valueDifference);
  }
  return sums;
}

/** For each trade: what remains of it and what went elsewhere is all of it. */
function expectAllAccountedFor(place: Market): void {
  const trades = place.book(CABC)?.trades.all() ?? [];
  const taken = new Map<number, number>();
  for (const { originalTrade, type, quantity: size } of trades) {
    if (type !== 'reversing' || originalTrade === undefined) continue;
    taken.set(originalTrade, (taken.get(originalTrade) ?? 0) + size);
  }
  for (const trade of trades) {
    expect(trade.remainingQuantity).toBeGreaterThanOrEqual(0);
    if (isWayBack(trade) || trade.account === 'APT') continue;
    expect([trade.number, trade.remainingQuantity + (taken.get(trade.number) ?? 0)]).toEqual([
      trade.number,
      trade.quantity,
    ]);
    expect(trade.state === 'active').toBe(trade.remainingQuantity > 0);
  }
}

function isWayBack({ type }: Trade): boolean {
  return type === 'reversing';
}

// Goal: re-booking neither makes nor loses contracts or money, whatever is done in whatever order. Method: random
// commands on the trades of one participant, of three clearing dates, all types of account and both sides.
test('re-booking and averaging keep every contract and all of the value; the APT account holds nothing', () => {
  const dates: readonly BusinessDate[] = [FRIDAY, MONDAY, MONDAY, TUESDAY];
  const matched = fc.record({
    way: bought,
    id: fc.constantFrom('DAILY', 'DAILY', 'TRANSIT', 'OMNI1', 'HOUSE'),
    size: quantity,
    price: fc.integer({ min: 29_000, max: 29_009 }),
    date: fc.constantFrom(...dates),
    series: fc.constantFrom(HSIK9, HSIK9, HKB_CALL),
  });
  const done = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.array(matched, { minLength: 4, maxLength: 8 }),
      fc.array(step, { minLength: 5, maxLength: 25 }),
      fc.constantFrom('never' as const, 'old-trades' as const, 'always' as const),
      (deals, steps, rectificationHeld) => {
        const place = market({ settings: { ...DEFAULT_CLEARING_SETTINGS, rectificationHeld } });
        for (const { way, id, size, price, date: clearingDate, series } of deals) {
          const sides = [side('CABC', id), side('CXYZ', 'HOUSE')] as const;
          const [buyer, seller] = way === 'buy' ? sides : [sides[1], sides[0]];
          place.match({ series, quantity: size, price, clearingDate, buyer, seller });
        }
        for (const each of steps) {
          const before = standing(place);
          const exposures = exposureOf(place, CABC);
          if (!act(place, each)) continue;
          done.set(each.what, (done.get(each.what) ?? 0) + 1);
          expectAllAccountedFor(place);
          expect(Object.values(place.exposures('now')).filter((sum) => sum !== 0)).toEqual([]);
          for (const { held, written, account: id } of place.allPositions()) {
            expect(Math.min(held, written)).toBeGreaterThanOrEqual(0);
            if (POSITION_KEEPING[place.book(CABC)?.accounts.get(id)?.type ?? 'house'] === 'net') {
              expect(Math.min(held, written)).toBe(0);
            }
            if (id === 'APT') expect(held + written).toBe(0);
          }
          if (each.what === 'annul') continue;
          expect(standing(place)).toEqual(before);
          expect(exposureOf(place, CABC)).toEqual(exposures);
        }
      },
    ),
    { numRuns: 150, seed: 11 },
  );
  // The histories do what they are for.
  expect([...done.keys()].toSorted()).toEqual([
    'annul',
    'confirm-rectification',
    'make-average-price-trade',
    'rectify-trade',
    'reject-rectification',
    'transfer-from-transitory',
  ]);
});

function exposureOf(place: Market, code: CustomerCode): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { series, held, written } of place.book(code)?.positions.values() ?? []) {
    sums.set(series, (sums.get(series) ?? 0) + held - written);
  }
  return sums;
}
