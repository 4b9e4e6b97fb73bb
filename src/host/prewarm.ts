import type { WallClock } from './wall-clock.ts';

/** Time for whoever came meanwhile: a TLS handshake and a first answer take a few turns of the process. */
const PAUSE_MS = 30;

/**
 * Does each step after the one before it, from the next turn on, with a pause between: each holds the process up, and a
 * client who waits for the first shall not wait for all. What fails is told to whoever asks for it. Dispose to do no more.
 */
export function prewarm(steps: readonly (() => Promise<void>)[], wall: Pick<WallClock, 'after'>): Disposable {
  let timer: Disposable | undefined;
  let isOver = false;
  const later = ([step, ...others]: typeof steps, ms: number): void => {
    if (isOver || !step) return;
    timer = wall.after(ms, () => {
      void step()
        .catch(() => undefined)
        .then(() => later(others, PAUSE_MS));
    });
  };
  later(steps, 0);
  return {
    [Symbol.dispose]() {
      isOver = true;
      timer?.[Symbol.dispose]();
    },
  };
}
