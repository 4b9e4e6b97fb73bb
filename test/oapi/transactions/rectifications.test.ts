import { describe, expect, test } from 'vitest';
import type { AccountId, AccountType } from '../../../src/clearing/account.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import { DEFAULT_CLEARING_SETTINGS } from '../../../src/clearing/settings.ts';
import { seriesFields } from '../../../src/oapi/transactions/series-fields.ts';
import { deal, participant, PASSWORD, series, side } from '../../support/world.ts';
import { ANY, type OapiClient } from '../client.ts';
import { click, genium, message, offsetOf, read } from '../messages.ts';
import { oapiWorld, type OapiWorld } from '../world.ts';

const CABC = 'CABC' as CustomerCode;
const HSI = seriesFields(series('HSIK9').key);
const CALL = seriesFields(series('HKB65.00E9').key);
const FUTURES = { ...ANY, country: 7, market: 1, instrument_group: 4 };
const DONE = { completion: 0, status: 704_003 };
const HOLDING = { completion: 0, status: 704_005 };
type Options = NonNullable<Parameters<typeof oapiWorld>[0]>;

const ACCOUNTS: Record<string, AccountType> = {
  HOUSE: 'house',
  OMNI1: 'omnibus-client',
  DAILY: 'daily',
  APT: 'apt',
  TRANSIT: 'transitory',
};
const PARTICIPANTS = [
  participant('CABC', { accounts: Object.entries(ACCOUNTS).map(([id, type]) => ({ id: id as AccountId, type })) }),
  participant('CXYZ'),
];
const bought = (account: string, quantity = 10, price = 29_500) =>
  deal({ buyer: side('CABC', account), quantity, price } as never);

function tradeWorld(options: Options & { held?: boolean } = {}): Promise<OapiWorld> {
  const settings = options.held
    ? { ...DEFAULT_CLEARING_SETTINGS, rectificationHeld: 'always' as const }
    : DEFAULT_CLEARING_SETTINGS;
  const deals = [bought('HOUSE'), bought('TRANSIT'), bought('DAILY', 4, 29_500), bought('DAILY', 6, 29_510)];
  const { world, ...rest } = options;
  return oapiWorld({
    phase: 'normal',
    world: { participants: PARTICIPANTS, deals, settings, ...world },
    ...rest,
  });
}

async function loggedIn(sim: OapiWorld, user = 'BO_CABC801'): Promise<OapiClient> {
  const client = await sim.client();
  await client.login(user, PASSWORD);
  return client;
}

const wide = (dictionary: typeof genium, value: number): bigint | number =>
  dictionary === click ? value : BigInt(value);
const code = (name: string) => ({ completion: -12, status: genium.codes.get(name) });
const part = (account_id: string, quantity: number, dictionary = genium, fields: object = {}) => ({
  account: { country_id: 'HK', ex_customer: 'CABC', account_id },
  trade_quantity: wide(dictionary, quantity),
  open_close_req: 1,
  customer_info: `INFO ${quantity}`,
  ...fields,
});
const rectify = (item: readonly object[], fields: object = {}, dictionary = genium) =>
  message('CD28', { series: HSI, trade_number: 1, item, ...fields }, dictionary);
const confirm = (confirm_reject: number, fields: object = {}, dictionary = genium) =>
  message('CC11', { series: HSI, rectify_trade_number: 1, confirm_reject, ...fields }, dictionary);

interface Page {
  readonly segment_number: number;
  readonly item: readonly Readonly<Record<string, unknown>>[];
}

function trades(sim: OapiWorld): readonly string[] {
  return [...(sim.core.book(CABC)?.trades.all() ?? [])].map(
    (each) => `${each.number} ${each.account} ${each.type} ${each.quantity}/${each.remainingQuantity} ${each.state}`,
  );
}

