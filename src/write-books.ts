import type { ClearingCore } from './clearing/core.ts';
import type { RunDirectory } from './host/run-directory.ts';
import type { Ready } from './ready.ts';
import { dcassBooks, reachOf } from './reconcile/books.ts';
import { ownRecords, positionsCsv, tradesCsv } from './reconcile/own-records.ts';
import type { PlantedBreak } from './reconcile/planted.ts';
import type { Scenario } from './scenario/scenario.ts';

/** The planted breaks of one participant. */
export interface Discrepancies {
  readonly participant: string;
  readonly breaks: readonly PlantedBreak[];
}

export interface WrittenBooks {
  readonly files: Ready['files']['books'];
  /** For the instructor: what is wrong in those files. Participants whose records agree are left out. */
  readonly discrepancies: readonly Discrepancies[];
}

/**
 * Writes the own records of every participant, as its back-office would have them now, into the run directory, and for
 * the instructor `discrepancies.json`, which the ready object does not name: a program under test gets that object.
 */
export async function writeBooks({
  scenario,
  run,
  core,
}: {
  readonly scenario: Pick<Scenario, 'seed' | 'discrepancies'>;
  readonly run: RunDirectory;
  readonly core: ClearingCore;
}): Promise<WrittenBooks> {
  const files: Record<string, { trades: string; positions: string }> = {};
  const discrepancies: Discrepancies[] = [];
  // One after the other: the texts of a large market need not be in memory all at once.
  for (const { code } of core.participants()) {
    const [books, reach] = [dcassBooks(core, code), reachOf(core, code)];
    if (!books || !reach) continue;
    const counts = scenario.discrepancies.find(({ participant }) => participant === code);
    const own = ownRecords(books, reach, counts ?? { trades: 0, positions: 0 }, scenario.seed, code);
    // oxlint-disable-next-line no-await-in-loop -- see above
    const [trades, positions] = await Promise.all([
      run.write(`${code}-trades.csv`, tradesCsv(own.trades)),
      run.write(`${code}-positions.csv`, positionsCsv(code, own.positions)),
    ]);
    files[code] = { trades, positions };
    if (own.planted.length > 0) discrepancies.push({ participant: code, breaks: own.planted });
  }
  await run.write('discrepancies.json', `${JSON.stringify(discrepancies, null, 2)}\n`);
  return { files, discrepancies };
}
