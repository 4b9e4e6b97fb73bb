import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulatedClock, type BusinessClock } from '../../src/time/clock.ts';
import type { Instant, TransportTime } from '../../src/time/instant.ts';

const at = (ms: number): Instant => ms as Instant;

/** A clock at 0 with a transport clock that moves when told, and a record of what fired when. */
function world() {
  let transport = 5_000;
  const clock = simulatedClock(at(0), () => transport as TransportTime);
  const fired: string[] = [];
  return {
    clock,
    fired,
    pass: (ms: number) => void (transport += ms),
    schedule: (ms: number, name: string) => clock.scheduleAt(at(ms), () => void fired.push(`${name}@${clock.now()}`)),
  };
}

/** A promise and the function that settles it. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

test('an advance fires what is due in time order, ties in the order scheduled, each at its own instant', async () => {
  const { clock, fired, schedule } = world();
  schedule(30, 'late');
  schedule(10, 'first tie');
  schedule(20, 'middle');
  schedule(10, 'second tie');
  schedule(31, 'not yet');
  await clock.advanceTo(at(30));
  expect(fired).toEqual(['first tie@10', 'second tie@10', 'middle@20', 'late@30']);
  expect([clock.now(), clock.nextDue()]).toEqual([30, 31]);
});

test('work that an advance schedules inside its own span fires in the same advance', async () => {
  const { clock, fired, schedule } = world();
  clock.scheduleAt(at(10), () => {
    schedule(20, 'child');
    schedule(10, 'at once');
    schedule(5, 'in the past');
  });
  schedule(15, 'between');
  await clock.advanceTo(at(20));
  expect(fired).toEqual(['in the past@10', 'at once@10', 'between@15', 'child@20']);
});

test('an advance resolves only after asynchronous work is done, and time waits for it', async () => {
  const { clock, fired, schedule } = world();
  const { opened, open } = gate();
  clock.scheduleAt(at(10), () => opened);
  schedule(20, 'after');
  let done = false;
  const advance = clock.advanceTo(at(30)).then(() => (done = true));
  await Promise.resolve();
  await Promise.resolve();
  expect([clock.now(), done, fired]).toEqual([10, false, []]);
  open();
  await advance;
  expect([clock.now(), fired]).toEqual([30, ['after@20']]);
});

test('advances that are asked for at once run one after the other', async () => {
  const { clock, fired, schedule } = world();
  const { opened, open } = gate();
  clock.scheduleAt(at(10), async () => {
    await opened;
    fired.push(`slow@${clock.now()}`);
  });
  schedule(20, 'second');
  const both = Promise.all([clock.advanceBy(10), clock.advanceBy(10)]);
  open();
  await both;
  expect([clock.now(), fired]).toEqual([20, ['slow@10', 'second@20']]);
});

test('a target in the past is SIM_TIME_BACKWARDS with both times, and later advances still work', async () => {
  const { clock } = world();
  await clock.advanceTo(at(60_000));
  await expect(clock.advanceTo(at(0))).rejects.toMatchObject({
    code: 'SIM_TIME_BACKWARDS',
    message: 'the clock stands at 1970-01-01T08:01:00.000+08:00 and cannot go back to 1970-01-01T08:00:00.000+08:00',
  });
  await clock.advanceTo(at(60_000));
  expect(clock.now()).toBe(60_000);
});

test.each([Number.NaN, Infinity])('%s is no time to move to or to be due at', async (ms) => {
  const { clock } = world();
  await expect(clock.advanceTo(at(ms))).rejects.toMatchObject({ code: 'SIM_TIME_INVALID' });
  expect(() => clock.scheduleAt(at(ms), () => undefined)).toThrow(
    expect.objectContaining({ code: 'SIM_TIME_INVALID' }),
  );
});

test('work that fails rejects the advance at its own instant; what is due later is still due', async () => {
  const { clock, fired, schedule } = world();
  clock.scheduleAt(at(10), () => Promise.reject(new Error('broken step')));
  schedule(20, 'later');
  await expect(clock.advanceTo(at(30))).rejects.toThrow('broken step');
  expect([clock.now(), fired]).toEqual([10, []]);
  await clock.advanceTo(at(30));
  expect(fired).toEqual(['later@20']);
});

test('cancelled work does not fire, and cancelling twice or afterwards does nothing', async () => {
  const { clock, fired, schedule } = world();
  const cancelled = schedule(10, 'cancelled');
  const kept = schedule(10, 'kept');
  cancelled[Symbol.dispose]();
  cancelled[Symbol.dispose]();
  await clock.advanceTo(at(10));
  kept[Symbol.dispose]();
  expect(fired).toEqual(['kept@10']);
});

test('runToNext goes to the next due instant and fires all of it, and stays where nothing is due', async () => {
  const { clock, fired, schedule } = world();
  schedule(10, 'a');
  schedule(10, 'b');
  schedule(20, 'c');
  await clock.runToNext();
  expect([clock.now(), fired]).toEqual([10, ['a@10', 'b@10']]);
  await clock.runToNext();
  await clock.runToNext();
  expect([clock.now(), fired.length]).toEqual([20, 3]);
});

test('a running clock goes at its speed, stands while paused, and resumes at the last speed', () => {
  const { clock, pass } = world();
  clock.resume({ speed: 60 });
  pass(1_000);
  expect([clock.now(), clock.isRunning(), clock.speed()]).toEqual([60_000, true, 60]);
  clock.pause();
  pass(1_000);
  expect([clock.now(), clock.isRunning()]).toEqual([60_000, false]);
  clock.resume();
  pass(10);
  expect(clock.now()).toBe(60_600);
});

test.each([0, -1, Number.NaN, Infinity])('a speed of %s is refused', (speed) => {
  const { clock } = world();
  expect(() => clock.resume({ speed })).toThrow(expect.objectContaining({ code: 'SIM_TIME_INVALID' }));
  expect(clock.isRunning()).toBe(false);
});

test('a running clock does not pass due work that has not been fired', async () => {
  const { clock, fired, pass, schedule } = world();
  schedule(500, 'due');
  clock.resume();
  pass(2_000);
  expect(clock.now()).toBe(500);
  await clock.catchUp();
  expect([clock.now(), fired]).toEqual([2_000, ['due@500']]);
});

test('a catch-up with nothing due leaves a running clock where it is', async () => {
  const { clock, pass } = world();
  clock.resume();
  pass(1_234);
  await clock.catchUp();
  expect(clock.now()).toBe(1_234);
});

test('work that is scheduled into the past of a running clock does not pull it back', async () => {
  const { clock, fired, pass, schedule } = world();
  clock.resume();
  pass(1_000);
  schedule(300, 'overdue');
  expect(clock.now()).toBe(1_000);
  await clock.catchUp();
  expect(fired).toEqual(['overdue@1000']);
});

test('work that pauses the clock stops a catch-up there, and the rest fires after it goes on', async () => {
  const { clock, fired, pass, schedule } = world();
  clock.scheduleAt(at(100), () => clock.pause());
  schedule(200, 'after the pause');
  clock.resume();
  pass(1_000);
  await clock.catchUp();
  expect([clock.now(), clock.isRunning(), fired]).toEqual([100, false, []]);
  clock.resume();
  pass(150);
  await clock.catchUp();
  expect(fired).toEqual(['after the pause@200']);
});

test('work that fails while the clock runs does not stop the clock', async () => {
  const { clock, fired, pass, schedule } = world();
  let told = 0;
  clock.scheduleAt(at(100), () => {
    throw new Error('broken step');
  });
  schedule(200, 'next');
  clock.resume();
  clock.onChange(() => told++);
  pass(100);
  await expect(clock.catchUp()).rejects.toThrow('broken step');
  expect(told, 'the pacer must hear of it to plan again').toBe(1);
  pass(100);
  await clock.catchUp();
  expect([clock.now(), fired]).toEqual([200, ['next@200']]);
});

test('a jump of a running clock goes on from the target at the same speed', async () => {
  const { clock, pass } = world();
  clock.resume({ speed: 2 });
  pass(100);
  await clock.advanceBy(1_000);
  expect(clock.now()).toBe(1_200);
  pass(50);
  expect(clock.now()).toBe(1_300);
});

test('listeners hear of every change of mode and of what is due next, until they are disposed', async () => {
  const { clock, schedule } = world();
  let changes = 0;
  const subscription = clock.onChange(() => changes++);
  const seen: number[] = [];
  const step = (): void => void seen.push(changes);
  const cancelled = schedule(10, 'cancelled');
  step();
  cancelled[Symbol.dispose]();
  step();
  clock.resume({ speed: 3 });
  step();
  clock.pause();
  step();
  await clock.advanceBy(1);
  step();
  subscription[Symbol.dispose]();
  clock.resume();
  step();
  expect(seen).toEqual([1, 2, 3, 4, 5, 5]);
});

type Step =
  | { readonly do: 'schedule'; readonly inMs: number }
  | { readonly do: 'advance' | 'pass'; readonly ms: number }
  | { readonly do: 'resume'; readonly speed: number }
  | { readonly do: 'pause' | 'next' | 'catchUp' | 'cancel' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('schedule' as const), inMs: fc.integer({ min: -50, max: 200 }) }),
  fc.record({ do: fc.constantFrom('advance' as const, 'pass' as const), ms: fc.integer({ min: 0, max: 100 }) }),
  fc.record({ do: fc.constant('resume' as const), speed: fc.constantFrom(0.3, 1, 7, 60) }),
  fc.record({ do: fc.constantFrom('pause' as const, 'next' as const, 'catchUp' as const, 'cancel' as const) }),
);

// Goal: whatever is asked of a clock, time never goes back, nothing fires early, twice or out of order, and
// nothing is forgotten.
// Method: random steps against one clock; every step looks at `now`, and each work notes its plan and its instant.
test('time never goes back and nothing fires early, twice or out of order, whatever is asked of the clock', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { clock, pass } = world();
      const fired: { readonly planned: number; readonly made: number; readonly at: number }[] = [];
      const pending: Disposable[] = [];
      let shown = clock.now();
      let order = 0;
      const look = (): void => {
        expect(clock.now()).toBeGreaterThanOrEqual(shown);
        shown = clock.now();
      };
      for (const each of steps) {
        if (each.do === 'schedule') {
          const [planned, made] = [clock.now() + each.inMs, order++];
          // What is scheduled in the past is due now.
          const due = Math.max(planned, clock.now());
          pending.push(clock.scheduleAt(at(planned), () => void fired.push({ planned: due, made, at: clock.now() })));
        } else if (each.do === 'pass') pass(each.ms);
        else await perform(clock, each, pending);
        look();
      }
      clock.pause();
      await clock.advanceBy(1_000);
      expect(clock.nextDue()).toBeUndefined();
      expect(new Set(fired.map((each) => each.made)).size).toBe(fired.length);
      for (const each of fired) expect(each.at).toBeGreaterThanOrEqual(each.planned);
      expect(fired.map((each) => each.at)).toEqual(fired.map((each) => each.at).toSorted((a, b) => a - b));
    }),
    { numRuns: 300 },
  );
});

async function perform(clock: BusinessClock, step: Step, pending: Disposable[]): Promise<void> {
  switch (step.do) {
    case 'advance':
      await clock.advanceBy(step.ms);
      return;
    case 'next':
      await clock.runToNext();
      return;
    case 'catchUp':
      await clock.catchUp();
      return;
    case 'resume':
      clock.resume({ speed: step.speed });
      return;
    case 'pause':
      clock.pause();
      return;
    case 'cancel':
      pending.pop()?.[Symbol.dispose]();
      return;
    case 'schedule':
    case 'pass':
      return;
  }
}

// Goal: an advance equals a stable sort. Method: compare with Array.prototype.toSorted over random times.
test('one long advance fires like a stable sort by time, however it is cut into shorter ones', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 }),
      fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 10 }),
      async (times, cuts) => {
        const { clock } = world();
        const fired: [number, number][] = [];
        times.forEach((ms, i) => clock.scheduleAt(at(ms), () => void fired.push([clock.now(), i])));
        for (const cut of cuts) await clock.advanceBy(cut);
        await clock.advanceBy(100);
        const expected = times.map((ms, i): [number, number] => [ms, i]).toSorted(([a], [b]) => a - b);
        expect(fired).toEqual(expected);
      },
    ),
    { numRuns: 200 },
  );
});
