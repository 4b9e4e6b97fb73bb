import { expect, test } from 'vitest';
import { connect } from '../../src/client/client.ts';
import { run, startDay } from '../cli/command.ts';
import { scenarioFile, simulator, smallDay } from '../support/simulator.ts';

const EXPECT = [
  {
    id: 'confirmed',
    says: 'CABC confirms.',
    seen: { kind: 'control.confirmation-received', participant: 'CABC' },
    before: '12:30',
  },
  { id: 'backed-up', says: 'It is backed up.', confirm: { by: 'instructor' }, before: '12:00' },
];

test('a simulator in another process is moved, made to do things, read and graded', async () => {
  using file = scenarioFile({
    ...smallDay(),
    expect: EXPECT,
  });
  await using day = await startDay([file.path]);
  const client = connect(day.ready.control);
  expect(await client.ready()).toMatchObject({
    scenario: 'small-day',
    online: day.ready.online,
    control: { url: day.ready.control.url },
  });
  expect(JSON.stringify(await client.ready())).not.toContain(day.ready.control.token);
  expect(await client.clock.advanceTo('09:00')).toMatchObject({
    simTime: '2019-05-05T09:00:00.000+08:00',
    mode: 'paused',
  });
  expect(await client.clock.advanceBy('30m')).toMatchObject({ simTime: '2019-05-05T09:30:00.000+08:00' });
  expect(await client.clock.resume({ speed: 2 })).toMatchObject({ mode: 'running', speed: 2 });
  expect(await client.clock.pause()).toMatchObject({ mode: 'paused' });
  expect(await client.inject('gateway.stop', { which: [1], how: 'refuse', for: '10m' })).toEqual({
    refused: undefined,
  });
  expect(await client.inject('day.roll', { to: '2019-05-07' })).toMatchObject({ refused: { code: 'day-not-ended' } });
  await expect(client.inject('gateway.stopp')).rejects.toMatchObject({
    code: 'SIM_CONTROL_REFUSED',
    message: expect.stringContaining('gateway.stop'),
  });
  expect(await client.state()).toMatchObject({ scenario: 'small-day', phase: 'enquiry-only' });
  expect(await client.trades('CABC')).toEqual([]);
  expect(await client.positions('CABC')).toEqual([]);
  expect(await client.gates()).toEqual([]);
  expect(await client.confirm('CABC')).toMatchObject({ late: false });
  await client.judge('backed-up', 'met', 'seen');
  expect((await client.expectations()).map(({ id, status }) => [id, status])).toEqual([
    ['confirmed', 'met'],
    ['backed-up', 'met'],
  ]);
  expect(await client.score()).toMatchObject({ percent: 100 });
  expect((await client.unexpected()).map(({ kind }) => kind)).toEqual(['scenario.refused']);
  expect(await client.call('GET', '/v1/clock')).toMatchObject({ mode: 'paused' });
  expect(await client.clock.runToNext()).toMatchObject({ mode: 'paused' });
});

test('the journal is read by filter, followed, and waited for', async () => {
  await using sim = await simulator({ at: '09:00' });
  const client = connect(sim.endpoints.control);
  const phases = await client.journal.entries({ kind: 'clearing.phase-changed' });
  expect(phases).toEqual(sim.journal.entries({ kind: 'clearing.phase-changed' }));
  expect(await client.journal.entries({ kind: ['clock.*', 'scenario.step'] }, { limit: 1 })).toEqual(
    sim.journal.entries({ kind: ['clock.*', 'scenario.step'] }).slice(-1),
  );
  expect(await client.journal.waitFor({ kind: 'simulator.ready' })).toEqual(
    sim.journal.entries({ kind: 'simulator.ready' })[0],
  );
  const coming = client.journal.waitFor({ kind: 'scenario.note', text: 'now' });
  const seen: string[] = [];
  const followed = (async () => {
    for await (const entry of client.journal.follow({ after: 0 })) {
      seen.push(entry.kind);
      if (entry['text'] === 'now') break;
    }
  })();
  await sim.inject('note', { text: 'now' });
  expect(await coming).toMatchObject({ text: 'now' });
  await followed;
  expect(seen).toEqual(sim.journal.entries().map(({ kind }) => kind));
});

test('a wait in vain says what came nearest, and an unknown kind is told at once', async () => {
  await using sim = await simulator({ at: '09:00' });
  const client = connect(sim.endpoints.control);
  await expect(
    client.journal.waitFor({ kind: 'clearing.phase-changed', phase: 'normal' }, { timeoutMs: 100 }),
  ).rejects.toMatchObject({
    code: 'SIM_WAIT_TIMED_OUT',
    message: expect.stringContaining('(phase is enquiry-only, not normal)'),
  });
  await expect(client.journal.waitFor({ kind: 'online.logon' })).rejects.toMatchObject({ code: 'SIM_OPTION_INVALID' });
});

test('whoever is not there, or is no simulator, or does not take the token, is told as such', async () => {
  await using sim = await simulator();
  const { url, token } = sim.endpoints.control;
  await expect(connect({ url, token: 'wrong' }).state()).rejects.toMatchObject({
    code: 'SIM_CONTROL_REFUSED',
    message: expect.stringContaining('the token is in the ready line'),
  });
  await expect(connect({ url: 'http://127.0.0.1:1', token }).state()).rejects.toMatchObject({
    code: 'SIM_NOT_RUNNING',
  });
  await sim.stop();
  await expect(connect({ url, token }).state()).rejects.toMatchObject({ code: 'SIM_NOT_RUNNING' });
});

test('under dcass-sim run the client finds its day by itself, and elsewhere says what it needs', async () => {
  const module = new URL('../../dist/client.js', import.meta.url).href;
  const script = `import(${JSON.stringify(module)}).then(async ({ connect }) => {
    const { simTime } = await connect().clock.advanceTo('10:00');
    console.log(simTime);
  })`;
  const { code, stdout } = await run(['run', 'verification-day', '--', process.execPath, '-e', script], {
    GITHUB_ACTIONS: '',
  });
  expect({ code, stdout }).toEqual({ code: 0, stdout: '2019-05-05T10:00:00.000+08:00\n' });
  expect(() => connect()).toThrow('DCASS_CONTROL_URL');
});
