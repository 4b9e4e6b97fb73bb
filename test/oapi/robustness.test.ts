import { connect as connectSocket, type Socket } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PASSWORD, series, user } from '../support/world.ts';
import { encodeFrame } from '../../src/oapi/frame.ts';
import { OPERATION } from '../../src/oapi/request.ts';
import type { AccountId } from '../../src/clearing/account.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { connect, positionQueryMessage, typeOnly, type OapiClient } from './client.ts';
import { oapiWorld, type OapiWorld } from './world.ts';

const USER = 'BO_CABC801';

async function rawSocket(sim: OapiWorld): Promise<Socket> {
  const socket = connectSocket({ host: '127.0.0.1', port: sim.gateways[0].port });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function loggedIn(sim: OapiWorld, gateway: 1 | 2 = 1): Promise<OapiClient> {
  const client = await sim.client(gateway);
  await client.login(USER, PASSWORD);
  return client;
}

async function isServed(client: OapiClient): Promise<boolean> {
  return (await client.query(typeOnly('UQ12'))).completion === 0;
}

// Goal: no bytes stop the gateway or harm another client. Method: random bytes on fresh connections.
test('random bytes end their own connection at most, and others are served', async () => {
  await using sim = await oapiWorld();
  const other = await loggedIn(sim);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (noise) => {
      const socket = await rawSocket(sim);
      socket.end(Buffer.from(noise));
      socket.resume();
      await once(socket, 'close');
      expect(await isServed(other)).toBe(true);
    }),
    { numRuns: 60 },
  );
  expect(sim.gateways[0].connections()).toBe(1);
});

// Goal: a complete frame with any content gets an answer. Method: random ops and bodies, logged in.
test('any complete frame is answered and the connection stays', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  const ops = Object.values(OPERATION).filter((op) => op !== OPERATION.logout);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ops, 0, 11, 200), fc.uint8Array({ maxLength: 200 }), async (op, body) => {
      client.socket.write(encodeFrame(op, 999, Buffer.from(body)));
      expect(await isServed(client)).toBe(true);
    }),
    { numRuns: 150 },
  );
  expect(client.errors).toEqual([]);
});

test('random bodies of queries never get an answer that is not a refusal or a valid one', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 60, maxLength: 60 }), async (rest) => {
      const { completion } = await client.query(Buffer.concat([typeOnly('CQ3'), Buffer.from(rest)]));
      expect([0, -12]).toContain(completion);
    }),
    { numRuns: 100 },
  );
});

test.each([
  ['a length above the limit', 'ffffffff', -2007, 'the frame length is 4294967295; allowed are 8 to 64032'],
  ['a length below the header', '07000000', -2007, 'the frame length is 7; allowed are 8 to 64032'],
  ['another version', '0800000009010000', -2017, 'the frame version is 9; this gateway speaks 1'],
  ['a reserved field that is set', '080000000101010000000000', -2007, 'the reserved field is 1; it must be 0'],
  [
    'HTTP',
    Buffer.from('GET / HTTP/1.1').toString('hex'),
    -2007,
    'the frame length is 542393671; allowed are 8 to 64032',
  ],
])(
  '%s is answered with an error frame that says so, then the connection ends',
  async (_what, hex, completion, text) => {
    await using sim = await oapiWorld();
    const client = await sim.client();
    client.socket.write(Buffer.from(hex, 'hex'));
    await client.waitClosed();
    expect(client.errors).toEqual([{ op: 'error', completion, text }]);
    expect(sim.journal.of('oapi.invalid')).toMatchObject([{ outcome: 'invalid', problem: text, completion }]);
  },
);

test('a connection without a login is ended at its deadline, one with a login is not', async () => {
  await using sim = await oapiWorld();
  const idle = await sim.client();
  const active = await loggedIn(sim);
  sim.transport.advance(30_000);
  await idle.waitClosed();
  expect(idle.errors).toMatchObject([{ completion: -54, text: 'no login within 30000 ms' }]);
  expect(await isServed(active)).toBe(true);
});

