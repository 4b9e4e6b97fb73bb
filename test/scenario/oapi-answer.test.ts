import { describe, expect, test } from 'vitest';
import { shippedDictionary, SHIPPED_DICTIONARIES } from '../../src/dictionaries.ts';
import type { Simulator } from '../../src/index.ts';
import { COMPLETION_NAMES } from '../../src/family/completion-names.ts';
import { BROADCASTS } from '../../src/oapi/broadcasts/catalogue.ts';
import { BROADCAST_TYPES, ENQUIRY_TYPES, POST_TRADE_TYPES } from '../../src/family/message-types.ts';
import { OTHER_STATUS_NAMES, STATUS_NAMES } from '../../src/family/status-names.ts';
import { wordsOf } from '../../src/oapi/completion.ts';
import { TRANSACTIONS } from '../../src/oapi/transactions/catalogue.ts';
import type { ActionOf } from '../../src/scenario/action.ts';
import { parseAction } from '../../src/scenario/parse-action.ts';
import { describeAction } from '../../src/scenario/verbs/catalogue.ts';
import { connect, positionQueryMessage, type OapiClient } from '../oapi/client.ts';
import { scenarioFile, simulator, smallDay, SMALL_DAY_PASSWORD } from '../support/simulator.ts';
import { dayText, load, troubles } from './support/day.ts';

const scenario = load(dayText());
const act = (args: unknown): ActionOf<'oapi.answer'> =>
  parseAction('oapi.answer', args, { scenario }) as ActionOf<'oapi.answer'>;

async function dayWith(timeline: readonly object[]): Promise<Simulator> {
  using day = scenarioFile(smallDay({}, timeline));
  return await simulator({ scenario: day.path, at: '09:00' });
}

async function loggedIn(sim: Simulator, user = 'BO_CABC801', gateway = 1): Promise<OapiClient> {
  const { address, port } = sim.endpoints.oapi[gateway - 1] ?? { address: '', port: 0 };
  const client = await connect({ host: address, port });
  expect((await client.login(user, SMALL_DAY_PASSWORD)).completion).toBe(0);
  return client;
}

const query = async (client: OapiClient): Promise<readonly number[]> => {
  const { completion, status } = await client.query(positionQueryMessage());
  return [completion, status];
};
const FINE = [0, 704_009];
const INVALID_ACCOUNT = [-12, -704_046];

describe('in a running day', () => {
  test('a step of the timeline makes a rule, which lasts for business time and no longer', async () => {
    const rule = { kinds: ['enquiry'], gateways: ['oapi-1'], status: 'invalid-account', for: '10m' };
    await using sim = await dayWith([{ id: 'fails', at: '09:10', do: 'oapi.answer', with: rule }]);
    await using client = await loggedIn(sim);
    await using other = await loggedIn(sim, 'BO_CABC901', 2);
    expect(await query(client)).toEqual(FINE);
    await sim.clock.advanceTo('09:10');
    expect(await query(client)).toEqual(INVALID_ACCOUNT);
    expect(await query(other)).toEqual(FINE);
    await sim.clock.advanceTo('09:19:59');
    expect(await query(client)).toEqual(INVALID_ACCOUNT);
    await sim.clock.advanceTo('09:20');
    expect(await query(client)).toEqual(FINE);
    expect(sim.journal.entries({ kind: 'oapi.answer-rule', change: 'ended' })).toMatchObject([
      { simTime: '2019-05-05T09:20:00.000+08:00', rule: 1, why: 'over', hits: 2 },
    ]);
    expect(sim.journal.entries({ kind: 'oapi.query', rule: 1 })).toHaveLength(2);
  });

  test('a rule that is injected counts calls: here two, of one user', async () => {
    await using sim = await dayWith([]);
    await using client = await loggedIn(sim);
    await using other = await loggedIn(sim, 'BO_CXYZ801');
    const answer = await sim.inject('oapi.answer', {
      transactions: ['CQ3'],
      users: ['BO_CABC801'],
      completion: 'OMNIAPI_NOBACKEND',
      times: 2,
    });
    expect(answer).toEqual({ refused: undefined });
    expect([await query(other), await query(client), await query(client), await query(client)]).toEqual([
      FINE,
      [-11, 0],
      [-11, 0],
      FINE,
    ]);
    const [begun, ended] = sim.journal.entries({ kind: 'oapi.answer-rule' });
    expect(begun).toMatchObject({ change: 'begun', transactions: ['CQ3'], completion: -11, carryOut: false, times: 2 });
    expect(ended).toMatchObject({ change: 'ended', why: 'used-up', hits: 2 });
  });

  test('a late answer comes in real time, while business time stands still', async () => {
    await using sim = await dayWith([]);
    await using client = await loggedIn(sim);
    await sim.inject('oapi.answer', { delay: '60ms' });
    const asked = performance.now();
    expect(await query(client)).toEqual(FINE);
    expect(performance.now() - asked).toBeGreaterThan(50);
  });

  test('a day that is stopped while an answer is late gives it and stops, without a wait', async () => {
    const sim = await dayWith([]);
    await using client = await loggedIn(sim);
    await sim.inject('oapi.answer', { drop: true });
    const answer = query(client);
    await sim.journal.waitFor({ kind: 'oapi.query' });
    const stopping = performance.now();
    await sim.stop();
    expect(performance.now() - stopping).toBeLessThan(5_000);
    expect(await answer).toEqual([-21, 0]);
  });
});

