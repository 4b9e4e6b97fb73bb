import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Duplex } from 'node:stream';
import type { ListedUser } from '../../src/ready.ts';
import type { Simulator } from '../../src/index.ts';
import { connect as connectOapi } from '../oapi/client.ts';

/** Everything of a simulator that listens, by the names that its errors and its state use. */
export const LISTENERS = [
  'online-1',
  'online-2',
  'online-3',
  'online-4',
  'oapi-1',
  'oapi-2',
  'sftp',
  'mail',
  'control',
] as const;
export type ListenerName = (typeof LISTENERS)[number];
export type Protocol = 'online' | 'oapi' | 'sftp' | 'mail' | 'control';

export interface Place {
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

export function protocolOf(name: ListenerName): Protocol {
  return name.replace(/-\d$/, '') as Protocol;
}

export function placeOf(sim: Simulator, name: ListenerName): Place {
  const { online, oapi, sftp, mail, control } = sim.endpoints;
  const index = Number(/\d$/.exec(name)?.[0] ?? 1) - 1;
  const url = new URL(control.url);
  const places = {
    online: online[index],
    oapi: oapi[index],
    sftp: sftp[0],
    mail,
    control: { address: url.hostname, port: Number(url.port) },
  };
  const place = places[protocolOf(name)];
  if (!place) throw new Error(`the simulator has no ${name}`);
  return { host: place.address, ...place };
}

/** A bare connection; a reset of it is a close to the tests. */
export async function openTcp({ address, port }: Place): Promise<Socket> {
  const socket = connect({ host: address, port, noDelay: true });
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  return socket;
}

/** A connection inside TLS, as far as a browser is before its first request. */
export async function openTls(sim: Simulator, place: Place, below?: Duplex): Promise<Socket> {
  const socket = connectTls({
    ...(below ? { socket: below } : { host: place.address, port: place.port }),
    servername: place.host,
    ca: readFileSync(sim.endpoints.files.ca, 'utf8'),
  });
  await once(socket, 'secureConnect');
  socket.on('error', () => undefined);
  return socket;
}

export async function closeOf(socket: Socket): Promise<void> {
  if (!socket.closed) await once(socket, 'close');
}

/** What a well-behaved client gets here, in short. The same for every good listener of a protocol: {@link SERVED}. */
export async function serve(sim: Simulator, name: ListenerName): Promise<string> {
  const place = placeOf(sim, name);
  switch (protocolOf(name)) {
    case 'online':
      return serveHttp(
        httpsRequest({
          host: place.address,
          port: place.port,
          path: '/login',
          ca: readFileSync(sim.endpoints.files.ca, 'utf8'),
          servername: place.host,
          headers: { host: `${place.host}:${place.port}` },
          // A new connection for each, which ends with its answer.
          agent: new Agent({ keepAlive: false }),
        }),
      );
    case 'control':
      return serveHttp(httpRequest({ host: place.address, port: place.port, path: '/healthz', agent: false }));
    case 'oapi': {
      await using client = await connectOapi({ host: place.address, port: place.port });
      const { user, password } = oapiUser(sim, name === 'oapi-1' ? 1 : 2);
      const login = await client.login(user, password);
      const logout = await client.logout();
      return `login ${login.completion}, logout ${logout.completion}`;
    }
    case 'sftp':
      return firstBytes(await openTcp(place), 8);
    case 'mail':
      return firstBytes(await openTcp(place), 4);
  }
}

/** What {@link serve} gives while all is well. */
export const SERVED: Readonly<Record<Protocol, string>> = {
  online: '200',
  oapi: 'login 0, logout 0',
  sftp: 'SSH-2.0-',
  mail: '220 ',
  control: '200',
};

/** What a good client of each listener gets. All are asked at once: none may have to wait for another. */
export async function serveAll(sim: Simulator): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(await Promise.all(LISTENERS.map(async (name) => [name, await serve(sim, name)] as const)));
}

export const ALL_SERVED: Readonly<Record<string, string>> = Object.fromEntries(
  LISTENERS.map((name) => [name, SERVED[protocolOf(name)]]),
);

/** An OAPI user that may log in. The same one twice at once would be refused, so that each client has its own. */
export function oapiUser(sim: Simulator, which: 0 | 1 | 2): { readonly user: string; readonly password: string } {
  const users = JSON.parse(readFileSync(sim.endpoints.files.users, 'utf8')) as readonly ListedUser[];
  const found = users.filter(({ user, state }) => user.startsWith('BO_') && state === 'active')[which];
  if (!found) throw new Error(`the day has no OAPI user number ${which} that may log in`);
  return found;
}

function serveHttp(request: ReturnType<typeof httpRequest>): Promise<string> {
  return new Promise((resolve, reject) => {
    request.once('response', (response) => {
      response.resume().once('end', () => resolve(String(response.statusCode)));
    });
    request.once('error', reject);
    request.end();
  });
}

async function firstBytes(socket: Socket, count: number): Promise<string> {
  let text = '';
  for await (const chunk of socket) {
    text += (chunk as Buffer).toString('latin1');
    if (text.length >= count) break; // Destroys the socket.
  }
  return text.slice(0, count);
}
