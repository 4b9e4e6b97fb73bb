import type { BusinessClock } from '../time/clock.ts';
import type { Scenario, TimelineStep } from './scenario.ts';

/**
 * Puts every step on the clock, ties in the order of the file. The clock waits for each to be done
 * before it moves on. Dispose to take back what is not done yet.
 */
export function scheduleTimeline(
  scenario: Pick<Scenario, 'steps'>,
  clock: Pick<BusinessClock, 'scheduleAt'>,
  perform: (step: TimelineStep) => void | Promise<void>,
): Disposable {
  const scheduled = scenario.steps.map((step) => clock.scheduleAt(step.at, () => perform(step)));
  return {
    [Symbol.dispose]() {
      for (const each of scheduled) each[Symbol.dispose]();
    },
  };
}
