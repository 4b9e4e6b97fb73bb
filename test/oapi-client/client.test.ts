import { expect, test } from 'vitest';
import { createServer } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { Secret } from '../../src/clearing/secret.ts';
import { openOapiClient, type News, type OapiClient } from '../../src/oapi-client/client.ts';
import { download } from '../../src/oapi-client/download.ts';
import { BadValue, UnknownField, type Fields } from '../../src/oapi-client/fields.ts';
import { decodeMessage, encodeMessage, UnknownMessage } from '../../src/oapi-client/message.ts';
import { seriesFields } from '../../src/oapi/transactions/series-fields.ts';
import { deal, PASSWORD, series } from '../support/world.ts';
import { click, genium, message } from '../oapi/messages.ts';
import { oapiWorld, type OapiWorld } from '../oapi/world.ts';

const HSI = seriesFields(series('HSIK9').key);

async function loggedIn(sim: OapiWorld, dictionary = genium): Promise<OapiClient> {
  const client = await openOapiClient({ host: '127.0.0.1', port: sim.gateways[0].port, dictionary });
  expect((await client.login('BO_CABC801', new Secret(PASSWORD))).completion).toBe(0);
  return client;
}

test.each([genium, click])('a give-up is asked for by fields, numbers of any width, in $name', async (dictionary) => {
  await using sim = await oapiWorld({ phase: 'normal', world: { deals: [deal()] }, dictionary });
  await using client = await loggedIn(sim, dictionary);
  const account = { country_id: 'HK', ex_customer: 'CXYZ' };
  const answer = await client.transact('CD35', { series: HSI, account, trade_number: '1', trade_quantity: 2 });
  expect(answer).toMatchObject({ completion: 0, statusMeaning: 'CL_OMN_REQHOLDING: holding', message: undefined });
  const listed = await client.query('CQ61', { segment_number: 1 });
  expect(listed.message).toMatchObject({ type: 'CA61', fields: { item: [{ give_up_number: 1, trade_quantity: 2 }] } });
});

test('a refusal has both codes in words; a wrong field its offset, which is no code', async () => {
  await using sim = await oapiWorld();
  await using client = await loggedIn(sim);
  expect(await client.transact('CD35')).toMatchObject({
    completion: -12,
    meaning: 'the back end refused; the transaction status tells why',
    statusMeaning: 'CL_OMN_ILLTRNSTIME: not allowed now',
  });
  const wrong = await client.query('CQ10', { series: HSI, sequence_first: -1 });
  expect(wrong).toMatchObject({ completion: -18, statusMeaning: undefined, field: 'sequence_first' });
});

test('a wrong field inside a list is named with its place', async () => {
  await using sim = await oapiWorld({ phase: 'normal', world: { deals: [deal()] } });
  await using client = await loggedIn(sim);
  const part = { account: { ex_customer: 'CABC', account_id: 'HOUSE' }, trade_quantity: 2 };
  const item = [part, { ...part, open_close_req: 9 }];
  const answer = await client.transact('CD28', { series: HSI, trade_number: 1, item });
  expect(answer).toMatchObject({ completion: -18, field: 'item[1].open_close_req' });
});

test('all pages come, by segments and by sequence numbers', async () => {
  const deals = Array.from({ length: 7 }, (_, i) => deal({ quantity: i + 1 }));
  await using sim = await oapiWorld({ world: { deals }, settings: { pageSize: 2 } });
  await using client = await loggedIn(sim);
  const rows = async (type: string, fields: Fields): Promise<[number, Fields[]]> => {
    let pages = 0;
    const all: Fields[] = [];
    const last = await download(client, type, fields, ({ message: page }) => {
      pages++;
      all.push(...(page?.fields['item'] as Fields[]));
    });
    expect(last.completion).toBe(0);
    return [pages, all];
  };
  const [segments, listed] = await rows('DQ2', {});
  expect(listed.length).toBeGreaterThan(2);
  expect(segments).toBe(Math.ceil(listed.length / 2));
  const [pages, trades] = await rows('CQ10', { series: HSI });
  expect([pages, trades.map((each) => each['trade_quantity'])]).toEqual([4, [1, 2, 3, 4, 5, 6, 7]]);
  expect((await rows('CQ10', { series: HSI, sequence_first: 6 }))[1]).toHaveLength(2);
  const refused = await download(client, 'CQ10', { series: { ...HSI, market: 0 } }, () => undefined);
  expect(refused.completion).toBe(-12);
});

