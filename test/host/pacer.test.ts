import { expect, test } from 'vitest';
import { startPacer } from '../../src/host/pacer.ts';
import type { WallClock } from '../../src/host/wall-clock.ts';
import { simulatedClock } from '../../src/time/clock.ts';
import type { Instant, TransportTime } from '../../src/time/instant.ts';

/** A business clock at 0, its pacer, and a wall clock whose timers fire while the test lets time pass. */
function world() {
  let transport = 0;
  let timers: { readonly at: number; readonly call: () => void }[] = [];
  const wall: Pick<WallClock, 'transportNow' | 'after'> = {
    transportNow: () => transport as TransportTime,
    after(ms, call) {
      const timer = { at: transport + Math.max(ms, 0), call };
      timers.push(timer);
      return { [Symbol.dispose]: () => void (timers = timers.filter((each) => each !== timer)) };
    },
  };
  const clock = simulatedClock(0 as Instant, wall.transportNow);
  const errors: unknown[] = [];
  const fired: string[] = [];
  return {
    clock,
    fired,
    errors,
    pacer: startPacer(clock, wall as WallClock, (error) => errors.push(error)),
    waits: () => timers.map((each) => each.at - transport),
    schedule: (ms: number, name: string) => clock.scheduleAt(ms as Instant, () => void fired.push(name)),
    /** @param earlyMs how much too early the timers are, as Node's can be by a millisecond */
    async pass(ms: number, earlyMs = 0) {
      transport += ms;
      const due = timers.filter((each) => each.at - earlyMs <= transport);
      timers = timers.filter((each) => !due.includes(each));
      for (const each of due) each.call();
      await clock.catchUp(); // Queued behind the timers' own.
    },
  };
}

test('due work fires at its real moment, which the speed brings nearer', async () => {
  const { clock, fired, pass, schedule, waits } = world();
  schedule(60_000, 'a minute on');
  schedule(120_000, 'two minutes on');
  expect(waits()).toEqual([]);
  clock.resume({ speed: 60 });
  expect(waits()).toEqual([1_000]);
  await pass(1_000);
  expect([fired, waits()]).toEqual([['a minute on'], [1_000]]);
  await pass(1_000);
  expect([fired, waits()]).toEqual([['a minute on', 'two minutes on'], []]);
});

test('a timer that fires a little early is waited for again', async () => {
  const { clock, fired, pass, schedule, waits } = world();
  schedule(1_000, 'work');
  clock.resume();
  await pass(999, 1);
  expect([fired, waits()]).toEqual([[], [1]]);
  await pass(1);
  expect(fired).toEqual(['work']);
});

test('earlier work, a pause, a cancellation and another speed each change the one wait', () => {
  const { clock, schedule, waits } = world();
  clock.resume();
  schedule(1_000, 'later');
  const earlier = schedule(400, 'earlier');
  expect(waits()).toEqual([400]);
  earlier[Symbol.dispose]();
  expect(waits()).toEqual([1_000]);
  clock.resume({ speed: 4 });
  expect(waits()).toEqual([250]);
  clock.pause();
  expect(waits()).toEqual([]);
});

test('work that fails is told, and the pacer goes on with the next', async () => {
  const { clock, errors, fired, pass, schedule } = world();
  clock.scheduleAt(100 as Instant, () => Promise.reject(new Error('broken step')));
  schedule(200, 'next');
  clock.resume();
  // The timer's catch-up fails; that of `pass` finds nothing due.
  await pass(100);
  expect(errors).toEqual([expect.objectContaining({ message: 'broken step' })]);
  await pass(100);
  expect(fired).toEqual(['next']);
});

test('a disposed pacer waits for nothing any more', () => {
  const { clock, pacer, schedule, waits } = world();
  schedule(100, 'work');
  clock.resume();
  pacer[Symbol.dispose]();
  expect(waits()).toEqual([]);
  schedule(50, 'more work');
  expect(waits()).toEqual([]);
});
