import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { seriesFields } from '../../../src/oapi/transactions/series-fields.ts';
import { deal, participant, PASSWORD, series, user } from '../../support/world.ts';
import { FrameReader } from '../../../src/oapi/frame.ts';
import { message } from '../messages.ts';
import { listening, loggedIn, settled, start, typesOf, typeOf } from './listening.ts';

const HSI = seriesFields(series('HSIK9').key);

const item = (broadcast: string, informationType: number, attribute = [1, 0]): Buffer => {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt16LE(informationType, 2);
  bytes.write(broadcast.slice(0, 2), 4, 'latin1');
  bytes.writeUInt16LE(Number(broadcast.slice(2)), 6);
  bytes.writeUInt16LE(attribute[0] ?? 0, 8);
  bytes.writeUInt16LE(attribute[1] ?? 0, 10);
  return bytes;
};
const list = (...items: readonly Buffer[]): Buffer => {
  const bytes = Buffer.concat([Buffer.alloc(4), ...items]);
  bytes.writeInt32LE(bytes.length, 0);
  return bytes;
};
const answered = (answer: Buffer) =>
  Array.from({ length: (answer.length - 4) / 20 }, (_, i) => [
    answer.readUInt32LE(4 + i * 20 + 12),
    answer.readInt32LE(4 + i * 20 + 16),
  ]);

describe('who hears what', () => {
  test('nobody who did not ask; 990 is dedicated ones only; 991 is refused', async () => {
    await using sim = await start();
    const silent = await loggedIn(sim);
    const dedicated = await listening(sim, 'BO_CABC901', 1, 990);
    const attention = await loggedIn(sim, 'BO_CXYZ801');
    expect(await attention.request({ op: 'set-event', eventType: 991 })).toMatchObject({ completion: -39 });
    sim.core.matchDeal(deal());
    sim.core.sendMessage(undefined, 'Hello');
    for (const each of [silent, dedicated, attention]) await settled(each);
    expect([typesOf(silent), typesOf(dedicated), typesOf(attention)]).toEqual([[], ['BD6', 'BD40'], []]);
    expect(dedicated.events.map((each) => each.eventType)).toEqual([990, 990]);
  });

  test('a list gives handles, with which the events come, and a status for each item', async () => {
    await using sim = await start();
    const client = await loggedIn(sim);
    const asked = list(item('BD6', 4), item('BI27', 1), item('BD40', 1), item('ZZ9', 4), item('BD6', 4));
    const reply = await client.request({ op: 'set-event', eventType: 1, list: asked });
    expect(reply.completion).toBe(-30);
    expect(answered(reply.answer)).toEqual([
      [1, 0],
      [2, 0],
      [0, -30],
      [0, -39],
      [1, 1],
    ]);
    sim.core.matchDeal(deal());
    sim.core.sendMessage(undefined, 'Hello');
    await settled(client);
    expect(client.events.map((each) => [typeOf(each), each.eventType, each.handle])).toEqual([
      ['BD6', 1, 1],
      ['BI27', 1, 2],
    ]);
    const shown = await client.request({ op: 'show-subscriptions' });
    expect(shown.answer.readUInt32LE(0)).toBe(7);
    expect(shown.answer.length).toBe(4 + 7 * 16);
    expect(shown.answer.subarray(6, 16)).toEqual(item('BD6', 4).subarray(2, 12));
    expect(sim.journal.of('oapi.set-event')).toMatchObject([
      { broadcasts: ['BD6', 'BI27', 'BD40', 'ZZ9', 'BD6'], statuses: [0, 0, -30, -39, 1], completion: -30 },
    ]);
  });

  test('a subscription to one’s own user hears what that user did, and nothing of others', async () => {
    await using sim = await start();
    const own = await loggedIn(sim);
    const other = await loggedIn(sim, 'BO_CABC901');
    for (const client of [own, other]) {
      await client.request({ op: 'set-event', eventType: 990, list: list(item('BD29', 4, [1, 1])) });
    }
    const account = { country_id: 'HK', ex_customer: 'CXYZ', account_id: '' };
    await own.tx(message('CD35', { series: HSI, account, trade_number: 1, trade_quantity: 2n }));
    for (const client of [own, other]) await settled(client);
    expect([typesOf(own), typesOf(other)]).toEqual([['BD29'], []]);
    // Once another user has decided it, it is that user's.
    await other.tx(message('CC40', { series: HSI, give_up_number: 1 }));
    for (const client of [own, other]) await settled(client);
    expect([typesOf(own), typesOf(other)]).toEqual([['BD29'], ['BD29']]);
  });

  test('clear event ends a subscription by its handle, or all of a type; a login ends them all', async () => {
    await using sim = await start();
    const client = await loggedIn(sim);
    const clear = (...handles: number[]) => {
      const bytes = Buffer.alloc(4 + handles.length * 4);
      bytes.writeUInt32LE(bytes.length);
      for (const [i, handle] of handles.entries()) bytes.writeUInt32LE(handle, 4 + i * 4);
      return client.request({ op: 'clear-event', eventType: 1, list: bytes });
    };
    await client.request({ op: 'set-event', eventType: 1, list: list(item('BD6', 4), item('BD40', 4)) });
    expect((await clear(1)).completion).toBe(0);
    expect((await clear(1)).completion).toBe(2);
    sim.core.matchDeal(deal());
    await settled(client);
    expect(typesOf(client)).toEqual(['BD40']);
    expect((await client.request({ op: 'clear-event', eventType: 1 })).completion).toBe(0);
    expect((await client.request({ op: 'clear-event', eventType: 1 })).completion).toBe(2);
    await client.request({ op: 'set-event', eventType: 1 });
    await client.logout();
    await client.login('BO_CABC801', PASSWORD);
    sim.core.matchDeal(deal());
    await settled(client);
    expect(typesOf(client)).toEqual(['BD40']);
  });

  test('sizes that do not agree, and types that cannot be asked for, are refused', async () => {
    await using sim = await start();
    const client = await loggedIn(sim);
    const set = async (eventType: number, bytes: Buffer) =>
      (await client.request({ op: 'set-event', eventType, list: bytes })).completion;
    expect(await set(1, Buffer.from([1, 2, 3]))).toBe(-25);
    expect(await set(1, list(item('BD6', 4)).subarray(0, 20))).toBe(-25);
    expect(await set(1001, list(item('BD6', 4)))).toBe(-30);
    expect(await set(990, list(item('BI27', 1)))).toBe(-30);
    expect(await set(1, list(item('BD6', 4, [1, 2])))).toBe(-30);
    expect(await set(5, list())).toBe(-30);
    expect(await set(1, list())).toBe(-25);
    expect(
      (await client.request({ op: 'clear-event', eventType: 1, list: Buffer.from([9, 0, 0, 0]) })).completion,
    ).toBe(-25);
    expect((await client.request({ op: 'show-events' })).answer.toString('latin1')).toBe('1,990,1001');
  });
});

