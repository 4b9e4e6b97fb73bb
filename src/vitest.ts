/** dcass-sim/vitest: a simulator for each test. */
import { test as plain } from 'vitest';
import { lastLines } from './journal/entry-words.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from './simulator.ts';

export interface SimulatorFixture {
  /** The day of this test: on free ports, with its clock standing still, gone when the test ends. */
  sim: Simulator;
  /** How it is started. Set it for a file or a group: `test.override({ simOptions: { at: '09:00' } })`. */
  simOptions: SimulatorOptions;
}

/** How many entries of the journal a failed test is told. */
const LAST_ENTRIES = 20;

/**
 * vitest's `test` with a simulator as `sim`. A test that fails is told the last entries of its journal, and what clients
 * did that nobody expected.
 * @param options how it is started, for all tests of the file
 */
export function simulatorTest(options: SimulatorOptions = {}) {
  return plain.extend<SimulatorFixture>({
    simOptions: [options, { injected: false }],
    sim: async ({ simOptions, onTestFailed }, use) => {
      const sim = await startSimulator(simOptions);
      let isRead = false;
      onTestFailed(({ task }) => {
        if (isRead) return;
        isRead = true;
        for (const error of task.result?.errors ?? []) error.message += `\n\n${toldOf(sim)}`;
      });
      try {
        await use(sim);
      } finally {
        await sim.stop();
      }
    },
  });
}

/** The same for the verification day, as it begins. */
export const test = simulatorTest();

function toldOf(sim: Simulator): string {
  const unexpected = sim.unexpected();
  return [
    `dcass-sim, ${sim.endpoints.scenario}, at ${sim.clock.now().slice(11, 19)} Hong Kong time. The last entries of the journal:`,
    ...lastLines(sim.journal.entries(), LAST_ENTRIES).map((line) => `  ${line}`),
    ...(unexpected.length > 0 ? ['Nobody asked for:'] : []),
    ...unexpected.map((each) => `  #${each.seq} ${each.words}`),
  ].join('\n');
}
