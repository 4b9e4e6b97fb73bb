import { createServer } from 'node:net';
import { listen } from '../host/listen.ts';
import type { JournalWriter } from '../journal/entry.ts';

export interface MailRefusal extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
}

/** RFC 7504: 521 in the greeting says that this host takes no mail at all. */
const GREETING = '521 dcass-sim (a simulation) does not accept mail yet\r\n';

/** Refuses all mail, honestly: the mailbox for the two forms is not simulated yet. */
export async function startMailRefusal(options: { readonly address: string; readonly port: number; readonly journal: JournalWriter }): Promise<MailRefusal> {
  const server = createServer((socket) => {
    options.journal.record({ kind: 'mail.refused', source: 'mail', outcome: 'unsimulated', address: socket.remoteAddress ?? '' });
    // A client may be gone, or talk on: neither matters here.
    socket.on('error', () => socket.destroy());
    socket.resume();
    socket.end(GREETING);
  });
  const listener = await listen(server, 'mail', options.address, options.port);
  return { address: listener.address, port: listener.port, [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose]() };
}
