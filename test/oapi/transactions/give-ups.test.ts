import { describe, expect, test } from 'vitest';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import { seriesFields } from '../../../src/oapi/transactions/series-fields.ts';
import { deal, participant, PASSWORD, series, user } from '../../support/world.ts';
import { ANY, type OapiClient } from '../client.ts';
import { bytesOf, click, genium, message, offsetOf, read } from '../messages.ts';
import { oapiWorld, type OapiWorld } from '../world.ts';

const CABC = 'CABC' as CustomerCode;
const HSI = seriesFields(series('HSIK9').key);
const CALL = seriesFields(series('HKB65.00E9').key);
const FUTURES = { ...ANY, country: 7, market: 1, instrument_group: 4 };
const DONE = { completion: 0, status: 704_003 };
const HOLDING = { completion: 0, status: 704_005 };
type Options = NonNullable<Parameters<typeof oapiWorld>[0]>;

function tradeWorld(options: Options = {}): Promise<OapiWorld> {
  return oapiWorld({ phase: 'normal', world: { deals: [deal(), deal({ quantity: 4 })] }, ...options });
}

async function loggedIn(sim: OapiWorld, code = 'CABC'): Promise<OapiClient> {
  const client = await sim.client();
  await client.login(`BO_${code}801`, PASSWORD);
  return client;
}

/** Quantities are 64 bits wide in one generation and 32 in the other. */
const wide = (dictionary: typeof genium, value: number): bigint | number =>
  dictionary === click ? value : BigInt(value);

function request(fields: object = {}, dictionary = genium): Buffer {
  const account = { country_id: 'HK', ex_customer: 'CXYZ', account_id: '' };
  const all = {
    series: HSI,
    account,
    trade_number: 1,
    trade_quantity: wide(dictionary, 6),
    commission: 5,
    give_up_text: 'REF 77',
  };
  return message('CD35', { ...all, ...fields }, dictionary);
}

function takeUp(fields: object = {}, dictionary = genium): Buffer {
  const part = (account_id: string, quantity: number, open_close_req: number) => ({
    account: { country_id: '', ex_customer: '', account_id },
    trade_quantity: wide(dictionary, quantity),
    open_close_req,
    customer_info: `INFO ${quantity}`,
  });
  const item = [part('HOUSE', 4, 0), part('OMNI1', 2, 1)];
  return message('CC38', { series: HSI, give_up_number: 1, item, ...fields }, dictionary);
}

const reject = (fields: object = {}) =>
  message('CC40', { series: HSI, give_up_number: 1, give_up_text: 'NO', ...fields });

interface Item {
  readonly [name: string]: unknown;
}

async function giveUps(client: OapiClient, fields: object = {}, dictionary = genium): Promise<readonly Item[]> {
  const reply = await client.query(message('CQ61', { segment_number: 1, ...fields }, dictionary));
  expect(reply).toMatchObject({ completion: 0 });
  return read<{ item: readonly Item[] }>('CA61', reply.answer, dictionary).item;
}

describe('a give-up from request to take-up', () => {
  test.each([genium, click])('is seen by both parties, each from its side, in $name', async (dictionary) => {
    await using sim = await tradeWorld({ dictionary });
    const giver = await loggedIn(sim);
    const taker = await loggedIn(sim, 'CXYZ');
    expect(await giver.tx(request({}, dictionary))).toMatchObject(HOLDING);
    const common = {
      give_up_number: 1,
      trade_quantity: wide(dictionary, 6),
      deal_price: 29_500,
      commission: 5,
      bought_or_sold: 1,
      state: 1,
      give_up_text: 'REF 77',
      series: HSI,
      clearing_date: '20190506',
      created_date: '20190505',
    };
    expect(await giveUps(giver, {}, dictionary)).toMatchObject([
      {
        ...common,
        account: { ex_customer: 'CABC', account_id: 'HOUSE' },
        party: { ex_customer: 'CXYZ' },
        trade_number: 1,
      },
    ]);
    expect(await giveUps(taker, {}, dictionary)).toMatchObject([
      { ...common, account: { ex_customer: 'CXYZ', account_id: '' }, party: { ex_customer: 'CABC' }, trade_number: 0 },
    ]);
    expect(await taker.tx(takeUp({}, dictionary))).toMatchObject(DONE);
    expect((await giveUps(taker, {}, dictionary))[0]).toMatchObject({ state: 2 });
    const parts = await taker.query(message('CQ62', { series: HSI, give_up_number: 1 }, dictionary));
    expect(parts).toMatchObject(DONE);
    expect(read<{ item: readonly Item[] }>('CA62', parts.answer, dictionary).item).toMatchObject([
      {
        account: { ex_customer: 'CXYZ', account_id: 'HOUSE' },
        trade_quantity: wide(dictionary, 4),
        open_close_req: 0,
        customer_info: 'INFO 4',
      },
      {
        account: { account_id: 'OMNI1' },
        trade_quantity: wide(dictionary, 2),
        open_close_req: 1,
        customer_info: 'INFO 2',
      },
    ]);
    const asGiver = await giver.query(message('CQ62', { series: HSI, give_up_number: 1 }, dictionary));
    expect(asGiver).toMatchObject({ completion: 0, status: 704_009 });
    expect(sim.core.book(CABC)?.trades.get(1)).toMatchObject({ remainingQuantity: 4, giveUpState: 'given-up' });
  });

  test('a proposed account and the text are kept; the taker rejects, or the giver cancels', async () => {
    await using sim = await tradeWorld();
    const giver = await loggedIn(sim);
    const taker = await loggedIn(sim, 'CXYZ');
    const account = { country_id: 'HK', ex_customer: 'CXYZ', account_id: 'OMNI1' };
    expect(await giver.tx(request({ account }))).toMatchObject(HOLDING);
    expect(await giver.tx(request({ trade_number: 3, trade_quantity: 1n }))).toMatchObject(HOLDING);
    expect((await giveUps(taker))[0]).toMatchObject({ account: { account_id: 'OMNI1' } });
    expect(await taker.tx(reject())).toMatchObject(DONE);
    expect(await giver.tx(reject({ give_up_number: 2 }))).toMatchObject(DONE);
    expect((await giveUps(giver)).map((each) => each['state'])).toEqual([3, 4]);
    expect(await taker.tx(takeUp())).toMatchObject({
      completion: -12,
      status: genium.codes.get('CL_OMN_GIVEUPNOTHOLDING'),
    });
  });
});

