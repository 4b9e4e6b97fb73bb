import { expect, test } from 'vitest';
import { ACCOUNT_TYPES } from '../../../src/clearing/account.ts';
import { packDate } from '../../../src/clearing/series-key.ts';
import { seriesFields } from '../../../src/oapi/transactions/series-fields.ts';
import type { SeriesFields } from '../../../src/oapi/transactions/shapes.ts';
import { at, PASSWORD, series } from '../../support/world.ts';
import { ANY, type OapiClient } from '../client.ts';
import { bytesOf, click, genium, message, read } from '../messages.ts';
import { oapiWorld, type OapiWorld } from '../world.ts';

interface Answer {
  readonly segment_number: number;
  readonly item: readonly (Readonly<Record<string, unknown>> & { readonly series: SeriesFields })[];
}

async function loggedIn(sim: OapiWorld): Promise<OapiClient> {
  const client = await sim.client();
  await client.login('BO_CABC801', PASSWORD);
  return client;
}

/** One segment of a DQ query's answer. */
async function ask(client: OapiClient, type: string, fields: object = {}, dictionary = genium): Promise<Answer> {
  const reply = await client.query(message(type, { segment_number: 1, ...fields }, dictionary));
  expect(reply.completion).toBe(0);
  return read<Answer>(type.replace('Q', 'A'), reply.answer, dictionary);
}

test.each([genium, click])('DQ2 gives every listed series, by series key, in $name', async (dictionary) => {
  await using sim = await oapiWorld({ dictionary });
  const { segment_number, item } = await ask(await loggedIn(sim), 'DQ2', {}, dictionary);
  expect(segment_number).toBe(0);
  expect(item.map((each) => each['ins_id'])).toEqual(['HSIK9', 'HSI28000E9', 'HKB65.00E9']);
  expect(item[2]).toEqual({
    series: seriesFields(series('HKB65.00E9').key),
    upper_level_series: ANY,
    contract_size: 400,
    price_quot_factor: 1,
    series_sequence_number: 0,
    state_number: 0,
    step_size_multiple: 1,
    ins_id: 'HKB65.00E9',
    isin_code: '',
    suspended: 2,
    date_last_trading: '20190530',
    time_last_trading: '',
    settlement_date: '',
    start_date: '',
    end_date: '',
    date_delivery_start: '',
    date_delivery_stop: '',
    series_status: 1,
    long_ins_id: 'HKB65.00E9',
    date_first_trading: '',
    time_first_trading: '',
    traded_in_click: 1,
    abbr_name: '',
    stock_code: '',
    ext_info_source: 0,
    effective_exp_date: '20190530',
  });
});

test('the series of a DQ2 filters by each field that is not 0', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  const named = async (wanted: Partial<SeriesFields>) =>
    (await ask(client, 'DQ2', { series: { ...ANY, ...wanted } })).item.map((each) => each['ins_id']);
  expect(await named({ market: 1 })).toEqual(['HSIK9', 'HSI28000E9']);
  expect(await named({ market: 1, instrument_group: 6 })).toEqual(['HSI28000E9']);
  expect(await named({ strike_price: 6_500 })).toEqual(['HKB65.00E9']);
  expect(await named({ expiration_date: packDate(series('HSIK9').expiryDate) })).toHaveLength(3);
  expect(await named({ market: 9 })).toEqual([]);
});

test('a series is listed on its expiry date, and no longer on the next business date', async () => {
  const april = series('HSIJ9');
  await using sim = await oapiWorld({
    world: { series: [april, series('HSIK9')], businessDate: april.expiryDate as never },
  });
  const client = await loggedIn(sim);
  const names = async () => (await ask(client, 'DQ2')).item.map((each) => each['ins_id']);
  expect(await names()).toEqual(['HSIJ9', 'HSIK9']);
  sim.core.setBusinessDate('2019-04-30' as never);
  expect(await names()).toEqual(['HSIK9']);
});

test.each([genium, click])(
  'DQ10 gives each class once for each kind of its series, with its decimals and contract size, in $name',
  async (dictionary) => {
    await using sim = await oapiWorld({ dictionary });
    const { segment_number, item } = await ask(await loggedIn(sim), 'DQ10', {}, dictionary);
    expect(segment_number).toBe(0);
    expect(item).toHaveLength(4 * 3 + 22 * 2);
    const tower = item.find((each) => each['inc_id'] === 'XTW put');
    expect(tower).toMatchObject({
      series: { ...ANY, country: 7, market: 2, instrument_group: 7, commodity: 5788 },
      contract_size: 10_000,
      dec_in_premium: 3,
      dec_in_strike_price: 2,
      dec_in_contr_size: 0,
      base_cur: 'HKD',
      name: 'China Tower Corporation',
      items: 0,
    });
    expect(new Set(item.map((each) => JSON.stringify(each.series))).size).toBe(item.length);
  },
);

test('the series of a DQ10 names a class; what tells series of a class apart is not looked at', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  const { item } = await ask(client, 'DQ10', { series: seriesFields(series('HSI28000E9').key) });
  expect(item.map((each) => [each['inc_id'], each['contract_size'], each['dec_in_premium']])).toEqual([
    ['HSI call', 50, 0],
  ]);
  expect((await ask(client, 'DQ10', { series: { ...ANY, commodity: 4001 } })).item).toHaveLength(3);
});

