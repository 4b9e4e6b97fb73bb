import { SimError } from '../sim-error.ts';
import { toIso, type Instant } from '../time/instant.ts';
import type { JournalEntry, JournalWriter, NewEntry } from './entry.ts';
import { matchesFilter, type JournalFilter } from './filter.ts';
import type { TraceScope } from './trace.ts';
import { unknownKinds } from './kinds.ts';
import { nearMissLines } from './near-misses.ts';

/** Where entries are kept beside the memory: a file now, a database later. */
export interface JournalStore extends AsyncDisposable {
  append(entry: JournalEntry): void;
}

/** The append-only record of the day: audit trail, evidence, history and, later, the source of a replay. */
export interface Journal extends JournalWriter, TraceScope, AsyncDisposable {
  /** How many entries there are. */
  count(): number;
  /** What is recorded meanwhile happened before the day begins for anybody: `history: true`. */
  asHistory(work: () => Promise<void>): Promise<void>;
  /** All entries that match, oldest first. */
  entries(filter?: JournalFilter): readonly JournalEntry[];
  /** Calls back for each new entry that matches, in order, at once. */
  follow(filter: JournalFilter, listener: (entry: JournalEntry) => void): Disposable;
  /**
   * The first entry that matches: one that is there already, or the next to come.
   * @throws SimError SIM_WAIT_TIMED_OUT after `timeoutMs` real milliseconds (default 5,000), with what came nearest.
   */
  waitFor(filter: JournalFilter, options?: { readonly timeoutMs?: number }): Promise<JournalEntry>;
}

export interface JournalOptions {
  readonly now: () => Instant;
  readonly wall: { isoNow(): string; after(ms: number, call: () => void): Disposable };
  readonly store?: JournalStore | undefined;
  /** The entries of the day so far, where it goes on. */
  readonly past?: readonly JournalEntry[];
}

export function startJournal({ now, wall, store, past = [] }: JournalOptions): Journal {
  const entries: JournalEntry[] = [...past];
  let isHistory = false;
  const followers = new Set<(entry: JournalEntry) => void>();
  const waiting = new Set<(error: SimError) => void>();
  // Business time often stands still between two entries, and writing it costs as much as the rest of one.
  let written: { readonly at: Instant; readonly text: string } | undefined;

  let trace: string | undefined;

  const simTime = (): string => {
    const at = now();
    if (written?.at !== at) written = { at, text: toIso(at) };
    return written.text;
  };

  const follow = (filter: JournalFilter, listener: (entry: JournalEntry) => void): Disposable => {
    const follower = (entry: JournalEntry): void => {
      if (matchesFilter(entry, filter)) listener(entry);
    };
    followers.add(follower);
    return { [Symbol.dispose]: () => void followers.delete(follower) };
  };

  return {
    record(fields: NewEntry) {
      // One copy: this runs for every call of every client.
      const plain: JournalEntry = { seq: entries.length + 1, simTime: simTime(), wallTime: wall.isoNow(), ...fields };
      const timed: JournalEntry = isHistory ? { ...plain, history: true } : plain;
      const entry: JournalEntry = trace === undefined ? timed : { ...timed, traceparent: trace };
      entries.push(entry);
      // Before anybody hears of it: what a client was told has been written down.
      store?.append(entry);
      for (const follower of followers) follower(entry);
      return entry;
    },
    count: () => entries.length,
    async asHistory(work) {
      isHistory = true;
      try {
        await work();
      } finally {
        isHistory = false;
      }
    },
    entries: (filter = {}) => entries.filter((entry) => matchesFilter(entry, filter)),
    follow,
    traced(traceparent, work) {
      const outer = trace;
      trace = traceparent;
      try {
        return work();
      } finally {
        trace = outer;
      }
    },
    async waitFor(filter, { timeoutMs = 5_000 } = {}) {
      const present = entries.find((entry) => matchesFilter(entry, filter));
      if (present) return present;
      return new Promise((resolve, reject) => {
        const finish = (): void => {
          following[Symbol.dispose]();
          timeout[Symbol.dispose]();
          waiting.delete(fail);
        };
        const fail = (error: SimError): void => {
          finish();
          reject(error);
        };
        const following = follow(filter, (entry) => {
          finish();
          resolve(entry);
        });
        const timeout = wall.after(timeoutMs, () =>
          fail(
            new SimError(
              'SIM_WAIT_TIMED_OUT',
              [
                `no journal entry matched ${JSON.stringify(filter)} within ${timeoutMs} ms; the journal has ${entries.length} entries`,
                ...unknownKinds(filter),
                ...nearMissLines(filter, entries),
              ].join('\n'),
            ),
          ),
        );
        waiting.add(fail);
      });
    },
    async [Symbol.asyncDispose]() {
      for (const fail of waiting)
        fail(new SimError('SIM_STOPPED', 'the simulator stopped before the awaited journal entry came'));
      await store?.[Symbol.asyncDispose]();
    },
  };
}
