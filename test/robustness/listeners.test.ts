import fc from 'fast-check';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { queryObjects, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import ssh2 from 'ssh2';
import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { Secret } from '../../src/clearing/secret.ts';
import { FrameReader } from '../../src/oapi/frame.ts';
import { decodeServerFrame } from '../../src/oapi/reply.ts';
import { encodeRequest } from '../../src/oapi/request.ts';
import { simulator } from '../support/simulator.ts';
import { HALF, OVERSIZED, slowLine, turn, writeSlowly } from './hostile-bytes.ts';
import {
  ALL_SERVED,
  closeOf,
  LISTENERS,
  oapiUser,
  openTcp,
  openTls,
  placeOf,
  protocolOf,
  serveAll,
  type ListenerName,
} from './listener.ts';

// Goal of the file: no client harms a simulator or another client. The nine listeners run together, as for a user;
// what each protocol answers in detail is tested beside its window.

/** Both ends of a connection are in this process. Node takes all that the system allows, which may be less than 2,300. */
const OPEN_FILES_MAX = Number(
  (process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } }).userLimits?.open_files
    ?.soft,
);
const IDLE = Number.isNaN(OPEN_FILES_MAX) ? 1_000 : Math.min(1_000, Math.floor((OPEN_FILES_MAX - 300) / 2));

/** Measured: 5, the worker's own among them. */
const SOCKETS_ALIVE_MAX = 20;
/** Measured: 1.2 KB at most, for SFTP and OAPI, whose every connection has entries in the journal. */
const HEAP_PER_CONNECTION_MAX = 4_000;

const day = (): Promise<Simulator> => simulator({ at: '09:00' });

describe.each(LISTENERS)('%s', (name) => {
  const protocol = protocolOf(name);

  // Method: arbitrary chunks, each in a turn of its own, then the end of what we send; the connection must end too.
  test('random bytes end their own connection at most', async () => {
    await using sim = await day();
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(chunks, async (noise) => {
        const socket = (await openTcp(placeOf(sim, name))).resume();
        for (const chunk of noise) {
          socket.write(chunk);
          await turn();
        }
        socket.end();
        await closeOf(socket);
      }),
      { numRuns: 20 },
    );
    await expectUnharmed(sim);
  });

  test('clients that fall silent in the middle of a beginning hold nobody up', async () => {
    await using sim = await day();
    const silent = await openMany(sim, name, 10);
    for (const socket of silent) socket.resume().write(HALF[protocol]);
    await expectServed(sim);
    for (const socket of silent) socket.destroy();
    await expectUnharmed(sim);
  });

  test('a length beyond all bounds ends the connection', async () => {
    await using sim = await day();
    const socket = (await openTcp(placeOf(sim, name))).resume();
    socket.write(OVERSIZED[protocol]);
    await closeOf(socket);
    await expectUnharmed(sim);
  });

  test('a client that writes a byte at a time is served like any other, and holds nobody up', async () => {
    await using sim = await day();
    const [answer] = await Promise.all([askSlowly(sim, name), expectServed(sim)]);
    expect(answer).toBe(SLOWLY_SERVED[protocol]);
    await expectUnharmed(sim);
  });

  test('connections that are reset, new or in the middle of something, leave nothing behind', async () => {
    await using sim = await day();
    for (let round = 0; round < 20; round++) {
      const [untouched, ...begun] = await openMany(sim, name, 5);
      untouched?.resetAndDestroy();
      for (const socket of begun) socket.write(HALF[protocol], () => socket.resetAndDestroy());
      await Promise.all(begun.map(closeOf));
    }
    await expectUnharmed(sim);
  });

  // Method: three rounds of idle connections, all open at once. Of their sockets nothing may be alive afterwards;
  // what the heap keeps of the second and third round is the journal's entries about them, and must be small.
  test(`${IDLE} idle connections at once leave everybody served, and next to nothing in memory`, async () => {
    await using sim = await day();
    const heap: number[] = [];
    while (heap.length < 3) {
      await holdIdle(sim, name);
      heap.push(heapUsed());
    }
    // Only once: it walks the whole heap.
    expect(queryObjects(Socket, { format: 'count' })).toBeLessThan(SOCKETS_ALIVE_MAX);
    expect(((heap[2] ?? 0) - (heap[0] ?? 0)) / (2 * IDLE)).toBeLessThan(HEAP_PER_CONNECTION_MAX);
  });
});

/** In a function of its own, so that nothing of this test keeps the sockets. */
async function holdIdle(sim: Simulator, name: ListenerName): Promise<void> {
  const idle = await openMany(sim, name, IDLE);
  await expectServed(sim);
  for (const socket of idle) socket.destroy();
  await Promise.all(idle.map(closeOf));
  await expectUnharmed(sim);
}

