import { describe, expect, test } from 'vitest';
import type { ScenarioAction } from '../../src/scenario/action.ts';
import { parseAction } from '../../src/scenario/parse-action.ts';
import { describeAction, VERBS } from '../../src/scenario/verbs/catalogue.ts';
import { dayText, load, richVerificationDay, troubles } from './support/day.ts';

const scenario = load(dayText());
const act = (verb: string, args?: unknown): ScenarioAction => parseAction(verb, args, { scenario });

describe('each verb reads its arguments', () => {
  const side = { participant: 'CABC', account: 'HOUSE' };
  test.each<[string, unknown, ScenarioAction]>([
    ['session.open', { mode: 'normal' }, { do: 'session.open', mode: 'normal' }],
    ['session.close', undefined, { do: 'session.close' }],
    [
      'gateway.stop',
      { which: [2, 1, 'oapi-1', 1], for: '1h30m' },
      { do: 'gateway.stop', gateways: ['online-1', 'online-2', 'oapi-1'] as never, how: 'refuse', forMs: 5_400_000 },
    ],
    [
      'gateway.stop',
      { which: ['online-4'], how: 'reset' },
      { do: 'gateway.stop', gateways: ['online-4'], how: 'reset', forMs: undefined },
    ],
    ['gateway.start', { which: [4] }, { do: 'gateway.start', gateways: ['online-4'] }],
    ['password.expire', { user: 'BU_CABC101' }, { do: 'password.expire', user: 'BU_CABC101' as never }],
    [
      'password.reset',
      { user: 'BU_CABC101' },
      { do: 'password.reset', user: 'BU_CABC101' as never, password: undefined },
    ],
    ['password.lock', { user: 'BO_CABC801' }, { do: 'password.lock', user: 'BO_CABC801' as never }],
    ['password.unlock', { user: 'BU_CXYZ101' }, { do: 'password.unlock', user: 'BU_CXYZ101' as never }],
    ['password.suspend', { user: 'BU_CABC201' }, { do: 'password.suspend', user: 'BU_CABC201' as never }],
    [
      'deal.match',
      {
        series: 'HKB65.00E9',
        quantity: 3,
        price: '1.5',
        buyer: side,
        seller: { ...side, account: 'OMNI1', info: 'A' },
        clearingDate: '2019-05-07',
      },
      {
        do: 'deal.match',
        series: 'HKB65.00E9' as never,
        quantity: 3,
        price: 150,
        buyer: { ...side, customerInfo: '' } as never,
        seller: { participant: 'CABC', account: 'OMNI1', customerInfo: 'A' } as never,
        clearingDate: '2019-05-07' as never,
      },
    ],
    [
      'report.publish',
      { which: ['positions', 'trades'], for: ['CXYZ'] },
      { do: 'report.publish', reports: ['trades', 'positions'], participants: ['CXYZ'] as never },
    ],
    [
      'report.publish',
      { which: ['business-dates'] },
      { do: 'report.publish', reports: ['business-dates'], participants: undefined },
    ],
    [
      'report.delay',
      { which: ['trades'], by: '25m' },
      { do: 'report.delay', reports: ['trades'], participants: undefined, made: undefined, byMs: 1_500_000 },
    ],
    [
      'report.withhold',
      { which: ['trades'], for: ['CABC'], made: 'day-end' },
      {
        do: 'report.withhold',
        reports: ['trades'],
        participants: ['CABC'] as never,
        made: 'day-end',
        releaseAfterMs: undefined,
      },
    ],
    [
      'report.corrupt',
      { which: ['rpi'], how: 'rows', corrected: '1h' },
      {
        do: 'report.corrupt',
        reports: ['rpi'],
        participants: undefined,
        made: undefined,
        how: 'rows',
        correctedAfterMs: 3_600_000,
      },
    ],
    ['sftp-key.renew', { participant: 'CXYZ' }, { do: 'sftp-key.renew', participant: 'CXYZ' as never, keepOldMs: 0 }],
    ['message.send', { to: 'all', text: 'Hello' }, { do: 'message.send', to: undefined, text: 'Hello' }],
    ['message.send', { to: 'CXYZ', text: 'Hello' }, { do: 'message.send', to: 'CXYZ' as never, text: 'Hello' }],
    ['note', { text: 'Lunch.' }, { do: 'note', text: 'Lunch.' }],
  ])('%s %j', (verb, args, expected) => {
    expect(act(verb, args)).toEqual(expected);
  });
});

