import { createServer, type Socket } from 'node:net';
import { isCustomerCode } from '../clearing/participant.ts';
import type { Faults } from '../faults/live-faults.ts';
import { listen, type Listener } from '../host/listen.ts';
import type { WallClock } from '../host/wall-clock.ts';
import type { JournalWriter } from '../journal/entry.ts';

export interface DcassServerOptions {
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly journal: JournalWriter;
  readonly wall: Pick<WallClock, 'after'>;
  readonly faults?: Pick<Faults, 'door'>;
  /** Whether DCASS Servers may connect: before the cutover, and after a fallback. */
  readonly isOpen: () => boolean;
  /** The item of Appendix A that a connection is against: 14 in the cutover, 22 in the stabilisation. */
  readonly item: () => number;
}

/** Where the participants' DCASS Servers connect to. */
export interface DcassServerEndpoint extends AsyncDisposable {
  readonly name: 'dcass-server';
  readonly address: string;
  readonly port: number;
  connections(): number;
  isRunning(): boolean;
  stop(how: 'refuse' | 'reset'): Promise<void>;
  start(): Promise<void>;
}

/** The Windows services of a DCASS Server: rollout package, Appendix D (A). */
export const SERVICES = ['CW1 Server 1', 'CW1 WatchDog'] as const;

const GREETING = 'DCASS, Genium INET (simulation). Say: SERVICE "CW1 Server 1" PARTICIPANT CABC\r\n';
const LINE_MAX = 200;
const SILENCE_MS = 10_000;

/**
 * The endpoint of the old platform's DCASS Servers. Their protocol is not public: ours is a line of text, so that a
 * small probe can stand for one. Appendix A, items 14 and 22 (A): during cutover and stabilisation the Windows services
 * of DCASS Servers are disabled, so whoever connects then is a finding, also without a word.
 * @throws SimError, what `listen` throws
 */
export async function startDcassServer(options: DcassServerOptions): Promise<DcassServerEndpoint> {
  const { journal, wall, isOpen, address } = options;
  const sockets = new Set<Socket>();
  let listener: Listener | undefined;
  let { port } = options;

  const serve = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let heard = '';
    let isTold = false;
    const told = (line: string | undefined): void => {
      if (isTold) return;
      isTold = true;
      silence[Symbol.dispose]();
      socket.end(answer(line));
    };
    const answer = (line: string | undefined): string => {
      const said = line === undefined ? undefined : parseLine(line);
      const open = isOpen();
      journal.record({
        kind: 'server.connected',
        source: 'scenario',
        outcome: said === undefined ? 'invalid' : open ? 'ok' : 'refused',
        ...(open ? {} : { code: 'suspended' }),
        ...said,
        address: socket.remoteAddress ?? 'unknown',
      });
      if (!open) {
        journal.record({
          kind: 'platform.finding',
          source: 'scenario',
          item: options.item(),
          ...(said === undefined ? {} : { participant: said.participant }),
          text: `a DCASS Server connected${said === undefined ? '' : ` (${said.service})`}: its Windows services are to be disabled`,
        });
        return 'SUSPENDED: the Windows services of DCASS Servers are to be disabled (Appendix D)\r\n';
      }
      return said === undefined
        ? 'INVALID: say SERVICE "CW1 Server 1" or "CW1 WatchDog", then PARTICIPANT and its customer code\r\n'
        : `CONNECTED ${said.participant}\r\n`;
    };
    const silence = wall.after(SILENCE_MS, () => told(undefined));
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1', 0, LINE_MAX);
      const end = heard.indexOf('\n');
      if (end >= 0) told(heard.slice(0, end).trimEnd());
      else if (heard.length > LINE_MAX) told(undefined);
    });
    socket.on('end', () => told(heard === '' ? undefined : heard.trimEnd()));
    socket.once('close', () => {
      sockets.delete(socket);
      told(undefined);
    });
    socket.write(GREETING);
  };

  const open = async (): Promise<void> => {
    if (listener) return;
    const door = options.faults?.door(['dcass-server']);
    listener = await listen(createServer({ allowHalfOpen: true }, serve), 'dcass-server', address, port, door);
    port = listener.port;
  };
  const close = async (how: 'refuse' | 'reset'): Promise<void> => {
    const closing = listener;
    listener = undefined;
    for (const socket of sockets) {
      if (how === 'reset') socket.resetAndDestroy();
      else socket.destroy();
    }
    await closing?.[Symbol.asyncDispose]();
  };
  await open();
  return {
    name: 'dcass-server',
    address,
    get port() {
      return port;
    },
    connections: () => sockets.size,
    isRunning: () => listener !== undefined,
    stop: close,
    start: open,
    [Symbol.asyncDispose]: () => close('refuse'),
  };
}

function parseLine(line: string): { readonly service: string; readonly participant: string } | undefined {
  const [, service = '', participant = ''] = /^SERVICE "([^"]*)" PARTICIPANT (\S+)$/.exec(line) ?? [];
  const known = SERVICES.some((each) => each === service);
  return known && isCustomerCode(participant) ? { service, participant } : undefined;
}
