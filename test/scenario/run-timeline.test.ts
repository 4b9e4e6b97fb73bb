import { expect, test } from 'vitest';
import { scheduleTimeline } from '../../src/scenario/run-timeline.ts';
import { simulatedClock } from '../../src/time/clock.ts';
import { plusMs, toClockText, type TransportTime } from '../../src/time/instant.ts';
import { dayText, load } from './support/day.ts';

const TIMELINE = `  - { id: a, at: "09:00", do: note, with: { text: a } }
  - { id: b, at: "09:00", do: note, with: { text: b } }
  - { id: c, after: { id: a, by: 3h }, do: note, with: { text: c } }`;

function stage() {
  const scenario = load(dayText({ timeline: TIMELINE }));
  return { scenario, clock: simulatedClock(scenario.start, () => 0 as TransportTime) };
}

test('every step is performed at its own instant, ties in the order of the file', async () => {
  const { scenario, clock } = stage();
  const done: string[] = [];
  using _timeline = scheduleTimeline(
    scenario,
    clock,
    (step) => void done.push(`${step.id} ${toClockText(clock.now())}`),
  );
  await clock.advanceTo(plusMs(scenario.start, 6 * 3_600_000));
  expect(done).toEqual(['a 09:00', 'b 09:00', 'c 12:00']);
});

test('the clock waits for a step before the next one begins', async () => {
  const { scenario, clock } = stage();
  const done: string[] = [];
  using _timeline = scheduleTimeline(scenario, clock, async (step) => {
    done.push(`${step.id} begins`);
    await Promise.resolve();
    await Promise.resolve();
    done.push(`${step.id} ends`);
  });
  await clock.advanceTo(plusMs(scenario.start, 3 * 3_600_000));
  expect(done).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('a timeline that is disposed performs nothing more', async () => {
  const { scenario, clock } = stage();
  const done: string[] = [];
  const timeline = scheduleTimeline(scenario, clock, (step) => void done.push(step.id));
  await clock.advanceTo(plusMs(scenario.start, 3 * 3_600_000));
  timeline[Symbol.dispose]();
  await clock.advanceTo(plusMs(scenario.start, 6 * 3_600_000));
  expect(done).toEqual(['a', 'b']);
  expect(clock.nextDue()).toBeUndefined();
});
