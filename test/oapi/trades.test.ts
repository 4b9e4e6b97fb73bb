import { expect, test } from 'vitest';
import type { Command } from '../../src/clearing/commands/command.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import type { DealDefinition } from '../../src/clearing/world.ts';
import { seriesFields } from '../../src/oapi/transactions/series-fields.ts';
import type { BusinessDate } from '../../src/time/instant.ts';
import { at, deal, PASSWORD, series, side } from '../support/world.ts';
import { ANY, downloadTrades, readTradeItems, tradeQueryMessage, type OapiClient } from './client.ts';
import { message, readHeader } from './messages.ts';
import { oapiWorld, type OapiWorld } from './world.ts';

const FUTURES = { ...ANY, country: 7, market: 1, instrument_group: 4 };
const STOCK_CALLS = { ...ANY, country: 7, market: 2, instrument_group: 6 };
const MONDAY = '2019-05-06' as BusinessDate;
const TUESDAY = '2019-05-07' as BusinessDate;

async function loggedIn(sim: OapiWorld, code = 'CABC'): Promise<OapiClient> {
  const client = await sim.client();
  await client.login(`BO_${code}801`, PASSWORD);
  return client;
}

function deals(count: number, options: Partial<DealDefinition> = {}): DealDefinition[] {
  return Array.from({ length: count }, (_, i) => ({ ...deal(), quantity: i + 1, ...options }));
}

const inHkb = { series: series('HKB65.00E9').name, price: 125 };

test('CQ10 tells everything about a trade that the model knows, in named structs 3 and 20', async () => {
  await using sim = await oapiWorld({
    world: { deals: [{ ...deal(), ...inHkb, buyer: { ...side('CABC', 'OMNI1'), customerInfo: 'A/C 77' } }] },
  });
  sim.clock.now = at('10:30:15');
  const parts = [{ account: 'HOUSE', quantity: 4, openClose: 'close', customerInfo: 'A/C 78' }];
  const outcome = sim.core.commandFor('CABC' as CustomerCode, { do: 'rectify-trade', trade: 1, parts } as never);
  expect(outcome).toMatchObject({ ok: true });
  const [original, overtaking, reversing] = await downloadTrades(await loggedIn(sim), STOCK_CALLS);
  const blank = { country_id: '', ex_customer: '', user_id: '' };
  const party = { country_id: '', ex_customer: '' };
  const account = { country_id: 'HK', ex_customer: 'CABC', account_id: 'OMNI1' };
  const member = { country_id: 'HK', ex_customer: 'CABC', user_id: '' };
  const key = seriesFields(series('HKB65.00E9').key);
  expect(original).toEqual({
    base: {
      trading_code: member,
      series: key,
      give_up_member: party,
      order_number: 0n,
      sequence_number: 1,
      trade_number: 1,
      deal_price: 125,
      trade_quantity: 10n,
      account,
      customer_info: 'A/C 77',
      bought_or_sold: 1,
      deal_source: 0,
      open_close_req: 0,
      trade_type: 1,
      le_state: 0,
      user_code: member,
      created_date: '20190505',
      created_time: '090000',
      asof_date: '20190505',
      asof_time: '090000',
      modified_date: '20190505',
      modified_time: '103015',
      trade_state: 1,
      attention: 0,
      deal_number: 1,
      global_deal_no: 0,
      orig_trade_number: 0,
      orig_series: ANY,
      exchange_info: '',
      big_attention: 0,
      clearing_date: '20190506',
      execution_timestamp: { seconds: Date.UTC(2019, 4, 5, 1) / 1000, nanoseconds: 0 },
      trade_venue: 0,
      instance: 0,
      exch_order_type: 0,
      party,
      trade_rep_code: 0,
      state_number: 0,
      match_id: { execution_event_nbr: 0n, match_group_nbr: 0, match_item_nbr: 0 },
    },
    securityPart: {
      countersign_code: blank,
      new_series: ANY,
      party,
      pos_account: account,
      combo_series: ANY,
      nbr_held: 0n,
      nbr_written: 0n,
      total_held: 0n,
      total_written: 0n,
      ext_seq_nbr: 0,
      ext_status: 0,
      rem_quantity: 6n,
      quantity: 10n,
      ext_trade_number: 0,
      orig_ext_trade_number: 0,
      residual: 0,
      give_up_number: 0,
      commission: 0,
      combo_deal_price: -2_147_483_648,
      clearing_date: '20190506',
      passthrough: '',
      ex_client: '',
      ext_trade_fee_type: '',
      give_up_state: 0,
      reserved_2: '',
      orig_trade_type: 0,
      open_close: 0,
      reserved_1: '',
      client_category: 0,
      instigant: 0,
      cab_price_ind: 0,
    },
  });
  expect(overtaking).toMatchObject({
    base: {
      account: { account_id: 'HOUSE' },
      trade_type: 3,
      open_close_req: 2,
      customer_info: 'A/C 78',
      orig_trade_number: 1,
      orig_series: key,
      created_time: '103015',
      asof_time: '090000',
    },
    securityPart: { rem_quantity: 4n },
  });
  expect(reversing).toMatchObject({ base: { bought_or_sold: 2, trade_type: 4 }, securityPart: { rem_quantity: 0n } });
});