test.each([genium, click])('DQ12 gives the nine account types with their keeping, in $name', async (dictionary) => {
  await using sim = await oapiWorld({ dictionary });
  const { segment_number, item } = await ask(await loggedIn(sim), 'DQ12', {}, dictionary);
  expect(segment_number).toBe(0);
  expect(item.map((each) => each['description'])).toEqual([
    'House (net)',
    'Market maker (net)',
    'Omnibus client (gross)',
    'Individual client (net)',
    'Client offset claim (gross)',
    'Daily (gross)',
    'Sink (gross)',
    'Average price trade (net)',
    'Transitory (gross)',
  ]);
  expect(item).toHaveLength(ACCOUNT_TYPES.length);
  expect(item.filter((each) => each['open_close'] === 1).map((each) => each['acc_type'])).toEqual([
    'OMNIBUS',
    'COCA',
    'DAILY',
    'SINK',
    'TRANSITORY',
  ]);
  const having = (flag: string, value: number) =>
    item.filter((each) => each[flag] === value).map((each) => each['acc_type']);
  expect(having('transitory', 1)).toEqual(['TRANSITORY']);
  expect(having('market_maker', 1)).toEqual(['MARKETMAKER']);
  expect(having('own_inventory', 1)).toEqual(['HOUSE', 'MARKETMAKER']);
  expect(having('positions_allowed', 2)).toEqual(['APT']);
  expect(having('trades_allowed', 2)).toEqual([]);
});

test.each([
  ['DQ2', 3],
  ['DQ10', 56],
  ['DQ12', 9],
])('%s in pages of two gives the same rows as in one, and 0 marks the last', async (type, rows) => {
  await using whole = await oapiWorld();
  await using paged = await oapiWorld({ settings: { pageSize: 2 } });
  const expected = await ask(await loggedIn(whole), type);
  expect(expected.item).toHaveLength(rows);
  const client = await loggedIn(paged);
  const items: unknown[] = [];
  for (let segment_number = 1; ; segment_number++) {
    const answer = await ask(client, type, { segment_number });
    items.push(...answer.item);
    if (answer.segment_number === 0) break;
    expect(answer.segment_number).toBe(segment_number);
    expect(answer.item).toHaveLength(2);
  }
  expect(items).toEqual(expected.item);
});

test.each(['DQ2', 'DQ10', 'DQ12'])('%s refuses a segment that is not there, and a wrong size', async (type) => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  for (const segment_number of [0, 2]) {
    expect(await client.query(message(type, { segment_number }))).toMatchObject({ completion: -12, status: -704_038 });
  }
  const whole = message(type, { segment_number: 1 });
  expect(whole.length).toBe(bytesOf(type));
  expect((await client.query(whole.subarray(1))).completion).not.toBe(0);
  expect((await client.query(Buffer.concat([whole, Buffer.alloc(1)]))).completion).toBe(-2031);
});

test('a DQ2 that names nothing is done with no items and 704009', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  const reply = await client.query(message('DQ2', { segment_number: 1, series: { ...ANY, commodity: 9 } }));
  expect(reply).toMatchObject({ completion: 0, status: 704_009 });
  expect(reply.answer.length).toBe(8);
});

interface ClearingDatesAnswer {
  readonly omex_version: string;
  readonly business_date: string;
  readonly partition_low: SeriesFields;
  readonly item: readonly {
    readonly series: SeriesFields;
    readonly clearing_date: string;
    readonly next_clearing_date: string;
    readonly prev_clearing_date: string;
  }[];
}

test.each([genium, click])(
  'CQ68 gives the dates of every instrument type, over a weekend and a holiday, in $name',
  async (dictionary) => {
    await using sim = await oapiWorld({ dictionary, world: { businessDate: '2019-05-10' as never } });
    const client = await loggedIn(sim);
    const reply = await client.query(message('CQ68', {}, dictionary));
    expect(reply).toMatchObject({ completion: 0, status: 704_003 });
    const answer = read<ClearingDatesAnswer>('CA68', reply.answer, dictionary);
    expect(answer).toMatchObject({ omex_version: 'DCASS-SIM', business_date: '20190510', partition_low: ANY });
    expect(answer.item.map(({ series: { market, instrument_group } }) => [market, instrument_group])).toEqual([
      [1, 4],
      [1, 6],
      [1, 7],
      [2, 6],
      [2, 7],
    ]);
    expect(answer.item[0]).toMatchObject({
      series: { ...ANY, country: 7, market: 1, instrument_group: 4 },
      clearing_date: '20190510',
      next_clearing_date: '20190514', // The 13th is a holiday.
      prev_clearing_date: '20190509',
    });
  },
);

test('CQ68 follows the business date, filters by both series, and refuses a wrong size', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  sim.clock.now = at('+1d 23:00');
  expect(sim.core.endDay().ok && sim.core.rollBusinessDate().ok).toBe(true);
  const items = async (fields: Record<string, unknown>) =>
    read<ClearingDatesAnswer>('CA68', (await client.query(message('CQ68', fields))).answer).item;
  expect(await items({ series: { ...ANY, market: 1 }, search_series: { ...ANY, instrument_group: 4 } })).toMatchObject([
    { clearing_date: '20190507', prev_clearing_date: '20190506', next_clearing_date: '20190508' },
  ]);
  expect(await items({ series: seriesFields(series('HKB65.00E9').key) })).toHaveLength(1);
  expect(await items({ search_series: { ...ANY, market: 2 } })).toHaveLength(2);
  expect(await client.query(message('CQ68', { series: { ...ANY, market: 3 } }))).toMatchObject({
    completion: 0,
    status: 704_009,
  });
  expect((await client.query(message('CQ68').subarray(0, 16))).completion).toBe(-2031);
});
