import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startJournal } from '../../src/journal/journal.ts';
import { entryOf } from '../../src/journal/record-clearing.ts';
import type { JournalEntry } from '../../src/journal/entry.ts';
import { CredentialVault } from '../../src/clearing/secret.ts';
import { playDay } from '../../src/sample-day.ts';
import { evaluateExpectations } from '../../src/scenario/expectations.ts';
import { explainScenario } from '../../src/scenario/explain.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { toJunit } from '../../src/score/junit.ts';
import { scoreDay } from '../../src/score/score.ts';
import { simulatedClock } from '../../src/time/clock.ts';
import { plusMs, toIso, type TransportTime } from '../../src/time/instant.ts';
import { scenarioFile, simulator } from '../support/simulator.ts';
import { anyDay } from './support/any-day.ts';

const DAY_MS = 86_400_000;

/** The whole day without windows; what the simulator itself does wrong is thrown. */
async function play(scenario: Scenario): Promise<readonly JournalEntry[]> {
  const clock = simulatedClock(scenario.start, () => 0 as TransportTime);
  const wall = { isoNow: () => '', after: () => ({ [Symbol.dispose]: () => undefined }) };
  const journal = startJournal({ now: clock.now, wall });
  const vault = new CredentialVault();
  const bugs: unknown[] = [];
  await playDay(scenario, {
    clock,
    until: scenario.end ?? plusMs(scenario.start, 2 * DAY_MS),
    journal,
    onEvent: (event, platform) =>
      void journal.record({ ...entryOf(event, vault), ...(platform === undefined ? {} : { platform }) }),
    onTrouble: (error) => bugs.push(error),
  });
  if (bugs.length > 0) throw bugs[0];
  return journal.entries();
}

// Goal: what validates runs to its end without a fault of the simulator, twice with the same journal; what does not is
// refused with a place inside the file. Method: days from the schemas of the file and of every verb, most of them valid.
test(
  'any day runs to its end, the same twice, or is refused with a line and a column',
  { timeout: 120_000 },
  async () => {
    const counts = { valid: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(anyDay, async (day) => {
        const text = JSON.stringify(day, null, 1);
        const result = parseScenario(text, 'day.yaml');
        if (!result.ok) {
          counts.refused += 1;
          const lines = text.split('\n');
          expect(result.problems.length).toBeGreaterThan(0);
          for (const { file, line, column, message } of result.problems) {
            expect([file, message.includes('undefined'), message.includes('[object')]).toEqual([
              'day.yaml',
              false,
              false,
            ]);
            expect(line >= 1 && line <= lines.length).toBe(true);
            expect(column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1).toBe(true);
          }
          return;
        }
        counts.valid += 1;
        const { scenario } = result;
        for (const format of ['text', 'md', 'csv', 'json'] as const) explainScenario(scenario, format);
        const [first, second] = [await play(scenario), await play(scenario)];
        expect(first).toEqual(second);
        const now = scenario.end ?? plusMs(scenario.start, 2 * DAY_MS);
        const results = evaluateExpectations(scenario.expectations, first, now, true);
        expect(results.filter(({ status }) => status === 'pending')).toEqual([]);
        toJunit(scoreDay({ scenario: scenario.id, title: scenario.title, simTime: toIso(now) }, results, first));
      }),
      { numRuns: 150 },
    );
    // A generator that makes one of them only would prove nothing.
    expect(Math.min(counts.valid, counts.refused)).toBeGreaterThan(15);
  },
);

test('some of them with all windows', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      anyDay.filter((day) => parseScenario(JSON.stringify(day), 'day.yaml').ok),
      async (day) => {
        using file = scenarioFile(day as object);
        const journals: object[][] = [];
        for (const _run of [1, 2]) {
          await using sim = await simulator({ scenario: file.path });
          await sim.clock.advanceTo((day as { day: { end?: string } }).day.end ?? '+1d 02:00');
          expect(sim.journal.entries({ kind: 'simulator.bug' })).toEqual([]);
          journals.push(sim.journal.entries().map(({ wallTime: _wallTime, ...entry }) => entry));
        }
        expect(journals[0]).toEqual(journals[1]);
      },
    ),
    { numRuns: 4 },
  );
});
