import { expect, test } from 'vitest';
import { CredentialVault, Secret } from '../../src/clearing/secret.ts';
import type { UserId } from '../../src/clearing/user.ts';
import { startJournal } from '../../src/journal/journal.ts';
import { entryOf } from '../../src/journal/record-clearing.ts';
import { at } from '../support/world.ts';

/** A wall clock whose only timer fires when the test says so. */
function journal() {
  const timers: (() => void)[] = [];
  const wall = {
    isoNow: () => '2026-01-01T00:00:00.000Z',
    after: (_ms: number, call: () => void) => {
      timers.push(call);
      return { [Symbol.dispose]: () => void timers.splice(timers.indexOf(call), 1) };
    },
  };
  return { journal: startJournal({ now: () => at('09:00'), wall }), timers };
}

test('entries are numbered without gaps and carry both times', () => {
  const { journal: under } = journal();
  under.record({ kind: 'online.login', source: 'online', outcome: 'ok', user: 'BU_CABC101' });
  under.record({ kind: 'online.logout', source: 'online', outcome: 'ok', user: 'BU_CABC101' });
  expect(under.entries()).toEqual([
    {
      seq: 1,
      simTime: '2019-05-05T09:00:00.000+08:00',
      wallTime: '2026-01-01T00:00:00.000Z',
      kind: 'online.login',
      source: 'online',
      outcome: 'ok',
      user: 'BU_CABC101',
    },
    {
      seq: 2,
      simTime: '2019-05-05T09:00:00.000+08:00',
      wallTime: '2026-01-01T00:00:00.000Z',
      kind: 'online.logout',
      source: 'online',
      outcome: 'ok',
      user: 'BU_CABC101',
    },
  ]);
});

test('a filter names fields, a family of kinds, a choice of values, or what came after', () => {
  const { journal: under } = journal();
  for (const [kind, gateway] of [
    ['online.login', 1],
    ['oapi.login', 1],
    ['online.enquiry', 2],
  ] as const) {
    under.record({ kind, source: 'online', gateway });
  }
  const seqs = (filter: Parameters<typeof under.entries>[0]): number[] =>
    under.entries(filter).map((entry) => entry.seq);
  expect(seqs({ kind: 'online.login' })).toEqual([1]);
  expect(seqs({ kind: 'online.*' })).toEqual([1, 3]);
  expect(seqs({ kind: 'onlin.*' })).toEqual([]);
  expect(seqs({ kind: ['oapi.login', 'online.enquiry'] })).toEqual([2, 3]);
  expect(seqs({ gateway: 1 })).toEqual([1, 2]);
  expect(seqs({ gateway: 1, after: 1 })).toEqual([2]);
  expect(seqs({ user: undefined })).toEqual([1, 2, 3]);
});

test('waitFor finds what is there, waits for what comes, and says what it waited for in vain', async () => {
  const { journal: under, timers } = journal();
  under.record({ kind: 'simulator.ready', source: 'simulator' });
  expect((await under.waitFor({ kind: 'simulator.ready' })).seq).toBe(1);
  const coming = under.waitFor({ kind: 'simulator.bug' });
  under.record({ kind: 'simulator.bug', source: 'simulator' });
  expect((await coming).seq).toBe(2);
  expect(timers).toEqual([]);

  const never = under.waitFor({ kind: 'scenario.refused' }, { timeoutMs: 20 });
  for (const fire of timers.slice()) fire();
  await expect(never).rejects.toMatchObject({
    code: 'SIM_WAIT_TIMED_OUT',
    message: expect.stringContaining('"scenario.refused"') as string,
  });
});

test('somebody who waits is told when the simulator stops', async () => {
  const { journal: under } = journal();
  const waiting = under.waitFor({ kind: 'never' });
  // oxlint-disable-next-line vitest/valid-expect -- awaited below, after the cause.
  const told = expect(waiting).rejects.toMatchObject({ code: 'SIM_STOPPED' });
  await under[Symbol.asyncDispose]();
  await told;
});

test('a follower hears only what matches, until it is disposed', () => {
  const { journal: under } = journal();
  const heard: number[] = [];
  const following = under.follow({ kind: 'scenario.*' }, (entry) => heard.push(entry.seq));
  under.record({ kind: 'clock.paused', source: 'simulator' });
  under.record({ kind: 'scenario.note', source: 'simulator' });
  following[Symbol.dispose]();
  under.record({ kind: 'scenario.step', source: 'simulator' });
  expect(heard).toEqual([2]);
});

test('the entry of a new password says who set it and never what it is', () => {
  const vault = new CredentialVault();
  const entry = entryOf(
    {
      type: 'password-set',
      user: 'BU_CABC101' as UserId,
      password: new Secret('Very-Private-1'),
      by: 'administrator',
      at: at('09:30'),
      expiresAt: undefined,
      mustChange: true,
      remembered: 5,
    },
    vault,
  );
  expect(entry).toEqual({
    kind: 'clearing.password-set',
    source: 'clearing',
    user: 'BU_CABC101',
    participant: 'CABC',
    by: 'administrator',
    mustChange: true,
    expiresAt: null,
    event: {
      type: 'password-set',
      user: 'BU_CABC101',
      password: { credential: 1 },
      by: 'administrator',
      at: at('09:30'),
      mustChange: true,
      remembered: 5,
    },
  });
  expect(JSON.stringify([entry, vault])).not.toContain('Very-Private-1');
  expect(String(vault)).not.toContain('Very-Private-1');
  expect(vault.get(1)?.reveal()).toBe('Very-Private-1');
});