test('half a frame holds nobody up and is ended at its deadline', async () => {
  await using sim = await oapiWorld();
  const slow = await loggedIn(sim);
  const other = await sim.client();
  await other.login('BO_CXYZ801', PASSWORD);
  slow.socket.write(encodeFrame(OPERATION.query, 1, Buffer.alloc(100)).subarray(0, 50));
  // Answered in order on another connection: the half frame has been read by then or is still under way.
  expect(await isServed(other)).toBe(true);
  slow.socket.write(Buffer.alloc(1));
  while (slow.errors.length === 0 && !slow.socket.destroyed) {
    // Each round trip lets the bytes arrive, then time moves.
    expect(await isServed(other)).toBe(true);
    sim.transport.advance(30_000);
  }
  await slow.waitClosed();
  expect(slow.errors).toMatchObject([{ completion: -54, text: 'a frame was not complete within 30000 ms' }]);
});

test('a thousand idle connections leave the others served, and are all gone at the deadline', async () => {
  await using sim = await oapiWorld();
  const active = await loggedIn(sim);
  const idle: Socket[] = [];
  for (let i = 0; i < 1_000; i++) idle.push(await rawSocket(sim));
  expect(await isServed(active)).toBe(true);
  expect(sim.gateways[0].connections()).toBe(1_001);
  const closed = Promise.all(idle.map((socket) => once(socket.resume(), 'close')));
  sim.transport.advance(30_000);
  await closed;
  await sim.journal.waitFor('oapi.disconnected', 1_000);
  expect(sim.gateways[0].connections()).toBe(1);
  expect(await isServed(active)).toBe(true);
});

test('connections above the limit are closed at once', async () => {
  await using sim = await oapiWorld({ settings: { connectionsMax: 2 } });
  const { port } = sim.gateways[0];
  const clients = [await sim.client(), await sim.client()];
  await Promise.all(clients.map((client) => client.request({ op: 'heartbeat' })));
  await using third = await connect({ host: '127.0.0.1', port });
  await third.waitClosed();
  expect(sim.gateways[0].connections()).toBe(2);
});

/** A world where one CA3 is some 44,000 bytes. */
function wideWorld(): Promise<OapiWorld> {
  const accounts = Array.from({ length: 500 }, (_, i) => ({ id: `A${i}` as AccountId, type: 'house' as const }));
  return oapiWorld({
    world: {
      participants: [
        {
          code: 'CABC' as CustomerCode,
          name: 'Wide',
          clearingHouses: ['HKCC'],
          authorisedRanges: undefined,
          accounts,
          users: [user(USER)],
        },
      ],
      positions: accounts.map(({ id }) => ({
        participant: 'CABC' as CustomerCode,
        account: id,
        series: series('HSIK9').name,
        held: 1,
        written: 0,
      })),
    },
  });
}

test('a client that asks for much and reads it gets everything, however much waits on the way', async () => {
  await using sim = await wideWorld();
  const client = await loggedIn(sim);
  const replies = await Promise.all(Array.from({ length: 100 }, () => client.query(positionQueryMessage())));
  expect(new Set(replies.map(({ answer }) => answer.length))).toEqual(new Set([44_032]));
});

test('a client that does not read is served no further, and dropped at its deadline', async () => {
  await using sim = await wideWorld();
  const client = await loggedIn(sim);
  client.socket.pause();
  for (let i = 0; i < 2_000; i++) void client.query(positionQueryMessage()).catch(() => undefined);
  // The journal counts what was served. It comes to rest when the answers fill the buffers on the way.
  const other = await sim.client(2);
  let served = -1;
  while (served !== sim.journal.of('oapi.query').length) {
    served = sim.journal.of('oapi.query').length;
    // Fifty round trips of another client: time enough to serve more.
    for (let i = 0; i < 50; i++) await other.request({ op: 'heartbeat' });
  }
  expect(served).toBeLessThan(500);
  sim.transport.advance(30_000);
  await sim.journal.waitFor('oapi.disconnected', 2); // The other one had no login.
  const ends = sim.journal.of('oapi.disconnected').filter((entry) => entry['gateway'] === 'oapi-1');
  expect(ends).toMatchObject([{ reason: 'answers-unread' }]);
  expect(sim.journal.of('oapi.logout')).toMatchObject([{ user: USER, reason: 'connection-lost' }]);
  client.socket.destroy();
});
