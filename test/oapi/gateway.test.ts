import { connect as connectSocket } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startOapiGateway } from '../../src/oapi/gateway.ts';
import { PASSWORD } from '../support/world.ts';
import { typeOnly } from './client.ts';
import { handClock, memoryJournal, oapiWorld } from './world.ts';
import { geniumProtocol } from './messages.ts';

const USER = 'BO_CABC801';

async function connectError(port: number): Promise<string> {
  const socket = connectSocket({ host: '127.0.0.1', port });
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  return error.code ?? error.message;
}

test('both gateways serve the same users, and killing one leaves the other', async () => {
  await using sim = await oapiWorld();
  const [one] = sim.gateways;
  const first = await sim.client(1);
  const second = await sim.client(2);
  await first.login(USER, PASSWORD);
  await second.login('BO_CXYZ801', PASSWORD);

  await one.stop('reset');
  await first.waitClosed();
  expect(await connectError(one.port)).toBe('ECONNREFUSED');
  expect((await second.query(typeOnly('UQ12'))).completion).toBe(0);
  // The user of the dead gateway goes on at the other one: its session has ended, no force is needed.
  expect((await (await sim.client(2)).login(USER, PASSWORD)).completion).toBe(0);
  expect(sim.journal.of('oapi.logout')).toMatchObject([{ user: USER, gateway: 'oapi-1', reason: 'gateway-stopped' }]);
});

test('a gateway that stops by refusing tells its clients first', async () => {
  await using sim = await oapiWorld();
  const client = await sim.client(1);
  await client.login(USER, PASSWORD);
  await sim.gateways[0].stop('refuse');
  await client.waitClosed();
  expect(client.events.map((event) => event.message.toString('latin1', 16))).toEqual([
    'You have been logged out: this gateway stops.',
  ]);
});

test('a client that comes back while the gateway is stopping is refused', async () => {
  await using sim = await oapiWorld();
  const [one] = sim.gateways;
  await (await sim.client(1)).login(USER, PASSWORD);
  const stopping = one.stop('refuse');
  await Promise.resolve();
  expect(await connectError(one.port)).toBe('ECONNREFUSED');
  await stopping;
});

test('a stopped gateway starts again at the same port', async () => {
  await using sim = await oapiWorld();
  const [one] = sim.gateways;
  const { port } = one;
  await one.stop('refuse');
  expect({ running: one.isRunning(), connections: one.connections() }).toEqual({ running: false, connections: 0 });
  await one.start();
  expect({ running: one.isRunning(), port: one.port }).toEqual({ running: true, port });
  expect((await (await sim.client(1)).login(USER, PASSWORD)).completion).toBe(0);
});

test('stop and start called at once follow one another', async () => {
  await using sim = await oapiWorld();
  const [one] = sim.gateways;
  await Promise.all([one.stop('reset'), one.start(), one.start()]);
  expect((await (await sim.client(1)).login(USER, PASSWORD)).completion).toBe(0);
});

test('a disposed gateway does not start again', async () => {
  await using sim = await oapiWorld();
  const gateway = await startOapiGateway({
    name: 'oapi-9',
    number: 9,
    address: '127.0.0.1',
    port: 0,
    core: sim.core,
    journal: memoryJournal(),
    wall: handClock().wall,
    protocol: async () => geniumProtocol,
    answers: { take: () => undefined },
  });
  await gateway[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
  await expect(gateway.start()).rejects.toMatchObject({ code: 'SIM_STOPPED' });
});

test('a setting outside its range is told with the range', async () => {
  await expect(oapiWorld({ settings: { pageSize: 0 } })).rejects.toMatchObject({
    code: 'SIM_OPTION_INVALID',
    message: 'oapi.pageSize is a whole number from 1 to 10000, not 0',
  });
});

test('a client that leaves without a logout loses its session', async () => {
  await using sim = await oapiWorld();
  const client = await sim.client(1);
  await client.login(USER, PASSWORD);
  client.socket.destroy();
  await sim.journal.waitFor('oapi.disconnected');
  expect(sim.journal.of('oapi.logout')).toMatchObject([{ user: USER, reason: 'connection-lost' }]);
  expect((await (await sim.client(1)).login(USER, PASSWORD)).completion).toBe(0);
});

test('a silent client is logged out after the idle time, and one that calls is not', async () => {
  await using sim = await oapiWorld({ settings: { idleLogoutMs: 8_000, loginDeadlineMs: 100_000 } });
  const silent = await sim.client(1);
  const busy = await sim.client(1);
  await silent.login(USER, PASSWORD);
  await busy.login('BO_CXYZ801', PASSWORD);
  sim.transport.advance(7_999);
  expect((await busy.request({ op: 'heartbeat' })).completion).toBe(0);
  expect(silent.events).toEqual([]);
  sim.transport.advance(1);
  expect((await silent.nextEvent()).message.toString('latin1', 16)).toBe(
    'You have been logged out: no call was made for too long.',
  );
  expect((await silent.request({ op: 'heartbeat' })).completion).toBe(-5);
  expect((await busy.request({ op: 'heartbeat' })).completion).toBe(0);
  expect(sim.journal.of('oapi.logout')).toMatchObject([{ user: USER, reason: 'idle' }]);
});

test('a jump of the simulated clock drops nobody', async () => {
  await using sim = await oapiWorld({ settings: { idleLogoutMs: 8_000 } });
  const client = await sim.client(1);
  await client.login(USER, PASSWORD);
  sim.clock.now = (sim.clock.now + 3 * 3_600_000) as typeof sim.clock.now;
  sim.transport.advance(1_000);
  expect((await client.query(typeOnly('UQ12'))).completion).toBe(0);
});

test('the one timer runs only while somebody is connected', async () => {
  await using sim = await oapiWorld();
  expect(sim.transport.timers()).toBe(0);
  const clients = [await sim.client(1), await sim.client(1)];
  await Promise.all(clients.map((client) => client.request({ op: 'heartbeat' })));
  expect(sim.transport.timers()).toBe(1);
  for (const client of clients) client.socket.destroy();
  await sim.journal.waitFor('oapi.disconnected', 2);
  await Promise.resolve();
  expect(sim.transport.timers()).toBe(0);
  await (await sim.client(1)).request({ op: 'heartbeat' });
  expect(sim.transport.timers()).toBe(1);
});
