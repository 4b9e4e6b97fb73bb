import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scenarioFile, simulator } from '../support/simulator.ts';
import { chance, keep, stateDirectory } from './process.ts';
import { all, SPANS } from './spans.ts';

// Goal: whatever is open at a checkpoint, a day that goes back to it ends as one that never left.
// Method: one checkpoint inside each span; the whole day is run, brought back, and run again.
test.each(['09:11', '09:22', '09:25:01', '09:34', '09:40', '09:52', '10:10', '11:05'])(
  'faults, reports, keys and platforms go on from a checkpoint at %s',
  async (time) => {
    using file = scenarioFile(SPANS);
    await using one = await simulator({ scenario: file.path, at: time });
    await using other = await simulator({ scenario: file.path, at: time });
    one.checkpoint('here');
    other.checkpoint('here');
    const before = all(one);
    await one.clock.advanceTo('12:30');
    await one.restore('here');
    expect(all(one)).toEqual(before);
    for (const sim of [one, other]) await sim.clock.advanceTo('12:30');
    expect(all(one)).toEqual(all(other));
    expect(one.fallback()?.reInput).toHaveLength(1);
  },
  60_000,
);

// Goal: the same after a SIGKILL at any moment. Method: the process is killed after a seeded number of entries.
test('faults, reports, keys and platforms go on after a SIGKILL, again and again', async () => {
  using file = scenarioFile(SPANS);
  const stateDir = stateDirectory();
  const random = chance(11);
  for (let round = 0; round < 5; round++) {
    await using running = await keep(stateDir, file.path, ...(round === 0 ? [] : ['--resume']));
    const moving = running.advance('12:30');
    await running.printed(round * 12 + random() * 12);
    await running.kill();
    await moving;
  }
  await using sim = await simulator({ scenario: file.path, stateDir, resume: true });
  await using whole = await simulator({ scenario: file.path });
  for (const each of [sim, whole]) await each.clock.advanceTo('12:30');
  expect(all(sim)).toEqual(all(whole));
}, 240_000);

test('a renewed key is the same one after a SIGKILL', async () => {
  using file = scenarioFile(SPANS);
  const stateDir = stateDirectory();
  await using first = await keep(stateDir, file.path, '--at', '09:27');
  const key = (keys: Readonly<Record<string, string>>): string => readFileSync(keys['CABC'] ?? '', 'utf8');
  const before = key(first.ready.files.keys);
  await first.kill();
  await using sim = await simulator({ scenario: file.path, stateDir, resume: true });
  expect(key(sim.endpoints.files.keys)).toBe(before);
}, 60_000);
