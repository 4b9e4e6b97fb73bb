import { expect, test } from 'vitest';
import { nearMisses } from '../../src/journal/near-misses.ts';
import type { JournalEntry, Simulator } from '../../src/index.ts';
import { curlAt } from '../support/online-by-curl.ts';
import { scenarioFile, simulator, smallDay, SMALL_DAY_PASSWORD } from '../support/simulator.ts';

const EXPECT = [
  { id: 'logs-on', says: 'CABC logs on.', seen: { kind: 'online.login', participant: 'CABC' }, before: '10:00' },
];

async function smallSim(at = '09:00'): Promise<Simulator> {
  using file = scenarioFile({ ...smallDay(), expect: EXPECT });
  return await simulator({ scenario: file.path, at });
}

const entry = (seq: number, fields: Partial<JournalEntry>): JournalEntry => ({
  seq,
  simTime: '2019-05-05T11:59:58.000+08:00',
  wallTime: '2026-01-01T00:00:00.000Z',
  kind: 'online.login',
  source: 'online',
  ...fields,
});

/** What a promise fails with. */
const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => expect.fail('it should fail'),
    (error: Error) => error.message,
  );

test('the nearest entry is told with what differs, before one that has less of what was asked for', () => {
  const entries = [
    entry(1, { user: 'BU_CXYZ101', gateway: 'online-3', outcome: 'ok' }),
    entry(2, { user: 'BU_CABC101', gateway: 'online-3', outcome: 'refused', code: 'password-change-required' }),
    entry(3, { kind: 'clearing.login-failed', source: 'clearing', user: 'BU_CABC101' }),
    entry(4, { kind: 'mail.received', source: 'mail' }),
  ];
  expect(nearMisses({ kind: 'online.login', user: 'BU_CABC101', outcome: 'ok' }, entries)).toEqual([
    '#2 11:59:58 online.login, refused, user BU_CABC101, gateway online-3, code password-change-required (outcome is refused, not ok)',
    '#1 11:59:58 online.login, user BU_CXYZ101, gateway online-3 (user is BU_CXYZ101, not BU_CABC101)',
    '#3 11:59:58 clearing.login-failed, user BU_CABC101 (kind is clearing.login-failed, not online.login; it has no outcome)',
  ]);
  expect(nearMisses({ kind: 'sftp.download', user: 'CABC' }, entries)).toEqual([]);
  expect(nearMisses({ kind: 'online.login', user: 'BU_CABC101', after: 2 }, entries)[0]).toContain(
    '(it came before #2)',
  );
});

test('a wait that fails says what came nearest, and that a kind does not exist', async () => {
  await using sim = await smallSim();
  using curl = curlAt(sim, sim.endpoints.online[2]);
  await curl.login('BU_CABC101', 'wrong');
  const wanted = { kind: 'online.login', user: 'BU_CABC101', outcome: 'ok' };
  const near =
    /\nnearest:\n {2}#\d+ 09:00:00 online\.login, refused, user BU_CABC101, .*gateway online-3, code wrong-password \(outcome is refused, not ok\)\n/;
  const said = await failure(sim.waitFor(wanted, { timeoutMs: 20 }));
  expect(said).toMatch(near);
  expect(said).toContain('within 20 ms: online.login, user BU_CABC101, outcome ok\n');
  expect(said).toContain('it is 09:00:00 in Hong Kong');
  expect(await failure(sim.journal.waitFor(wanted, { timeoutMs: 20 }))).toContain('(outcome is refused, not ok)');
  const unknown = { kind: 'online.logon' };
  expect(await failure(sim.waitFor(unknown, { timeoutMs: 60_000 }))).toContain('there are online.login, online.logout');
  expect(await failure(sim.journal.waitFor(unknown, { timeoutMs: 20 }))).toContain(
    'there are online.login, online.logout',
  );
});

test('an entry, a time, an expectation and a condition can be waited for, as they come', async () => {
  await using sim = await smallSim();
  using curl = curlAt(sim);
  const awaited = Promise.all([
    sim.waitFor({ kind: 'online.login', user: 'BU_CABC101' }),
    sim.waitFor({ time: '09:30' }),
    sim.waitFor({ expectation: 'logs-on' }),
    sim.waitFor(() => sim.state().sessions.find(({ user }) => user === 'BU_CABC101')?.gateway),
  ]);
  await curl.login('BU_CABC101', SMALL_DAY_PASSWORD);
  await sim.clock.advanceBy('45m');
  const [login, time, result, gateway] = await awaited;
  expect(login).toMatchObject({ kind: 'online.login', outcome: 'ok' });
  expect(time).toBe('2019-05-05T09:45:00.000+08:00');
  expect(result).toMatchObject({ id: 'logs-on', status: 'met' });
  expect(gateway).toBe('online-1');
});

