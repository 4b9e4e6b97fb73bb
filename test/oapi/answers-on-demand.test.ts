import { describe, expect, test } from 'vitest';
import type { AnswerRule } from '../../src/faults/answer-rule.ts';
import { FrameReader } from '../../src/oapi/frame.ts';
import { decodeServerFrame } from '../../src/oapi/reply.ts';
import { seriesFields } from '../../src/oapi/transactions/series-fields.ts';
import { PASSWORD, series } from '../support/world.ts';
import { ANY, positionQueryMessage, tradeQueryMessage, type OapiClient } from './client.ts';
import { listening, loggedIn, start, typesOf } from './events/listening.ts';
import { message } from './messages.ts';
import type { OapiWorld } from './world.ts';

const TIMEOUT = { completion: -21, status: 0, transactionId: 0n };

type Effect = AnswerRule['effect'];
type Answer = Extract<Effect, { do: 'answer' }>;

/** A rule for the next transaction or query; what it answers by itself is not carried out. */
function begin(sim: OapiWorld, how: Partial<Answer> | Effect['do'], change: Partial<AnswerRule> = {}): Disposable {
  const effect: Effect =
    typeof how !== 'string'
      ? { do: 'answer', completion: undefined, status: undefined, delayMs: 0, ...how }
      : how === 'answer'
        ? { do: how, completion: undefined, status: undefined, delayMs: 0 }
        : { do: how };
  const number = sim.answers.begin({
    transactions: undefined,
    kinds: undefined,
    users: undefined,
    gateways: undefined,
    effect,
    carryOut: effect.do !== 'answer' || (effect.completion ?? effect.status) === undefined,
    lasts: { times: 1 },
    ...change,
  });
  return { [Symbol.dispose]: () => sim.answers.end(number) };
}

const query = (client: OapiClient): ReturnType<OapiClient['query']> => client.query(positionQueryMessage());

/** A give-up of trade 1 to CXYZ: it changes the model, and tells both. */
const giveUp = (client: OapiClient): ReturnType<OapiClient['tx']> => {
  const account = { country_id: 'HK', ex_customer: 'CXYZ', account_id: '' };
  const series1 = seriesFields(series('HSIK9').key);
  return client.tx(message('CD35', { series: series1, account, trade_number: 1, trade_quantity: 4n }));
};

const giveUpsIn = (sim: OapiWorld): number =>
  (sim.core.snapshot().state as unknown as { giveUps: readonly unknown[] }).giveUps.length;
const completionsOf = (sim: OapiWorld, kind: string): unknown[] =>
  sim.journal.of(kind).map((each) => each['completion']);

/** What has come of several answers, in its order. */
function arrivals(answers: Readonly<Record<string, Promise<unknown>>>): readonly string[] {
  const came: string[] = [];
  for (const [name, answer] of Object.entries(answers)) void answer.then(() => came.push(name));
  return came;
}

/** What the gateway sends from now on, in its order. */
function operations(client: OapiClient): readonly string[] {
  const reader = new FrameReader();
  const came: string[] = [];
  client.socket.on('data', (chunk: Buffer) => {
    reader.push(chunk);
    for (let frame = reader.next(); frame; frame = reader.next()) came.push(decodeServerFrame(frame).op);
  });
  return came;
}

