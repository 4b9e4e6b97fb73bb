import { expect, test } from 'vitest';
import type { AccountId } from '../../src/clearing/account.ts';
import type { Command } from '../../src/clearing/commands/command.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import type { PositionDefinition } from '../../src/clearing/world.ts';
import { read, type AnswerPosition } from './messages.ts';
import { at, deal, PASSWORD, series } from '../support/world.ts';
import { ANY, downloadPositions, positionQueryMessage, typeOnly, type OapiClient } from './client.ts';
import { oapiWorld, type OapiWorld } from './world.ts';

const USER = 'BO_CABC801';

function held(participant: string, account: string, name: string, quantity: number): PositionDefinition {
  return {
    participant: participant as CustomerCode,
    account: account as AccountId,
    series: series(name).name,
    held: quantity,
    written: 0,
  };
}

const POSITIONS = [
  held('CABC', 'OMNI1', 'HSIK9', 1),
  held('CABC', 'HOUSE', 'HKB65.00E9', 2),
  held('CABC', 'HOUSE', 'HSI28000E9', 3),
  held('CABC', 'HOUSE', 'HSIK9', 4),
  held('CXYZ', 'HOUSE', 'HSIK9', 99),
];

async function loggedIn(sim: OapiWorld): Promise<OapiClient> {
  const client = await sim.client();
  await client.login(USER, PASSWORD);
  return client;
}

async function heldIn(client: OapiClient, message: Buffer): Promise<bigint[]> {
  const reply = await client.query(message);
  expect(reply.completion).toBe(0);
  return read<AnswerPosition>('CA3', reply.answer).item.map((item) => item.nbr_held);
}

test('UQ12 tells the business date, and the simulated time in UTC', async () => {
  await using sim = await oapiWorld({ time: '07:30' });
  const client = await loggedIn(sim);
  const reply = await client.query(typeOnly('UQ12'));
  expect(reply).toMatchObject({ completion: 0, status: 0, orderId: 0n });
  expect(read('UA12', reply.answer)).toEqual({
    type: 'UA12',
    omex_version: 'DCASS-SIM',
    business_date: '20190506',
    utc_date: '20190504',
    utc_time: '233000',
    tz_variable: 'HKT-8',
    utc_offset: 28_800,
  });
});

test('CQ3 gives every row of the own participant and no other, by series and account, in one segment 0', async () => {
  await using sim = await oapiWorld({ world: { positions: POSITIONS } });
  const client = await loggedIn(sim);
  const reply = await client.query(positionQueryMessage());
  expect(reply).toMatchObject({ completion: 0, status: 704_003 });
  const answer = read<AnswerPosition>('CA3', reply.answer);
  expect(answer.segment_number).toBe(0);
  expect(answer.item).toHaveLength(4);
  expect(answer.item.map((item) => [item.account.account_id, item.nbr_held])).toEqual([
    ['HOUSE', 4n],
    ['OMNI1', 1n],
    ['HOUSE', 3n],
    ['HOUSE', 2n],
  ]);
  expect(answer.item[0]).toEqual({
    series: {
      country: 7,
      market: 1,
      instrument_group: 4,
      modifier: 0,
      commodity: 4001,
      expiration_date: 15550,
      strike_price: 0,
    },
    modified_date: '20190505',
    modified_time: '063000',
    reserved_prop: 0,
    nbr_held: 4n,
    nbr_written: 0n,
    deny_exercise: 0n,
    account: { country_id: 'HK', ex_customer: 'CABC', account_id: 'HOUSE' },
    quantity_cover: 0,
    qty_closed_out: 0n,
  });
});

test('pages of one give the same rows in the same order as one page, and 0 marks the last', async () => {
  await using whole = await oapiWorld({ world: { positions: POSITIONS } });
  await using paged = await oapiWorld({ world: { positions: POSITIONS }, settings: { pageSize: 1 } });
  const client = await loggedIn(paged);
  const segments = [1, 2, 3, 4].map((segment) => client.query(positionQueryMessage({ segment })));
  const numbers = (await Promise.all(segments)).map(
    (reply) => read<AnswerPosition>('CA3', reply.answer).segment_number,
  );
  expect(numbers).toEqual([1, 2, 3, 0]);
  expect(await downloadPositions(client)).toEqual(await downloadPositions(await loggedIn(whole)));
});

