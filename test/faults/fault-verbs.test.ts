import { describe, expect, test } from 'vitest';
import { explainFault } from '../../src/faults/explain.ts';
import type { FaultRule } from '../../src/faults/fault.ts';
import { parseAction } from '../../src/scenario/parse-action.ts';
import { dayText, load, troubles } from '../scenario/support/day.ts';

const scenario = load(dayText());

function rule(args: object): FaultRule {
  const action = parseAction('fault.start', args, { scenario });
  if (action.do !== 'fault.start') throw new Error(action.do);
  return action.rule;
}

function refusal(args: object): string {
  try {
    rule(args);
    return 'it was taken';
  } catch (error) {
    return (error as Error).message.replace('fault.start: ', '');
  }
}

describe('fault.start says in words what it will do', () => {
  test.each<[object, string]>([
    [
      { match: { listener: 'online-1', method: 'GET', path: '/positions' }, effect: { delay: '2s' }, times: 3 },
      'GET /positions at online-1: answers come 2s late; 3 times.',
    ],
    [
      {
        match: { listener: ['online-1', 'online-2'] },
        effect: { delay: { from: '1s', to: '3s' } },
        share: 0.5,
        for: '10m',
      },
      'At online-1 and online-2: answers come 1s to 3s late; 50 % of them, by the seed; for 10m.',
    ],
    [
      { match: { listener: 'oapi-1', transactions: ['CQ3'], users: ['BO_CABC801'] }, effect: 'drop', times: 1 },
      'CQ3 of BO_CABC801 at oapi-1: what they are answered is lost; the connection goes on; once.',
    ],
    [
      { match: { listener: 'sftp' }, effect: { 'wrong-size': -50 }, forReal: '30s' },
      'Stat at sftp: the size of files is told 50 bytes too small; for 30s of real time.',
    ],
    [
      { match: { listener: 'oapi-1' }, effect: { status: 'OMNIAPI_NOBACKEND' } },
      'At oapi-1: they are answered -11; until it is stopped.',
    ],
  ])('%j', (args, says) => expect(explainFault(rule(args))).toBe(says));
});

describe('fault.start refuses what makes no sense', () => {
  const online = { listener: 'online-1' };
  test.each<[object, string]>([
    [
      { match: online, effect: 'host-key-changed' },
      'effect: host-key-changed cannot be had at online-1; it is for sftp',
    ],
    [
      { match: { listener: 'oapi-1' }, effect: { tls: 'expired' } },
      'effect: tls cannot be had at oapi-1; it is for DCASS Online',
    ],
    [
      { match: { listener: 'sftp', method: 'GET' }, effect: 'reset' },
      'match.method: method: says nothing at sftp; it is for DCASS Online',
    ],
    [
      { match: { listener: 'online-1', path: '/x' }, effect: 'refuse' },
      'match.path: refuse is about connections, which have no path; remove path:',
    ],
    [
      { match: online, effect: 'refuse', times: 2 },
      'times: nobody listens while connections are refused, so they cannot be counted; write for: 10m, or effect: reset',
    ],
    [
      { match: online, effect: { delay: '1s', truncate: 4 } },
      'effect.truncate: one fault does one thing; keep delay: or truncate:, and write a second fault',
    ],
    [{ match: online, effect: {} }, 'effect: nothing says what happens; write for example effect: { delay: 2s }'],
    [
      { match: online, effect: { delay: { from: '3s', to: '1s' } } },
      'effect.delay.to: 1s is shorter than 3s; write the shorter one under from:',
    ],
    [{ match: online, effect: { status: 200 } }, 'effect.status: found 200; here it is an HTTP status from 400 to 599'],
    [{ match: online, effect: 'reset', for: '0s' }, 'for: a fault of no length is none; write for: 10m'],
    [
      { match: { listener: 'sftp', operations: ['read'] }, effect: { 'wrong-size': 1 } },
      'match.operations: wrong-size is about stat by itself; remove operations:',
    ],
    [
      { match: { listener: 'oapi-1', transactions: ['CQ3'] }, effect: 'duplicate' },
      'match.transactions: duplicate is about broadcasts, which have no transactions; remove transactions:',
    ],
  ])('%j', (args, says) => expect(refusal(args)).toBe(says));

  test('a gateway, user, transaction or word that is misspelt is told with the nearest spelling', () => {
    expect(refusal({ match: online, effect: 'resett' })).toContain('write "reset"');
    expect(refusal({ match: online, effect: { reset: true } })).toContain('"reset" stands alone; write effect: reset');
    expect(refusal({ match: { listener: 'onlin-1' }, effect: 'reset' })).toContain('online-1');
    expect(refusal({ match: { listener: 'online-1', users: ['BU_CABC109'] }, effect: 'reset' })).toContain(
      'there is no user',
    );
    expect(refusal({ match: { listener: 'oapi-1', transactions: ['CQ300'] }, effect: 'reset' })).toContain('CQ3');
    expect(refusal({ match: { listener: 'online-5' }, effect: 'reset' })).toContain('there is no gateway "online-5"');
  });
});

describe('in a timeline', () => {
  const step = (text: string): string => dayText({ timeline: text });
  const start = (end: string): string => `
  - { id: bad, at: "09:10", do: fault.start, with: { match: { listener: sftp }, effect: reset${end} } }`;

  test('a fault without an end is refused with its line and column', () => {
    const [found, ...others] = troubles(step(start('')));
    expect(others).toEqual([]);
    expect(found).toMatch(
      /^\d+:\d+: a fault without an end: write times: 1, for: 10m or forReal: 30s here, or a step fault.stop with id: bad below$/,
    );
  });

  test.each([', times: 1', ', for: 10m', ', forReal: 30s'])('%s is an end', (end) => {
    expect(troubles(step(start(end)))).toEqual([]);
  });

  test('a fault.stop after it is an end, one before it or of another fault is none', () => {
    const stop = (at: string, id: string): string => `\n  - { at: "${at}", do: fault.stop, with: { id: ${id} } }`;
    expect(troubles(step(`${start('')}${stop('09:20', 'bad')}`))).toEqual([]);
    expect(troubles(step(`${stop('09:05', 'bad')}${start('')}`)).join('\n')).toContain('a fault without an end');
    expect(troubles(step(`${start(', times: 1')}${stop('09:20', 'bat')}`)).join('\n')).toContain(
      'there is no fault "bat"; write "bad"',
    );
  });
});

describe('gateway.stop', () => {
  test('refuses a way in which a gateway cannot fail, in words', () => {
    const stop = (args: object): string => {
      try {
        parseAction('gateway.stop', args, { scenario });
        return 'it was taken';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(stop({ which: ['oapi-1'], how: 'expired-certificate' })).toBe(
      'gateway.stop: how: oapi-1 speaks no TLS, and has no certificate, so it cannot fail by expired-certificate; write one of: refuse, reset, black-hole, slow',
    );
    expect(stop({ which: [1], how: 'reset', delay: '1s' })).toBe(
      'gateway.stop: delay: delay: is for how: slow; remove it, or write how: slow instead of reset',
    );
    expect(stop({ which: [1, 'oapi-1'], how: 'slow', delay: '1s' })).toBe('it was taken');
  });
});