describe('CD28 books a trade anew', () => {
  test.each([genium, click])('into parts, at once, in $name', async (dictionary) => {
    await using sim = await tradeWorld({ dictionary });
    const client = await loggedIn(sim);
    const parts = [part('OMNI1', 7, dictionary), part('HOUSE', 3, dictionary)];
    expect(await client.tx(rectify(parts, {}, dictionary))).toMatchObject(DONE);
    expect(trades(sim)).toEqual(expect.arrayContaining(['1 HOUSE standard 10/0 rectified']));
    const overtaking = [...(sim.core.book(CABC)?.trades.all() ?? [])].filter((each) => each.type === 'overtaking');
    expect(overtaking).toMatchObject([
      { account: 'OMNI1', quantity: 7, openClose: 'open', customerInfo: 'INFO 7' },
      { account: 'HOUSE', quantity: 3 },
    ]);
    const changes = await client.query(message('CQ39', { series: FUTURES }, dictionary));
    expect(read<Page>('CA39', changes.answer, dictionary).item).toMatchObject([
      {
        sequence_number: 1,
        trade_number: 1,
        trade_state: 2,
        rem_quantity: wide(dictionary, 0),
        modified_date: '20190505',
      },
    ]);
  });

  test.each([genium, click])('or after a confirmation: CC11, CQ14, CQ15, in $name', async (dictionary) => {
    await using sim = await tradeWorld({ dictionary, held: true });
    const client = await loggedIn(sim);
    expect(await client.tx(rectify([part('OMNI1', 7, dictionary)], {}, dictionary))).toMatchObject(HOLDING);
    const listed = async () => {
      const reply = await client.query(message('CQ14', { segment_number: 1 }, dictionary));
      return read<Page>('CA14', reply.answer, dictionary).item;
    };
    expect(await listed()).toMatchObject([
      {
        rectify_trade_number: 1,
        trade_number: 1,
        state: 1,
        series: HSI,
        account: { account_id: 'HOUSE' },
        new_account: { account_id: 'OMNI1' },
        trade_quantity: wide(dictionary, 7),
        deal_price: 29_500,
        bought_or_sold: 1,
        clearing_date: '20190506',
        trading_code: { ex_customer: 'CABC', user_id: '801' },
      },
    ]);
    const parts = await client.query(message('CQ15', { series: HSI, rectify_trade_number: 1 }, dictionary));
    expect(read<Page>('CA15', parts.answer, dictionary).item).toMatchObject([
      {
        account: { account_id: 'OMNI1' },
        trade_quantity: wide(dictionary, 7),
        open_close_req: 1,
        customer_info: 'INFO 7',
      },
    ]);
    expect(await client.tx(confirm(1, {}, dictionary))).toMatchObject({ completion: -12 });
    const other = await loggedIn(sim, 'BO_CABC901');
    expect(await other.tx(confirm(1, {}, dictionary))).toMatchObject(DONE);
    expect(await listed()).toEqual([]);
    expect(sim.core.book(CABC)?.trades.get(1)).toMatchObject({ remainingQuantity: 3 });
  });

  test('a held one may be rejected', async () => {
    await using sim = await tradeWorld({ held: true });
    const client = await loggedIn(sim);
    await client.tx(rectify([part('OMNI1', 7)]));
    expect(await client.tx(confirm(2))).toMatchObject(DONE);
    expect(sim.core.book(CABC)?.trades.get(1)).toMatchObject({ remainingQuantity: 10, state: 'active' });
    expect(await client.tx(confirm(2))).toMatchObject(code('CL_OMN_REQNOTPENDING'));
  });

  test('refusals, each with both codes and the trade as it was', async () => {
    await using sim = await tradeWorld({ held: true });
    const client = await loggedIn(sim);
    const before = trades(sim);
    const parts = [part('OMNI1', 7)];
    expect(await client.tx(rectify(parts, { trade_number: 99 }))).toMatchObject(code('CL_OMN_TRDNOTFND'));
    expect(await client.tx(rectify(parts, { trade_number: 2 }))).toMatchObject(code('CL_OMN_TRDNOTFND'));
    expect(await client.tx(rectify([part('OMNI1', 11)]))).toMatchObject({ completion: -12 });
    expect(await client.tx(rectify([]))).toMatchObject({ completion: -12 });
    expect(await client.tx(rectify([part('NOWHERE', 1)]))).toMatchObject(code('CL_OMN_INVACCOUNT'));
    expect(await client.tx(rectify(parts, { series: CALL }))).toMatchObject(code('CL_OMN_INVSERIES'));
    expect(await client.tx(rectify(parts, { series: ANY }))).toMatchObject(code('CL_OMN_INVSERIES'));
    const second = [part('OMNI1', 1), part('OMNI1', 1, genium, { open_close_req: 7 })];
    expect(await client.tx(rectify(second))).toMatchObject({
      completion: -18,
      status: offsetOf('CD28', 'item') + 48 + 32,
    });
    expect(await client.tx(rectify(parts).subarray(0, 30))).toMatchObject({ completion: -2031 });
    expect(await client.tx(confirm(3))).toMatchObject({ completion: -18, status: offsetOf('CC11', 'confirm_reject') });
    expect(await client.tx(confirm(1))).toMatchObject(code('CL_OMN_REQNOTPENDING'));
    await client.tx(rectify(parts));
    expect(await client.tx(confirm(1, { series: CALL }))).toMatchObject(code('CL_OMN_INVSERIES'));
    expect(await client.query(message('CQ15', { series: HSI, rectify_trade_number: 5 }))).toMatchObject(
      code('CL_OMN_REQNOTPENDING'),
    );
    expect(await client.query(message('CQ14', { segment_number: 3 }))).toMatchObject(code('CL_OMN_BADSEG'));
    const stranger = await loggedIn(sim, 'BO_CXYZ801');
    expect((await stranger.query(message('CQ14', { segment_number: 1 }))).status).toBe(704_009);
    expect(trades(sim)).toEqual(before);
  });
});