test('inside TLS, half a request and a body without measure harm nobody either', async () => {
  await using sim = await day();
  const place = placeOf(sim, 'online-1');
  const silent = (await openTls(sim, place)).resume();
  silent.write('POST /login HTTP/1.1\r\nHost: pgencdw001.hkex.com.hk\r\nContent-Le');
  const greedy = await openTls(sim, place);
  greedy.write(
    `POST /login HTTP/1.1\r\nHost: ${place.host}\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
      `Content-Length: 9999999999\r\n\r\n${'a'.repeat(70_000)}`,
  );
  const [answer] = (await once(greedy, 'data')) as [Buffer];
  expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 413 /);
  await closeOf(greedy.resume());
  await expectServed(sim);
  silent.destroy();
  await expectUnharmed(sim);
});

/** One after the other: a burst can overflow the queue of the system, which then tries again after a second. */
async function openMany(sim: Simulator, name: ListenerName, count: number): Promise<readonly Socket[]> {
  const place = placeOf(sim, name);
  const open: Socket[] = [];
  while (open.length < count) open.push(await openTcp(place));
  return open;
}

async function expectServed(sim: Simulator): Promise<void> {
  expect(await serveAll(sim)).toEqual(ALL_SERVED);
}

/** Everybody is served, nothing was a bug, and every connection that was closed is gone. */
async function expectUnharmed(sim: Simulator): Promise<void> {
  await expectServed(sim);
  expect(sim.journal.entries({ kind: 'simulator.bug' })).toEqual([]);
  const open = (): string[] => Object.entries(sim.state().connections).flatMap(([name, n]) => (n > 0 ? [name] : []));
  // Our end is closed; the other end learns of it in one of the next turns.
  for (let turns = 0; open().length > 0 && turns < 50_000; turns++) await turn();
  expect(open()).toEqual([]);
}

const SLOWLY_SERVED = {
  online: 'HTTP/1.1 200 OK',
  oapi: 'login 0',
  sftp: 'logged in',
  mail: '220',
  control: 'HTTP/1.1 200 OK',
};

async function askSlowly(sim: Simulator, name: ListenerName): Promise<string> {
  const place = placeOf(sim, name);
  const socket = await openTcp(place);
  switch (protocolOf(name)) {
    case 'online': {
      const tls = await openTls(sim, place, slowLine(socket));
      return firstLine(tls, `GET /login HTTP/1.1\r\nHost: ${place.host}:${place.port}\r\nConnection: close\r\n\r\n`);
    }
    case 'control': {
      const request = `GET /healthz HTTP/1.1\r\nHost: ${place.host}:${place.port}\r\nConnection: close\r\n\r\n`;
      void writeSlowly(socket, Buffer.from(request));
      return firstLine(socket);
    }
    case 'mail':
      // A client that talks before it is greeted is a spammer's.
      socket.once('data', () => void writeSlowly(socket, Buffer.from('EHLO client.example\r\nQUIT\r\n')));
      return (await firstLine(socket)).slice(0, 3);
    case 'oapi':
      return logInSlowly(sim, socket);
    case 'sftp':
      return sshSlowly(sim, socket);
  }
}

async function firstLine(socket: Socket, request?: string): Promise<string> {
  if (request !== undefined) socket.write(request);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text.slice(0, text.indexOf('\r\n'));
}

/** An OAPI login, and an end that frees the user for the others. */
async function logInSlowly(sim: Simulator, socket: Socket): Promise<string> {
  const { user, password } = oapiUser(sim, 0);
  const login = { op: 'login', user, password: new Secret(password), application: 'slow', forced: false } as const;
  void writeSlowly(socket, encodeRequest(login, 1));
  const reader = new FrameReader();
  for await (const chunk of socket) {
    reader.push(chunk as Buffer);
    const frame = reader.next();
    const reply = frame && decodeServerFrame(frame);
    if (reply) return `login ${'completion' in reply ? reply.completion : 'unanswered'}`;
  }
  return 'closed';
}

/** A whole SSH login by key over a slow line: key exchange, signature and all. */
async function sshSlowly(sim: Simulator, socket: Socket): Promise<string> {
  const [user, keyFile] = Object.entries(sim.endpoints.files.keys)[0] ?? [];
  if (user === undefined || keyFile === undefined) throw new Error('no SFTP user');
  const client = new ssh2.Client();
  const closed = once(client, 'close');
  const answer = new Promise<string>((resolve) => {
    client.once('ready', () => resolve('logged in'));
    client.on('error', (error) => resolve(error.message));
  });
  client.connect({ sock: slowLine(socket), username: user, privateKey: readFileSync(keyFile) });
  const said = await answer;
  client.end();
  await closed;
  return said;
}

/** Bytes of the heap that are in use after a full collection. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