describe('what is carried out', () => {
  test.each<[object, boolean]>([
    [{ delay: '2s' }, true],
    [{ drop: true }, true],
    [{ disconnect: true }, true],
    [{ completion: -11 }, false],
    [{ status: 'done' }, false],
    [{ status: 'done', delay: '2s' }, false],
    [{ drop: true, carryOut: false }, false],
    [{ completion: -11, carryOut: true }, true],
  ])('%j: %s', (args, expected) => {
    expect(act(args).rule.carryOut).toBe(expected);
  });
});

test('a rule ends after one call where nothing else is said', () => {
  expect(act({ drop: true }).rule.lasts).toEqual({ times: 1 });
  expect(act({ drop: true, for: '10m' }).rule.lasts).toEqual({ forMs: 600_000 });
});

describe('what is wrong is told with what to write', () => {
  test.each<[unknown, string]>([
    [{ transactions: ['CD350'], drop: true }, 'there is no transaction "CD350"; write "CD35"'],
    [{ transactions: ['give-up'], drop: true }, 'a type of messages in quotes, for example "CD35"'],
    [{ kinds: ['enquiri'], drop: true }, 'write enquiry'],
    [{ kinds: ['enquiry'], transactions: ['CQ3'], drop: true }, 'keep transactions: or kinds:, not both'],
    [{ users: ['BO_CABC802'], drop: true }, 'there is no user "BO_CABC802"; write "BO_CABC801"'],
    [{ users: ['BU_CABC101'], drop: true }, 'BU_CABC101 is no OAPI user'],
    [{ gateways: ['oapi-3'], drop: true }, 'oapi-1'],
    [{ transactions: ['CD35'] }, 'nothing says how these calls are answered; write completion:, status:'],
    [{ drop: true, times: 2, for: '10m' }, 'this rule has two ends; keep times: or for:, not both'],
    [{ drop: true, for: '0s' }, 'a rule of no length is none'],
    [{ drop: true, delay: '2s' }, 'with drop there is no answer; keep drop: or delay:, not both'],
    [{ disconnect: true, completion: -1 }, 'with disconnect there is no answer; keep disconnect: or completion:'],
    [{ drop: true, disconnect: true }, 'keep drop: or disconnect:, not both'],
    [{ drop: false }, 'write true'],
    [{ delay: '0s' }, 'a delay of no length is none; write delay: 2s'],
    [{ delay: '2 sec' }, 'write "2s" (a duration of real time'],
    [{ delay: '300 milliseconds' }, 'write "300ms"'],
    [{ delay: '2s', carryOut: false }, 'has no answer of its own; write completion: or status: too'],
    [{ status: 'invalid-acount' }, 'there is no transaction status "invalid-acount"; write "invalid-account"'],
    [{ status: 'CL_OMN_INVACOUNT' }, 'write "CL_OMN_INVACCOUNT"'],
    [{ completion: 'OMNIAPI_NOBACKED' }, 'there is no completion code "OMNIAPI_NOBACKED"; write "OMNIAPI_NOBACKEND"'],
    [{ completion: 'toString' }, 'there is no completion code "toString"'],
    [{ completion: 1.5 }, 'a completion code: a number, or a name'],
    [{ kinds: ['login'], status: -1 }, 'a login has no transaction status; write completion:'],
    [{ compleition: -11 }, 'unknown key "compleition"; write "completion"'],
  ])('%j', (args, expected) => {
    expect(() => act(args)).toThrow(
      expect.objectContaining({ code: 'SIM_VERB_INVALID', message: expect.stringContaining(expected) }),
    );
  });

  test('in a file at its line and column', () => {
    const timeline = [
      '  - { id: opens, at: "09:00", do: session.open, with: { mode: enquiry-only } }',
      '  - at: "09:10"',
      '    do: oapi.answer',
      '    with:',
      '      transactions: ["CQ3", "CD350"]',
      '      status: invalid-acount',
      '  - { id: closes, at: "12:00", do: session.close }',
    ].join('\n');
    expect(troubles(dayText({ timeline }))).toEqual([
      '22:29: there is no transaction "CD350"; write "CD35"',
      '23:15: there is no transaction status "invalid-acount"; write "invalid-account"',
    ]);
  });
});

