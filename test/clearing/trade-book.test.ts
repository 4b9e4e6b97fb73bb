import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Trade } from '../../src/clearing/deal.ts';
import { instrumentTypeOf, type SeriesName } from '../../src/clearing/series.ts';
import { TradeBook } from '../../src/clearing/trade-book.ts';
import type { BusinessDate } from '../../src/time/instant.ts';
import { coreAt, deal, series } from '../support/world.ts';

const SERIES = ['HSIK9', 'HSIM9', 'HSI28000E9', 'HKB65.00E9'];
const ACCOUNTS = ['HOUSE', 'OMNI1', 'OMNI2'];
const DATES = ['2019-05-03', '2019-05-06', '2019-05-07'] as BusinessDate[];

function template(): Trade {
  const [trade] =
    coreAt('10:00', { world: { deals: [deal()] } })
      .core.book('CABC' as never)
      ?.trades.all() ?? [];
  if (!trade) throw new Error('the world has no trade');
  return trade;
}

const TRADE = template();

interface Row {
  readonly series: string;
  readonly account: string;
  readonly date: BusinessDate;
}

function bookOf(rows: readonly Row[]): TradeBook {
  const book = new TradeBook();
  for (const [i, row] of rows.entries()) {
    const type = instrumentTypeOf(series(row.series));
    const trade: Trade = {
      ...TRADE,
      number: i + 1,
      series: row.series as SeriesName,
      account: row.account as Trade['account'],
      clearingDate: row.date,
      sequence: book.lastSequence(type, row.date) + 1,
    };
    book.add(trade, type);
  }
  return book;
}

const rows = fc.array(
  fc.record({
    series: fc.constantFrom(...SERIES),
    account: fc.constantFrom(...ACCOUNTS),
    date: fc.constantFrom(...DATES),
  }),
  { maxLength: 60 },
);

// Goal: an index finds what reading all rows finds, in the same order. Method: the same question both ways.
test('trades that begin with a series and an account are those that a search of all rows finds, in their order', () => {
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom('', 'H', 'HS', 'hsi', 'HSIK9', 'HSIK9X', 'Z'),
      fc.constantFrom('', 'o', 'OMNI', 'OMNI2', 'HOUSE', 'X'),
      (of, name, account) => {
        const book = bookOf(of);
        expect(book.beginningWith(name, account)).toEqual(
          book
            .all()
            .filter((t) => t.series.startsWith(name.toUpperCase()) && t.account.startsWith(account.toUpperCase())),
        );
      },
    ),
  );
});

test('a search by dates goes from a number of the first date to a number of the last, over all between, and stops at the limit', () => {
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom(...DATES),
      fc.constantFrom(...DATES),
      fc.nat(5),
      fc.nat(5),
      fc.integer({ min: 1, max: 70 }),
      (of, from, to, first, last, limit) => {
        const book = bookOf(of);
        const found = book
          .all()
          .filter((t) => instrumentTypeOf(series(t.series)) === '1/4' && t.clearingDate >= from && t.clearingDate <= to)
          .filter((t) => t.clearingDate !== from || t.sequence >= first)
          .filter((t) => t.clearingDate !== to || last === 0 || t.sequence <= last)
          .toSorted((a, b) =>
            a.clearingDate < b.clearingDate ? -1 : a.clearingDate > b.clearingDate ? 1 : a.sequence - b.sequence,
          );
        expect(book.betweenDates('1/4', { from, first, to, last, limit })).toEqual(found.slice(0, limit));
      },
    ),
  );
});
