import { expect, test } from 'vitest';
import type { UserId } from '../../../src/clearing/user.ts';
import { PASSWORD } from '../../support/world.ts';
import { typeOnly } from '../client.ts';
import { oapiWorld } from '../world.ts';

const USER = 'BO_CABC801';

test.each([
  ['data-lost', 1, -208002],
  ['link-lost', 1, -208004],
  ['sender-lost', 1, -208006],
  ['sender-restarted', 1, -208008],
  ['bandwidth-exceeded', 3, -3001],
  ['bandwidth-high', 3, -3002],
  ['bandwidth-normal', 3, 3003],
  ['transaction-link-down', 4, -4001],
  ['transaction-link-up', 4, 4001],
  ['broadcast-link-down', 4, -4002],
  ['broadcast-link-up', 4, 4002],
  ['logout-imminent', 4, 4004],
] as const)('%s is BN%i with status %i, and the session stays', async (kind, number, status) => {
  await using sim = await oapiWorld();
  const client = await sim.client();
  await client.login(USER, PASSWORD);
  expect(sim.gateways[0].notify(kind, { text: 'Told by the test.' })).toBe(1);

  const { eventType, message } = await client.nextEvent();
  expect(eventType).toBe(1001);
  expect(message.toString('latin1', 0, 2)).toBe('BN');
  expect(message.readUInt16LE(2)).toBe(number);
  expect(message.readInt32LE(4)).toBe(status);
  expect(message.readUInt16LE(8)).toBe(17);
  expect(message.toString('latin1', number === 4 ? 16 : 10)).toBe('Told by the test.');
  expect((await client.query(typeOnly('UQ12'))).completion).toBe(0);
});

test('a notice reaches only the named user, only this gateway, and nobody before a login', async () => {
  await using sim = await oapiWorld();
  const client = await sim.client(1);
  expect(sim.gateways[0].notify('data-lost')).toBe(0);
  await client.login(USER, PASSWORD);
  expect(sim.gateways[0].notify('data-lost', { user: 'BO_CXYZ801' as UserId })).toBe(0);
  expect(sim.gateways[1].notify('data-lost')).toBe(0);
  await client.query(typeOnly('UQ12'));
  expect(client.events).toEqual([]);

  expect(sim.gateways[0].notify('data-lost', { user: USER as UserId })).toBe(1);
  expect((await client.nextEvent()).message.toString('latin1', 10)).toBe('Broadcasts have been lost.');
  const last = sim.journal.of('oapi.notice').at(-1);
  expect(last).toMatchObject({ gateway: 'oapi-1', user: USER, notice: 'data-lost', receivers: 1 });
});