test('a user who made a trade by a post-trade function stands in it, as do the give-up and its other participant', async () => {
  await using sim = await oapiWorld({ phase: 'normal', world: { deals: [deal()] } });
  const giver = await loggedIn(sim);
  const session = sim.core.sessions()[0]?.id;
  const request = { do: 'request-give-up', trade: 1, to: 'CXYZ', quantity: 7, commission: 0, text: '' };
  expect(sim.core.command(session as never, request as Command)).toMatchObject({ ok: true });
  expect(await downloadTrades(giver, FUTURES)).toMatchObject([{ securityPart: { give_up_state: 1 } }]);
  const taker = await loggedIn(sim, 'CXYZ');
  const parts = [{ account: 'HOUSE', quantity: 7, openClose: 'default', customerInfo: '' }];
  const takerSession = sim.core.sessions()[1]?.id;
  expect(sim.core.command(takerSession as never, { do: 'take-up', giveUp: 1, parts } as never)).toMatchObject({
    ok: true,
  });
  const member = (code: string) => ({ country_id: 'HK', ex_customer: code });
  expect(await downloadTrades(giver, FUTURES)).toMatchObject([
    { base: { trade_state: 1 }, securityPart: { give_up_state: 2, rem_quantity: 3n } },
    { base: { trade_type: 11, give_up_member: member('CXYZ'), user_code: { user_id: '801' } } },
  ]);
  expect((await downloadTrades(taker, FUTURES)).at(-1)).toMatchObject({
    base: { trade_type: 12, give_up_member: member('CABC'), user_code: { ...member('CXYZ'), user_id: '801' } },
  });
});

test('CQ10 numbers trades from 1 in each instrument type, gives a range of them, and 0 is an open end', async () => {
  const others = deals(2, inHkb);
  await using sim = await oapiWorld({ world: { deals: [...deals(2), ...others, ...deals(3)] } });
  const client = await loggedIn(sim);
  const numbers = async (message: Buffer): Promise<number[]> => {
    const reply = await client.query(message);
    const { items } = readHeader<{ items: number }>('CA10', reply.answer);
    return readTradeItems(reply.answer, 8, items).map(({ base }) => base.sequence_number);
  };
  expect(await numbers(tradeQueryMessage(FUTURES))).toEqual([1, 2, 3, 4, 5]);
  expect(await numbers(tradeQueryMessage(STOCK_CALLS))).toEqual([1, 2]);
  expect(await numbers(tradeQueryMessage(FUTURES, { first: 2, last: 4 }))).toEqual([2, 3, 4]);
  expect(await numbers(tradeQueryMessage(FUTURES, { first: 4, last: 99 }))).toEqual([4, 5]);
  expect(await numbers(tradeQueryMessage(FUTURES, { first: 0, last: 1 }))).toEqual([1]);
  for (const range of [{ first: 6 }, { first: 3, last: 2 }, { date: '20190503' }]) {
    expect(await client.query(tradeQueryMessage(FUTURES, range))).toMatchObject({
      completion: 0,
      status: 704_009,
      answer: { length: 8 },
    });
  }
  expect(sim.journal.of('oapi.query').slice(0, 1)).toMatchObject([{ outcome: 'ok', transaction: 'CQ10', rows: 5 }]);
});

