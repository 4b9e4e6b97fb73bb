import { SimError } from '../sim-error.ts';
import { toIso, type Instant, type TransportTime } from './instant.ts';

/**
 * Work that is due at an instant. It may be asynchronous: the clock waits for it before it moves on. So it
 * must not wait for a move of the clock itself; work that wants to go on later schedules that.
 */
export type DueWork = () => void | Promise<void>;

export interface BusinessClock {
  now(): Instant;
  isRunning(): boolean;
  /** Business milliseconds per real millisecond while running. */
  speed(): number;
  /** The instant of the earliest work that is still due; undefined when there is none. */
  nextDue(): Instant | undefined;
  /**
   * Runs `work` when the clock reaches `at`; work that is due now or earlier runs at the next move. Dispose to cancel.
   * @throws SimError SIM_TIME_INVALID when `at` is no number
   */
  scheduleAt(at: Instant, work: DueWork): Disposable;
  /**
   * Moves to `target` and fires everything due until then, each at its own instant, ascending, ties
   * in the order scheduled. Resolves when all of it is done. Rejects when work fails: the clock then stands
   * at that work's instant, and what is due later is still due.
   * @throws SimError SIM_TIME_BACKWARDS, SIM_TIME_INVALID
   */
  advanceTo(target: Instant): Promise<void>;
  advanceBy(ms: number): Promise<void>;
  /** Moves to the next instant at which something is due; stays where it is when nothing is. */
  runToNext(): Promise<void>;
  /**
   * Does `work` in its turn among the moves, while time stands still. `work` may set the time, also to an earlier one:
   * nothing that was due is due any more then. It must not wait for a move of the clock. The mode stays.
   */
  restore(work: (toInstant: (at: Instant) => void) => Promise<void>): Promise<void>;
  pause(): void;
  resume(options?: { readonly speed?: number }): void;
  /**
   * Fires what has become due while running; the pacer in `host` calls it when `nextDue` has come. It stops
   * where the clock is paused, or given another speed, meanwhile.
   */
  catchUp(): Promise<void>;
  /** Called after every change of mode, of speed, or of what is due next. */
  onChange(listener: () => void): Disposable;
}

interface Due {
  readonly at: Instant;
  readonly order: number;
  readonly work: DueWork;
}

interface Run {
  readonly from: Instant;
  readonly since: TransportTime;
  readonly speed: number;
}

/**
 * The simulated clock. It knows no timers: while it runs, it projects business time from the
 * transport time that it is given, and never past work that has not been fired yet.
 */
export function simulatedClock(start: Instant, transportNow: () => TransportTime): BusinessClock {
  let current = start;
  let running: Run | undefined;
  let lastSpeed = 1;
  let scheduled = 0;
  let moving = false;
  let tail: Promise<void> = Promise.resolve();
  const due: Due[] = [];
  const listeners = new Set<() => void>();

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const projected = (run: Run): number => Math.floor(run.from + (transportNow() - run.since) * run.speed);

  // While something fires, time stands still at that thing's own instant.
  const now = (): Instant => {
    if (!running || moving) return current;
    return Math.max(current, Math.min(projected(running), due[0]?.at ?? Infinity)) as Instant;
  };

  const anchor = (): void => {
    if (running) running = { from: current, since: transportNow(), speed: running.speed };
  };

  const fireUntil = async (target: Instant, goOn: () => boolean = () => true): Promise<void> => {
    moving = true;
    try {
      for (let next = due[0]; next && next.at <= target; next = due[0]) {
        if (!goOn()) return;
        due.shift();
        if (next.at > current) current = next.at;
        // One at a time and in order: this is what makes two runs of a scenario equal.
        // oxlint-disable-next-line no-await-in-loop
        await next.work();
      }
      if (goOn() && target > current) current = target;
    } finally {
      moving = false;
      // Also after a failure: the clock runs on from here, and the pacer has to plan again.
      anchor();
      changed();
    }
  };

  // Moves are queued: two callers that advance at once get one ordered history.
  const enqueue = (move: () => Promise<void>): Promise<void> => {
    const done = tail.then(move);
    tail = done.catch(() => undefined);
    return done;
  };

  const moveTo = async (target: Instant): Promise<void> => {
    const from = now();
    if (!Number.isFinite(target)) throw new SimError('SIM_TIME_INVALID', `the clock cannot move to ${target}`);
    if (target < from) {
      throw new SimError(
        'SIM_TIME_BACKWARDS',
        `the clock stands at ${toIso(from)} and cannot go back to ${toIso(target)}`,
      );
    }
    await fireUntil(target);
  };

  return {
    now,
    isRunning: () => running !== undefined,
    speed: () => running?.speed ?? lastSpeed,
    nextDue: () => due[0]?.at,
    scheduleAt(at, work) {
      if (!Number.isFinite(at)) throw new SimError('SIM_TIME_INVALID', `nothing can be due at ${at}`);
      // What has been shown stays shown: new work in the past must not pull a running clock back to it.
      current = now();
      const entry: Due = { at, order: scheduled++, work };
      const index = due.findIndex((other) => other.at > at);
      due.splice(index === -1 ? due.length : index, 0, entry);
      changed();
      return {
        [Symbol.dispose]: () => {
          const place = due.indexOf(entry);
          if (place < 0) return;
          due.splice(place, 1);
          changed();
        },
      };
    },
    advanceTo: (target) => enqueue(() => moveTo(target)),
    advanceBy: (ms) => enqueue(() => moveTo((now() + ms) as Instant)),
    runToNext: () => enqueue(() => moveTo(Math.max(now(), due[0]?.at ?? 0) as Instant)),
    restore: (work) =>
      enqueue(async () => {
        current = now();
        moving = true;
        try {
          await work((at) => {
            due.length = 0;
            current = at;
          });
        } finally {
          moving = false;
          anchor();
          changed();
        }
      }),
    pause() {
      current = now();
      running = undefined;
      changed();
    },
    resume({ speed = lastSpeed } = {}) {
      if (!Number.isFinite(speed) || speed <= 0) {
        throw new SimError('SIM_TIME_INVALID', `the clock's speed is a number above 0, not ${speed}`);
      }
      current = now();
      lastSpeed = speed;
      running = { from: current, since: transportNow(), speed };
      changed();
    },
    catchUp: () =>
      enqueue(async () => {
        const run = running;
        if (!run) return;
        const target = projected(run) as Instant;
        // Without due work there is nothing to fire, and no reason to round the time that has been shown.
        if (due[0] && due[0].at <= target) await fireUntil(target, () => running === run);
        else changed();
      }),
    onChange(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
  };
}
