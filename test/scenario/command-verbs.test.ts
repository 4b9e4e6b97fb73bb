import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/clearing/commands/catalogue.ts';
import type { ScenarioAction } from '../../src/scenario/action.ts';
import { parseAction } from '../../src/scenario/parse-action.ts';
import { describeAction, VERBS } from '../../src/scenario/verbs/catalogue.ts';
import { simulator } from '../support/simulator.ts';
import { dayText, load, richVerificationDay } from './support/day.ts';

const scenario = load(dayText());
const act = (verb: string, args?: unknown): ScenarioAction => parseAction(verb, args, { scenario });
const part = { account: 'OMNI1', quantity: 3 };
const read = { account: 'OMNI1', quantity: 3, openClose: 'default', customerInfo: '' };
const CABC = { participant: 'CABC' };

describe('a verb becomes the command of the clearing model', () => {
  test.each<[string, Record<string, unknown>, unknown]>([
    ['trade.rectify', { trade: 7, parts: [part] }, { do: 'rectify-trade', trade: 7, parts: [read] }],
    [
      'trade.rectify',
      { trade: 7, parts: [{ ...part, openClose: 'close', info: 'X' }] },
      { do: 'rectify-trade', trade: 7, parts: [{ ...read, openClose: 'close', customerInfo: 'X' }] },
    ],
    ['trade.transfer', { trade: 7, parts: [part] }, { do: 'transfer-from-transitory', trade: 7, parts: [read] }],
    ['rectification.confirm', { rectification: 2 }, { do: 'confirm-rectification', rectification: 2 }],
    ['rectification.reject', { rectification: 2 }, { do: 'reject-rectification', rectification: 2 }],
    ['trade.average', { trades: [3, 4] }, { do: 'make-average-price-trade', trades: [3, 4] }],
    [
      'give-up.request',
      { trade: 7, to: 'CXYZ', quantity: 2 },
      { do: 'request-give-up', trade: 7, to: 'CXYZ', takerAccount: undefined, quantity: 2, commission: 0, text: '' },
    ],
    [
      'give-up.request',
      { trade: 7, to: 'CXYZ', quantity: 2, account: 'HOUSE', commission: 5, text: 'A' },
      { do: 'request-give-up', trade: 7, to: 'CXYZ', takerAccount: 'HOUSE', quantity: 2, commission: 5, text: 'A' },
    ],
    ['give-up.take-up', { giveUp: 1, parts: [part] }, { do: 'take-up', giveUp: 1, parts: [read] }],
    ['give-up.reject', { giveUp: 1, text: 'NO' }, { do: 'reject-give-up', giveUp: 1, text: 'NO' }],
    [
      'position.transfer',
      { series: 'HSIK9', from: 'HOUSE', to: 'OMNI1', written: 4 },
      { do: 'transfer-position', series: 'HSIK9', from: 'HOUSE', to: 'OMNI1', held: 0, written: 4 },
    ],
    [
      'position.net-down',
      { account: 'OMNI1', series: 'HSIK9', quantity: 4, finalHeld: 1 },
      { do: 'net-down-position', items: [{ account: 'OMNI1', series: 'HSIK9', quantity: 4, finalHeld: 1 }] },
    ],
    ['position.restore', { closeOut: 1, quantity: 4 }, { do: 'restore-position', closeOut: 1, quantity: 4 }],
    [
      'position.cover',
      { account: 'OMNI1', series: 'HKB65.00E9', quantity: 0 },
      { do: 'cover-position', account: 'OMNI1', series: 'HKB65.00E9', quantity: 0 },
    ],
    [
      'exercise.request',
      { account: 'OMNI1', series: 'HKB65.00E9', quantity: 2 },
      { do: 'request-exercise', account: 'OMNI1', series: 'HKB65.00E9', quantity: 2 },
    ],
    ['exercise.annul', { exercise: 3 }, { do: 'annul-exercise', exercise: 3 }],
    [
      'exercise.deny',
      { account: 'OMNI1', series: 'HKB65.00E9', quantity: 2 },
      { do: 'deny-exercise', account: 'OMNI1', series: 'HKB65.00E9', quantity: 2 },
    ],
  ])('%s %j', (verb, args, command) => {
    const action = act(verb, { ...CABC, ...args });
    expect(action).toEqual({ do: verb, participant: 'CABC', command });
    expect(describeAction(action)).toMatch(/^CABC .+\.$/);
  });

  test('every command of the model has a verb', () => {
    const shipped = richVerificationDay();
    const issued = VERBS.flatMap((verb) => {
      const action = parseAction(verb.name, verb.example, { scenario: shipped });
      return 'command' in action ? [action.command.do] : [];
    });
    expect(issued.toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
  });
});

describe('what HKEX does', () => {
  test.each<[string, unknown, ScenarioAction]>([
    ['deal.annul', { deal: 4 }, { do: 'deal.annul', deal: 4 }],
    ['price.set', { of: 'HKB', price: '67.5' }, { do: 'price.set', of: 'HKB', price: 6750, text: '67.5' }],
    ['price.set', { of: 'HSIK9', price: '29500' }, { do: 'price.set', of: 'HSIK9', price: 29_500, text: '29500' }],
    [
      'account.change',
      { ...CABC, account: 'OMNI1', access: 'read-only' },
      {
        do: 'account.change',
        participant: 'CABC' as never,
        account: 'OMNI1' as never,
        state: undefined,
        access: 'read-only',
      },
    ],
    ['day.end', {}, { do: 'day.end' }],
    ['day.roll', {}, { do: 'day.roll', to: undefined }],
    ['day.roll', { to: '2019-05-06' }, { do: 'day.roll', to: '2019-05-06' as never }],
  ])('%s %j', (verb, args, expected) => {
    expect(act(verb, args)).toEqual(expected);
  });
});

describe('a wrong name or value is told with what to write', () => {
  test.each<[string, unknown, string]>([
    ['trade.rectify', { participant: 'CABD', trade: 1, parts: [part] }, 'there is no participant "CABD"; write "CABC"'],
    [
      'trade.rectify',
      { ...CABC, trade: 1, parts: [{ ...part, account: 'OMNI' }] },
      'parts.0.account: there is no account of CABC "OMNI"; write "OMNI1"',
    ],
    ['trade.rectify', { ...CABC, trade: 1, parts: [] }, 'at least one'],
    ['trade.rectify', { ...CABC, trade: 0, parts: [part] }, 'a trade number: a whole number from 1'],
    [
      'give-up.request',
      { ...CABC, trade: 1, to: 'CXYY', quantity: 1 },
      'to: there is no participant "CXYY"; write "CXYZ"',
    ],
    [
      'position.transfer',
      { ...CABC, series: 'HSIK9', from: 'HOUS', to: 'OMNI1', held: 1 },
      'from: there is no account of CABC "HOUS"',
    ],
    [
      'position.transfer',
      { ...CABC, series: 'HSIK9', from: 'HOUSE', to: 'OMNI', held: 1 },
      'to: there is no account of CABC "OMNI"',
    ],
    ['exercise.request', { ...CABC, account: 'HOUSE', series: 'HSIK8', quantity: 1 }, 'there is no series "HSIK8"'],
    ['price.set', { of: 'HSIK9', price: '29500.5' }, 'a price of HSI is above 0 and has no decimals'],
    ['price.set', { of: 'QQQ', price: '1' }, 'there is no class "QQQ"'],
    ['day.roll', { to: '2019-02-30' }, '"2019-02-30" is not a day of the calendar'],
  ])('%s %j', (verb, args, message) => {
    expect(() => act(verb, args)).toThrow(expect.objectContaining({ message: expect.stringContaining(message) }));
  });
});

test('account.change changes what it names and leaves the rest', async () => {
  await using sim = await simulator({ at: '09:00' });
  const account = { participant: 'CABC', account: 'OMNI1' };
  await sim.inject('account.change', { ...account, state: 'inactive' });
  await sim.inject('account.change', { ...account, access: 'read-only' });
  await sim.inject('account.change', { ...account, state: 'active' });
  expect(
    sim.journal.entries({ kind: 'clearing.account-changed' }).map((entry) => [entry['state'], entry['access']]),
  ).toEqual([
    ['inactive', 'full'],
    ['inactive', 'read-only'],
    ['active', 'read-only'],
  ]);
});
