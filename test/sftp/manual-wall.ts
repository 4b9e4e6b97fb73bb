import type { WallClock } from '../../src/host/wall-clock.ts';
import type { TransportTime } from '../../src/time/instant.ts';

/** Transport time that moves when told; what runs every so often runs once for each move. */
export function manualWall(): WallClock & { advance(ms: number): void } {
  let now = 0;
  const repeated = new Set<() => void>();
  return {
    transportNow: () => now as TransportTime,
    isoNow: () => '2026-01-01T00:00:00.000Z',
    after: () => ({ [Symbol.dispose]: () => undefined }),
    every(_ms, call) {
      repeated.add(call);
      return { [Symbol.dispose]: () => void repeated.delete(call) };
    },
    advance(ms) {
      now += ms;
      for (const call of repeated) call();
    },
  };
}
