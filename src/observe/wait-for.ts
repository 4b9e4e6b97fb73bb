import { wallClock } from '../host/wall-clock.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { JournalFilter } from '../journal/filter.ts';
import type { ExpectationResult, ExpectationStatus } from '../scenario/expectations.ts';
import { SimError } from '../sim-error.ts';
import type { ObservePorts } from './ports.ts';
import { watch, type Awaited, type Watched } from './watched.ts';

/** How long to wait. */
export interface WaitOptions {
  /** Real milliseconds. Default 5,000, and 30,000 where there is a business time. */
  readonly timeoutMs?: number;
  /** Business time by which it has to be there: `12:00`. */
  readonly by?: string;
}

/**
 * Waits for anything that can be observed.
 * @throws SimError SIM_WAIT_TIMED_OUT, which says what came nearest; SIM_STOPPED; SIM_OPTION_INVALID for what cannot come
 */
export interface WaitFor {
  /** The first entry of the journal that matches: one that is there already, or the next to come. */
  (what: JournalFilter & { readonly kind: string | readonly string[] }, options?: WaitOptions): Promise<JournalEntry>;
  /** Business time has come. @returns the business time that it is */
  (what: { readonly time: string }, options?: WaitOptions): Promise<string>;
  /** An expectation has a status, or one of several; without one, it is met. */
  (
    what: { readonly expectation: string; readonly status?: ExpectationStatus | readonly ExpectationStatus[] },
    options?: WaitOptions,
  ): Promise<ExpectationResult>;
  /** A condition on anything: it is asked after every entry of the journal, and often in between. @returns what it gave */
  <T>(what: () => T | undefined | false | null, options?: WaitOptions): Promise<T>;
}

const TIMEOUT_MS = 5_000;
const BUSINESS_TIMEOUT_MS = 30_000;
/** Business time that runs makes no entries: conditions on it are looked at this often. */
const LOOK_EVERY_MS = 10;

/** @returns `sim.waitFor`; when disposed, what still waits fails */
export function waiting(ports: ObservePorts): { readonly waitFor: WaitFor } & Disposable {
  const stops = new Set<() => void>();
  const waitFor = async (what: Awaited, options: WaitOptions = {}): Promise<unknown> =>
    wait(watch(what, ports), options, ports, stops);
  return {
    // The overloads say which kind of thing gives what.
    waitFor: waitFor as WaitFor,
    [Symbol.dispose]() {
      // Each takes itself out of the set, which a set allows.
      for (const stop of stops) stop();
    },
  };
}

function wait(watched: Watched, options: WaitOptions, ports: ObservePorts, stops: Set<() => void>): Promise<unknown> {
  const { journal } = ports;
  const by = options.by === undefined ? undefined : ports.toTime(options.by);
  const { timeoutMs = by === undefined ? TIMEOUT_MS : BUSINESS_TIMEOUT_MS } = options;
  return new Promise((resolve, reject) => {
    const used: Disposable[] = [];
    const finish = (): void => {
      for (const each of used) each[Symbol.dispose]();
      stops.delete(stop);
    };
    const fail = (code: 'SIM_STOPPED' | 'SIM_WAIT_TIMED_OUT', message: string): void => {
      finish();
      reject(new SimError(code, message));
    };
    const stop = (): void => fail('SIM_STOPPED', `the simulator stopped before this came: ${watched.says}`);
    const giveUp = (when: string): void => {
      const now = ports.now().slice(11, 19);
      const last = `it is ${now} in Hong Kong, and the journal has ${journal.entries().length} entries`;
      fail('SIM_WAIT_TIMED_OUT', [`this did not come ${when}: ${watched.says}`, ...watched.near(), last].join('\n'));
    };
    const look = (entries: readonly JournalEntry[]): void => {
      try {
        const isInTime = by === undefined || ports.now() <= by;
        const found = watched.look(
          by === undefined ? entries : entries.filter(({ simTime }) => simTime <= by),
          isInTime,
        );
        if (found !== undefined) {
          finish();
          resolve(found);
        } else if (!isInTime) giveUp(`by ${by.slice(11, 19)}`);
      } catch (error) {
        finish();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    stops.add(stop);
    used.push(
      journal.follow({}, (entry) => look([entry])),
      wallClock.every(LOOK_EVERY_MS, () => look([])),
      wallClock.after(timeoutMs, () => giveUp(`within ${timeoutMs} ms`)),
    );
    look(journal.entries());
  });
}