test('a broadcast that two subscriptions want comes once, by the older; what is set again is said to be', async () => {
  await using sim = await start();
  const client = await listening(sim);
  expect(await client.request({ op: 'set-event', eventType: 990 })).toMatchObject({ completion: 0 });
  expect(await client.request({ op: 'set-event', eventType: 990 })).toMatchObject({ completion: 1 });
  sim.core.matchDeal(deal());
  await settled(client);
  expect(client.events.map((each) => [typeOf(each), each.eventType])).toEqual([
    ['BD6', 1],
    ['BD40', 1],
  ]);
});

test('what a call causes comes after its reply', async () => {
  await using sim = await start();
  const client = await listening(sim);
  const operations: number[] = [];
  const frames = new FrameReader();
  client.socket.on('data', (chunk) => {
    frames.push(chunk);
    for (let next = frames.next(); next; next = frames.next()) operations.push(next.op);
  });
  const account = { country_id: 'HK', ex_customer: 'CXYZ', account_id: '' };
  await client.tx(message('CD35', { series: HSI, account, trade_number: 1, trade_quantity: 2n }));
  await settled(client);
  const [TRANSACTION, HEARTBEAT, EVENT] = [0x84, 0x8a, 0xc0];
  expect(operations).toEqual([TRANSACTION, EVENT, EVENT, HEARTBEAT]);
  expect(typesOf(client)).toEqual(['BD29', 'BD39']);
});

test('a user who must change the password first hears nothing, and cannot subscribe', async () => {
  const users = [user('BO_CABC801', 'change-required')];
  await using sim = await start({ world: { participants: [participant('CABC', { users })] } });
  const client = await sim.client();
  expect((await client.login('BO_CABC801', PASSWORD)).completion).toBe(2027);
  expect(await client.request({ op: 'set-event', eventType: 1 })).toMatchObject({ completion: -2038 });
  sim.core.sendMessage(undefined, 'Hello');
  await settled(client);
  expect(client.events).toEqual([]);
});

/** Any list: it is answered as a list is, or refused with -25, and the session goes on. */
test('no list of bytes harms a session, and only what the gateway gave a handle for comes', async () => {
  await using sim = await start();
  const client = await loggedIn(sim);
  const bytes = fc.uint8Array({ maxLength: 64 }).map((each) => Buffer.from(each));
  const items = fc
    .array(fc.uint8Array({ minLength: 20, maxLength: 20 }), { maxLength: 4 })
    .map((each) => list(...each.map((item) => Buffer.from(item))));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('set-event', 'clear-event'),
      fc.constantFrom(1, 990, 1001),
      fc.oneof(bytes, items),
      async (op, eventType, given) => {
        const reply = await client.request({ op, eventType, list: given } as const);
        const isWhole = reply.answer.length === 0 || reply.answer.length === given.length;
        expect(isWhole && [0, 1, 2, -25, -30, -39].includes(reply.completion)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
  expect((await client.request({ op: 'heartbeat' })).completion).toBe(0);
});