describe('CD5 moves a trade out of the transitory account', () => {
  const transfer = (items: readonly object[], dictionary = genium, fields: object = {}) =>
    message('CD5', { series: HSI, item: items, ...fields }, dictionary);
  const item = (account_id: string, quantity: number, dictionary = genium, trade_number = 3) => ({
    trade_number,
    account: { country_id: 'HK', ex_customer: 'CABC', account_id },
    deal_quantity: dictionary === click ? quantity : BigInt(quantity),
    open_close_req: 0,
    customer_info: '',
  });

  test.each([genium, click])('into parts, in $name', async (dictionary) => {
    await using sim = await tradeWorld({ dictionary });
    const client = await loggedIn(sim);
    expect(
      await client.tx(transfer([item('HOUSE', 6, dictionary), item('OMNI1', 4, dictionary)], dictionary)),
    ).toMatchObject(DONE);
    expect(trades(sim)).toContain('3 TRANSIT transitory 10/0 rectified');
  });

  test('not of several trades at once, of another account or series, and not in enquiry-only mode', async () => {
    await using sim = await tradeWorld();
    const client = await loggedIn(sim);
    expect(await client.tx(transfer([item('HOUSE', 6), item('HOUSE', 4, genium, 1)]))).toMatchObject(
      code('CL_OMN_INVTRDID'),
    );
    expect(sim.journal.of('oapi.transaction').at(-1)).toMatchObject({
      problem: 'item 2: trade 1; all items name one trade, 3',
    });
    expect(await client.tx(transfer([item('HOUSE', 6, genium, 1)]))).toMatchObject({ completion: -12 });
    expect(await client.tx(transfer([item('HOUSE', 6)], genium, { series: CALL }))).toMatchObject(
      code('CL_OMN_INVSERIES'),
    );
    expect(await client.tx(transfer([]))).toMatchObject({ completion: -12 });
    sim.core.setPhase('enquiry-only');
    for (const each of [
      transfer([item('HOUSE', 6)]),
      rectify([part('OMNI1', 1)]),
      confirm(1),
      message('CD32', { series: HSI }),
    ]) {
      expect(await client.tx(each)).toMatchObject({ completion: -12, status: -704_130 });
    }
  });
});

describe('CD32 makes an average price trade, CQ36 tells its members', () => {
  const average = (numbers: readonly number[], dictionary = genium, fields: object = {}) =>
    message('CD32', { series: HSI, item: numbers.map((trade_number) => ({ trade_number })), ...fields }, dictionary);

  test.each([genium, click])('in $name', async (dictionary) => {
    await using sim = await tradeWorld({ dictionary, settings: { pageSize: 1 } });
    const client = await loggedIn(sim);
    expect(await client.tx(average([5, 7], dictionary))).toMatchObject(DONE);
    const made = [...(sim.core.book(CABC)?.averagePriceTrades.values() ?? [])][0];
    expect(made).toMatchObject({ quantity: 10, averagePrice: 29_506 });
    const ask = async (segment_number: number) => {
      const reply = await client.query(
        message('CQ36', { series: HSI, segment_number, trade_number: made?.trade ?? 0 }, dictionary),
      );
      expect(reply).toMatchObject(DONE);
      return read<Page>('CA36', reply.answer, dictionary);
    };
    expect(await ask(1)).toMatchObject({
      segment_number: 1,
      item: [{ trade_number: 5, quantity: wide(dictionary, 4) }],
    });
    expect(await ask(2)).toMatchObject({
      segment_number: 0,
      item: [{ trade_number: 7, quantity: wide(dictionary, 6) }],
    });
    const other = await client.query(message('CQ36', { series: HSI, segment_number: 1, trade_number: 1 }, dictionary));
    expect(other).toMatchObject({ completion: -12, status: dictionary.codes.get('CL_OMN_NOTANAPTDEAL') });
  });

  test('refusals', async () => {
    await using sim = await tradeWorld();
    const client = await loggedIn(sim);
    expect(await client.tx(average([5]))).toMatchObject({ completion: -12 });
    expect(await client.tx(average([5, 99]))).toMatchObject(code('CL_OMN_TRDNOTFND'));
    expect(await client.tx(average([5, 7], genium, { series: CALL }))).toMatchObject(code('CL_OMN_INVSERIES'));
    expect(await client.tx(average([5, 7]).subarray(0, 26))).toMatchObject({ completion: -2031 });
    expect(sim.core.book(CABC)?.averagePriceTrades.size).toBe(0);
  });
});

test('CQ39 goes on from number to number', async () => {
  await using sim = await tradeWorld({ settings: { pageSize: 1 } });
  const client = await loggedIn(sim);
  await client.tx(rectify([part('OMNI1', 7)]));
  await client.tx(rectify([part('OMNI1', 2)]));
  const from = async (first: number) => {
    const reply = await client.query(message('CQ39', { series: FUTURES, sequence_first: first }));
    return [
      reply.status,
      ...read<Page>('CA39', reply.answer).item.map((each) => [each['sequence_number'], each['rem_quantity']]),
    ];
  };
  expect([await from(0), await from(2), await from(3)]).toEqual([[704_003, [1, 3n]], [704_003, [2, 1n]], [704_009]]);
  expect(await client.query(message('CQ39', { series: ANY }))).toMatchObject({ completion: -12, status: -705_644 });
});
