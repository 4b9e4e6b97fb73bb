import { describe, expect, test } from 'vitest';
import type { AccountId } from '../../../src/clearing/account.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import type { Position } from '../../../src/clearing/position.ts';
import type { PositionDefinition } from '../../../src/clearing/world.ts';
import { seriesFields } from '../../../src/oapi/transactions/series-fields.ts';
import type { BusinessDate } from '../../../src/time/instant.ts';
import { at, participant, PASSWORD, series } from '../../support/world.ts';
import type { OapiClient } from '../client.ts';
import { bytesOf, click, genium, message, offsetOf, read } from '../messages.ts';
import { oapiWorld, type OapiWorld } from '../world.ts';

const CABC = 'CABC' as CustomerCode;
const account = (id: string, type: 'house' | 'omnibus-client') => ({ id: id as AccountId, type });
const PARTICIPANTS = [
  participant('CABC', {
    accounts: [
      account('HOUSE', 'house'),
      account('HOUSE2', 'house'),
      account('OMNI1', 'omnibus-client'),
      account('OMNI2', 'omnibus-client'),
    ],
  }),
  participant('CXYZ'),
];
const key = (name: string) => seriesFields(series(name).key);
const HSI = key('HSIK9');
const CALL = key('HSI28000E9');
const own = (id: string) => ({ country_id: 'HK', ex_customer: 'CABC', account_id: id });

function position(id: string, name: string, held: number, written: number, of = 'CABC'): PositionDefinition {
  return { participant: of as CustomerCode, account: id as AccountId, series: series(name).name, held, written };
}

const BOOK = [
  position('OMNI1', 'HSIK9', 30, 20),
  position('OMNI1', 'HSI28000E9', 12, 9),
  position('OMNI2', 'HSIK9', 5, 4),
  position('HOUSE', 'HSIK9', 7, 0),
  position('OMNI1', 'HSIK9', 99, 98, 'CXYZ'),
];

type Options = NonNullable<Parameters<typeof oapiWorld>[0]>;

function bookWorld(options: Options = {}): Promise<OapiWorld> {
  return oapiWorld({ phase: 'normal', world: { participants: PARTICIPANTS, positions: BOOK }, ...options });
}

async function loggedIn(sim: OapiWorld): Promise<OapiClient> {
  const client = await sim.client();
  await client.login('BO_CABC801', PASSWORD);
  return client;
}

function held(
  sim: OapiWorld,
  id: string,
  name = 'HSIK9',
): Pick<Position, 'held' | 'written' | 'closedOut'> | undefined {
  const found = sim.core.book(CABC)?.positions;
  const one = [...(found?.values() ?? [])].find((each) => each.account === id && each.series === name);
  return one && { held: one.held, written: one.written, closedOut: one.closedOut };
}

describe('CD34 moves contracts between own accounts', () => {
  const transfer = (fields: object = {}, dictionary = genium) =>
    message(
      'CD34',
      { series: HSI, account: own('OMNI1'), new_account: own('OMNI2'), nbr_held: 10n, nbr_written: 3n, ...fields },
      dictionary,
    );

  test.each([genium, click])('held and written, in $name', async (dictionary) => {
    await using sim = await bookWorld({ dictionary });
    const client = await loggedIn(sim);
    const quantities = dictionary === click ? { nbr_held: 10, nbr_written: 3 } : {};
    expect(await client.tx(transfer(quantities, dictionary))).toMatchObject({ completion: 0, status: 704_003 });
    expect(held(sim, 'OMNI1')).toMatchObject({ held: 20, written: 17 });
    expect(held(sim, 'OMNI2')).toMatchObject({ held: 15, written: 7 });
  });

  test('what the model refuses and what the message says wrong, each with both codes; nothing moves', async () => {
    await using sim = await bookWorld();
    const client = await loggedIn(sim);
    const before = held(sim, 'OMNI1');
    expect(await client.tx(transfer({ nbr_held: 31n }))).toMatchObject({ completion: -12, status: -704_120 });
    expect(await client.tx(transfer({ new_account: own('NOWHERE') }))).toMatchObject({
      completion: -12,
      status: -704_046,
    });
    expect(await client.tx(transfer({ series: { ...HSI, strike_price: 1 } }))).toMatchObject({
      completion: -12,
      status: -704_064,
    });
    expect(await client.tx(transfer({ clearing_date: '20190503' }))).toMatchObject({
      completion: -12,
      status: -704_302,
    });
    expect(await client.tx(transfer({ clearing_date: '20190506', nbr_held: 0n, nbr_written: 0n }))).toMatchObject({
      completion: -12,
    });
    const foreign = { ...own('OMNI1'), ex_customer: 'CXYZ' };
    expect(await client.tx(transfer({ account: foreign }))).toMatchObject({
      completion: -18,
      status: offsetOf('CD34', 'account') + 2,
    });
    expect(await client.tx(transfer().subarray(0, bytesOf('CD34') - 1))).toMatchObject({ completion: -2031 });
    expect(held(sim, 'OMNI1')).toEqual(before);
  });

  test('in enquiry-only mode it is refused', async () => {
    await using sim = await bookWorld({ phase: 'enquiry-only' });
    expect(await (await loggedIn(sim)).tx(transfer())).toMatchObject({ completion: -12, status: -704_130 });
  });
});

