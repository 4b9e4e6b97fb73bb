import { expect, test } from 'vitest';
import { curlAt } from '../support/online-by-curl.ts';
import { scenarioFile, simulator, smallDay, SMALL_DAY_PASSWORD } from '../support/simulator.ts';
import { run, startDay } from './command.ts';

const DAY = {
  ...smallDay({}, [
    {
      id: 'helps',
      when: { seen: { kind: 'online.login', user: 'BU_CABC101' } },
      between: { to: '11:00' },
      do: 'message.send',
      with: { to: 'CABC', text: 'Good morning, ${who}.' },
    },
    {
      id: 'cancels',
      gate: { says: 'Is the session cancelled?', from: '09:10', timeout: '20m', default: 'skip' },
      do: 'message.send',
      with: { to: 'all', text: 'Cancelled.' },
    },
  ]),
  params: { who: { type: 'text', default: 'trader', says: 'Who is greeted.' } },
};

test('the instructor decides at the command line, and a parameter comes from it', async () => {
  using file = scenarioFile(DAY);
  await using day = await startDay([file.path, '--at', '09:10', '--param', 'who=Ms Chan']);
  const control = ['--control', day.ready.control.url, '--token', day.ready.control.token];
  expect((await run(['gate', ...control])).stdout).toBe(
    'cancels: Is the session cancelled? (waits until 09:30, then it does not happen)\n',
  );
  const unknown = await run(['gate', 'open', 'cancel', ...control]);
  expect([unknown.code, unknown.stderr]).toEqual([
    2,
    expect.stringContaining('No gate "cancel" waits for a decision now (waiting: cancels).'),
  ]);
  expect((await run(['gate', 'open', 'cancels', ...control])).stdout).toBe('cancels: it happens\n');
  expect(await day.line((entry) => entry.kind === 'clearing.message-sent')).toMatchObject({ text: 'Cancelled.' });
  expect(JSON.parse((await run(['gate', '--json', ...control])).stdout)).toMatchObject({
    gates: [{ gate: 'cancels', decision: 'open', until: '2019-05-05T09:30:00.000+08:00' }],
  });
  const bad = await run(['explain', file.path, '--param', 'whom=you']);
  expect([bad.code, bad.stderr]).toEqual([
    2,
    expect.stringContaining('this day has no parameter "whom"; did you mean who?'),
  ]);
});

test('what a real client does makes a step happen at that moment, while the clock stands', async () => {
  using file = scenarioFile(DAY);
  await using sim = await simulator({ scenario: file.path, at: '09:05', params: { who: 'Mr Lee' } });
  using curl = curlAt(sim);
  await curl.login('BU_CABC101', SMALL_DAY_PASSWORD);
  await sim.journal.waitFor({ kind: 'clearing.message-sent' });
  expect(await curl.get('/messages?format=csv')).toContain('Good morning, Mr Lee.');
  expect(sim.gates()).toEqual([]);
  await sim.clock.advanceTo('09:10');
  expect(sim.decide('cancels', 'skip')).toBe(true);
  await sim.journal.waitFor({ kind: 'scenario.gate-skipped', by: 'instructor' });
});
