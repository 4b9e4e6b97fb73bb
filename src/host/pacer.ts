import type { BusinessClock } from '../time/clock.ts';
import type { WallClock } from './wall-clock.ts';

/** Lets a running business clock fire its due work at the right real moment. */
export function startPacer(clock: BusinessClock, wall: WallClock, onError: (error: unknown) => void): Disposable {
  let waiting: Disposable | undefined;
  const plan = (): void => {
    waiting?.[Symbol.dispose]();
    waiting = undefined;
    const next = clock.nextDue();
    if (!clock.isRunning() || next === undefined) return;
    const ms = Math.ceil((next - clock.now()) / clock.speed());
    waiting = wall.after(ms, () => void clock.catchUp().catch(onError));
  };
  const subscription = clock.onChange(plan);
  plan();
  return {
    [Symbol.dispose]: () => {
      subscription[Symbol.dispose]();
      waiting?.[Symbol.dispose]();
    },
  };
}