test.each([0, 5, 65_535])('segment %i of four is refused with -12 and BADSEG', async (segment) => {
  await using sim = await oapiWorld({ world: { positions: POSITIONS }, settings: { pageSize: 1 } });
  const client = await loggedIn(sim);
  expect(await client.query(positionQueryMessage({ segment }))).toMatchObject({ completion: -12, status: -704_038 });
});

test('a query that finds nothing is done: completion 0, no items, segment 0, status 704009', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  const reply = await client.query(positionQueryMessage());
  expect(reply).toMatchObject({ completion: 0, status: 704_009 });
  expect(reply.answer.length).toBe(32);
  expect(read<AnswerPosition>('CA3', reply.answer)).toMatchObject({ segment_number: 0, item: [] });
});

test('search_series filters by each field that is not 0, series by instrument type', async () => {
  await using sim = await oapiWorld({ world: { positions: POSITIONS } });
  const client = await loggedIn(sim);
  const key = series('HSI28000E9').key;
  expect(await heldIn(client, positionQueryMessage({ search: { ...ANY, commodity: key.commodity } }))).toEqual([
    4n,
    1n,
    3n,
  ]);
  expect(await heldIn(client, positionQueryMessage({ search: { ...ANY, strike_price: 28_000 } }))).toEqual([3n]);
  expect(await heldIn(client, positionQueryMessage({ series: { ...ANY, market: 2 } }))).toEqual([2n]);
  expect(
    await heldIn(client, positionQueryMessage({ series: { ...ANY, instrument_group: 4, strike_price: 1 } })),
  ).toEqual([4n, 1n]);
});

test('an account filters; NUL is any and spaces are a blank one', async () => {
  await using sim = await oapiWorld({ world: { positions: POSITIONS } });
  const client = await loggedIn(sim);
  const of = (account_id: string) =>
    positionQueryMessage({ account: { country_id: 'HK', ex_customer: 'CABC', account_id } });
  expect(await heldIn(client, of('OMNI1'))).toEqual([1n]);
  expect(await heldIn(client, of(''))).toEqual([]);
  expect(await client.query(of('NOSUCH'))).toMatchObject({ completion: -12, status: -704_046 });
});

test("another participant's account is refused with -12 and no read access", async () => {
  await using sim = await oapiWorld({ world: { positions: POSITIONS } });
  const client = await loggedIn(sim);
  const account = { country_id: 'HK', ex_customer: 'CXYZ', account_id: 'HOUSE' };
  expect(await client.query(positionQueryMessage({ account }))).toMatchObject({ completion: -12, status: -704_090 });
});

test('the business date and today are answered, another day is refused', async () => {
  await using sim = await oapiWorld({ world: { positions: POSITIONS } });
  const client = await loggedIn(sim);
  expect((await heldIn(client, positionQueryMessage({ date: '20190506' }))).length).toBe(4);
  expect((await heldIn(client, positionQueryMessage({ date: '20190505' }))).length).toBe(4);
  expect(await client.query(positionQueryMessage({ date: '20190430' }))).toMatchObject({
    completion: -12,
    status: -705_716,
  });
});

test('an earlier business date answers its closing positions, whatever has happened since', async () => {
  await using sim = await oapiWorld({ world: { positions: POSITIONS } });
  const client = await loggedIn(sim);
  sim.clock.now = at('+1d 23:00');
  expect(sim.core.endDay()).toMatchObject({ ok: true });
  expect(sim.core.rollBusinessDate()).toMatchObject({ ok: true });
  sim.core.matchDeal({ ...deal({ quantity: 90 }), clearingDate: sim.core.businessDate() });
  const house = { country_id: 'HK', ex_customer: 'CABC', account_id: 'HOUSE' };
  const of = (date: string) => positionQueryMessage({ account: house, date, search: { ...ANY, commodity: 4001 } });
  expect(await heldIn(client, of('20190506'))).toEqual([4n, 3n]);
  expect(await heldIn(client, of('20190507'))).toEqual([94n, 3n]);
  expect(await heldIn(client, of(''))).toEqual([94n, 3n]);
  expect(await heldIn(client, of('00000000'))).toEqual([94n, 3n]);
  for (const date of ['20190508', '20190503', '2019050X', '20190230']) {
    expect(await client.query(of(date))).toMatchObject({ completion: -12, status: -705_716 });
  }
});

