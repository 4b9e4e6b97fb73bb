import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SERIES } from '../clearing/histories/world.ts';
import { hasClient } from '../support/real-clients.ts';
import { scenarioFile, simulator } from '../support/simulator.ts';
import { CODES, happen, placeOf, RANDOM_DAY, steps } from './random-day.ts';
import type { Row } from './readers.ts';
import { readAllWindows, readPositionsOf, type Reading } from './readings.ts';

// The windows have fewer columns than the files.
const OF_EVERY_PAGE = {
  trades:
    'trade,deal,series,account,side,quantity,remaining quantity,price,type,state,customer info,created,clearing date,original trade,give-up member,give-up state',
  positions: 'account,closed out,covered,denied,held,participant,series,written',
};

function only(rows: readonly Row[], columns: string): readonly Row[] {
  return rows.map((row) => Object.fromEntries(columns.split(',').map((name) => [name, row[name] ?? '(none)'])));
}

function pageOf({ trades, positions }: Reading): Reading {
  return { trades: only(trades, OF_EVERY_PAGE.trades), positions: only(positions, OF_EVERY_PAGE.positions) };
}

// Goal: whatever happens, the windows show one state. Method: random histories of matches and post-trade functions over
// up to three business dates, made by the verbs of a running day; then a real client of each window reads all trades and
// positions of a participant: curl the web page, its CSV and JSON, our protocol client CQ10 and CQ3 in small pages,
// OpenSSH's sftp the reports. All are compared field by field with each other, and in number with the state itself.
test.skipIf(!hasClient('sftp') || !hasClient('curl'))(
  'after any history, web page, CSV, JSON, OAPI answers and downloaded reports show the same trades and positions',
  async () => {
    using day = scenarioFile(RANDOM_DAY);
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom(...CODES), async (history, participant) => {
        await using sim = await simulator({ scenario: day.path, at: '10:00' });
        for (const step of history) await happen(sim, step);
        await sim.inject('report.publish', { which: ['trades', 'positions'], for: [participant], made: 'intra-day' });
        await sim.clock.advanceBy('1m');

        const { whole } = placeOf(sim);
        const book = whole.books.get(participant);
        const earlier = [...(book?.history.keys() ?? [])];
        const dates = [...earlier, whole.businessDate, whole.calendar.next(whole.businessDate)];
        const { csv, json, report, html, oapi } = await readAllWindows(sim, participant, { series: SERIES, dates });

        expect(csv.trades.map((row) => row['trade'])).toEqual(book?.trades.all().map(({ number }) => String(number)));
        expect(csv.positions).toHaveLength(book?.positions.size ?? -1);
        expect(json).toEqual(csv);
        expect(report).toEqual(csv);
        expect(oapi.trades).toEqual(csv.trades);
        expect(oapi.positions).toEqual(only(csv.positions, OF_EVERY_PAGE.positions));
        expect(pageOf(html)).toEqual(pageOf(csv));
        expect(html.positions).toEqual(csv.positions);
        for (const date of earlier) {
          const closing = await readPositionsOf(sim, participant, { series: SERIES, date });
          expect(closing.json).toHaveLength(book?.history.get(date)?.size ?? -1);
          expect(closing.oapi).toEqual(only(closing.json, OF_EVERY_PAGE.positions));
        }
      }),
      { numRuns: 12 },
    );
  },
  120_000,
);