test('what the model refuses, and what the message says wrong, each with both codes; nothing is given up', async () => {
  await using sim = await tradeWorld();
  const giver = await loggedIn(sim);
  const taker = await loggedIn(sim, 'CXYZ');
  const code = (name: string) => ({ completion: -12, status: genium.codes.get(name) });
  const to = (ex_customer: string, country_id = 'HK') => ({ account: { country_id, ex_customer, account_id: '' } });
  expect(await giver.tx(request({ trade_number: 99 }))).toMatchObject(code('CL_OMN_TRDNOTFND'));
  expect(await giver.tx(request({ trade_number: 2 }))).toMatchObject(code('CL_OMN_TRDNOTFND'));
  expect(await giver.tx(request({ trade_quantity: 11n }))).toMatchObject(code('CL_OMN_NOTENOUGHREMAINING'));
  expect(await giver.tx(request({ trade_quantity: 0n }))).toMatchObject(code('CL_OMN_NOQTYSUPPL'));
  expect(await giver.tx(request(to('CNON')))).toMatchObject(code('CL_OMN_INVMEMBER'));
  expect(await giver.tx(request(to('CABC')))).toMatchObject({ completion: -12 });
  expect(await giver.tx(request({ series: CALL }))).toMatchObject(code('CL_OMN_INVSERIES'));
  expect(sim.journal.of('oapi.transaction').at(-1)).toMatchObject({
    code: 'other-series',
    problem: expect.stringContaining("HSIK9 is the trade's"),
  });
  expect(await giver.tx(request({ series: ANY }))).toMatchObject(code('CL_OMN_INVSERIES'));
  expect(await giver.tx(request(to('CXYZ', 'JP')))).toMatchObject({
    completion: -18,
    status: offsetOf('CD35', 'account'),
  });
  expect(await giver.tx(request().subarray(0, bytesOf('CD35') - 1))).toMatchObject({ completion: -2031 });
  expect(await giveUps(giver)).toEqual([]);

  await giver.tx(request());
  expect(await giver.tx(takeUp())).toMatchObject({ completion: -12 });
  expect(await taker.tx(takeUp({ give_up_number: 7 }))).toMatchObject(code('CL_OMN_GIVEUPNOTHOLDING'));
  expect(await taker.tx(takeUp({ series: CALL }))).toMatchObject(code('CL_OMN_INVSERIES'));
  expect(await taker.tx(takeUp({ item: [] }))).toMatchObject({ completion: -12 });
  const wrongSum = [{ account: { account_id: 'HOUSE' }, trade_quantity: 5n }];
  expect(await taker.tx(takeUp({ item: wrongSum }))).toMatchObject(code('CL_OMN_NOTCORRECTSUM'));
  const unknown = [{ account: { account_id: 'NOWHERE' }, trade_quantity: 6n }];
  expect(await taker.tx(takeUp({ item: unknown }))).toMatchObject(code('CL_OMN_INVACCOUNT'));
  const second = [
    { account: {}, trade_quantity: 4n },
    { account: {}, trade_quantity: 2n, open_close_req: 9 },
  ];
  expect(await taker.tx(takeUp({ item: second }))).toMatchObject({
    completion: -18,
    status: offsetOf('CC38', 'item') + 48 + 32,
  });
  expect(await taker.tx(reject({ series: CALL }))).toMatchObject(code('CL_OMN_INVSERIES'));
  expect(await taker.tx(reject({ give_up_number: 9 }))).toMatchObject(code('CL_OMN_GIVEUPNOTHOLDING'));
  expect((await giveUps(giver)).map((each) => each['state'])).toEqual([1]);
});

