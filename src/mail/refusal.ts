import { createServer, type Socket } from 'node:net';
import { listen } from '../host/listen.ts';
import { wallClock, type WallClock } from '../host/wall-clock.ts';
import type { JournalWriter } from '../journal/entry.ts';

export interface MailRefusalOptions {
  /** Whose listener it is, for people; `mail` when absent. */
  readonly name?: string;
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly journal: JournalWriter;
  /** The real one when absent. */
  readonly wall?: WallClock;
}

export interface MailRefusal extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  connections(): number;
}

const GREETING = '521 dcass-sim does not accept mail yet (simulation)\r\n';
// A client that does not close its side is cut after this time.
const CLOSE_GRACE_MS = 2_000;

/**
 * Stands where the mailbox for the two forms will be (design.md 5.8), and says honestly that it is not there:
 * the reply code of a host that accepts no mail (RFC 7504), then the end. A mail that seemed to be taken would
 * be a plausible success, and a lost one. Nothing that a client sends is read or kept.
 * @throws SimError, what `listen` throws.
 */
export async function startMailRefusal(options: MailRefusalOptions): Promise<MailRefusal> {
  const { name = 'mail', wall = wallClock } = options;
  const refuse = (socket: Socket): void => {
    options.journal.record({
      kind: 'mail.refused',
      source: 'mail',
      outcome: 'unsimulated',
      code: 'mail-not-simulated',
      address: socket.remoteAddress ?? 'unknown',
    });
    const cut = wall.after(CLOSE_GRACE_MS, () => socket.destroy());
    socket.once('close', () => cut[Symbol.dispose]());
    // A client that vanishes has got its answer.
    socket.on('error', () => undefined);
    socket.resume();
    socket.end(GREETING);
  };
  const listener = await listen(createServer(refuse), name, options.address, options.port);
  return {
    address: listener.address,
    port: listener.port,
    connections: () => listener.connections(),
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  };
}
