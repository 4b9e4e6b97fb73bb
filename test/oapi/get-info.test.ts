import { expect, test } from 'vitest';
import { PASSWORD, participant, user } from '../support/world.ts';
import type { OapiClient } from './client.ts';
import { oapiWorld, type OapiWorld } from './world.ts';

async function loggedIn(sim: OapiWorld): Promise<OapiClient> {
  const client = await sim.client();
  await client.login('BO_CABC801', PASSWORD, { application: 'recon' });
  return client;
}

test('get info tells user, base facility, version, exchange, time-out and session name', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  const texts: string[] = [];
  for (const type of [1, 4, 6, 17]) texts.push((await client.getInfo(type)).answer.toString('latin1'));
  expect(texts).toEqual(['HKCABC 801  ', 'DCASS-SIM', 'HKEX (simulated)', 'recon']);
  const numbers: number[] = [];
  for (const type of [2, 7, 9, 10, 14]) numbers.push((await client.getInfo(type)).answer.readInt32LE(0));
  expect(numbers).toEqual([170, 7, 0, 0, 30]);
});

test('the days until the password expires follow the simulated clock', async () => {
  const users = [user('BO_CABC801', 'expiring')];
  await using sim = await oapiWorld({ time: '06:30', world: { participants: [participant('CABC', { users })] } });
  const client = await loggedIn(sim);
  expect((await client.getInfo(11)).answer.readInt32LE(0)).toBe(7);
  sim.clock.now = (sim.clock.now + 2 * 86_400_000) as typeof sim.clock.now;
  expect((await client.getInfo(11)).answer.readInt32LE(0)).toBe(5);
});

test('times are the simulated ones, in UTC and local, as text and as struct tm', async () => {
  await using sim = await oapiWorld({ time: '07:05' });
  const client = await loggedIn(sim);
  const utc = (await client.getInfo(12)).answer;
  const local = (await client.getInfo(13)).answer;
  expect(utc.toString('latin1', 0, 28)).toBe('Sat May  4 23:05:00 2019    ');
  expect(local.toString('latin1', 0, 28)).toBe('Sun May  5 07:05:00 2019    ');
  const parts = (answer: Buffer): number[] => Array.from({ length: 9 }, (_, i) => answer.readInt32LE(28 + 4 * i));
  expect(parts(utc)).toEqual([0, 5, 23, 4, 4, 119, 6, 123, 0]);
  expect(parts(local)).toEqual([0, 5, 7, 5, 4, 119, 0, 124, 0]);
});

test('there is no second connection for broadcasts, and no parallel session unless it is set', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  for (const type of [15, 16]) expect((await client.getInfo(type)).answer).toEqual(Buffer.alloc(4));
});

test.each([3, 5, 8, 0, 4_294_967_295])(
  'get info %i is not applicable, and journalled as not simulated',
  async (type) => {
    await using sim = await oapiWorld();
    const client = await loggedIn(sim);
    expect(await client.getInfo(type)).toMatchObject({ completion: -2036, answer: Buffer.alloc(0) });
    expect(sim.journal.of('oapi.info')).toMatchObject([{ outcome: 'unsimulated', infoType: type }]);
  },
);

test('until the gateway is ready calls get -2, then they are served', async () => {
  await using sim = await oapiWorld({ settings: { notReadyMs: 500 } });
  const client = await loggedIn(sim);
  expect((await client.getInfo(1)).completion).toBe(-2);
  sim.transport.advance(499);
  expect((await client.getInfo(1)).completion).toBe(-2);
  sim.transport.advance(1);
  expect((await client.getInfo(1)).completion).toBe(0);
});

test('network events can be set and cleared, attention events are not authorised, other types do not exist', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  const ask = async (op: 'set-event' | 'clear-event', eventType: number) =>
    (await client.request({ op, eventType })).completion;
  expect((await client.request({ op: 'show-events' })).answer.toString()).toBe('1,990,1001');
  expect(await ask('set-event', 1001)).toBe(0);
  expect(await ask('set-event', 1001)).toBe(1);
  expect(await ask('clear-event', 1001)).toBe(0);
  expect(await ask('clear-event', 1001)).toBe(2);
  expect(await ask('set-event', 991)).toBe(-39);
  expect(await ask('set-event', 5)).toBe(-30);
  expect(sim.journal.of('oapi.set-event')).toMatchObject([
    { outcome: 'ok', eventType: 1001, completion: 0 },
    { outcome: 'ok', eventType: 1001, completion: 1 },
    { outcome: 'unsimulated', eventType: 991, completion: -39 },
  ]);
});