describe('what is wrong with a verb while the day runs is told with what to write', () => {
  test.each<[string, unknown, string]>([
    ['gateway.stpo', {}, 'write gateway.stop (verbs: gateway.stop, gateway.start; docs'],
    ['report.delay', { which: ['trades'], by: '0s' }, 'no time at all is none; write by: 30m'],
    ['report.withhold', { which: ['rpf'], made: 'intra-day' }, 'rpf is not made intra-day but day-end'],
    ['report.corrupt', { which: ['trades'], how: 'torn' }, 'cut'],
    ['report.release', { which: ['trades'], for: ['CABX'] }, 'there is no participant "CABX"'],
    ['sftp-key.renew', { participant: 'CABX' }, 'there is no participant "CABX"'],
    ['gateway.stop', {}, '"which" is missing here'],
    ['gateway.stop', { which: [5] }, 'found 5; write an Online gateway 1 to 4, or one of: online-1'],
    ['gateway.stop', { which: [1], hwo: 'reset' }, 'unknown key "hwo"; write "how"'],
    ['gateway.stop', { which: [1], for: '0s' }, 'a fault of no length'],
    ['password.expire', { user: 'BU_CABC103' }, 'there is no user "BU_CABC103"; write "BU_CABC101"'],
    ['password.expire', 'BU_CABC101', 'found "BU_CABC101"; write the user: { user: "BU_CABC101" }'],
    ['message.send', { to: 'CXYY', text: 'x' }, 'there is no participant "CXYY"; write "CXYZ"'],
    ['message.send', { text: '中' }, 'plain (ASCII) characters'],
    ['report.publish', { which: ['trades'], for: ['CABD'] }, 'there is no participant "CABD"; write "CABC"'],
    [
      'deal.match',
      {
        series: 'HSIK8',
        quantity: 1,
        price: '1',
        buyer: { participant: 'CABC', account: 'HOUSE' },
        seller: { participant: 'CXYZ', account: 'OMNI1' },
      },
      'there is no account of CXYZ "OMNI1"',
    ],
    [
      'deal.match',
      {
        series: 'HKB65.00E9',
        quantity: 1,
        price: '1',
        buyer: { participant: 'CABC', account: 'HOUSE' },
        seller: { participant: 'CXYZ', account: 'HOUSE' },
      },
      'CXYZ is a participant of HKCC only',
    ],
    [
      'deal.match',
      {
        series: 'HSIK9',
        quantity: 0,
        price: '1',
        buyer: { participant: 'CABC', account: 'HOUSE' },
        seller: { participant: 'CXYZ', account: 'HOUSE' },
      },
      'contracts: a whole number from 1',
    ],
    ['oapi.notice', { notice: 'link-lots' }, 'write link-lost'],
    ['oapi.notice', { notice: 'link-lost', which: ['online-1'] }, 'oapi-1'],
    ['oapi.notice', { notice: 'link-lost', user: 'BO_CABC802' }, 'there is no user "BO_CABC802"'],
    ['oapi.notice', { notice: 'link-lost', text: 'Déjà vu' }, '1 to 500 plain (ASCII) characters'],
    ['oapi.notice', { notice: 'subscription-available' }, 'write broadcast: BD6'],
    ['oapi.notice', { notice: 'link-lost', broadcast: 'BD6' }, 'names no broadcast'],
    ['oapi.notice', { notice: 'subscription-available', broadcast: 'BD6', text: 'New.' }, 'has no text'],
    ['information.signal', { what: 'prices' }, 'settlement-prices'],
  ])('%s %j', (verb, args, message) => {
    expect(() => act(verb, args)).toThrow(
      expect.objectContaining({ code: 'SIM_VERB_INVALID', message: expect.stringContaining(message) }),
    );
  });

  test('a password that breaks the rules is refused and not told', () => {
    const attempt = (): unknown => act('password.reset', { user: 'BU_CABC201', password: 'Short-Tiger1' });
    expect(attempt).toThrow('write one of 16 to 20 characters');
    expect(attempt).not.toThrow('Tiger');
  });
});

