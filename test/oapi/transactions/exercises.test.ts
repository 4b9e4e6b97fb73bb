import { expect, test } from 'vitest';
import type { AccountId } from '../../../src/clearing/account.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import { seriesFields } from '../../../src/oapi/transactions/series-fields.ts';
import { PASSWORD, series } from '../../support/world.ts';
import type { OapiClient } from '../client.ts';
import { click, genium, message, offsetOf, read } from '../messages.ts';
import { oapiWorld, type OapiWorld } from '../world.ts';

const CABC = 'CABC' as CustomerCode;
const CALL = seriesFields(series('HKB65.00E9').key);
const HSI = seriesFields(series('HSIK9').key);
const DONE = { completion: 0, status: 704_003 };
const own = (account_id: string) => ({ country_id: 'HK', ex_customer: 'CABC', account_id });
type Options = NonNullable<Parameters<typeof oapiWorld>[0]>;

function optionWorld(options: Options = {}): Promise<OapiWorld> {
  const position = (account: string, name: string) => ({
    participant: CABC,
    account: account as AccountId,
    series: series(name).name,
    held: 5,
    written: 0,
  });
  const positions = [position('HOUSE', 'HKB65.00E9'), position('OMNI1', 'HKB65.00E9'), position('OMNI1', 'HSIK9')];
  return oapiWorld({ phase: 'normal', world: { positions }, ...options });
}

async function loggedIn(sim: OapiWorld): Promise<OapiClient> {
  const client = await sim.client();
  await client.login('BO_CABC801', PASSWORD);
  return client;
}

const exercise = (fields: object = {}, dictionary = genium) =>
  message(
    'CC13',
    { series: CALL, account: own('HOUSE'), quantity: dictionary === click ? 3 : 3n, ...fields },
    dictionary,
  );
const annul = (exercise_number: number, fields: object = {}, dictionary = genium) =>
  message('CC15', { series: CALL, exercise_number, ...fields }, dictionary);

async function list(client: OapiClient, fields: object = {}, dictionary = genium) {
  const reply = await client.query(message('CQ21', { segment_number: 1, ...fields }, dictionary));
  expect(reply).toMatchObject({ completion: 0 });
  return read<{ item: readonly Record<string, unknown>[] }>('CA21', reply.answer, dictionary).item;
}

test.each([genium, click])(
  'CC13 asks for exercise, CC15 takes it back, CQ21 lists both, in $name',
  async (dictionary) => {
    await using sim = await optionWorld({ dictionary });
    const client = await loggedIn(sim);
    expect(await client.tx(exercise({}, dictionary))).toMatchObject(DONE);
    expect(await client.tx(exercise({ account: own('OMNI1') }, dictionary))).toMatchObject(DONE);
    expect(await client.tx(annul(1, {}, dictionary))).toMatchObject(DONE);
    const user = { country_id: 'HK', ex_customer: 'CABC', user_id: '801' };
    expect(await list(client, {}, dictionary)).toMatchObject([
      { exercise_number: 1, state: 2, account: own('HOUSE'), series: CALL, trading_code: user, asof_date: '20190505' },
      { exercise_number: 2, state: 1, quantity: dictionary === click ? 3 : 3n },
    ]);
    expect(await list(client, { account: { account_id: 'OMNI1' } }, dictionary)).toHaveLength(1);
    expect(await list(client, { series: { market: 1 } }, dictionary)).toEqual([]);
    expect(await list(client, { search_series: { commodity: HSI.commodity } }, dictionary)).toEqual([]);
  },
);

test.each([genium, click])('CC14 sets what automatic exercise leaves alone, in $name', async (dictionary) => {
  await using sim = await optionWorld({ dictionary });
  const client = await loggedIn(sim);
  const deny = (quantity: number, fields: object = {}) =>
    message(
      'CC14',
      {
        series: CALL,
        account: own('HOUSE'),
        deny_exercise: dictionary === click ? quantity : BigInt(quantity),
        ...fields,
      },
      dictionary,
    );
  const denied = () => [...(sim.core.book(CABC)?.positions.values() ?? [])].map((each) => each.denied);
  expect(await client.tx(deny(4))).toMatchObject(DONE);
  expect(denied()).toEqual([4, 0, 0]);
  expect(await client.tx(deny(6))).toMatchObject({
    completion: -12,
    status: dictionary.codes.get('CL_OMN_INVDENYQTY'),
  });
  expect(await client.tx(deny(-1))).toMatchObject({ completion: -12 });
  expect(await client.tx(deny(1, { series: HSI }))).toMatchObject({ completion: -12 });
  expect(denied()).toEqual([4, 0, 0]);
});

test('refusals, each with both codes; another account holder is a field that is not valid', async () => {
  await using sim = await optionWorld();
  const client = await loggedIn(sim);
  const code = (name: string) => ({ completion: -12, status: genium.codes.get(name) });
  expect(await client.tx(exercise({ quantity: 6n }))).toMatchObject({ completion: -12 });
  expect(await client.tx(exercise({ account: own('NOWHERE') }))).toMatchObject(code('CL_OMN_INVACCOUNT'));
  expect(await client.tx(exercise({ series: { ...CALL, modifier: 1 } }))).toMatchObject(code('CL_OMN_INVSERIES'));
  expect(await client.tx(exercise({ series: HSI, account: own('OMNI1') }))).toMatchObject({ completion: -12 });
  expect(await client.tx(exercise({ account: { ...own('HOUSE'), ex_customer: 'CXYZ' } }))).toMatchObject({
    completion: -18,
    status: offsetOf('CC13', 'account') + 2,
  });
  expect(await client.tx(annul(5))).toMatchObject(code('CL_OMN_INVEXEREQ'));
  expect(await client.tx(exercise())).toMatchObject(DONE);
  expect(await client.tx(annul(1, { series: HSI }))).toMatchObject(code('CL_OMN_INVSERIES'));
  expect((await list(client)).map((each) => each['state'])).toEqual([1]);
  expect(await client.query(message('CQ21', { segment_number: 1, account: { ex_customer: 'CXYZ' } }))).toMatchObject(
    code('CL_OMN_INVACCESSR'),
  );
  expect(await client.query(message('CQ21', { segment_number: 2 }))).toMatchObject(code('CL_OMN_BADSEG'));
});

test('in enquiry-only mode all three are refused', async () => {
  await using sim = await optionWorld({ phase: 'enquiry-only' });
  const client = await loggedIn(sim);
  for (const each of [exercise(), annul(1), message('CC14', { series: CALL, account: own('HOUSE') })]) {
    expect(await client.tx(each)).toMatchObject({ completion: -12, status: -704_130 });
  }
});
