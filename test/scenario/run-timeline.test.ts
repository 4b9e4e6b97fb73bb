import { describe, expect, test } from 'vitest';
import { startJournal } from '../../src/journal/journal.ts';
import { describeAction } from '../../src/scenario/verbs/catalogue.ts';
import { runTimeline, type RunningTimeline } from '../../src/scenario/run-timeline.ts';
import { simulatedClock } from '../../src/time/clock.ts';
import { plusMs, toClockText, type TransportTime } from '../../src/time/instant.ts';
import type { JournalEntry } from '../../src/journal/entry.ts';
import type { ScenarioAction } from '../../src/scenario/action.ts';
import { dayText, load } from './support/day.ts';

const HOUR_MS = 3_600_000;

const THREE = `  - { id: a, at: "09:00", do: note, with: { text: a } }
  - { id: b, at: "09:00", do: note, with: { text: b } }
  - { id: c, after: { id: a, by: 3h }, do: note, with: { text: c } }`;

type Perform = (text: string) => void | Promise<void>;

/** A day of notes; what was performed is told as `text HH:MM`. */
function stage(timeline: string, perform?: Perform, past: readonly JournalEntry[] = []) {
  const scenario = load(dayText({ timeline }));
  const clock = simulatedClock(scenario.start, () => 0 as TransportTime);
  const wall = { isoNow: () => '', after: () => ({ [Symbol.dispose]: () => undefined }) };
  const journal = startJournal({ now: clock.now, wall });
  const done: string[] = [];
  const running: RunningTimeline = runTimeline(
    scenario,
    {
      clock,
      journal,
      perform: (action: ScenarioAction) => {
        const text = action.do === 'note' ? action.text : describeAction(action);
        done.push(`${text} ${toClockText(clock.now())}`);
        return perform?.(text);
      },
      onTrouble: (error) => {
        throw error;
      },
    },
    past,
  );
  const login = (user = 'BU_CABC101', outcome: 'ok' | 'refused' = 'ok'): unknown =>
    journal.record({ kind: 'online.login', source: 'online', outcome, user, participant: user.slice(3, 7) });
  return {
    clock,
    journal,
    done,
    running,
    login,
    at: (hours: number) => clock.advanceTo(plusMs(scenario.start, hours * HOUR_MS)),
  };
}

test('every step is performed at its own instant, ties in the order of the file', async () => {
  const { done, at } = stage(THREE);
  await at(6);
  expect(done).toEqual(['a 09:00', 'b 09:00', 'c 12:00']);
});

test('the clock waits for a step before the next one begins', async () => {
  const ends: string[] = [];
  const { at, done } = stage(THREE, async (text) => {
    await Promise.resolve();
    await Promise.resolve();
    ends.push(`${text} after ${done.length}`);
  });
  await at(3);
  expect(ends).toEqual(['a after 1', 'b after 2']);
});

test('a timeline that is disposed performs nothing more', async () => {
  const { clock, done, at, running } = stage(THREE);
  await at(3);
  running[Symbol.dispose]();
  await at(6);
  expect(done).toEqual(['a 09:00', 'b 09:00']);
  expect(clock.nextDue()).toBeUndefined();
});

test('a step repeats until its end, and has an id for each time', async () => {
  const { done, at, journal } = stage(
    '  - { id: r, at: "09:00", repeat: { every: 20m, until: "10:00" }, do: note, with: { text: r } }',
  );
  await at(6);
  expect(done).toEqual(['r 09:00', 'r 09:20', 'r 09:40', 'r 10:00']);
  expect(journal.entries({ kind: 'scenario.step' }).map((entry) => entry['step'])).toEqual([
    'r-1',
    'r-2',
    'r-3',
    'r-4',
  ]);
});