test('an answer never has more than 64,000 bytes; asking on from the last number finds all trades, each once', async () => {
  await using sim = await oapiWorld({ world: { deals: deals(300) } });
  const client = await loggedIn(sim);
  const reply = await client.query(tradeQueryMessage(FUTURES));
  expect(reply).toMatchObject({ completion: 0, status: 704_003, answer: { length: 8 + 129 * 496 } });
  expect(reply.answer.length).toBeLessThanOrEqual(64_000);
  const trades = await downloadTrades(client, FUTURES);
  expect(trades.map(({ base }) => base.sequence_number)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
  expect(trades.map(({ base }) => base.trade_quantity)).toEqual(Array.from({ length: 300 }, (_, i) => BigInt(i + 1)));
});

test('the page size cuts an answer, and a day of its own has a sequence of its own', async () => {
  await using sim = await oapiWorld({
    world: { deals: [...deals(3), ...deals(2, { clearingDate: TUESDAY })] },
    settings: { pageSize: 2 },
  });
  const client = await loggedIn(sim);
  expect(await downloadTrades(client, FUTURES)).toHaveLength(3);
  expect(await downloadTrades(client, FUTURES, '20190507')).toHaveLength(2);
  expect((await client.query(tradeQueryMessage(FUTURES))).answer.length).toBe(8 + 2 * 496);
});

test.each([
  ['a market of 0', { ...FUTURES, market: 0 }, -705_644, 'wildcard-not-allowed'],
  ['an instrument group of 0', { ...FUTURES, instrument_group: 0 }, -705_644, 'wildcard-not-allowed'],
  ['futures on stock, which do not exist', { ...FUTURES, market: 2 }, -704_064, 'unknown-instrument-type'],
  ['another country', { ...FUTURES, country: 9 }, -704_064, 'unknown-instrument-type'],
])('CQ10 with %s is refused: a sequence belongs to one instrument type', async (_name, key, status, code) => {
  await using sim = await oapiWorld({ world: { deals: deals(1) } });
  const client = await loggedIn(sim);
  expect(await client.query(tradeQueryMessage(key))).toMatchObject({ completion: -12, status });
  expect(sim.journal.of('oapi.query')).toMatchObject([{ outcome: 'refused', code }]);
  expect(await downloadTrades(client, { ...FUTURES, country: 0 })).toHaveLength(1);
});

test('a negative number is told by its offset, a date that is none by its status', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  expect(await client.query(tradeQueryMessage(FUTURES, { first: -1 }))).toMatchObject({ completion: -18, status: 16 });
  expect(await client.query(tradeQueryMessage(FUTURES, { last: -1 }))).toMatchObject({ completion: -18, status: 20 });
  expect(await client.query(tradeQueryMessage(FUTURES, { date: '20190230' }))).toMatchObject({
    completion: -12,
    status: -705_716,
  });
  expect(sim.journal.of('oapi.invalid')).toMatchObject([
    { problem: 'sequence_first is -1; a sequence number is 0 or more' },
    { problem: 'sequence_last is -1; a sequence number is 0 or more' },
  ]);
});

test('CQ11 goes over several dates and repeats in its answer where the query began', async () => {
  await using sim = await oapiWorld({
    world: { deals: [...deals(3, { clearingDate: MONDAY }), ...deals(4, { clearingDate: TUESDAY })] },
  });
  const client = await loggedIn(sim);
  const ask = async (from_date: string, sequence_first: number, to_date: string, sequence_last: number) => {
    const query = { type: 'CQ11', series: FUTURES, from_date, sequence_first, to_date, sequence_last };
    const { answer } = await client.query(message('CQ11', query));
    const { items, ...header } = readHeader<{ items: number; type: string }>('CA11', answer);
    expect(header).toEqual({ type: 'CA11', series: FUTURES, from_date, sequence_first });
    return readTradeItems(answer, 32, items).map(
      ({ base }) => `${base.clearing_date.slice(6)}:${base.sequence_number}`,
    );
  };
  expect(await ask('20190506', 2, '20190507', 3)).toEqual(['06:2', '06:3', '07:1', '07:2', '07:3']);
  expect(await ask('20190507', 0, '20190507', 0)).toEqual(['07:1', '07:2', '07:3', '07:4']);
  expect(await ask('', 1, '20190507', 1)).toEqual(['06:1', '06:2', '06:3', '07:1']);
  expect(await ask('20190507', 1, '20190506', 0)).toEqual([]);
});

test('CQ10 gives the own trades only', async () => {
  await using sim = await oapiWorld({
    world: { deals: [{ ...deal(), buyer: side('CXYZ', 'OMNI1'), seller: side('CXYZ', 'HOUSE') }] },
  });
  expect(await downloadTrades(await loggedIn(sim), FUTURES)).toEqual([]);
  expect(await downloadTrades(await loggedIn(sim, 'CXYZ'), FUTURES)).toHaveLength(2);
});
