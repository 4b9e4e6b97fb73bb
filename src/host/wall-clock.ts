import type { TransportTime } from '../time/instant.ts';

/** The real time of this machine. With the pacer, the only code that asks for it. */
export interface WallClock {
  /** Monotonic milliseconds. */
  transportNow(): TransportTime;
  /** ISO 8601 in UTC, for the journal. */
  isoNow(): string;
  /** Calls back once after `ms` real milliseconds; it does not keep the process alive. Dispose to cancel. */
  after(ms: number, call: () => void): Disposable;
  every(ms: number, call: () => void): Disposable;
}

// setTimeout fires at once when asked for more: a longer wait is cut, and the caller plans again.
const TIMEOUT_MS_MAX = 2_147_483_647;

// A busy gateway asks dozens of times in one millisecond: the text of the last one is kept.
let textMs = Number.NaN;
let text = '';

function isoNow(): string {
  const now = Date.now();
  if (now !== textMs) {
    textMs = now;
    text = new Date(now).toISOString();
  }
  return text;
}

export const wallClock: WallClock = {
  transportNow: () => performance.now() as TransportTime,
  isoNow,
  after(ms, call) {
    const timer = setTimeout(call, Math.min(Math.max(ms, 0), TIMEOUT_MS_MAX));
    timer.unref();
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  },
  every(ms, call) {
    const timer = setInterval(call, ms);
    timer.unref();
    return { [Symbol.dispose]: () => clearInterval(timer) };
  },
};