describe('another answer', () => {
  test('a completion is given once, without number or answer, and the back end is not asked', async () => {
    await using sim = await start();
    const client = await loggedIn(sim);
    begin(sim, { completion: -11 });
    expect(await giveUp(client)).toMatchObject({ completion: -11, status: 0, transactionId: 0n });
    expect(giveUpsIn(sim)).toBe(0);
    expect(await giveUp(client)).toMatchObject({ completion: 0, status: 704_005 });
    expect(giveUpsIn(sim)).toBe(1);
  });

  test.each([
    [-704_046, -12],
    ['CL_OMN_INVACCOUNT', -12],
    ['CL_OMN_DB_LOCKED', -12],
    [704_009, 0],
  ] as const)('the status %s comes with completion %i', async (status, completion) => {
    await using sim = await start();
    const client = await loggedIn(sim);
    begin(sim, { status });
    const number = { CL_OMN_INVACCOUNT: -704_046, CL_OMN_DB_LOCKED: -704_132 };
    expect(await query(client)).toMatchObject({
      completion,
      status: typeof status === 'string' ? number[status] : status,
    });
  });

  test('carried out all the same, the model changes and the client hears the refusal', async () => {
    await using sim = await start();
    const client = await listening(sim);
    begin(sim, { completion: -23 }, { carryOut: true });
    expect(await giveUp(client)).toMatchObject({ completion: -23, status: 0, transactionId: 0n });
    expect(giveUpsIn(sim)).toBe(1);
    expect((await client.eventsUntil(2)).length).toBe(2);
  });

  test('the journal has the rule, both codes and their words, and what became of the call', async () => {
    await using sim = await start();
    const client = await loggedIn(sim);
    begin(sim, { status: 'CL_OMN_INVACCOUNT' });
    await giveUp(client);
    await giveUp(client);
    const [first, second] = sim.journal.of('oapi.transaction');
    expect(first).toMatchObject({
      outcome: 'refused',
      code: 'answered-on-demand',
      transaction: 'CD35',
      rule: 1,
      completion: -12,
      status: -704_046,
      statusMeaning: 'CL_OMN_INVACCOUNT: invalid account',
    });
    expect(second).toMatchObject({ outcome: 'ok', status: 704_005, statusMeaning: 'CL_OMN_REQHOLDING: holding' });
    expect(second).not.toHaveProperty('rule');
  });

  test('a status that is an offset has no words', async () => {
    await using sim = await start();
    const client = await loggedIn(sim);
    await client.query(tradeQueryMessage({ ...ANY, country: 7, market: 1, instrument_group: 4 }, { first: -1 }));
    const [entry] = sim.journal.of('oapi.invalid');
    expect(entry).toMatchObject({ completion: -18, status: 16 });
    expect(entry).not.toHaveProperty('statusMeaning');
  });
});

describe('which calls', () => {
  test.each<[string, Partial<AnswerRule>, readonly [query: number, giveUp: number]]>([
    ['every transaction and query', {}, [-11, -11]],
    ['a type', { transactions: ['CD35'] }, [0, -11]],
    ['enquiries', { kinds: ['enquiry'] }, [-11, 0]],
    ['post-trade', { kinds: ['post-trade'] }, [0, -11]],
    ['another user', { users: ['BO_CXYZ801'] }, [0, 0]],
    ['another gateway', { gateways: ['oapi-2'] }, [0, 0]],
    ['this user at this gateway', { users: ['BO_CABC801'], gateways: ['oapi-1'] }, [-11, -11]],
  ])('%s', async (_name, about, [first, second]) => {
    await using sim = await start();
    const client = await loggedIn(sim);
    begin(sim, { completion: -11 }, { ...about, lasts: { times: 2 } });
    expect((await query(client)).completion).toBe(first);
    expect((await giveUp(client)).completion).toBe(second);
  });

  test('rules are tried in the order in which they were made, and the first that is about the call is used up', async () => {
    await using sim = await start();
    const client = await loggedIn(sim);
    begin(sim, { completion: -1 }, { transactions: ['CD35'] });
    begin(sim, { completion: -2 });
    begin(sim, { completion: -3 }, { lasts: { times: 2 } });
    const heard: number[] = [];
    for (let i = 0; i < 4; i++) {
      heard.push((await query(client)).completion);
    }
    expect(heard).toEqual([-2, -3, -3, 0]);
    expect((await giveUp(client)).completion).toBe(-1);
  });

  test('a rule for a time counts its hits until it is over', async () => {
    await using sim = await start();
    const client = await loggedIn(sim);
    const rule = begin(sim, { completion: -11 }, { lasts: { forMs: 60_000 }, kinds: ['enquiry'] });
    await query(client);
    await query(client);
    rule[Symbol.dispose]();
    rule[Symbol.dispose]();
    expect((await query(client)).completion).toBe(0);
    const [begun, ended, more] = sim.journal.of('oapi.answer-rule');
    expect(begun).toMatchObject({
      rule: 1,
      change: 'begun',
      kinds: ['enquiry'],
      effect: 'answer',
      completion: -11,
      carryOut: false,
      forMs: 60_000,
    });
    expect(ended).toMatchObject({ rule: 1, change: 'ended', why: 'over', hits: 2 });
    expect(more).toBeUndefined();
  });
});

