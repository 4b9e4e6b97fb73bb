import type { Socket } from 'node:net';
import type { Bound, Door, Port } from '../host/listen.ts';
import type { WallClock } from '../host/wall-clock.ts';
import type { Stage } from './effect-kind.ts';
import { windowOf } from './fault.ts';
import { Line } from './line.ts';
import type { Faults } from './live-faults.ts';

interface DoorOptions {
  readonly listeners: readonly string[];
  readonly faults: Pick<Faults, 'isQuiet' | 'take'>;
  readonly wall: Pick<WallClock, 'after'>;
  bound(port: Port): Bound;
}

/** What becomes of new connections before the server hears of them. */
export function doorOf({ listeners, faults, wall, bound }: DoorOptions): Door {
  const window = windowOf(listeners[0] ?? '');
  // Who does not tell us of requests has what is done to answers done to the whole connection.
  const isWhole = window === 'mail' || window === 'server';
  const stages: readonly Stage[] = isWhole ? ['connection', 'answer'] : ['connection'];
  return {
    bound,
    take(socket: Socket): boolean {
      if (faults.isQuiet) return false;
      const hit = faults.take({ stages, listeners });
      if (!hit) return false;
      switch (hit.effect.do) {
        case 'reset':
          socket.on('error', () => undefined);
          socket.resetAndDestroy();
          return true;
        case 'black-hole':
          socket.on('error', () => undefined);
          // Read and forgotten, so that we hear when the client gives up.
          socket.resume();
          return true;
        default:
          new Line(socket, socket, wall).apply(hit, 'connection');
          return false;
      }
    },
  };
}