describe('a step that waits for something', () => {
  const WHEN = `  - id: w
    when: { seen: { kind: online.login, user: "BU_CABC101" } }
    between: { from: "09:00", to: "11:00" }
    do: note
    with: { text: w }
    else: { do: note, with: { text: otherwise } }
  - { id: next, after: { id: w, by: 30m }, do: note, with: { text: next } }`;

  test('happens at the first time it is seen within its span, while the clock stands, and what follows it too', async () => {
    const { done, at, login, clock } = stage(WHEN);
    login(); // Before the span.
    await at(3); // 09:30
    login('BU_CXYZ101');
    login('BU_CABC101', 'refused');
    await clock.advanceBy(0);
    expect(done).toEqual([]);
    login();
    login();
    await clock.advanceBy(0);
    expect(done).toEqual(['w 09:30']);
    await at(6);
    expect(done).toEqual(['w 09:30', 'next 10:00']);
  });

  test('does not happen where its span ends first: its else does, and what follows it is skipped', async () => {
    const { done, at, login, journal } = stage(WHEN);
    await at(5);
    login();
    await at(6);
    expect(done).toEqual(['otherwise 11:00']);
    expect(journal.entries({ kind: 'scenario.step-skipped' }).map((entry) => entry['step'])).toEqual(['w', 'next']);
  });

  test.each([
    ['all', 'a 09:30'],
    ['any', 'a 09:00'],
  ])('%s of several things', async (need, wanted) => {
    const { done, at, login, clock } = stage(
      `  - id: a
    when: { ${need}: [{ seen: { kind: online.login, participant: ["CABC"] } }, { seen: { kind: online.login, user: "BU_CXYZ101" } }] }
    do: note
    with: { text: a }`,
    );
    await at(2.5);
    login();
    await clock.advanceBy(0);
    await at(3);
    login('BU_CXYZ101');
    await clock.advanceBy(0);
    expect(done).toEqual([wanted]);
  });
});

describe('a gate', () => {
  const GATE = `  - { id: g, gate: { says: "Cancel?", from: "06:40", timeout: 20m, default: skip }, do: note, with: { text: g } }
  - { id: h, after: { id: g, by: 1h }, do: note, with: { text: h } }`;

  test('waits for the instructor, who opens it once', async () => {
    const { done, at, running, clock } = stage(GATE);
    expect(running.decide('g', 'open')).toBe(false);
    await at(0.2);
    expect(running.gates()).toMatchObject([{ gate: 'g', says: 'Cancel?', byDefault: 'skip', decision: undefined }]);
    expect([running.decide('x', 'open'), running.decide('g', 'open'), running.decide('g', 'skip')]).toEqual([
      false,
      true,
      false,
    ]);
    await clock.advanceBy(0);
    await at(3);
    expect(done).toEqual(['g 06:42', 'h 07:42']);
    expect(running.gates()).toMatchObject([{ decision: 'open' }]);
  });

  test('is decided by its default where nobody answers in time', async () => {
    const { done, at, journal } = stage(GATE);
    await at(3);
    expect(done).toEqual([]);
    expect(journal.entries({ kind: 'scenario.gate-skipped' })).toMatchObject([{ gate: 'g', by: 'default' }]);
  });
});

test('a timeline that is made again from its journal goes on where it stood', async () => {
  const timeline = `  - { id: a, at: "09:00", do: note, with: { text: a } }
  - { id: g, gate: { says: "?", from: "09:00", timeout: 4h, default: open }, do: note, with: { text: g } }
  - { id: w, when: { all: [{ seen: { kind: online.login, user: "BU_CABC101" } }, { seen: { kind: online.login, user: "BU_CXYZ101" } }] }, do: note, with: { text: w } }
  - { id: v, after: { id: w, by: 1h }, do: note, with: { text: v } }
  - { id: c, after: { id: a, by: 3h }, do: note, with: { text: c } }`;
  const first = stage(timeline);
  await first.at(3);
  first.login();
  const again = stage(timeline, undefined, first.journal.entries());
  await again.at(3.5);
  expect(again.done).toEqual([]);
  again.login('BU_CXYZ101');
  await again.at(7);
  expect(again.done).toEqual(['w 10:00', 'v 11:00', 'c 12:00', 'g 13:00']);
  expect(again.journal.entries({ kind: 'scenario.gate-waiting' })).toEqual([]);
});