test('a password of password.reset does not show itself', () => {
  const action = act('password.reset', { user: 'BU_CABC101', password: 'Fresh-Tiger-1' });
  expect(JSON.stringify(action)).not.toContain('Tiger');
  expect(action).toMatchObject({ do: 'password.reset', password: { reveal: expect.any(Function) } });
});

test('the example of every verb works in the shipped verification day with a second site and an old platform, and has words', () => {
  const scenario = richVerificationDay();
  for (const verb of VERBS) {
    const action = parseAction(verb.name, verb.example, { scenario });
    expect(action.do).toBe(verb.name);
    expect(describeAction(action)).toMatch(/^.{8,}[."]$/);
    expect(verb.summary).toMatch(/^[A-Z].*\.$/);
  }
});

describe('a fault in a timeline has an end', () => {
  const stop = '  - { at: "09:00", do: gateway.stop, with: { which: [1, 2], how: reset } }\n';
  test.each<[string, string, readonly string[]]>([
    ['none', stop, ['online-1, online-2 would stay stopped for ever']],
    [
      'for one of the two',
      `${stop}  - { at: "10:00", do: gateway.start, with: { which: [2] } }\n`,
      ['online-1 would stay stopped for ever'],
    ],
    ['for both', `${stop}  - { at: "10:00", do: gateway.start, with: { which: [2, 1] } }\n`, []],
    ['by a duration', stop.replace('reset }', 'reset, for: 5m }'), []],
    [
      'and is not stopped twice',
      stop.replace('reset }', 'reset, for: 5m }') +
        stop.replace('09:00', '09:04').replace('reset }', 'reset, for: 5m }'),
      ['online-1 is stopped already until 09:05', 'online-2 is stopped already until 09:05'],
    ],
  ])('%s', (_name, timeline, expected) => {
    expect(troubles(dayText({ timeline }))).toEqual(
      expected.map((message) => expect.stringContaining(message) as unknown),
    );
  });
});

/** The example of a verb, each time with another of its values, a list or group among them, replaced. */
function withOneReplaced(value: unknown, by: string): readonly unknown[] {
  const inside = (entries: readonly (readonly [string, unknown])[], make: (put: Map<string, unknown>) => unknown) =>
    entries.flatMap(([key, each]) =>
      withOneReplaced(each, by).map((changed) => make(new Map([...entries, [key, changed]]))),
    );
  if (Array.isArray(value))
    return [by, ...inside(Object.entries(value as unknown[]), (changed) => [...changed.values()])];
  if (typeof value === 'object' && value !== null)
    return [by, ...inside(Object.entries(value), (changed) => Object.fromEntries(changed))];
  return [by];
}

// Goal: a parameter that is not there is told, once, and nothing stumbles over the text that stands in its place.
test.each(VERBS.map((verb) => [verb.name, verb.example] as const))(
  'a parameter that is not there, in the place of anything that %s takes, is told',
  (name, example) => {
    for (const args of withOneReplaced(example, '${gone}')) {
      const step = `  - { id: step, at: "09:00", do: ${name}, with: ${JSON.stringify(args)} }`;
      const told = troubles(dayText({ timeline: step }));
      expect(
        told.filter((text) => text.includes('there is no parameter "gone"')),
        `${step}\n${told.join('\n')}`,
      ).toHaveLength(1);
    }
  },
);