test('in enquiry-only mode the queries work and the rest is refused', async () => {
  await using sim = await tradeWorld({ phase: 'enquiry-only' });
  const client = await loggedIn(sim);
  for (const each of [request(), takeUp(), reject()]) {
    expect(await client.tx(each)).toMatchObject({ completion: -12, status: -704_130 });
  }
  expect(await giveUps(client)).toEqual([]);
});

test('an access profile without the function refuses it with -17, and the queries work', async () => {
  const users = [{ ...user('BO_CABC801'), functions: ['take-up'] as const }];
  const participants = [participant('CABC', { users }), participant('CXYZ')];
  await using sim = await tradeWorld({ world: { participants, deals: [deal()] } });
  const client = await loggedIn(sim);
  expect(await client.tx(request())).toMatchObject({ completion: -17 });
  expect(await client.tx(takeUp())).toMatchObject({ completion: -12 });
  expect(await giveUps(client)).toEqual([]);
});

test('CQ61 filters, pages, and shows nobody else', async () => {
  const third = deal({ buyer: { ...deal().seller }, seller: { ...deal().buyer } } as never);
  await using sim = await tradeWorld({
    settings: { pageSize: 2 },
    world: { deals: [deal(), deal({ quantity: 4 }), third] },
  });
  const giver = await loggedIn(sim);
  const taker = await loggedIn(sim, 'CXYZ');
  await giver.tx(request());
  await giver.tx(request({ trade_number: 3, trade_quantity: 1n, give_up_text: 'OTHER' }));
  await taker.tx(request({ trade_number: 5, trade_quantity: 2n, account: { ex_customer: 'CABC' } }));
  await taker.tx(reject());
  const numbers = async (fields: object) => (await giveUps(giver, fields)).map((each) => each['give_up_number']);
  expect(await numbers({ state: 3 })).toEqual([1]);
  expect(await numbers({ state: 1 })).toEqual([2, 3]);
  expect(await numbers({ send_or_receive: 2 })).toEqual([3]);
  expect(await numbers({ send_or_receive: 1 })).toEqual([1, 2]);
  expect(await numbers({ give_up_text: 'OTHER' })).toEqual([2]);
  expect(await numbers({ buy_or_sell: 2 })).toEqual([]);
  expect(await numbers({ series_id: 'HKB65.00E9' })).toEqual([]);
  expect(await numbers({ created_date: '20190504' })).toEqual([]);
  expect(await numbers({ party: { country_id: 'HK', ex_customer: 'CNON' } })).toEqual([]);
  expect(await numbers({ series: { market: 2 } })).toEqual([]);
  const pages = await Promise.all([1, 2].map((segment_number) => giver.query(message('CQ61', { segment_number }))));
  expect(
    pages
      .map(({ answer }) => read<{ segment_number: number; item: Item[] }>('CA61', answer))
      .map((page) => [page.segment_number, page.item.length]),
  ).toEqual([
    [1, 2],
    [0, 1],
  ]);
  for (const [field, value] of [
    ['state', 77],
    ['buy_or_sell', 7],
    ['send_or_receive', 7],
  ] as const) {
    expect(await giver.query(message('CQ61', { segment_number: 1, [field]: value }))).toMatchObject({
      completion: -18,
      status: offsetOf('CQ61', field),
    });
  }
});

test.each([genium, click])('CQ76 and CQ77 tell every change by number, in $name', async (dictionary) => {
  await using sim = await tradeWorld({ dictionary, settings: { pageSize: 1 } });
  const giver = await loggedIn(sim);
  const taker = await loggedIn(sim, 'CXYZ');
  await giver.tx(request({}, dictionary));
  await taker.tx(takeUp({}, dictionary));
  const missing = async (client: OapiClient, first: number) => {
    const asked = message('CQ76', { series: FUTURES, sequence_first: first, date: '20190506' }, dictionary);
    const reply = await client.query(asked);
    const { item } = read<{ item: Item[] }>('CA76', reply.answer, dictionary);
    return [reply.status, ...item.map((each) => [each['sequence_number'], each['state']])];
  };
  for (const client of [giver, taker]) {
    expect([await missing(client, 0), await missing(client, 2), await missing(client, 3)]).toEqual([
      [704_003, [1, 1]],
      [704_003, [2, 2]],
      [704_009],
    ]);
  }
  const asked = { series: FUTURES, from_date: '20190506', sequence_first: 2, to_date: '20190506' };
  const reply = await giver.query(message('CQ77', asked, dictionary));
  expect(read('CA77', reply.answer, dictionary)).toMatchObject({
    sequence_first: 2,
    item: [{ sequence_number: 2, state: 2 }],
  });
  expect(await giver.query(message('CQ76', { series: ANY }, dictionary))).toMatchObject({ completion: -12 });
});