describe('explain', () => {
  test.each<[object, string]>([
    [
      { transactions: ['CD35'], users: ['BO_CABC801'], gateways: ['oapi-1'], status: 'invalid-account' },
      'The next call, CD35 of BO_CABC801 at OAPI gateway 1: answered with status CL_OMN_INVACCOUNT; not carried out.',
    ],
    [
      { kinds: ['login'], completion: -2025, for: '10m' },
      'For 10m, logins: answered with completion -2025 (OMNIAPI_OMNBE_BUSY); not carried out.',
    ],
    [
      { kinds: ['enquiry', 'post-trade'], delay: '300ms', times: 3 },
      'The next 3 calls, enquiries and post-trade transactions: answered after 300ms of real time; carried out.',
    ],
    [
      { drop: true },
      'The next call, transactions and queries: no answer comes, and the gateway reports a time-out; carried out.',
    ],
    [
      { transactions: ['CD35', 'CC38', 'CC40'], disconnect: true, carryOut: false },
      'The next call, CD35, CC38 and CC40: the connection is closed without an answer; not carried out.',
    ],
  ])('%j', (args, words) => {
    expect(describeAction(act(args))).toBe(words);
  });
});

test.each(SHIPPED_DICTIONARIES)('the names of codes that a rule can have are those of the dictionary %s', (name) => {
  const { codes } = shippedDictionary(name);
  const completions = codes.filter((code) => code.name.startsWith('OMNIAPI_'));
  expect(COMPLETION_NAMES).toEqual(Object.fromEntries(completions.map((code) => [code.name, code.value])));
  expect([...Object.values(STATUS_NAMES), ...OTHER_STATUS_NAMES].toSorted()).toEqual(
    codes
      .filter((code) => !completions.includes(code))
      .map((code) => code.name)
      .toSorted(),
  );
  expect(Object.values(COMPLETION_NAMES).filter((code) => wordsOf(code).includes('no public header'))).toEqual([]);
});

test('the types that a rule can have are those that are simulated, and post-trade transactions that are not', () => {
  const simulated = (isPostTrade: boolean): string[] =>
    TRANSACTIONS.filter(({ kind }) => (kind === 'post-trade') === isPostTrade)
      .map(({ type }) => type)
      .toSorted();
  expect(ENQUIRY_TYPES.toSorted()).toEqual(simulated(false));
  expect(simulated(true).filter((type) => !POST_TRADE_TYPES.includes(type))).toEqual([]);
  expect(BROADCAST_TYPES.toSorted()).toEqual(BROADCASTS.map(({ type }) => type).toSorted());
});
