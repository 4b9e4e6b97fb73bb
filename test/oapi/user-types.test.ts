import { expect, test } from 'vitest';
import type { OapiSettings } from '../../src/oapi/settings.ts';
import { deal, PASSWORD, series } from '../support/world.ts';
import { seriesFields } from '../../src/oapi/transactions/series-fields.ts';
import { positionQueryMessage, typeOnly, type OapiClient } from './client.ts';
import { listening, loggedIn, settled, start, typesOf } from './events/listening.ts';
import { click, genium, message, read } from './messages.ts';
import { oapiWorld } from './world.ts';

const QUERY_ONLY = {
  name: 'QUERY',
  users: ['BO_CABC801'],
  transactions: ['UQ12', 'DQ30', 'CQ3'],
  broadcasts: 'all',
  except: ['BD6'],
} as const;
const only = (more: Partial<OapiSettings['userTypes'][number]> = {}): Partial<OapiSettings> => ({
  userTypes: [{ ...QUERY_ONLY, ...more }],
});

interface UserTypeInfo {
  readonly segment_number: number;
  readonly ust_id: string;
  readonly ext_or_int: number;
  readonly is_trader: number;
  readonly item: readonly { readonly type: string; readonly trans_or_bdx: number }[];
}

async function userType(client: OapiClient, segment = 1, dictionary = genium): Promise<UserTypeInfo> {
  const reply = await client.query(message('DQ30', { segment_number: segment }, dictionary));
  expect(reply).toMatchObject({ completion: 0 });
  return read<UserTypeInfo>('DA30', reply.answer, dictionary);
}

test.each([genium, click])('DQ30 answers what the user may send and receive, in $name', async (dictionary) => {
  await using sim = await start({ dictionary, settings: only() });
  const info = await userType(await loggedIn(sim), 1, dictionary);
  expect(info).toMatchObject({ segment_number: 0, ust_id: 'QUERY', is_trader: 2 });
  const of = (kind: number): string[] => info.item.filter((each) => each.trans_or_bdx === kind).map(({ type }) => type);
  expect(of(1)).toEqual(['UQ12', 'DQ30', 'CQ3']);
  expect(of(2)).toEqual(dictionary === genium ? ['BD39', 'BD29', 'BD40', 'BD18', 'BI7', 'BI27'] : of(2));
  expect(of(2)).not.toContain('BD6');
});

test('a user of no type may do everything that is simulated, and DQ30 pages', async () => {
  await using sim = await start({ settings: { ...only(), pageSize: 30 } });
  const client = await loggedIn(sim, 'BO_CABC901');
  const [first, second] = [await userType(client), await userType(client, 2)];
  expect([first.segment_number, second.segment_number]).toEqual([1, 0]);
  expect(first.ust_id).toBe('CLEAR');
  expect([...first.item, ...second.item].map(({ type }) => type)).toEqual(
    expect.arrayContaining(['CD35', 'CQ10', 'BD6', 'BI27']),
  );
});

test('what is not in the user type is refused with -17, in any mode, and nothing happens', async () => {
  await using sim = await start({ settings: only() });
  const client = await loggedIn(sim);
  const fields = { series: seriesFields(series('HSIK9').key), trade_number: 1, trade_quantity: 2n };
  expect(await client.tx(message('CD35', fields))).toMatchObject({ completion: -17, status: -110_025 });
  expect(await client.query(typeOnly('CQ68', 4))).toMatchObject({ completion: -17, status: -110_025 });
  expect(await client.query(positionQueryMessage())).toMatchObject({ completion: 0 });
  expect(sim.journal.of('oapi.transaction')).toMatchObject([{ outcome: 'refused', code: 'not-in-user-type' }]);
  const other = await loggedIn(sim, 'BO_CABC901');
  expect(await other.query(message('CQ68', {}))).toMatchObject({ completion: 0 });
});