describe('CD54 nets down, CD55 restores, CQ123 lists', () => {
  const item = (id: string, quantity: bigint | number, fields: object = {}) => ({
    account: own(id),
    series: HSI,
    final_held: typeof quantity === 'bigint' ? -1n : -1,
    closeout_qty: quantity,
    ...fields,
  });
  const closeOut = (items: readonly object[], dictionary = genium) =>
    message('CD54', { series: HSI, item: items }, dictionary);
  const restore = (quantity: bigint | number, fields: object = {}, dictionary = genium) =>
    message('CD55', { series: HSI, account: own('OMNI1'), closeout_qty: quantity, ...fields }, dictionary);
  const log = (fields: object = {}, dictionary = genium) =>
    message('CQ123', { segment_number: 1, ...fields }, dictionary);
  interface Log {
    readonly segment_number: number;
    readonly item: readonly Readonly<Record<string, unknown>>[];
  }

  test.each([genium, click])(
    'several positions in one message, a part back, and the log, in $name',
    async (dictionary) => {
      await using sim = await bookWorld({ dictionary });
      const client = await loggedIn(sim);
      const n = (value: number): bigint | number => (dictionary === click ? value : BigInt(value));
      sim.clock.now = at('10:15');
      const items = [item('OMNI1', n(12), { final_held: n(18) }), item('OMNI2', n(4))];
      expect(await client.tx(closeOut(items, dictionary))).toMatchObject({ completion: 0, status: 704_003 });
      expect(held(sim, 'OMNI1')).toEqual({ held: 18, written: 8, closedOut: 12 });
      expect(held(sim, 'OMNI2')).toEqual({ held: 1, written: 0, closedOut: 4 });
      expect(await client.tx(restore(n(5), { date: '20190506' }, dictionary))).toMatchObject({
        completion: 0,
        status: 704_003,
      });
      expect(held(sim, 'OMNI1')).toEqual({ held: 23, written: 13, closedOut: 7 });
      const reply = await client.query(log({}, dictionary));
      expect(reply).toMatchObject({ completion: 0, status: 704_003 });
      expect(read<Log>('CA123', reply.answer, dictionary).item).toEqual([
        expect.objectContaining({
          trading_code: { country_id: 'HK', ex_customer: 'CABC', user_id: '801' },
          account: own('OMNI1'),
          closeout_qty: n(12),
          date: '20190506',
          created_date: '20190505',
          created_time: '101500',
          state: 1,
        }),
        expect.objectContaining({ account: own('OMNI2'), closeout_qty: n(4), state: 1 }),
      ]);
      await client.tx(restore(n(7), {}, dictionary));
      expect(read<Log>('CA123', (await client.query(log({}, dictionary))).answer, dictionary).item[0]).toMatchObject({
        state: 2,
      });
    },
  );

  test('all items or none; the final held quantity is a check; futures, unknown names and other dates are refused', async () => {
    await using sim = await bookWorld();
    const client = await loggedIn(sim);
    const before = held(sim, 'OMNI1');
    expect(await client.tx(closeOut([item('OMNI1', 1n), item('OMNI2', 5n)]))).toMatchObject({
      completion: -12,
      status: -704_120,
    });
    expect(await client.tx(closeOut([item('OMNI1', 12n, { final_held: 17n })]))).toMatchObject({ completion: -12 });
    expect(await client.tx(closeOut([item('OMNI1', 1n), item('OMNI1', 1n)]))).toMatchObject({ completion: -12 });
    expect(await client.tx(closeOut([item('HOUSE', 1n)]))).toMatchObject({ completion: -12 });
    expect(await client.tx(closeOut([]))).toMatchObject({ completion: -12 });
    expect(await client.tx(closeOut([item('OMNI1', 1n, { date: '20190503' })]))).toMatchObject({
      completion: -12,
      status: -705_716,
    });
    expect(sim.journal.of('oapi.transaction').at(-1)).toMatchObject({
      problem: expect.stringContaining('item 1: date "20190503"'),
    });
    const second = item('OMNI2', 1n, { account: { ...own('OMNI2'), country_id: 'CN' } });
    expect(await client.tx(closeOut([item('OMNI1', 1n), second]))).toMatchObject({
      completion: -18,
      status: offsetOf('CD54', 'item') + 60,
    });
    expect(held(sim, 'OMNI1')).toEqual(before);
  });

  test('a restore takes the newest close-out that has enough left, and no more than there is', async () => {
    await using sim = await bookWorld();
    const client = await loggedIn(sim);
    await client.tx(closeOut([item('OMNI1', 10n)]));
    await client.tx(closeOut([item('OMNI1', 3n)]));
    expect(await client.tx(restore(4n))).toMatchObject({ completion: 0 });
    expect(await client.tx(restore(3n))).toMatchObject({ completion: 0 });
    const restored = () => [...(sim.core.book(CABC)?.closeOuts.values() ?? [])].map((each) => each.restored);
    expect(restored()).toEqual([4, 3]);
    expect(await client.tx(restore(7n))).toMatchObject({ completion: -12 });
    expect(await client.tx(restore(1n, { account: own('OMNI2') }))).toMatchObject({ completion: -12 });
    expect(await client.tx(restore(1n, { date: '20190503' }))).toMatchObject({ completion: -12 });
    expect(restored()).toEqual([4, 3]);
  });

  test('the log filters by account, series, instrument type and time, and comes in segments', async () => {
    await using sim = await bookWorld({ settings: { pageSize: 1 } });
    const client = await loggedIn(sim);
    for (const [time, items] of [
      ['10:00:10', [item('OMNI1', 1n)]],
      ['10:00:20', [item('OMNI2', 2n)]],
      ['10:00:30', [item('OMNI1', 3n, { series: CALL })]],
    ] as const) {
      sim.clock.now = at(time);
      expect(await client.tx(closeOut(items))).toMatchObject({ completion: 0 });
    }
    const numbers = async (fields: object = {}): Promise<unknown[]> => {
      const all: unknown[] = [];
      for (let segment = 1; ; segment += 1) {
        const reply = await client.query(log({ segment_number: segment, ...fields }));
        expect(reply).toMatchObject({ completion: 0 });
        const page = read<Log>('CA123', reply.answer);
        all.push(...page.item.map((each) => Number(each['closeout_qty'])));
        if (page.segment_number === 0) return all;
      }
    };
    expect(await numbers()).toEqual([1, 2, 3]);
    expect(await numbers({ account: { account_id: 'OMNI1' } })).toEqual([1, 3]);
    expect(await numbers({ series_id: 'HSIK9' })).toEqual([1, 2]);
    expect(await numbers({ series: { market: 1, instrument_group: CALL.instrument_group } })).toEqual([3]);
    expect(await numbers({ from_date: '20190505', from_time: '100020' })).toEqual([2, 3]);
    expect(
      await numbers({ from_date: '20190505', from_time: '100020', to_date: '20190505', to_time: '100020' }),
    ).toEqual([2]);
    expect(await client.query(log({ from_date: '20190231' }))).toMatchObject({ completion: -12, status: -705_716 });
    expect(await client.query(log({ from_date: '20190505', from_time: '246000' }))).toMatchObject({ completion: -12 });
    expect(await client.query(log({ segment_number: 4 }))).toMatchObject({ completion: -12, status: -704_038 });
    expect(await client.query(log({ account: { ex_customer: 'CXYZ' } }))).toMatchObject({
      completion: -12,
      status: -704_090,
    });
  });
});

