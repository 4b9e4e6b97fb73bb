import { expect, test } from 'vitest';
import { restoreState } from '../../src/clearing/snapshot.ts';
import { evaluateExpectations } from '../../src/scenario/expectations.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Instant } from '../../src/time/instant.ts';
import { scenarioFile, simulator } from '../support/simulator.ts';
import { DAY, stateOf, told } from './day.ts';

const WITHOUT_MARK = (entry: unknown): unknown => {
  const { history: _history, ...rest } = entry as Record<string, unknown>;
  return rest;
};

test('a day from an instant has the state and the journal of one that was moved there', async () => {
  using file = scenarioFile(DAY);
  await using from = await simulator({ scenario: file.path, from: '10:10' });
  await using at = await simulator({ scenario: file.path, at: '10:10' });
  expect(from.endpoints.simTime).toBe('2019-05-05T10:10:00.000+08:00');
  expect(stateOf(from)).toEqual(stateOf(at));
  expect(told(from.journal.entries()).map(WITHOUT_MARK)).toEqual(told(at.journal.entries()));
  expect(from.mails()).toEqual(at.mails());
  // What was begun before goes on: the gateway that is stopped starts, the reports are completed.
  for (const sim of [from, at]) await sim.clock.advanceTo('13:00');
  expect(stateOf(from)).toEqual(stateOf(at));
  expect(told(from.journal.entries()).map(WITHOUT_MARK)).toEqual(told(at.journal.entries()));
});

test('what was due before is history, up to where the day began; what comes is not', async () => {
  using file = scenarioFile(DAY);
  await using sim = await simulator({ scenario: file.path, from: '09:45' });
  const began = sim.journal.entries({ kind: 'clock.began' })[0]?.seq ?? 0;
  await sim.clock.advanceTo('10:00');
  const entries = sim.journal.entries();
  expect(began).toBeGreaterThan(5);
  expect(entries.filter((entry) => entry['history'] === true).map(({ seq }) => seq)).toEqual(
    entries.slice(0, began - 1).map(({ seq }) => seq),
  );
  expect(sim.journal.entries({ kind: 'mail.sent', history: true })).toEqual([]);
});

test('nobody is graded for what was due before the day began', async () => {
  using file = scenarioFile(DAY);
  await using sim = await simulator({ scenario: file.path, from: '09:45' });
  expect(sim.expectations()).toMatchObject([
    { id: 'in', status: 'not-reached', reason: 'the day began at 09:45, after 09:30' },
    { id: 'in-late', status: 'pending' },
  ]);
  expect(sim.score()).toMatchObject({ possible: 0 });
  await using moved = await simulator({ scenario: file.path, at: '09:45' });
  expect(moved.expectations()).toMatchObject([{ status: 'missed' }, { status: 'pending' }]);
  // A journal that is read from a file says the same.
  const loaded = await loadScenario(file.path, { scenariosDir: '' });
  if (!loaded.ok) return expect.fail();
  const read = evaluateExpectations(loaded.scenario.expectations, sim.journal.entries(), 0 as Instant);
  expect(read[0]).toMatchObject({ status: 'not-reached' });
  sim.judge('in', 'waived');
  expect(sim.expectations()[0]).toMatchObject({ status: 'waived' });
  return undefined;
});

test('a gateway that is stopped at that instant is stopped when the day begins', async () => {
  using file = scenarioFile(DAY);
  await using sim = await simulator({ scenario: file.path, from: '10:00' });
  const { address, port } = sim.endpoints.online[1] ?? { address: '', port: 0 };
  await expect(fetch(`http://${address}:${port}/`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  expect(restoreState(sim.snapshot()).phase).toBe('enquiry-only');
});

test('an instant before the start, and no instant, are refused', async () => {
  await expect(simulator({ from: '01:00' })).rejects.toMatchObject({ code: 'SIM_TIME_BACKWARDS' });
  await expect(simulator({ from: 'noon' })).rejects.toMatchObject({ code: 'SIM_TIME_INVALID' });
  await expect(simulator({ from: '10:00', at: '09:30' })).rejects.toMatchObject({ code: 'SIM_TIME_BACKWARDS' });
});