test('CQ3 tells what is denied, covered and closed out', async () => {
  const both = { ...held('CABC', 'OMNI1', 'HKB65.00E9', 9), written: 7 };
  await using sim = await oapiWorld({ world: { positions: [both] } });
  const client = await loggedIn(sim);
  const of = { account: 'OMNI1', series: 'HKB65.00E9' };
  for (const command of [
    { do: 'net-down-position', items: [{ ...of, quantity: 2 }] },
    { do: 'deny-exercise', ...of, quantity: 4 },
    { do: 'cover-position', ...of, quantity: 3 },
  ]) {
    expect(sim.core.commandFor('CABC' as CustomerCode, command as Command)).toMatchObject({ ok: true });
  }
  expect(await downloadPositions(client)).toMatchObject([
    { nbr_held: 7n, nbr_written: 5n, deny_exercise: 4n, quantity_cover: 3, qty_closed_out: 2n },
  ]);
});

test.each(['CD35', 'CC13', 'CC38', 'CD28', 'CD5'])(
  'in enquiry-only mode %s is refused with -12 and ILLTRNSTIME, and journalled',
  async (type) => {
    await using sim = await oapiWorld();
    const client = await loggedIn(sim);
    expect(await client.tx(typeOnly(type, 60))).toMatchObject({ completion: -12, status: -704_130 });
    expect(sim.journal.of('oapi.transaction')).toMatchObject([
      {
        outcome: 'refused',
        code: 'function-not-available',
        transaction: type,
        user: USER,
        participant: 'CABC',
        gateway: 'oapi-1',
        completion: -12,
        status: -704_130,
        meaning: 'the back end refused; the transaction status tells why',
      },
    ]);
  },
);

test('in normal mode a clearing transaction is refused loudly as not simulated', async () => {
  await using sim = await oapiWorld({ phase: 'normal' });
  const client = await loggedIn(sim);
  expect(await client.tx(typeOnly('CD31', 88))).toMatchObject({ completion: -17, status: -110_025 });
  expect(sim.journal.of('oapi.transaction')).toMatchObject([{ outcome: 'unsimulated', transaction: 'CD31' }]);
});

test('a transaction that nobody knows gets -17 and is journalled as unsimulated', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  expect(await client.query(typeOnly('CQ16', 36))).toMatchObject({ completion: -17, status: -110_025 });
  expect(await client.tx(typeOnly('ZZ1'))).toMatchObject({ completion: -17, status: -110_025 });
  expect(sim.journal.of('oapi.query')).toMatchObject([
    { outcome: 'unsimulated', transaction: 'CQ16', code: 'function-not-simulated' },
  ]);
});

test('a message of the wrong size gets -2031, and the journal says both sizes', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  expect((await client.query(typeOnly('CQ3', 60))).completion).toBe(-2031);
  expect((await client.query(Buffer.from('CQ'))).completion).toBe(-2031);
  expect(sim.journal.of('oapi.invalid')).toMatchObject([
    { transaction: 'CQ3', problem: 'query_position: 60 bytes; 64 are allowed' },
    { problem: 'a message of 2 bytes; at least the 4 of its TYPE are needed' },
  ]);
});

test('a facility outside EP0 to EP9 gets -3, and a query sent as a transaction -32', async () => {
  await using sim = await oapiWorld({ settings: { baseFacility: 180 } });
  const client = await loggedIn(sim);
  expect((await client.query(typeOnly('UQ12'), 179)).completion).toBe(-3);
  expect((await client.query(typeOnly('UQ12'), 180)).completion).toBe(0);
  expect((await client.query(typeOnly('UQ12'), 189)).completion).toBe(0);
  expect((await client.query(typeOnly('UQ12'), 190)).completion).toBe(-3);
  expect((await client.tx(typeOnly('UQ12'), 180)).completion).toBe(-32);
});

test('transaction ids count up and differ between gateways', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  const other = await sim.client(2);
  await other.login('BO_CXYZ801', PASSWORD);
  const ids = [];
  for (const each of [client, client, other]) ids.push((await each.query(typeOnly('UQ12'))).transactionId);
  expect(ids).toEqual([2n ** 32n + 1n, 2n ** 32n + 2n, 2n * 2n ** 32n + 1n]);
});

test('the journal of a query has rows, segment, and both codes in words', async () => {
  await using sim = await oapiWorld({ world: { positions: POSITIONS } });
  await (await loggedIn(sim)).query(positionQueryMessage());
  expect(sim.journal.of('oapi.query')).toMatchObject([
    {
      outcome: 'ok',
      transaction: 'CQ3',
      user: USER,
      completion: 0,
      status: 704_003,
      meaning: 'done',
      rows: 4,
      segment: 1,
      facility: 173,
    },
  ]);
});