describe('a late answer', () => {
  test('comes after its time; requests behind it wait and keep their order; other connections go on', async () => {
    await using sim = await start();
    const [client, other] = [await loggedIn(sim), await loggedIn(sim, 'BO_CXYZ801')];
    begin(sim, { delayMs: 2_000 }, { transactions: ['CD35'] });
    const answers = { late: giveUp(client), behind: query(client), last: client.request({ op: 'heartbeat' }) };
    const came = arrivals(answers);
    await sim.journal.waitFor('oapi.transaction');
    expect(giveUpsIn(sim)).toBe(1);
    expect((await query(other)).completion).toBe(0);
    sim.transport.advance(1_999);
    expect((await query(other)).completion).toBe(0);
    expect(came).toEqual([]);
    sim.transport.advance(1);
    expect(await answers.late).toMatchObject({ completion: 0, status: 704_005 });
    expect((await answers.behind).completion).toBe(0);
    await answers.last;
    expect(came).toEqual(['late', 'behind', 'last']);
    expect(sim.transport.waiting()).toBe(0);
    expect(sim.journal.of('oapi.transaction')[0]).toMatchObject({ rule: 1, answered: 'late', delayMs: 2_000 });
  });

  test('what the call causes comes after it, and what others cause does not wait', async () => {
    await using sim = await start();
    const client = await listening(sim);
    begin(sim, { delayMs: 2_000 });
    const late = giveUp(client);
    await sim.journal.waitFor('oapi.transaction');
    sim.core.sendMessage(undefined, 'MEANWHILE');
    await client.eventsUntil(1);
    expect(typesOf(client)).toEqual(['BI27']);
    const came = operations(client);
    sim.transport.advance(2_000);
    await Promise.all([late, client.eventsUntil(3)]);
    expect(came).toEqual(['reply', 'event', 'event']);
    expect(typesOf(client)).toEqual(['BI27', 'BD29', 'BD39']);
  });

  test.each([
    ['an answer that takes longer than the time-out', { delayMs: 5_001 }],
    ['no answer at all', 'drop'],
  ] as const)('%s is -21 at the time-out, and carried out', async (_name, how) => {
    await using sim = await start({ settings: { transactionTimeoutMs: 5_000 } });
    const client = await loggedIn(sim);
    begin(sim, how);
    const late = giveUp(client);
    const came = arrivals({ late });
    await sim.journal.waitFor('oapi.transaction');
    sim.transport.advance(4_999);
    await query(await loggedIn(sim, 'BO_CXYZ801'));
    expect(came).toEqual([]);
    sim.transport.advance(1);
    expect(await late).toMatchObject(TIMEOUT);
    expect(giveUpsIn(sim)).toBe(1);
    expect(sim.journal.of('oapi.transaction')).toMatchObject([
      { outcome: 'ok', completion: -21, status: 0, rule: 1, answered: 'timed-out' },
    ]);
  });

  test('one that is not carried out is -21 just the same: the client cannot tell them apart', async () => {
    await using sim = await start();
    const client = await loggedIn(sim);
    begin(sim, 'drop', { carryOut: false });
    const late = giveUp(client);
    await sim.journal.waitFor('oapi.transaction');
    sim.transport.advance(30_000);
    expect(await late).toMatchObject(TIMEOUT);
    expect(giveUpsIn(sim)).toBe(0);
  });

  test('exactly at the time-out it is an answer', async () => {
    await using sim = await start();
    const client = await loggedIn(sim);
    begin(sim, { delayMs: 30_000 });
    const late = query(client);
    await sim.journal.waitFor('oapi.query');
    sim.transport.advance(30_000);
    expect((await late).completion).toBe(0);
  });
});

describe('a session that ends while an answer is late leaves no timer', () => {
  test.each<[string, (sim: OapiWorld, client: OapiClient) => unknown]>([
    ['by a disconnect', (_sim, client) => client.socket.destroy()],
    ['by a stop of the gateway', (sim) => void sim.gateways[0].stop('refuse')],
    ['by a reset of the gateway', (sim) => void sim.gateways[0].stop('reset')],
  ])('%s', async (_name, finish) => {
    await using sim = await start();
    const client = await loggedIn(sim);
    begin(sim, { delayMs: 20_000 });
    query(client).catch(() => undefined);
    await sim.journal.waitFor('oapi.query');
    expect(sim.transport.waiting()).toBe(1);
    finish(sim, client);
    await sim.journal.waitFor('oapi.disconnected');
    await sim.gateways[0].stop('refuse');
    expect(sim.transport.waiting()).toBe(0);
  });

  test('by a forced logout, which gives the answer at once, then says why; what waits behind it is not logged in', async () => {
    await using sim = await start();
    const client = await listening(sim);
    begin(sim, { delayMs: 20_000 });
    const late = giveUp(client);
    const behind = query(client);
    await sim.journal.waitFor('oapi.transaction');
    const other = await sim.client(2);
    await other.login('BO_CABC801', PASSWORD, { forced: true });
    expect(await late).toMatchObject({ completion: 0, status: 704_005 });
    await client.eventsUntil(3);
    expect(typesOf(client)).toEqual(['BD29', 'BD39', 'BN4']);
    sim.transport.advance(0);
    expect((await behind).completion).toBe(-5);
    expect(sim.transport.waiting()).toBe(0);
  });
});

