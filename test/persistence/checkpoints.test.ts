import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { replay } from '../../src/journal/replay.ts';
import { survivingSpans } from '../../src/journal/surviving.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { wholeState } from '../clearing/histories/whole-state.ts';
import { curlAt } from '../support/online-by-curl.ts';
import { scenarioFile, simulator, SMALL_DAY_PASSWORD } from '../support/simulator.ts';
import { hasClient } from '../support/real-clients.ts';
import { DAY, stateOf, told } from './day.ts';

const notes = (sim: Simulator): number => sim.journal.entries({ kind: 'clearing.deal-matched' }).length;

async function answers({ address, port }: { readonly address: string; readonly port: number }): Promise<boolean> {
  const socket = createConnection({ host: address, port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

test('a day that was brought back, and goes on, ends as one that never was', async () => {
  using file = scenarioFile(DAY);
  await using one = await simulator({ scenario: file.path });
  await using other = await simulator({ scenario: file.path });
  for (const sim of [one, other]) {
    await sim.clock.advanceTo('09:30');
    sim.checkpoint('half-past');
  }
  const before = stateOf(one);

  await one.clock.advanceTo('11:00');
  one.decide('asked', 'open');
  expect(stateOf(one)).not.toEqual(before);
  expect(await one.restore('half-past')).toMatchObject({ simTime: '2019-05-05T09:30:00.000+08:00' });
  expect(one.clock.now()).toBe('2019-05-05T09:30:00.000+08:00');
  expect(stateOf(one)).toEqual(before);
  expect(one.mails()).toEqual([]);
  expect(one.gates()).toMatchObject([{ gate: 'asked', decision: undefined }]);

  for (const sim of [one, other]) await sim.clock.advanceTo('13:00');
  expect(stateOf(one)).toEqual(stateOf(other));
  // A password that is set again is kept beside the one of the history that was left.
  const numbered = (sim: Simulator): string =>
    JSON.stringify(told(sim.journal.entries()), null, 1).replaceAll(/"credential": \d+/g, '"credential": 1');
  expect(numbered(one)).toEqual(numbered(other));
  expect(one.mails()).toEqual(other.mails());
  expect(one.expectations()).toMatchObject([{ status: 'missed' }, { status: 'missed' }]);
  // The journal is replayed as the day went.
  const scenario = await loadScenario(file.path, { scenariosDir: '' });
  if (!scenario.ok) return expect.fail();
  expect(wholeState(replay(scenario.scenario.world, one.journal.entries(), one.credentials))).toEqual(stateOf(one));
  return undefined;
});

test('what was to come at a checkpoint comes after it: a gateway starts, a report is complete, a rule ends', async () => {
  using file = scenarioFile(DAY);
  await using sim = await simulator({ scenario: file.path });
  const second = sim.endpoints.online[1];
  if (!second) return expect.fail();
  await sim.clock.advanceTo('10:10');
  sim.checkpoint('all-open');
  await sim.clock.advanceTo('10:30');
  expect(await answers(second)).toBe(true);
  const mail = `${sim.endpoints.files.users.replace('users.json', '')}mail/CABC/001.eml`;

  await sim.restore('all-open');
  expect(await answers(second)).toBe(false);
  expect(existsSync(mail)).toBe(true);
  const { length } = sim.journal.entries();
  await sim.clock.advanceTo('10:30');
  expect(await answers(second)).toBe(true);
  const since = sim.journal.entries({ after: length });
  expect(since.map(({ kind }) => kind)).toEqual([
    ...Array<string>(4).fill('clearing.report-completed'),
    'clearing.information-ready',
    'scenario.gateway-started',
    'oapi.answer-rule',
    'clock.advanced',
  ]);
  expect(since.at(-2)).toMatchObject({ rule: 1, change: 'ended', why: 'over', hits: 0 });
  return undefined;
});

test.skipIf(!hasClient('curl'))(
  'clients are logged out, and what they did after the checkpoint is no evidence any more',
  async () => {
    using file = scenarioFile(DAY);
    await using sim = await simulator({ scenario: file.path, at: '09:20' });
    sim.checkpoint('early');
    await sim.clock.advanceTo('09:25');
    using curl = curlAt(sim);
    await curl.login('BU_CABC101', SMALL_DAY_PASSWORD);
    await sim.clock.advanceBy('1m');
    expect(sim.expectations()[0]).toMatchObject({ status: 'met' });
    // The deal that waits for a login.
    expect(notes(sim)).toBe(2);

    const { position } = await sim.restore('early');
    expect(sim.state().sessions).toEqual([]);
    expect(sim.journal.entries({ kind: 'clearing.session-ended' })).toMatchObject([
      { user: 'BU_CABC101', reason: 'gateway-stopped' },
    ]);
    expect(sim.journal.entries({ kind: 'checkpoint.restored' })).toMatchObject([
      {
        checkpoint: 'early',
        position,
        from: '2019-05-05T09:26:00.000+08:00',
        simTime: '2019-05-05T09:20:00.000+08:00',
      },
    ]);
    expect(sim.expectations()[0]).toMatchObject({ status: 'pending', evidence: [] });
    await sim.clock.advanceTo('09:30');
    expect(sim.expectations()[0]).toMatchObject({ status: 'pending' });
    await curl.login('BU_CABC101', SMALL_DAY_PASSWORD);
    expect(sim.expectations()[0]).toMatchObject({ status: 'met' });
  },
);

test.skipIf(!hasClient('curl'))(
  'a cookie of a history that was left is not good for a later session of the same number',
  async () => {
    using file = scenarioFile(DAY);
    await using sim = await simulator({ scenario: file.path, at: '09:20' });
    sim.checkpoint('early');
    using left = curlAt(sim);
    using later = curlAt(sim);
    const status = (curl: ReturnType<typeof curlAt>) => curl.get('/positions', '-o', '/dev/null', '-w', '%{http_code}');
    await left.login('BU_CABC101', SMALL_DAY_PASSWORD);
    expect(await status(left)).toBe('200');
    await sim.restore('early');
    await later.login('BU_CXYZ101', SMALL_DAY_PASSWORD);
    const numbers = sim.journal.entries({ kind: 'clearing.logged-in' }).map((entry) => entry['session']);
    expect(numbers[0]).toBe(numbers[1]);
    expect(await status(later)).toBe('200');
    expect(await status(left)).not.toBe('200');
  },
);

test('a day goes back to any checkpoint, also to one of a history that was left', async () => {
  using file = scenarioFile(DAY);
  await using sim = await simulator({ scenario: file.path });
  await sim.clock.advanceTo('09:12');
  sim.checkpoint();
  await sim.clock.advanceTo('09:45');
  const later = stateOf(sim);
  sim.checkpoint('later');
  await sim.restore('checkpoint-1');
  expect(sim.state().participants[0]?.trades).toBe(1);
  await sim.restore('later');
  expect(sim.clock.now()).toBe('2019-05-05T09:45:00.000+08:00');
  expect(stateOf(sim)).toEqual(later);
  expect(sim.checkpoints().map(({ name }) => name)).toEqual(['checkpoint-1', 'later']);
});

test('a checkpoint that is not there, a name that is none and one that is taken are refused with words', async () => {
  await using sim = await simulator();
  sim.checkpoint('before');
  await expect(sim.restore('befor')).rejects.toMatchObject({
    code: 'SIM_CHECKPOINT_UNKNOWN',
    message: 'there is no checkpoint "befor"; did you mean "before"?',
  });
  expect(() => sim.checkpoint('half past')).toThrow('"half past" is no name of a checkpoint');
  expect(() => sim.checkpoint('before')).toThrow('there is a checkpoint "before" already');
});

test('the stretches that count are found through restores of restores', () => {
  const entry = (seq: number, position?: number) => ({
    seq,
    kind: position === undefined ? ('scenario.note' as const) : ('checkpoint.restored' as const),
    position,
  });
  const entries = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((seq) => entry(seq, { 5: 2, 8: 6 }[seq]));
  expect(survivingSpans(entries, 9)).toEqual([
    { first: 1, last: 2 },
    { first: 5, last: 6 },
    { first: 8, last: 9 },
  ]);
  expect(survivingSpans(entries, 4)).toEqual([{ first: 1, last: 4 }]);
});
