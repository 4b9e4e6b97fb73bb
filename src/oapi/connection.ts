import type { Socket } from 'node:net';
import { Line } from '../faults/line.ts';
import type { WallClock } from '../host/wall-clock.ts';
import type { GatewayContext } from './gateway-context.ts';
import { OapiSession } from './session.ts';

/** A socket and its session. */
export interface Connection {
  readonly session: OapiSession;
  /** Resolves when the socket is closed. */
  readonly closed: Promise<void>;
  /** Ends the session with `gateway-stopped`, and the socket after what was sent, or at once by a reset. */
  stop(how: 'refuse' | 'reset'): void;
  destroy(): void;
}

/** Who connected. */
export interface Caller {
  /** Paused, and nothing of it read yet. */
  readonly socket: Socket;
  /** Asked for when it came: the system forgets it when the client resets. */
  readonly address: string;
  /** Counts the connections of the gateway, for the journal. */
  readonly number: number;
}

export function serveConnection(
  { socket, address, number }: Caller,
  gateway: GatewayContext,
  wall: Pick<WallClock, 'transportNow' | 'after'>,
): Connection {
  const { transportNow } = wall;
  const fields = { source: 'oapi', gateway: gateway.name, connection: number } as const;
  let why = 'client-left';
  let corked = false;
  let line: Line | undefined;

  socket.setNoDelay(true);
  const session = new OapiSession(
    gateway,
    address,
    {
      send(frame) {
        if (socket.destroyed || socket.writableEnded) return;
        if (socket.writableLength + frame.length > gateway.settings.outgoingBytesMax) return drop('answers-unread');
        // The answers of one turn leave in one write: platform-notes.md "one write per turn", 11 times as fast.
        if (!corked) {
          corked = true;
          socket.cork();
          process.nextTick(() => {
            corked = false;
            socket.uncork();
          });
        }
        socket.write(frame);
      },
      waitingBytes: () => socket.writableLength,
      close(reason) {
        why = reason;
        socket.end();
        socket.destroySoon();
      },
      drop,
      fault: (hit) => (line ??= new Line(socket, socket, wall)).apply(hit),
      isSilent: () => line?.isSilent ?? false,
      later: (ms, call) =>
        wall.after(ms, () => {
          call(transportNow());
          if (!session.isWaiting()) socket.resume();
        }),
    },
    transportNow(),
  );
  gateway.journal.record({ kind: 'oapi.connected', ...fields, address });

  function drop(reason: string): void {
    why = reason;
    socket.destroy();
  }

  socket.on('data', (chunk: Buffer) => {
    session.receive(chunk, transportNow());
    if (session.isWaiting()) socket.pause();
  });
  socket.on('drain', () => {
    session.resume(transportNow());
    if (!session.isWaiting()) socket.resume();
  });
  // A client that vanishes is no fault of ours; `close` follows.
  socket.on('error', () => {
    if (why === 'client-left') why = 'connection-lost';
  });
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      session.end('connection-lost', transportNow());
      gateway.journal.record({ kind: 'oapi.disconnected', ...fields, reason: why });
      resolve();
    });
  });

  socket.resume();
  return {
    session,
    closed,
    stop(how) {
      why = 'gateway-stopped';
      session.end('gateway-stopped', transportNow());
      if (how === 'reset') socket.resetAndDestroy();
      else socket.destroySoon();
    },
    destroy: () => void socket.destroy(),
  };
}