test('business time that runs is waited for, and a wait ends by a business time', async () => {
  await using sim = await smallSim();
  sim.clock.resume({ speed: 36_000 });
  expect((await sim.waitFor({ time: '09:10' })) >= '2019-05-05T09:10').toBe(true);
  const said = await failure(sim.waitFor({ kind: 'online.login' }, { by: '09:30' }));
  expect(said).toContain('this did not come by 09:30:00: online.login');
  sim.clock.pause();
  // What came later than asked for does not count, however far the clock jumps.
  const late = failure(sim.waitFor({ kind: 'clearing.phase-changed', phase: 'closed' }, { by: '11:59' }));
  await sim.clock.advanceTo('12:30');
  expect(await late).toContain('this did not come by 11:59:00');
  const missed = await sim.waitFor({ expectation: 'logs-on', status: 'missed' });
  expect(missed.reason).toBe('not seen until 10:00');
});

test('an expectation, a time and a condition that do not come say how it stands', async () => {
  await using sim = await smallSim();
  using curl = curlAt(sim);
  await curl.login('BU_CABC101', 'wrong');
  const soon = { timeoutMs: 20 };
  const expectation = await failure(sim.waitFor({ expectation: 'logs-on' }, soon));
  expect(expectation).toContain('it is pending: not seen yet; due by 10:00\nnearest:\n');
  expect(expectation).toContain('wrong-password');
  expect(await failure(sim.waitFor({ time: '10:00' }, soon))).toContain('time stands still');
  expect(await failure(sim.waitFor(() => false, soon))).toContain('last of the journal:\n');
  expect(await failure(sim.waitFor({ expectation: 'logs-of' }))).toContain('logs-on');
  const thrown = () => {
    throw new Error('of the caller');
  };
  expect(await failure(sim.waitFor(thrown))).toBe('of the caller');
});

test('whoever waits is told that the simulator stopped', async () => {
  const sim = await smallSim();
  const [waited] = await Promise.allSettled([sim.waitFor({ time: '12:00' }), sim.stop()]);
  expect(waited).toMatchObject({ status: 'rejected', reason: { code: 'SIM_STOPPED' } });
});

test('what happened is verified by how often, and in which order; a refused login is no login', async () => {
  await using sim = await smallSim();
  using curl = curlAt(sim);
  await curl.login('BU_CABC101', 'wrong');
  await curl.login('BU_CABC101', SMALL_DAY_PASSWORD);
  await curl.get('/positions');
  const login = { kind: 'online.login', user: 'BU_CABC101' };
  const enquiry = { kind: 'online.enquiry', page: 'positions' };
  expect(sim.verify(login).times(1)).toHaveLength(1);
  expect(sim.verify({ ...login, outcome: ['ok', 'refused'] }).times(2)).toHaveLength(2);
  expect(sim.verify(login).happened()[0]?.seq).toBe(sim.verify(login).atLeast(1)[0]?.seq);
  sim.verify(login).atMost(1);
  sim.verify({ kind: 'sftp.*' }).never();
  expect(sim.verify.inOrder([login, enquiry]).map(({ kind }) => kind)).toEqual(['online.login', 'online.enquiry']);

  expect(() => sim.verify(login).times(2)).toThrow(
    /^online\.login, user BU_CABC101: expected twice, seen once\n {2}#\d+ 09:00:00 online\.login.*\nnearest:\n {2}#\d+ .*wrong-password \(outcome is refused, not ok\)/,
  );
  expect(() => sim.verify(login).atLeast(2)).toThrow('expected at least twice, seen once');
  expect(() => sim.verify(login).atMost(0)).toThrow('expected at most never, seen once');
  expect(() => sim.verify(login).never()).toThrow('expected never, seen once');
  expect(() => sim.verify({ ...login, user: 'BU_CXYZ101' }).happened()).toThrow('user is BU_CABC101, not BU_CXYZ101');
  expect(() => sim.verify.inOrder([enquiry, login])).toThrow(
    /^1 of 2 in order; missing: online\.login, user BU_CABC101\n.*online\.enquiry.*\nseen, but too early:\n/,
  );
  expect(() => sim.verify({ kind: 'online.logon' })).toThrow('no journal entry is ever of the kind "online.logon"');
});

test('what clients did that nobody expected is told without being asked for', async () => {
  await using sim = await smallSim();
  expect(sim.unexpected()).toEqual([]);
  using curl = curlAt(sim);
  await curl.login('BU_CABC101', SMALL_DAY_PASSWORD);
  await curl.get('/positions');
  expect(sim.unexpected()).toEqual([]);
  const socket = await import('node:net').then(({ connect }) => connect(sim.endpoints.oapi[0]?.port ?? 0, '127.0.0.1'));
  socket.end('this is no frame of the protocol, and is long enough to be read as one');
  await sim.waitFor({ kind: 'oapi.invalid' });
  expect(sim.unexpected().map(({ kind }) => kind)).toContain('oapi.invalid');
});
