import { expect, test } from 'vitest';
import type { AccountId } from '../../../src/clearing/account.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import { seriesFields } from '../../../src/oapi/transactions/series-fields.ts';
import type { BusinessDate } from '../../../src/time/instant.ts';
import { at, PASSWORD, series } from '../../support/world.ts';
import { ANY, type OapiClient } from '../client.ts';
import { click, genium, message, offsetOf, read } from '../messages.ts';
import { oapiWorld, type OapiWorld } from '../world.ts';

const CABC = 'CABC' as CustomerCode;
const CXYZ = 'CXYZ' as CustomerCode;
const CALL = series('HKB65.00E9');
const STOCK_CALLS = { ...ANY, country: 7, market: 2, instrument_group: 6 };
type Options = NonNullable<Parameters<typeof oapiWorld>[0]>;

/** CABC has exercised 2 and then 3 contracts of 2,000 shares at 65.00 against CXYZ; the day has ended. */
async function exercisedWorld(options: Options = {}): Promise<OapiWorld> {
  const position = (participant: CustomerCode, account: string, held: number, written: number) => ({
    participant,
    account: account as AccountId,
    series: CALL.name,
    held,
    written,
  });
  const positions = [position(CABC, 'HOUSE', 4, 0), position(CABC, 'OMNI1', 5, 0), position(CXYZ, 'HOUSE', 0, 9)];
  const sim = await oapiWorld({ phase: 'normal', world: { positions }, ...options });
  for (const [account, quantity] of [
    ['HOUSE', 2],
    ['OMNI1', 3],
  ] as const) {
    const command = { do: 'request-exercise', account: account as AccountId, series: CALL.name, quantity } as const;
    expect(sim.core.commandFor(CABC, command)).toMatchObject({ ok: true });
  }
  sim.clock.now = at('23:00');
  expect(sim.core.endDay()).toMatchObject({ ok: true });
  return sim;
}

async function loggedIn(sim: OapiWorld, code = 'CABC'): Promise<OapiClient> {
  const client = await sim.client();
  await client.login(`BO_${code}801`, PASSWORD);
  return client;
}

interface Answer {
  readonly item: readonly Readonly<Record<string, unknown>>[];
}

test.each([genium, click])('CQ52 gives the deliveries of a date with their numbers, in $name', async (dictionary) => {
  await using sim = await exercisedWorld({ dictionary });
  const n = (value: number): bigint | number => (dictionary === click ? value : BigInt(value));
  const asked = message('CQ52', { series: STOCK_CALLS, date: '20190506' }, dictionary);
  const reply = await (await loggedIn(sim)).query(asked);
  expect(reply).toMatchObject({ completion: 0, status: 704_003 });
  const account = { country_id: 'HK', ex_customer: 'CABC', account_id: 'HOUSE' };
  const first = {
    account,
    delivery_account: account,
    clearing_account: account,
    series: seriesFields(CALL.key),
    delivery_quantity: n(2),
    deliv_base_quantity: n(2 * CALL.instrumentClass.contractSize),
    sequence_number: 1,
    event_type: 1,
    date: '20190506',
    settlement_date: '20190508',
    bought_or_sold: 1,
  };
  expect(read<Answer>('CA52', reply.answer, dictionary).item).toMatchObject([
    first,
    {
      ...first,
      account: { ...account, account_id: 'OMNI1' },
      delivery_account: {},
      clearing_account: {},
      sequence_number: 2,
      delivery_quantity: n(3),
      deliv_base_quantity: n(3 * CALL.instrumentClass.contractSize),
    },
  ]);
  const others = await (await loggedIn(sim, 'CXYZ')).query(asked);
  const delivered = read<Answer>('CA52', others.answer, dictionary).item;
  expect(delivered.length).toBeGreaterThan(0);
  for (const each of delivered) {
    expect(each).toMatchObject({ account: { ex_customer: 'CXYZ' }, event_type: 2, bought_or_sold: 2 });
  }
});

test('a client goes on from the last number until nothing is found; CQ53 goes over dates', async () => {
  await using sim = await exercisedWorld({ settings: { pageSize: 1 } });
  const client = await loggedIn(sim);
  const from = async (first: number) => {
    const reply = await client.query(message('CQ52', { series: STOCK_CALLS, sequence_first: first }));
    return [reply.status, ...read<Answer>('CA52', reply.answer).item.map((each) => each['sequence_number'])];
  };
  expect([await from(0), await from(2), await from(3)]).toEqual([[704_003, 1], [704_003, 2], [704_009]]);
  sim.core.rollBusinessDate('2019-05-07' as BusinessDate);
  const asked = { series: STOCK_CALLS, from_date: '20190506', sequence_first: 2, to_date: '20190507' };
  const reply = await client.query(message('CQ53', asked));
  expect(reply).toMatchObject({ completion: 0, status: 704_003 });
  expect(read('CA53', reply.answer)).toMatchObject({
    from_date: '20190506',
    sequence_first: 2,
    item: [{ sequence_number: 2 }],
  });
});

test('wildcards, other instrument types and numbers below 0 are refused', async () => {
  await using sim = await exercisedWorld();
  const client = await loggedIn(sim);
  expect(await client.query(message('CQ52', { series: ANY }))).toMatchObject({ completion: -12, status: -705_644 });
  expect(await client.query(message('CQ52', { series: { ...STOCK_CALLS, market: 9 } }))).toMatchObject({
    completion: -12,
  });
  expect(await client.query(message('CQ52', { series: STOCK_CALLS, sequence_first: -1 }))).toMatchObject({
    completion: -18,
    status: offsetOf('CQ52', 'sequence_first'),
  });
  expect(await client.query(message('CQ53', { series: STOCK_CALLS, from_date: '2019' }))).toMatchObject({
    completion: -12,
  });
  expect(await client.query(message('CQ52').subarray(0, 31))).toMatchObject({ completion: -2031 });
});

test.each([genium, click])('UQ9 gives the signals of a business date, in $name', async (dictionary) => {
  await using sim = await oapiWorld({ dictionary, settings: { pageSize: 2 } });
  for (const [time, kind] of [
    ['10:10', 'settlement-prices'],
    ['10:20', 'reports'],
    ['10:30', 'reports'],
  ] as const) {
    sim.clock.now = at(time);
    sim.core.signalInformation(kind);
  }
  const client = await loggedIn(sim);
  const ask = async (fields: object) => {
    const reply = await client.query(message('UQ9', { segment_number: 1, ...fields }, dictionary));
    expect(reply).toMatchObject({ completion: 0 });
    const { segment_number, item } = read<Answer & { segment_number: number }>('UA9', reply.answer, dictionary);
    return { segment_number, item: item.map((each) => [each['info_type'], each['sent_time'], each['seq_num_srm']]) };
  };
  expect(await ask({})).toEqual({
    segment_number: 1,
    item: [
      [100, '101000', 1],
      [101, '102000', 2],
    ],
  });
  expect(await ask({ segment_number: 2, business_date: '20190506' })).toEqual({
    segment_number: 0,
    item: [[101, '103000', 3]],
  });
  expect((await ask({ seq_num_srm: 3 })).item).toHaveLength(1);
  expect((await ask({ business_date: '20190507' })).item).toEqual([]);
  expect(await client.query(message('UQ9', { segment_number: 1, business_date: 'x' }, dictionary))).toMatchObject({
    completion: -12,
  });
});
