import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Books, PositionRow, TradeRow } from '../../src/reconcile/books.ts';
import { ownRecords, positionsCsv, tradesCsv } from '../../src/reconcile/own-records.ts';
import type { Reach } from '../../src/reconcile/planted.ts';
import { readOwnPositions, readOwnTrades, type OwnFile } from '../../src/reconcile/read-own.ts';
import { reconcilePositions, reconcileTrades, type Differences } from '../../src/reconcile/reconcile.ts';
import { HONG_KONG_HOLIDAYS_MAY_2019 } from '../../src/time/calendar.ts';

const SERIES = [
  { name: 'HSIK9', price: '29500' },
  { name: 'HKB65.00E9', price: '1.25' },
  { name: 'HSI28000E9', price: '0.01' },
];
const seriesOf = fc.constantFrom(...SERIES);
const accounts = fc.uniqueArray(fc.constantFrom('HOUSE', 'OMNI1', 'MM1', 'DAILY'), { minLength: 1 });

const booksOf = (known: readonly string[]): fc.Arbitrary<Books> =>
  fc.record({
    trades: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 25 }).chain((numbers) =>
      fc.tuple(
        ...numbers
          .toSorted((a, b) => a - b)
          .map((trade) =>
            fc.record({
              trade: fc.constant(trade),
              deal: fc.constant(Math.ceil(trade / 2)),
              series: seriesOf.map(({ name }) => name),
              account: fc.constantFrom(...known),
              side: fc.constant(trade % 2 === 1 ? ('buy' as const) : ('sell' as const)),
              quantity: fc.integer({ min: 1, max: 500 }),
              price: seriesOf.map(({ price }) => price),
              customerInfo: fc.constantFrom('', 'ORDER 7', '=1+1', '-5', 'a "b", c', '@x'),
              clearingDate: fc.constantFrom('2019-05-02', '2019-05-03', '2019-05-06'),
            }),
          ),
      ),
    ),
    positions: fc
      .uniqueArray(
        fc.record({
          account: fc.constantFrom(...known),
          series: seriesOf.map(({ name }) => name),
          held: fc.integer({ min: 0, max: 5 }),
          written: fc.integer({ min: 0, max: 5 }),
        }),
        { selector: ({ account, series }) => `${account} ${series}` },
      )
      .map((rows) => rows.toSorted((a, b) => (a.account + a.series < b.account + b.series ? -1 : 1))),
  });

/** Books, what they can be about, and as many breaks as there is room for. */
const market = accounts.chain((known) =>
  fc.record({
    books: booksOf(known),
    reach: fc.constant<Reach>({
      accounts: known,
      series: SERIES,
      businessDate: '2019-05-06',
      holidays: HONG_KONG_HOLIDAYS_MAY_2019,
    }),
    counts: fc.record({
      trades: fc.integer({ min: 0, max: 30 }),
      positions: fc.integer({ min: 0, max: known.length * SERIES.length }),
    }),
    seed: fc.integer(),
  }),
);

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function sound<Row>(file: OwnFile<Row>): Extract<OwnFile<Row>, { ok: true }> {
  if (!file.ok) throw new Error(file.problems.map((each) => `${each.line}: ${each.message}`).join('\n'));
  return file;
}

async function compare(own: Books, dcass: Books) {
  const trades = sound(await readOwnTrades(bytesOf(tradesCsv(own.trades)), 'trades.csv'));
  const positions = sound(
    await readOwnPositions(bytesOf(positionsCsv('CABC', own.positions)), 'positions.csv', 'CABC'),
  );
  return {
    trades: reconcileTrades(trades.rows, dcass.trades, trades.fields),
    positions: reconcilePositions(positions.rows, dcass.positions),
  };
}

function asPlanted<Row>({ onlyDcass, onlyOwn, differing }: Differences<Row>) {
  const bare = ({ line: _line, ...row }: { readonly line: number }): object => row;
  return new Set<unknown>([
    ...onlyDcass.map((dcass) => ({ dcass, own: undefined })),
    ...onlyOwn.map((own) => ({ dcass: undefined, own: bare(own) })),
    ...differing.map(({ dcass, own }) => ({ dcass, own: bare(own) })),
  ]);
}