describe('positions that changed, at a level, at a date', () => {
  interface Rows {
    readonly segment_number: number;
    readonly item: readonly (Readonly<Record<string, unknown>> & {
      readonly account: { readonly account_id: string };
    })[];
  }

  test.each([genium, click])('CQ40 lists what changed at or after a time, in $name', async (dictionary) => {
    await using sim = await bookWorld({ dictionary });
    const client = await loggedIn(sim);
    sim.clock.now = at('10:20');
    expect(
      sim.core.commandFor(CABC, {
        do: 'net-down-position',
        items: [{ account: 'OMNI2' as AccountId, series: series('HSIK9').name, quantity: 2 }],
      }),
    ).toMatchObject({ ok: true });
    const since = async (time: string): Promise<Rows> => {
      const asked = { segment_number: 1, modified_date: '20190505', modified_time: time };
      const reply = await client.query(message('CQ40', asked, dictionary));
      expect(reply).toMatchObject({ completion: 0 });
      return read<Rows>('CA40', reply.answer, dictionary);
    };
    expect((await since('102000')).item).toEqual([
      expect.objectContaining({
        series: HSI,
        account: own('OMNI2'),
        qty_closed_out: dictionary === click ? 2 : 2n,
        modified_date: '20190505',
        modified_time: '102000',
      }),
    ]);
    expect((await since('102001')).item).toEqual([]);
    expect((await since('')).item).toHaveLength(4);
    const wrong = message('CQ40', { segment_number: 1, modified_date: 'soon' }, dictionary);
    expect(await client.query(wrong)).toMatchObject({ completion: -12 });
  });

  test.each([genium, click])('CQ65 sums by account, account type and participant, in $name', async (dictionary) => {
    await using sim = await bookWorld({ dictionary });
    const client = await loggedIn(sim);
    const sums = async (level: number, fields: object = {}): Promise<unknown[]> => {
      const reply = await client.query(
        message('CQ65', { segment_number: 1, level_type: level, ...fields }, dictionary),
      );
      expect(reply).toMatchObject({ completion: 0 });
      return read<Rows>('CA65', reply.answer, dictionary).item.map((each) => [
        each['account_type'],
        each.account.account_id,
        Number(each['nbr_held']),
        Number(each['nbr_written']),
      ]);
    };
    const hsi = { series: { market: 1, instrument_group: HSI.instrument_group } };
    expect(await sums(1, hsi)).toEqual([
      ['HOUSE', 'HOUSE', 7, 0],
      ['OMNIBUS', 'OMNI1', 30, 20],
      ['OMNIBUS', 'OMNI2', 5, 4],
    ]);
    expect(await sums(2, hsi)).toEqual([
      ['HOUSE', '', 7, 0],
      ['OMNIBUS', '', 35, 24],
    ]);
    expect(await sums(3)).toEqual([
      ['', '', 42, 24],
      ['', '', 12, 9],
    ]);
    expect(await sums(0, { series_id: 'HSI28000E9' })).toEqual([['OMNIBUS', 'OMNI1', 12, 9]]);
    expect(await sums(3, { account_type: 'HOUSE' })).toEqual([['', '', 7, 0]]);
    expect(await client.query(message('CQ65', { segment_number: 1, level_type: 9 }, dictionary))).toMatchObject({
      completion: -18,
      status: offsetOf('CQ65', 'level_type', dictionary),
    });
  });

  test.each([genium, click])(
    'CQ122 gives one position at a business date that is kept, in $name',
    async (dictionary) => {
      await using sim = await bookWorld({ dictionary });
      const client = await loggedIn(sim);
      const ask = (fields: object = {}) =>
        client.query(message('CQ122', { series: HSI, account: own('OMNI1'), ...fields }, dictionary));
      expect(sim.core.endDay()).toMatchObject({ ok: true });
      expect(sim.core.rollBusinessDate('2019-05-07' as BusinessDate)).toMatchObject({ ok: true });
      sim.core.commandFor(CABC, {
        do: 'net-down-position',
        items: [{ account: 'OMNI1' as AccountId, series: series('HSIK9').name, quantity: 2 }],
      });
      const rows = async (date: string): Promise<number[]> => {
        const reply = await ask({ date });
        expect(reply).toMatchObject({ completion: 0, status: 704_003 });
        const one = read('CA122', reply.answer, dictionary);
        expect(one).toMatchObject({ account: own('OMNI1'), series: HSI });
        return [one['nbr_held'], one['nbr_written'], one['qty_closed_out']].map(Number);
      };
      expect(await rows('20190506')).toEqual([30, 20, 0]);
      expect(await rows('')).toEqual([28, 18, 2]);
      expect(await ask({ account: own('HOUSE2') })).toMatchObject({ completion: 0, status: 704_009 });
      expect(await ask({ account: own('NOWHERE') })).toMatchObject({ completion: -12, status: -704_046 });
      expect(await ask({ account: { ...own('OMNI1'), ex_customer: 'CXYZ' } })).toMatchObject({
        completion: -12,
        status: dictionary.codes.get('CL_OMN_INVACCESSR'),
      });
      expect(await ask({ date: '20190401' })).toMatchObject({
        completion: -12,
        status: dictionary.codes.get('CL_OMN_QRYDATEINV'),
      });
      expect(await ask({ series: { market: 1 } })).toMatchObject({ completion: -12 });
    },
  );
});
