import { expect, test } from 'vitest';
import { POSITION_KEEPING } from '../../../src/clearing/account.ts';
import type { Trade } from '../../../src/clearing/deal.ts';
import { adjustments, countedExposures, everyPosition, keptExposures, type Exposures } from './exposures.ts';
import type { Place } from './place.ts';
import { overHistories } from './run.ts';

function bySeries(exposures: Exposures): Exposures {
  const sums = new Map<string, number>();
  for (const [key, contracts] of exposures) {
    const series = key.split(' ')[2] ?? '';
    sums.set(series, (sums.get(series) ?? 0) + contracts);
  }
  return new Map([...sums].filter(([, contracts]) => contracts !== 0));
}

function differences(found: Exposures, expected: Exposures): readonly string[] {
  const keys = new Set([...found.keys(), ...expected.keys()]);
  return [...keys]
    .filter((key) => (found.get(key) ?? 0) !== (expected.get(key) ?? 0))
    .map((key) => `${key}: ${found.get(key) ?? 0} is kept, ${expected.get(key) ?? 0} is counted`);
}

function tradeOf(place: Place, code: string, number: number): Trade | undefined {
  return place.whole.books.get(code as never)?.trades.get(number);
}

// Goal: contracts are neither created nor destroyed.
// Method: held less written of each series, over all books, against what the world began with. Only the day end may
// change it, where the other side of an exercise or of the world's positions is not in the world; it tells how much.
test('contracts are neither created nor destroyed by anything but what expires, or is exercised against the rest of the market', () => {
  overHistories(150, (place, { beginning }) => {
    const outside = adjustments(place).filter(({ reason }) => ['exercise', 'assignment', 'expiry'].includes(reason));
    const expected = new Map<string, number>();
    for (const { series, held, written } of beginning.positions) {
      expected.set(series, (expected.get(series) ?? 0) + held - written);
    }
    for (const { series, change } of outside) {
      expected.set(series, (expected.get(series) ?? 0) + (change.held ?? 0) - (change.written ?? 0));
    }
    return differences(bySeries(keptExposures(place, 'now')), expected);
  });
});

// Goal: what has two sides stays balanced.
// Method: each deal's two trades are looked up in the books that it names and compared with it and each other.
test('every deal has two opposite trades of its series, quantity, price and date', () => {
  overHistories(120, (place) => {
    const wrong: unknown[] = [];
    for (const deal of place.whole.deals.values()) {
      const buy = tradeOf(place, deal.buy.participant, deal.buy.trade);
      const sell = tradeOf(place, deal.sell.participant, deal.sell.trade);
      const agree = [buy, sell].every(
        (trade) =>
          trade?.deal === deal.number &&
          trade.series === deal.series &&
          trade.quantity === deal.quantity &&
          trade.price === deal.price,
      );
      const opposite = buy?.side === 'buy' && sell?.side === 'sell' && buy.clearingDate === sell.clearingDate;
      if (!agree || !opposite || buy === sell) wrong.push(deal);
    }
    const trades = [...place.whole.books.values()].reduce((sum, book) => sum + book.trades.size, 0);
    if (trades !== 2 * place.whole.deals.size) wrong.push(`${trades} trades of ${place.whole.deals.size} deals`);
    return wrong;
  });
});

// Goal: however an account keeps its positions, it has what was traded in it.
// Method: held less written of every account and series against a count of trades and told adjustments, which does not
// know of keeping; with the T+1 session and without it.
test('net and gross keeping agree on exposure: every account has what was bought less what was sold in it', () => {
  overHistories(150, (place, { beginning }) =>
    (['now', 'at close'] as const).flatMap((when) =>
      differences(keptExposures(place, when), countedExposures(place, beginning, when)).map(
        (each) => `${when}: ${each}`,
      ),
    ),
  );
});

// Goal: the adjustments that participants make move no exposure.
// Method: net-down and restore change both sides by the same, deny and cover none.
test('a net-down, a restore, a denial and a cover leave held less written as it was', () => {
  overHistories(80, (place) =>
    adjustments(place).filter(
      ({ reason, change }) =>
        !['exercise', 'assignment', 'expiry'].includes(reason) && (change.held ?? 0) !== (change.written ?? 0),
    ),
  );
});

// Goal: nothing is negative, nothing is a fraction, and what is a part of something is not more than it.
// Method: every quantity of every position, closing position and position of earlier dates.
test('no quantity is negative or a fraction; net accounts hold one side; denied and covered contracts are there', () => {
  overHistories(120, (place) => {
    const wrong: unknown[] = [];
    for (const book of place.whole.books.values()) {
      for (const position of everyPosition(book)) {
        const { held, written, closedOut, exercised, assigned, denied, covered } = position;
        const quantities = [held, written, closedOut, exercised, assigned, denied, covered];
        const type = book.accounts.get(position.account)?.type ?? 'apt';
        const fits = denied <= held && covered <= written;
        const oneSide = POSITION_KEEPING[type] === 'gross' || Math.min(held, written) === 0;
        if (!quantities.every(isQuantity) || !fits || !oneSide) wrong.push(position);
      }
      for (const trade of book.trades.all()) {
        const { quantity, remainingQuantity, heldQuantity } = trade;
        const fits = quantity > 0 && heldQuantity <= remainingQuantity && remainingQuantity <= quantity;
        if (![quantity, remainingQuantity, heldQuantity].every(isQuantity) || !fits) wrong.push(trade);
      }
    }
    return wrong;
  });
});

// Goal: the APT account is a corridor.
// Method: every position in an APT account that any book ever kept.
test('the average price account never holds anything', () => {
  overHistories(80, (place) =>
    [...place.whole.books.values()]
      .flatMap(everyPosition)
      .filter(({ account, held, written }) => account === 'APT' && held + written > 0),
  );
});

function isQuantity(quantity: number): boolean {
  return Number.isSafeInteger(quantity) && quantity >= 0 && !Object.is(quantity, -0);
}

test('the checks themselves see a difference', () => {
  expect(differences(new Map([['CABC HOUSE HSIK9', 1]]), new Map())).toEqual([
    'CABC HOUSE HSIK9: 1 is kept, 0 is counted',
  ]);
});
