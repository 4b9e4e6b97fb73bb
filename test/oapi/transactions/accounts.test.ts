import { expect, test } from 'vitest';
import type { AccountId } from '../../../src/clearing/account.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import type { AccountFields } from '../../../src/oapi/transactions/shapes.ts';
import { participant, PASSWORD } from '../../support/world.ts';
import type { OapiClient } from '../client.ts';
import { bytesOf, click, genium, message, offsetOf, read, readHeader, readNamed } from '../messages.ts';
import { oapiWorld, type OapiWorld } from '../world.ts';

interface Answer {
  readonly segment_number: number;
  readonly item: readonly (Readonly<Record<string, unknown>> & { readonly account: AccountFields })[];
}

const account = (id: string, type: 'house' | 'daily' | 'omnibus-client' | 'apt') => ({ id: id as AccountId, type });

const PARTICIPANTS = [
  participant('CABC', {
    accounts: [account('OMNI1', 'omnibus-client'), account('DAILY', 'daily'), account('HOUSE', 'house')],
  }),
  participant('CXYZ', { accounts: [account('SECRET', 'house'), account('HOUSE', 'house')] }),
];

async function loggedIn(sim: OapiWorld): Promise<OapiClient> {
  const client = await sim.client();
  await client.login('BO_CABC801', PASSWORD);
  return client;
}

test.each([genium, click])(
  "CQ38 gives the own participant's accounts and no other's, by account, in $name",
  async (dictionary) => {
    await using sim = await oapiWorld({ dictionary, world: { participants: PARTICIPANTS } });
    const CABC = 'CABC' as CustomerCode;
    sim.core.changeAccount(CABC, 'DAILY' as AccountId, { state: 'inactive', access: undefined });
    sim.core.changeAccount(CABC, 'HOUSE' as AccountId, { state: undefined, access: 'read-only' });
    const reply = await (await loggedIn(sim)).query(message('CQ38', { segment_number: 1 }, dictionary));
    expect(reply).toMatchObject({ completion: 0, status: 704_003 });
    const { segment_number, item } = read<Answer>('CA38', reply.answer, dictionary);
    expect(segment_number).toBe(0);
    expect(
      item.map((each) => [
        each.account,
        each['acc_type'],
        each['acc_state'],
        each['read_access'],
        each['auto_net'],
        each['account_text'],
      ]),
    ).toEqual([
      [{ country_id: 'HK', ex_customer: 'CABC', account_id: 'DAILY' }, 'DAILY', 2, 1, 2, ''],
      [{ country_id: 'HK', ex_customer: 'CABC', account_id: 'HOUSE' }, 'HOUSE', 1, 3, 1, ''],
      [{ country_id: 'HK', ex_customer: 'CABC', account_id: 'OMNI1' }, 'OMNIBUS', 1, 1, 2, ''],
    ]);
  },
);

test("an account filters; another participant's and an unknown one are refused", async () => {
  await using sim = await oapiWorld({ world: { participants: PARTICIPANTS } });
  const client = await loggedIn(sim);
  const ask = (fields: object) => client.query(message('CQ38', { segment_number: 1, account: fields }));
  const found = read<Answer>('CA38', (await ask({ ex_customer: 'CABC', account_id: 'HOUSE' })).answer);
  expect(found.item.map((each) => each.account.account_id)).toEqual(['HOUSE']);
  expect(await ask({ ex_customer: 'CXYZ' })).toMatchObject({ completion: -12, status: -704_090 });
  expect(await ask({ account_id: 'SECRET' })).toMatchObject({ completion: -12, status: -704_046 });
  expect(await ask({ account_id: '' })).toMatchObject({ completion: 0, status: 704_009 });
});

test('query_on_date asks for a business date that is kept; without it the date is not read', async () => {
  await using sim = await oapiWorld({ world: { participants: PARTICIPANTS } });
  const client = await loggedIn(sim);
  const ask = (query_on_date: number, date: string) =>
    client.query(message('CQ38', { segment_number: 1, query_on_date, date }));
  for (const [onDate, date] of [
    [0, '19990101'],
    [2, 'nonsense'],
    [1, '20190506'],
    [1, ''],
  ] as const) {
    expect(await ask(onDate, date)).toMatchObject({ completion: 0, status: 704_003 });
  }
  expect(await ask(1, '20190507')).toMatchObject({ completion: -12, status: -705_716 });
  expect(await ask(1, 'nonsense')).toMatchObject({ completion: -12, status: -705_716 });
  expect(await ask(3, '')).toMatchObject({ completion: -18, status: offsetOf('CQ38', 'query_on_date') });
  expect(sim.journal.of('oapi.invalid')).toMatchObject([
    { problem: 'query_on_date is 3; allowed are 0 and 1 yes, 2 no' },
  ]);
});

test('pages of one are numbered, 0 marks the last, and a segment beyond or a wrong size is refused', async () => {
  await using sim = await oapiWorld({ world: { participants: PARTICIPANTS }, settings: { pageSize: 1 } });
  const client = await loggedIn(sim);
  const ask = (segment_number: number) => client.query(message('CQ38', { segment_number }));
  const answers = [];
  for (const each of [1, 2, 3]) answers.push(read<Answer>('CA38', (await ask(each)).answer));
  expect(answers.map((each) => [each.segment_number, each.item[0]?.account.account_id])).toEqual([
    [1, 'DAILY'],
    [2, 'HOUSE'],
    [0, 'OMNI1'],
  ]);
  expect(await ask(4)).toMatchObject({ completion: -12, status: -704_038 });
  const whole = message('CQ38', { segment_number: 1 });
  expect(whole.length).toBe(bytesOf('CQ38'));
  expect((await client.query(whole.subarray(0, 48))).completion).toBe(-2031);
});

test.each([genium, click])(
  'CQ128 gives the same accounts in named structs, each an item of its own, in $name',
  async (dictionary) => {
    await using sim = await oapiWorld({ dictionary, world: { participants: PARTICIPANTS }, settings: { pageSize: 2 } });
    const client = await loggedIn(sim);
    const rows = [];
    for (const segment_number of [1, 2]) {
      const reply = await client.query(message('CQ128', { segment_number }, dictionary));
      expect(reply).toMatchObject({ completion: 0, status: 704_003 });
      const head = readHeader<{ segment_number: number; items: number }>('CA128', reply.answer, dictionary);
      const bytes = (reply.answer.length - 8) / head.items;
      for (let at = 8; at < reply.answer.length; at += bytes) {
        expect([0, 2, 4, 6].map((each) => reply.answer.readUInt16LE(at + each))).toEqual([1, bytes, 81, bytes - 4]);
        const {
          account: of,
          acc_type,
          acc_state,
        } = readNamed<Answer['item'][number]>(81, reply.answer.subarray(at + 8, at + bytes), dictionary);
        rows.push([head.segment_number, of.account_id, acc_type, acc_state]);
      }
    }
    expect(rows).toEqual([
      [1, 'DAILY', 'DAILY', 1],
      [1, 'HOUSE', 'HOUSE', 1],
      [0, 'OMNI1', 'OMNIBUS', 1],
    ]);
    const other = message('CQ128', { segment_number: 1, account: { ex_customer: 'CXYZ' } }, dictionary);
    const refusal = dictionary === genium ? -704_090 : -704_088;
    expect(await client.query(other)).toMatchObject({ completion: -12, status: refusal });
    const beyond = message('CQ128', { segment_number: 3 }, dictionary);
    expect((await client.query(beyond)).completion).toBe(-12);
    expect((await client.query(beyond.subarray(0, 40))).completion).toBe(-2031);
  },
);