// Goal: what is planted is found, and nothing else. Method: plant by any seed, write the files, read them, reconcile.
test('the breaks that are planted are exactly those that are found, through the files', async () => {
  await fc.assert(
    fc.asyncProperty(market, async ({ books, reach, counts, seed }) => {
      const own = ownRecords(books, reach, counts, seed, 'CABC');
      const found = await compare(own, books);
      const planted = (list: string): Set<unknown> =>
        new Set(own.planted.filter((each) => each.list === list).map(({ dcass, own: mine }) => ({ dcass, own: mine })));
      const isNothing = (row: PositionRow | undefined): boolean => row === undefined || row.held + row.written === 0;
      expect(asPlanted(found.trades)).toEqual(planted('trades'));
      expect(planted('trades').size).toBe(counts.trades);
      // Where DCASS lists a position of nothing, an own one in its place differs from it.
      const normal = (rows: Set<unknown>): Set<unknown> =>
        new Set(
          [...(rows as Set<{ dcass: PositionRow | undefined; own: PositionRow | undefined }>)].map((each) => ({
            dcass: isNothing(each.dcass) ? undefined : each.dcass,
            own: each.own,
          })),
        );
      expect(normal(asPlanted(found.positions))).toEqual(planted('positions'));
      expect(planted('positions').size).toBe(counts.positions);
    }),
    { numRuns: 150 },
  );
});

// Goal: the order of rows means nothing. Method: shuffle the own rows of equal books; with any set of columns.
test('equal books agree in whatever order the rows stand, and with whatever columns they are matched', () => {
  const fields = fc.subarray(['trade', 'deal', 'customerInfo', 'clearingDate']);
  fc.assert(
    fc.property(
      market.chain(({ books }) =>
        fc.record({
          books: fc.constant(books),
          trades: fc.shuffledSubarray([...books.trades], { minLength: books.trades.length }),
          positions: fc.shuffledSubarray([...books.positions], { minLength: books.positions.length }),
        }),
      ),
      fields,
      ({ books, trades, positions }, some) => {
        const lined = <Row extends object>(rows: readonly Row[]) => rows.map((row, i) => ({ ...row, line: i + 2 }));
        const names = new Set(['series', 'account', 'side', 'quantity', 'price', ...some]);
        const none = { onlyDcass: [], onlyOwn: [], differing: [] };
        expect(reconcileTrades(lined<TradeRow>(trades), books.trades, names)).toEqual({
          ...none,
          agreeing: books.trades.length,
        });
        expect(reconcilePositions(lined<PositionRow>(positions), books.positions)).toEqual({
          ...none,
          agreeing: books.positions.length,
        });
      },
    ),
    { numRuns: 150 },
  );
});

test('the same seed plants the same breaks, and another seed other ones', () => {
  const { books, reach } = fc.sample(market, { seed: 7, numRuns: 1 })[0] ?? expect.fail('no sample');
  const plant = (seed: number) => ownRecords(books, reach, { trades: 5, positions: 2 }, seed, 'CABC');
  expect(plant(1)).toEqual(plant(1));
  expect(plant(1).planted).not.toEqual(plant(2).planted);
});

// Goal: no file crashes the comparison. Method: bytes of all kinds under a right first line.
test('whatever stands in an own file, it is read, or refused at a line of it', async () => {
  const heads = ['', 'trade,series,account,side,quantity,price\n', 'account,series,held,written\n'];
  const cells = fc
    .array(fc.constantFrom(',', '"', '\n', '1', 'buy', 'HSIK9', '\u001b[2J', 'é', '29500', '-'), { maxLength: 40 })
    .map((parts) => bytesOf(parts.join('')));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...heads),
      fc.oneof(cells, fc.uint8Array({ maxLength: 100 })),
      async (head, tail) => {
        const bytes = Buffer.concat([bytesOf(head), tail]);
        for (const file of [await readOwnTrades(bytes, 'a.csv'), await readOwnPositions(bytes, 'a.csv', 'CABC')]) {
          if (file.ok) continue;
          expect(file.problems.length).toBeGreaterThan(0);
          for (const { line, message } of file.problems) {
            expect(line).toBeGreaterThanOrEqual(1);
            expect(message).not.toContain('\u001b');
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});
