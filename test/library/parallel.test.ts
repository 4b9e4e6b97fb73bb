import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { scenarioFile, simulator, smallDay } from '../support/simulator.ts';

const COUNT = 50;

/** The n-th day is its own: another title, another hour of its close, another note. */
async function nth(n: number): Promise<Simulator> {
  const closes = `1${n % 3}:${String(n).padStart(2, '0')}`;
  using file = scenarioFile({
    ...smallDay(),
    scenario: { id: `day-${n}`, title: `Day ${n}`, level: 'beginner', minutes: 5, sources: ['a test'] },
    params: { closes: { type: 'time', default: '12:00', says: 'When DCASS closes.' } },
    timeline: [
      { id: 'opens', at: '09:00', do: 'session.open', with: { mode: 'enquiry-only' } },
      { id: 'note', at: '09:30', do: 'note', with: { text: `note ${n}` } },
      { id: 'closes', at: '${closes}', do: 'session.close' },
    ],
  });
  return await simulator({ scenario: file.path, params: { closes }, seed: n });
}

test('fifty simulators in one process are fifty worlds: ports, clocks, journals, tokens and states are their own', async () => {
  const sims = await Promise.all([...Array(COUNT).keys()].map(nth));
  try {
    const ports = sims.flatMap(({ endpoints: { online, oapi, sftp, mail } }) =>
      [...online, ...oapi, ...sftp, mail].map(({ port }) => port),
    );
    expect(new Set(ports).size).toBe(COUNT * 8);
    expect(new Set(sims.map(({ endpoints }) => endpoints.control.token)).size).toBe(COUNT);
    await Promise.all(sims.map((sim, n) => sim.clock.advanceTo(n % 2 === 0 ? '10:00' : '12:55')));
    await Promise.all(sims.map((sim, n) => sim.inject('message.send', { to: 'all', text: `message ${n}` })));
    sims.forEach((sim, n) => {
      expect(sim.endpoints.scenario).toBe(`day-${n}`);
      expect(sim.verify({ kind: 'scenario.note' }).times(1)).toMatchObject([{ text: `note ${n}` }]);
      expect(sim.verify({ kind: 'clearing.message-sent' }).times(1)).toMatchObject([{ text: `message ${n}` }]);
      const closed = sim.journal.entries({ kind: 'clearing.phase-changed', phase: 'closed' });
      const closes = `1${n % 3}:${String(n).padStart(2, '0')}`;
      const isOver = n % 2 === 1 || closes <= '10:00';
      expect(closed.map(({ simTime }) => simTime.slice(11, 16))).toEqual(isOver ? [closes] : []);
      expect(sim.journal.entries().map(({ seq }) => seq)).toEqual(sim.journal.entries().map((_entry, i) => i + 1));
    });
  } finally {
    await Promise.all(sims.map((sim) => sim.stop()));
  }
});

test.concurrent.each([...Array(COUNT).keys()])(
  'number %i of fifty that run at once has a day of its own',
  async (n) => {
    await using sim = await nth(n);
    await sim.clock.advanceTo('12:55');
    expect(sim.verify({ kind: 'scenario.note' }).times(1)).toMatchObject([{ text: `note ${n}` }]);
    expect(sim.unexpected()).toEqual([]);
  },
);
