import { createServer, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { lateListener } from '../host/late-listener.ts';
import { listen } from '../host/listen.ts';
import { reachable } from '../host/address-plan.ts';
import type { AnsweredHosts } from './guard.ts';
import type { ControlPort } from './port.ts';

export interface ControlApi extends AsyncDisposable {
  readonly url: string;
  connections(): number;
  /** Makes the routes ready ahead of the first request. */
  prewarm(): Promise<void>;
}

export interface ControlOptions {
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly token: string;
  readonly version: string;
  readonly core: ControlPort;
}

/** Starts the control API: design.md 5.9. Its routes are made when somebody asks. */
export async function startControl({ address, port, token, version, core }: ControlOptions): Promise<ControlApi> {
  let hosts: AnsweredHosts = [];
  const api = lateListener(
    async () => (await import('./app.ts')).createControlApp({ hosts: () => hosts, token, version, core }),
    (error) => void core.journal.record({ kind: 'simulator.bug', source: 'control', error: String(error) }),
  );
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_MS }, api.listener);
  server.on('clientError', answerBadBytes);
  const listener = await listen(server, 'control', address, port);
  // Whoever listens on all addresses is called by this one.
  const called = reachable(address);
  // Node's own question whether an address has colons compiles a pattern for 10 ms.
  const authority = `${called.includes(':') ? `[${called}]` : called}:${listener.port}`;
  hosts = isLoopback(address) ? [authority, `localhost:${listener.port}`] : 'any address';
  return {
    url: `http://${authority}`,
    connections: () => listener.connections(),
    prewarm: async () => void (await api.made()),
    async [Symbol.asyncDispose]() {
      await listener[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
    },
  };
}

const REQUEST_TIMEOUT_MS = 30_000;
// A person who looks at the console keeps its connection.
const KEEP_ALIVE_MS = 72_000;

/** What Node says of bytes before any route sees them: a problem like every other. */
function answerBadBytes({ code }: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const [status, title, detail] = TROUBLE[code ?? ''] ?? NO_REQUEST;
  const body = JSON.stringify({ type: 'about:blank', title, status, detail });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

type Trouble = readonly [status: number, title: string, detail: string];

const NO_REQUEST: Trouble = [400, 'This is no HTTP request', 'The control API speaks HTTP/1.1, without TLS.'];
const TROUBLE: Readonly<Record<string, Trouble>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers are too long', 'A request has 16 KiB of headers at most.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long', 'It is whole within 30 seconds.'],
};

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
