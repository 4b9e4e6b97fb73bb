import type { JournalEntry } from '../journal/entry.ts';
import { lastLines } from '../journal/entry-words.ts';
import { matchesFilter, type JournalFilter } from '../journal/filter.ts';
import { checkKinds } from '../journal/kinds.ts';
import { describeFilter, nearMissLines } from '../journal/near-misses.ts';
import type { Expectation } from '../scenario/expectation.ts';
import type { ExpectationStatus } from '../scenario/expectations.ts';
import { unknownName } from '../scenario/names.ts';
import { SimError } from '../sim-error.ts';
import type { ObservePorts } from './ports.ts';

/** What somebody waits for. */
export type Awaited =
  | JournalFilter
  | { readonly time: string }
  | { readonly expectation: string; readonly status?: ExpectationStatus | readonly ExpectationStatus[] }
  | (() => unknown);

/** What is awaited: how to see it, and what to say when it does not come. */
export interface Watched {
  readonly says: string;
  /**
   * @param entries of the journal that were not shown yet
   * @param isInTime false when the business time by which it has to be there has passed
   * @returns undefined while it is not there
   */
  look(entries: readonly JournalEntry[], isInTime: boolean): unknown;
  /** Lines that tell how near it came. */
  near(): readonly string[];
}

/** @throws SimError SIM_OPTION_INVALID for what can never come */
export function watch(what: Awaited, ports: ObservePorts): Watched {
  if (typeof what === 'function') return watchCondition(what, ports);
  if (!('kind' in what)) {
    if ('time' in what && typeof what.time === 'string') return watchTime(what.time, ports);
    if ('expectation' in what && typeof what.expectation === 'string') {
      const { status = 'met' } = what;
      const wanted = (Array.isArray(status) ? status : [status]) as readonly ExpectationStatus[];
      return watchExpectation(what.expectation, wanted, ports);
    }
  }
  return watchEntry(what, ports);
}

function watchEntry(filter: JournalFilter, { journal }: ObservePorts): Watched {
  checkKinds(filter);
  return {
    says: describeFilter(filter),
    look: (entries) => entries.find((entry) => matchesFilter(entry, filter)),
    near: () => nearMissLines(filter, journal.entries()),
  };
}

function watchTime(text: string, { now, toTime }: ObservePorts): Watched {
  const time = toTime(text);
  return {
    says: `business time ${time.slice(0, 19).replace('T', ' ')}`,
    look: () => (now() >= time ? now() : undefined),
    near: () => ['time stands still unless somebody moves the clock, or lets it run'],
  };
}

function watchExpectation(id: string, wanted: readonly ExpectationStatus[], ports: ObservePorts): Watched {
  const expected = ports.expected.find((each) => each.id === id);
  if (!expected) {
    const known = ports.expected.map((each) => each.id);
    throw new SimError('SIM_OPTION_INVALID', unknownName('expectation', id, known).message);
  }
  const result = () => ports.results().find((each) => each.id === id);
  return {
    says: `the expectation ${id} is ${wanted.map((status) => status.replace('-', ' ')).join(' or ')}`,
    look(_entries, isInTime) {
      const found = isInTime ? result() : undefined;
      return found && wanted.includes(found.status) ? found : undefined;
    },
    near() {
      const found = result();
      return [...(found ? [`it is ${found.status}: ${found.reason}`] : []), ...nearExpectation(expected, ports)];
    },
  };
}

/** What came nearest to what an expectation looks for. */
export function nearExpectation(
  { what, never }: Pick<Expectation, 'what' | 'never'>,
  { journal }: Pick<ObservePorts, 'journal'>,
): readonly string[] {
  return what.kind === 'seen' && !never
    ? nearMissLines({ outcome: ['ok', undefined], ...what.seen }, journal.entries())
    : [];
}

function watchCondition(condition: () => unknown, { journal }: ObservePorts): Watched {
  return {
    says: 'a condition of the caller',
    look(_entries, isInTime) {
      const found = isInTime ? condition() : undefined;
      return found === false || found === null ? undefined : found;
    },
    near: () => ['last of the journal:', ...lastLines(journal.entries(), 5).map((line) => `  ${line}`)],
  };
}
