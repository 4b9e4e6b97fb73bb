import { expect, test } from 'vitest';
import { seriesFields } from '../../../src/oapi/transactions/series-fields.ts';
import { PASSWORD, series } from '../../support/world.ts';
import { ANY, type OapiClient } from '../client.ts';
import { click, genium, message, read } from '../messages.ts';
import { oapiWorld, type OapiWorld } from '../world.ts';

type Row = Readonly<Record<string, unknown>>;

interface Answer {
  readonly segment_number: number;
  readonly item: readonly Row[];
}

async function loggedIn(sim: OapiWorld): Promise<OapiClient> {
  const client = await sim.client();
  await client.login('BO_CABC801', PASSWORD);
  return client;
}

async function ask(
  client: OapiClient,
  type: string,
  fields: Record<string, unknown> = {},
  dictionary = genium,
): Promise<Answer> {
  const reply = await client.query(message(type, { segment_number: 1, ...fields }, dictionary));
  expect(reply).toMatchObject({ completion: 0, status: 704_003 });
  return read<Answer>(type.replace('Q', 'A'), reply.answer, dictionary);
}

/** How many rows there are, and the last one. */
const LAST_ROWS: readonly (readonly [string, number, Row])[] = [
  [
    'DQ3',
    5,
    {
      series: { ...ANY, country: 7, market: 2, instrument_group: 7 },
      int_id: 'SEOCHPUT',
      name: 'SEOCH Put Options',
      maintain_positions: 1,
      traded: 1,
      post_trade_proc: 1,
    },
  ],
  [
    'DQ4',
    26,
    {
      commodity: 7628,
      com_id: 'CLI',
      name: 'China Life Insurance Company',
      dec_in_price: 2,
      base_cur: 'HKD',
      deliverable: 1,
    },
  ],
  ['DQ7', 2, { country: 7, market: 2, name: 'SEHK Stock Options', mar_id: 'SEOCH' }],
  ['DQ8', 3, { instrument_group: 7, name: 'Put Options', ing_id: 'PUT' }],
  [
    'DQ18',
    4,
    {
      country: 7,
      market: 2,
      date_non_trading: '20190513',
      closed_for_trading: 1,
      closed_for_settlement: 1,
      closed_for_clearing: 1,
    },
  ],
  [
    'DQ24',
    1,
    { country_c: 7, name: 'HKEX (simulated)', exchange_short: 'HKEX', country_id: 'HK', tz_exchange: 'HKT-8' },
  ],
  ['DQ33', 1, { base_cur: 'HKD', sec_rel_primary: 100, pri_unit: 'dollar', sec_unit: 'cent' }],
];

test.each(LAST_ROWS)('%s gives %i rows, in both generations', async (type, rows, last) => {
  for (const dictionary of [genium, click]) {
    await using sim = await oapiWorld({ dictionary });
    const { segment_number, item } = await ask(await loggedIn(sim), type, {}, dictionary);
    expect(segment_number).toBe(0);
    expect(item).toHaveLength(rows);
    expect(item.at(-1)).toMatchObject(last);
  }
});

test.each(LAST_ROWS)(
  '%s in pages of one is the same, and refuses a segment beyond and a wrong size',
  async (type, rows) => {
    await using whole = await oapiWorld();
    await using paged = await oapiWorld({ settings: { pageSize: 1 } });
    const client = await loggedIn(paged);
    const items = [];
    for (let segment_number = 1; segment_number <= rows; segment_number++) {
      const answer = await ask(client, type, { segment_number });
      expect(answer.segment_number).toBe(segment_number === rows ? 0 : segment_number);
      items.push(...answer.item);
    }
    expect(items).toEqual((await ask(await loggedIn(whole), type)).item);
    const beyond = message(type, { segment_number: rows + 1 });
    expect(await client.query(beyond)).toMatchObject({ completion: -12, status: -704_038 });
    expect((await client.query(Buffer.concat([beyond, Buffer.alloc(1)]))).completion).toBe(-2031);
  },
);

test.each([
  ['DQ3', 1],
  ['DQ4', 1],
  ['DQ7', 1],
  ['DQ8', 1],
  ['DQ18', 2],
  ['DQ24', 1],
  ['DQ33', 1],
])('a whole series key in %s finds what that series is of: %i rows', async (type, rows) => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  const { item } = await ask(client, type, { series: seriesFields(series('HKB65.00E9').key) });
  expect(item).toHaveLength(rows);
});

test.each(['DQ3', 'DQ4', 'DQ7', 'DQ8', 'DQ18', 'DQ24'])(
  '%s of a series that nothing is of finds nothing',
  async (type) => {
    await using sim = await oapiWorld();
    const client = await loggedIn(sim);
    const nothing = { ...ANY, country: 9, market: 9, instrument_group: 9, commodity: 9 };
    expect(await client.query(message(type, { segment_number: 1, series: nothing }))).toMatchObject({
      completion: 0,
      status: 704_009,
    });
  },
);

test('a long name is cut to its field, and a class quoted to a tenth of a cent says so', async () => {
  await using sim = await oapiWorld();
  const { item } = await ask(await loggedIn(sim), 'DQ4');
  const byId = new Map(item.map((each) => [each['com_id'], each]));
  expect(byId.get('PAI')).toMatchObject({ name: 'Ping An Insurance (Group) Compan' });
  expect(byId.get('XTW')).toMatchObject({ dec_in_price: 3 });
  expect(byId.get('MHI')).toMatchObject({ commodity: 4002, deliverable: 2 });
});