test('a client that waits for an answer is neither idle nor late with its login', async () => {
  await using sim = await start({ settings: { idleLogoutMs: 8_000, loginDeadlineMs: 8_000 } });
  const client = await loggedIn(sim);
  const newcomer = await sim.client();
  begin(sim, 'drop', { kinds: ['enquiry'] });
  begin(sim, { completion: -2025, delayMs: 20_000 }, { kinds: ['login'] });
  const late = query(client);
  const login = newcomer.login('BO_CXYZ801', PASSWORD);
  await Promise.all([sim.journal.waitFor('oapi.query'), sim.journal.waitFor('oapi.login', 2)]);
  sim.transport.advance(20_000);
  expect((await login).completion).toBe(-2025);
  sim.transport.advance(7_999);
  expect((await newcomer.login('BO_CXYZ801', PASSWORD)).completion).toBe(0);
  sim.transport.advance(2_001);
  expect(await late).toMatchObject(TIMEOUT);
  expect(sim.journal.of('oapi.logout')).toEqual([]);
});

test('all that a client sends while its answer is late is answered afterwards', async () => {
  await using sim = await start();
  const client = await loggedIn(sim);
  begin(sim, { delayMs: 2_000 });
  const late = query(client);
  const behind = Array.from({ length: 4_000 }, () => query(client));
  await sim.journal.waitFor('oapi.query');
  await query(await loggedIn(sim, 'BO_CXYZ801'));
  sim.transport.advance(2_000);
  const all = await Promise.all([late, ...behind]);
  expect(all.filter(({ completion }) => completion === 0)).toHaveLength(4_001);
});

test('a client that fills the connection while its answer is late is read again afterwards', async () => {
  await using sim = await start();
  const client = await loggedIn(sim);
  begin(sim, { delayMs: 2_000 });
  const late = query(client);
  await sim.journal.waitFor('oapi.query');
  // The answers are small: nothing but the end of the delay makes the gateway read on.
  const behind = Array.from({ length: 600 }, () => client.query(Buffer.alloc(50_000)));
  await query(await loggedIn(sim, 'BO_CXYZ801'));
  sim.transport.advance(2_000);
  expect((await late).completion).toBe(0);
  expect(new Set((await Promise.all(behind)).map(({ completion }) => completion))).toEqual(new Set([-17]));
});

describe('disconnect', () => {
  test.each([
    ['carried out', true, 1],
    ['not carried out', false, 0],
  ] as const)('%s: the socket closes without an answer', async (_name, carryOut, expected) => {
    await using sim = await start();
    const client = await loggedIn(sim);
    begin(sim, 'disconnect', { carryOut });
    await expect(giveUp(client)).rejects.toThrow('closed the connection');
    await client.waitClosed();
    await sim.journal.waitFor('oapi.disconnected');
    expect(giveUpsIn(sim)).toBe(expected);
    expect(sim.journal.of('oapi.disconnected')).toMatchObject([{ reason: 'answer-rule' }]);
    expect(sim.journal.of('oapi.transaction')).toMatchObject([{ rule: 1, answered: 'never' }]);
    await loggedIn(sim);
  });
});

describe('a login', () => {
  test.each([-2025, -11, -2020, -57])('is answered %i, and the next one works', async (completion) => {
    await using sim = await start();
    const client = await sim.client();
    begin(sim, { completion }, { kinds: ['login'], users: ['BO_CABC801'] });
    expect((await client.login('BO_CABC801', PASSWORD)).completion).toBe(completion);
    expect((await client.login('BO_CABC801', PASSWORD)).completion).toBe(0);
    expect(sim.journal.of('oapi.login')[0]).toMatchObject({ rule: 1, outcome: 'refused', code: 'answered-on-demand' });
    expect(sim.journal.of('oapi.login')[0]?.['meaning']).not.toContain('no public header');
  });

  test('is not meant by a rule that names no kinds', async () => {
    await using sim = await start();
    begin(sim, { completion: -11 });
    expect((await query(await loggedIn(sim))).completion).toBe(-11);
  });

  test('whose answer is lost has logged in: the next one elsewhere is refused', async () => {
    await using sim = await start();
    begin(sim, 'drop', { kinds: ['login'] });
    const login = (await sim.client()).login('BO_CABC801', PASSWORD);
    await sim.journal.waitFor('oapi.login');
    expect((await (await sim.client(2)).login('BO_CABC801', PASSWORD)).completion).toBe(-2019);
    sim.transport.advance(30_000);
    expect((await login).completion).toBe(-21);
    expect(completionsOf(sim, 'oapi.login')).toEqual([-21, -2019]);
  });
});
