import type { JournalEntry } from '../journal/entry.ts';
import { entryLine } from '../journal/entry-words.ts';
import { matchesFilter, type JournalFilter } from '../journal/filter.ts';
import { checkKinds } from '../journal/kinds.ts';
import { describeFilter, nearMissLines } from '../journal/near-misses.ts';
import { SimError } from '../sim-error.ts';
import type { ObservePorts } from './ports.ts';

/** How often something happened. Each gives the entries, oldest first. @throws SimError SIM_VERIFY_FAILED with what came nearest */
export interface Verification {
  times(count: number): readonly JournalEntry[];
  atLeast(count: number): readonly JournalEntry[];
  atMost(count: number): readonly JournalEntry[];
  /** At least once. */
  happened(): readonly JournalEntry[];
  never(): void;
}

/**
 * Asks the journal what happened: `sim.verify({ kind: 'online.login', user: 'BU_CABC101' }).times(1)`. An entry whose
 * `outcome` is not ok counts only where an outcome is asked for: a refused login is no login.
 */
export interface Verify {
  (filter: JournalFilter): Verification;
  /** One after the other; anything may lie between. @returns the first ones that fit, one for each */
  inOrder(filters: readonly JournalFilter[]): readonly JournalEntry[];
}

/** @returns `sim.verify` */
export function verifying({ journal, now }: Pick<ObservePorts, 'journal' | 'now'>): Verify {
  const fail = (lines: readonly string[]): SimError => {
    const last = `it is ${now().slice(11, 19)} in Hong Kong, and the journal has ${journal.entries().length} entries`;
    return new SimError('SIM_VERIFY_FAILED', [...lines, last].join('\n'));
  };
  const verify = (filter: JournalFilter): Verification => {
    checkKinds(filter);
    const wanted = withOutcome(filter);
    const demand = (says: string, fits: (count: number) => boolean): readonly JournalEntry[] => {
      const found = journal.entries(wanted);
      if (fits(found.length)) return found;
      throw fail([
        `${describeFilter(filter)}: expected ${says}, seen ${times(found.length)}`,
        ...found.slice(0, SHOWN_MAX).map((entry) => `  ${entryLine(entry)}`),
        ...(found.length > SHOWN_MAX ? [`  and ${found.length - SHOWN_MAX} more`] : []),
        ...nearMissLines(wanted, journal.entries()),
      ]);
    };
    return {
      times: (count) => demand(times(count), (seen) => seen === count),
      atLeast: (count) => demand(`at least ${times(count)}`, (seen) => seen >= count),
      atMost: (count) => demand(`at most ${times(count)}`, (seen) => seen <= count),
      happened: () => demand('at least once', (seen) => seen >= 1),
      never: () => void demand('never', (seen) => seen === 0),
    };
  };
  const inOrder = (filters: readonly JournalFilter[]): readonly JournalEntry[] => {
    for (const filter of filters) checkKinds(filter);
    const found: JournalEntry[] = [];
    for (const entry of journal.entries()) {
      const next = filters[found.length];
      if (next && matchesFilter(entry, withOutcome(next))) found.push(entry);
    }
    const missing = filters[found.length];
    if (!missing) return found;
    const from = found.at(-1)?.seq ?? 0;
    const earlier = journal.entries(withOutcome(missing)).filter((entry) => entry.seq < from);
    throw fail([
      `${found.length} of ${filters.length} in order; missing: ${describeFilter(missing)}`,
      ...found.map((entry) => `  ${entryLine(entry)}`),
      ...(earlier.length > 0
        ? ['seen, but too early:', ...earlier.slice(-SHOWN_MAX).map((entry) => `  ${entryLine(entry)}`)]
        : []),
      ...nearMissLines(withOutcome(missing), journal.entries({ after: from })),
    ]);
  };
  return Object.assign(verify, { inOrder });
}

const SHOWN_MAX = 5;

function withOutcome(filter: JournalFilter): JournalFilter {
  return { outcome: ['ok', undefined], ...filter };
}

function times(count: number): string {
  return count === 0 ? 'never' : count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}
