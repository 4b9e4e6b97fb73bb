import { createServer, type Socket } from 'node:net';
import type { SMTPServer, SMTPServerAddress, SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { callbackify } from 'node:util';
import type { Faults } from '../faults/live-faults.ts';
import { listen } from '../host/listen.ts';
import type { JournalWriter } from '../journal/entry.ts';
import { clip } from './forms/text-form.ts';
import { DESK_ADDRESS } from './outbox.ts';
import { parseMail, type ReceivedMail } from './received-mail.ts';

export interface SmtpListenerOptions {
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly journal: JournalWriter;
  readonly bytesMax: number;
  readonly faults?: Pick<Faults, 'door'>;
  /** What is done with a mail; the client hears "ok" when it is done. */
  readonly take: (mail: ReceivedMail) => Promise<void>;
}

export interface SmtpListener extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  connections(): number;
}

const CLIENTS_MAX = 2_000;
const RECIPIENTS_MAX = 10;
const SILENCE_MS = 60_000;

/**
 * The mailbox for the two forms (design.md 5.8), for any mail client. It takes mail for one address, and relays nothing.
 * @throws SimError, what `listen` throws.
 */
export async function startSmtpListener(options: SmtpListenerOptions): Promise<SmtpListener> {
  let opened: Promise<SMTPServer> | undefined;
  const serve = async (socket: Socket): Promise<void> => {
    socket.on('error', () => undefined);
    const smtp = await (opened ??= openSmtp(options));
    smtp.server.emit('connection', socket);
  };
  // The library takes 80 ms to load, and most days see no mail.
  const listener = await listen(
    createServer((socket) => void serve(socket)),
    'mail',
    options.address,
    options.port,
    options.faults?.door(['mail']),
  );
  return {
    address: listener.address,
    port: listener.port,
    connections: () => listener.connections(),
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  };
}

async function openSmtp({ journal, bytesMax, take }: SmtpListenerOptions): Promise<SMTPServer> {
  const { SMTPServer: Server } = await import('smtp-server');
  const refuse = (code: string, responseCode: number, words: string, fields: Record<string, unknown>): Error => {
    journal.record({ kind: 'mail.refused', source: 'mail', outcome: 'refused', code, ...fields });
    return Object.assign(new Error(words), { responseCode });
  };
  // One after the other, in the order in which they came.
  let before: Promise<unknown> = Promise.resolve();
  const deliver = (mail: ReceivedMail): Promise<void> => {
    const done = before.then(() => take(mail));
    before = done.catch(() => undefined);
    return done;
  };
  /** @returns what the client hears when all is done; throws what it hears otherwise */
  const receive = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> => {
    const { remoteAddress: address } = session;
    const raw = await collect(stream, bytesMax);
    if (!raw || stream.sizeExceeded) {
      const words = `a mail has ${bytesMax} bytes at most`;
      throw refuse('mail-too-large', 552, words, { address, bytes: stream.byteLength });
    }
    const from = envelopeOf(session);
    journal.record({ kind: 'mail.received', source: 'mail', outcome: 'ok', address, from, bytes: raw.length });
    const mail = await parseMail(raw, from).catch(() => undefined);
    if (!mail) {
      throw refuse('mail-unreadable', 554, 'this is no mail that can be read', { address, bytes: raw.length });
    }
    try {
      await deliver(mail);
    } catch (error) {
      journal.record({ kind: 'simulator.bug', source: 'mail', error: String(error) });
      const words = 'the simulator could not read this mail; see its journal';
      throw Object.assign(new Error(words), { responseCode: 451 });
    }
    return 'taken by the simulated Clearing Operations';
  };
  const smtp = new Server({
    name: 'mail.dcass-sim.invalid',
    banner: 'dcass-sim, the simulated mailbox of Clearing Operations',
    size: bytesMax,
    rejectOversized: true,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    maxClients: CLIENTS_MAX,
    maxRecipients: RECIPIENTS_MAX,
    socketTimeout: SILENCE_MS,
    logger: false,
    onRcptTo({ address }: SMTPServerAddress, { remoteAddress }, done) {
      if (address.toLowerCase() === DESK_ADDRESS) return done();
      const words = `<${clip(address)}> is not here; forms go to <${DESK_ADDRESS}>`;
      return done(refuse('unknown-recipient', 550, words, { address: remoteAddress, to: clip(address) }));
    },
    onData: callbackify(receive),
  });
  // A client that vanishes, or talks something else: the connection ends, the day goes on.
  smtp.on('error', () => undefined);
  return smtp;
}

function envelopeOf({ envelope }: SMTPServerSession): string | undefined {
  const { mailFrom } = envelope;
  return mailFrom === false || mailFrom.address === '' ? undefined : mailFrom.address.toLowerCase();
}

/** The bytes of a mail; undefined where there are too many, which are read all the same, so that the client hears why. */
async function collect(stream: SMTPServerDataStream, bytesMax: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= bytesMax) chunks.push(chunk);
  }
  return bytes > bytesMax ? undefined : Buffer.concat(chunks);
}