test('news comes as it happens, and what was lost is told', async () => {
  await using sim = await oapiWorld({ phase: 'normal' });
  await using client = await loggedIn(sim);
  await client.setEvent(1);
  const news: News[] = [];
  client.onNews((each) => news.push(each));
  sim.core.matchDeal(deal({ quantity: 3 }));
  sim.gateways[0].notify('data-lost', { text: 'Some.' });
  await client.heartbeat();
  expect(news.map(({ eventType, message: told }) => [eventType, told?.type])).toEqual([
    [1, 'BD6'],
    [1, 'BD40'],
    [1001, 'BN1'],
  ]);
  expect(news[0]?.message?.fields['item']).toMatchObject([{ trade_number: 1, trade_quantity: 3, rem_quantity: 3 }]);
  expect(news[2]?.message?.fields).toEqual({ status: -208_002, text: 'Some.' });
});

test('what a layout does not have, or a field cannot hold, is told before anything is sent', () => {
  const encode = (type: string, fields: Fields) => () => encodeMessage(type, fields, genium);
  expect(encode('CQ333', {})).toThrow(UnknownMessage);
  expect(encode('CQ3', { sereis: {} })).toThrow(expect.objectContaining({ found: 'sereis', where: 'CQ3' }) as Error);
  expect(encode('CQ3', { series: { markt: 1 } })).toThrow(UnknownField);
  expect(encode('CQ3', { series: 7 })).toThrow(/CQ3\.series is a struct of country, market/);
  expect(encode('CQ3', { segment_number: 'one' })).toThrow(BadValue);
  expect(encode('CQ3', { segment_number: 1.5 })).toThrow(/is 1.5; a whole number/);
  expect(encode('CQ3', { segment_number: 70_000 })).toThrow(/query_position/);
  expect(encode('CC38', { item: [{ open_close_req: 'opened' }] })).toThrow(/one of default, open, close/);
  expect(encode('CC38', { item: Array.from({ length: 101 }, () => ({})) })).toThrow(/are allowed/);
  expect(encode('CC38', { item: {} })).toThrow(/is a list/);
});

test('a word of an enumeration is its number', () => {
  const bytes = encodeMessage('CC38', { item: [{ open_close_req: 'close' }, { open_close_req: '1' }] }, genium);
  expect(decodeMessage(bytes, genium).fields['item']).toMatchObject([{ open_close_req: 2 }, { open_close_req: 1 }]);
});

test('a message that the dictionary lacks is its bytes', () => {
  expect(decodeMessage(Buffer.from('5a5a0900ff', 'hex'), genium)).toEqual({
    type: 'ZZ9',
    fields: { bytes: '5a5a0900ff' },
  });
});

/** Goal: nothing that a gateway sends breaks the reader of variable messages. Method: any bytes behind their head. */
test('any bytes behind the head of a variable message are read or left', () => {
  const head = message('CA10', { items: 3 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        decodeMessage(Buffer.concat([head, bytes]), genium);
      } catch (error) {
        expect((error as Error).constructor.name).toBe('SizeError');
      }
    }),
  );
});

test('nobody there, and somebody else there, are told by name', async () => {
  const server = createServer((socket) => socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const client = await openOapiClient({ host: '127.0.0.1', port, dictionary: genium });
  await expect(client.heartbeat()).rejects.toThrow(/closed the connection \(what came is not OAPI of this simulator/);
  await client[Symbol.asyncDispose]();
  server.close();
  await once(server, 'close');
  const gone = openOapiClient({ host: '127.0.0.1', port, dictionary: genium });
  await expect(gone).rejects.toMatchObject({
    code: 'SIM_NOT_RUNNING',
    message: expect.stringContaining('ECONNREFUSED'),
  });
});
