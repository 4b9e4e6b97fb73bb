import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { startOapiGateway, type OapiGateway } from '../../src/oapi/gateway.ts';
import type { Protocol } from '../../src/oapi/protocol.ts';
import { coreAt, PASSWORD } from '../support/world.ts';
import { connect } from './client.ts';
import { geniumProtocol } from './messages.ts';
import { handClock, memoryJournal } from './world.ts';

const USER = 'BO_CABC801';

function later<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((...settle) => ([resolve, reject] = settle));
  return { promise, resolve, reject };
}

/** A gateway whose protocol is there when the test gives it. */
async function gatewayBeforeItsFirstClient() {
  const asked = later<void>();
  const protocol = later<Protocol>();
  const journal = memoryJournal();
  let times = 0;
  const gateway: OapiGateway = await startOapiGateway({
    name: 'oapi-1',
    number: 1,
    address: '127.0.0.1',
    port: 0,
    core: coreAt('10:00').core,
    journal,
    wall: handClock().wall,
    protocol: () => {
      times++;
      asked.resolve();
      return protocol.promise;
    },
    answers: { take: () => undefined },
  });
  return {
    gateway,
    journal,
    asked: asked.promise,
    timesAsked: () => times,
    give: () => protocol.resolve(geniumProtocol),
    fail: (error: Error) => protocol.reject(error),
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

async function open({ port }: OapiGateway): Promise<Socket> {
  const socket = connectSocket({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  return socket;
}

test('what a gateway speaks is asked for by its first client, once', async () => {
  await using sim = await gatewayBeforeItsFirstClient();
  expect(sim.gateway.notify('bandwidth-high')).toBe(0);
  expect(sim.timesAsked()).toBe(0);
  const first = await connect({ host: '127.0.0.1', port: sim.gateway.port });
  const second = await connect({ host: '127.0.0.1', port: sim.gateway.port });
  // Both have sent their login before anybody reads it.
  const logins = [first.login(USER, PASSWORD), second.login('BO_CXYZ801', PASSWORD)];
  await sim.asked;
  expect(sim.journal.entries.map(({ kind }) => kind)).toEqual(['oapi.notice']);
  sim.give();
  expect((await Promise.all(logins)).map(({ completion }) => completion)).toEqual([0, 0]);
  expect(sim.timesAsked()).toBe(1);
  expect(sim.gateway.connections()).toBe(2);
  expect(sim.journal.of('oapi.connected').map(({ connection }) => connection)).toEqual([1, 2]);
});

test('a gateway that is made ready does not ask again when somebody comes', async () => {
  await using sim = await gatewayBeforeItsFirstClient();
  sim.give();
  await sim.gateway.prewarm();
  expect(sim.timesAsked()).toBe(1);
  const client = await connect({ host: '127.0.0.1', port: sim.gateway.port });
  expect((await client.login(USER, PASSWORD)).completion).toBe(0);
  expect(sim.timesAsked()).toBe(1);
});

test('who was accepted when the gateway stopped is in the journal, like anybody else', async () => {
  await using sim = await gatewayBeforeItsFirstClient();
  const socket = await open(sim.gateway);
  await sim.asked;
  expect(sim.gateway.connections()).toBe(1);
  const stopped = sim.gateway.stop('refuse');
  sim.give();
  await Promise.all([stopped, once(socket.resume(), 'close')]);
  expect(sim.journal.entries.map(({ kind, reason }) => [kind, reason])).toEqual([
    ['oapi.connected', undefined],
    ['oapi.disconnected', 'gateway-stopped'],
  ]);
  expect(sim.gateway.connections()).toBe(0);
});

test('a client that resets before it is served is one that left', async () => {
  await using sim = await gatewayBeforeItsFirstClient();
  const socket = await open(sim.gateway);
  await sim.asked;
  socket.resetAndDestroy();
  await once(socket, 'close');
  // When another has come and gone, its reset has come, too.
  const another = await open(sim.gateway);
  another.destroy();
  await once(another, 'close');
  sim.give();
  await sim.journal.waitFor('oapi.disconnected', 2);
  const ofFirst = sim.journal.entries.filter(({ connection }) => connection === 1);
  expect(ofFirst).toMatchObject([
    { kind: 'oapi.connected', address: '127.0.0.1' },
    { kind: 'oapi.disconnected', reason: 'connection-lost' },
  ]);
});

test('a gateway that cannot be made ready cuts who comes, says so, and stops', async () => {
  await using sim = await gatewayBeforeItsFirstClient();
  const socket = await open(sim.gateway);
  await sim.asked;
  sim.fail(new Error('the dictionary is gone'));
  await once(socket.resume(), 'close');
  expect(sim.journal.of('simulator.bug')).toMatchObject([{ source: 'oapi', error: 'Error: the dictionary is gone' }]);
  expect(sim.gateway.connections()).toBe(0);
  await sim.gateway.stop('refuse');
  expect(sim.gateway.isRunning()).toBe(false);
});