test('a broadcast outside the user type is not shown, not to be subscribed to, and does not come', async () => {
  await using sim = await start({ settings: only() });
  const client = await listening(sim);
  const shown = await client.request({ op: 'show-subscriptions' });
  expect(shown.answer.readUInt32LE(0)).toBe(6);
  expect(shown.answer.includes(typeOnly('BD6'))).toBe(false);
  const list = Buffer.alloc(24);
  list.writeInt32LE(24);
  list.writeUInt16LE(4, 6);
  typeOnly('BD6').copy(list, 8);
  expect(await client.request({ op: 'set-event', eventType: 1, list })).toMatchObject({ completion: -39 });
  sim.core.matchDeal(deal());
  await settled(client);
  expect(typesOf(client)).toEqual(['BD40']);
});

test('a user who may receive nothing of an event type cannot set it', async () => {
  await using sim = await start({ settings: only({ broadcasts: ['BI27'] }) });
  const client = await loggedIn(sim);
  expect(await client.request({ op: 'set-event', eventType: 990 })).toMatchObject({ completion: -39 });
  expect(await client.request({ op: 'set-event', eventType: 1 })).toMatchObject({ completion: 0 });
  expect(await client.request({ op: 'set-event', eventType: 1001 })).toMatchObject({ completion: 0 });
});

test.each([
  [{ facilities: 'lenient' }, 0, 0],
  [{ facilities: 'strict' }, -3, 0],
  [{ facilities: 'strict', wrongFacility: -17 }, -17, -110_025],
] as const)('with %o a query to another facility of the range gets %i', async (settings, completion, status) => {
  await using sim = await start({ settings });
  const client = await loggedIn(sim);
  const [EP1, EP3] = [171, 173];
  expect(await client.query(positionQueryMessage(), EP3)).toMatchObject({ completion: 0 });
  const reply = await client.query(positionQueryMessage(), EP1);
  expect(reply.completion).toBe(completion);
  if (completion < 0) expect(reply.status).toBe(status);
  expect(await client.query(positionQueryMessage(), 180)).toMatchObject({ completion: -3 });
});

test('the refusal in enquiry-only mode is as it is set', async () => {
  await using sim = await oapiWorld({ settings: { enquiryOnlyRefusal: { completion: -17, status: -99 } } });
  const client = await loggedIn(sim);
  const reply = await client.tx(message('CD35', {}));
  expect(reply).toMatchObject({ completion: -17, status: -99 });
  await using usual = await oapiWorld({ settings: { enquiryOnlyRefusal: { status: -99 } } });
  expect(await (await loggedIn(usual)).tx(message('CD35', {}))).toMatchObject({ completion: -12, status: -99 });
});

test('parallel sessions: up to the limit, then -2047; a forced login takes over the oldest', async () => {
  await using sim = await start({ settings: { parallelSessions: 2 } });
  const first = await loggedIn(sim);
  await loggedIn(sim, 'BO_CABC801', 2);
  const third = await sim.client();
  expect((await third.login('BO_CABC801', PASSWORD)).completion).toBe(-2047);
  expect((await third.login('BO_CABC801', PASSWORD, { forced: true })).completion).toBe(0);
  expect((await third.getInfo(16)).answer.readInt32LE(0)).toBe(1);
  expect((await first.nextEvent()).message.readInt32LE(4)).toBe(4004);
  expect((await first.query(positionQueryMessage())).completion).toBe(-5);
  expect(sim.core.sessions().map((each) => each.gateway)).toEqual(['oapi-2', 'oapi-1']);
});

test('parallel sessions at one gateway only: a login at the other gets -2048', async () => {
  await using sim = await start({ settings: { parallelSessions: 2, parallelAcrossGateways: false } });
  await loggedIn(sim);
  const away = await sim.client(2);
  expect((await away.login('BO_CABC801', PASSWORD)).completion).toBe(-2048);
  expect(await loggedIn(sim)).toBeDefined();
  expect((await away.login('BO_CABC801', PASSWORD, { forced: true })).completion).toBe(0);
  expect(sim.core.sessions()).toHaveLength(1);
});
