import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { simulator } from '../support/simulator.ts';
import { threeWeeks } from './days/three-weeks.ts';
import { endOf, play, type PlayOptions, type Script } from './play.ts';

const START = Date.parse('2019-05-03T17:00:00+08:00');
const LENGTH_MS = Date.parse('2019-05-18T02:05:00+08:00') - START;

/** What happened: all but how the clock was moved, the real time, and the numbers that count both. */
function happened(sim: Simulator): readonly object[] {
  return sim.journal
    .entries()
    .filter(({ source }) => source !== 'clock')
    .map(({ wallTime: _wallTime, seq: _seq, ...entry }) => entry);
}

async function played(script: Script, options?: PlayOptions): Promise<readonly object[]> {
  await using sim = await play('three-weeks', script, options);
  return happened(sim);
}

/** Goes by all stops, ascending, that lie on the way. */
function by(stops: readonly number[]): NonNullable<PlayOptions['moveTo']> {
  const left = stops.toSorted((a, b) => a - b).map((ms) => toTime(START + ms));
  return async (sim, time) => {
    const target = fullTime(time);
    for (let [stop] = left; stop !== undefined && stop <= target; [stop] = left) {
      left.shift();
      if (stop > sim.clock.now()) await sim.clock.advanceTo(stop);
    }
    await sim.clock.advanceTo(time);
  };
}

/** Hong Kong time as the clock writes it; such texts are in the order of time. */
function toTime(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
}

/** `+2d 09:05` of a script that begins on 3 May. */
function fullTime(time: string): string {
  if (time.includes('T')) return time;
  const [, days = '0', clock = ''] = /^(?:\+(\d+)d )?(.+)$/.exec(time) ?? [];
  return toTime(Date.parse(`2019-05-03T${clock}:00+08:00`) + Number(days) * 86_400_000);
}

const offset = fc.integer({ min: 0, max: LENGTH_MS });

// Goal: how often the clock is stopped on the way changes nothing. Method: the three weeks with nobody there, in random
// steps, against one step.
test('one step of the clock or a thousand give the same three weeks', async () => {
  const inSteps = async (stops: readonly number[]): Promise<readonly object[]> => {
    await using sim = await simulator({ scenario: 'three-weeks' });
    await by(stops)(sim, await endOf('three-weeks'));
    return happened(sim);
  };
  const atOnce = await inSteps([]);
  expect(atOnce.length).toBeGreaterThan(900);
  await fc.assert(
    fc.asyncProperty(fc.array(offset, { minLength: 1, maxLength: 1_000 }), async (stops) => {
      expect(await inSteps(stops)).toEqual(atOnce);
    }),
    { numRuns: 8 },
  );
}, 60_000);

// The same with real clients at work, who wait for what they ask for: two whole runs, one of them in a thousand steps.
test('played again, and with a thousand steps of the clock between, the three weeks give the same journal', async () => {
  const first = await played(threeWeeks.well);
  const thousand = fc.sample(fc.array(offset, { minLength: 1_000, maxLength: 1_000 }), { seed: 2019, numRuns: 1 });
  expect(await played(threeWeeks.well, { moveTo: by(thousand[0] ?? []) })).toEqual(first);
}, 60_000);

test('after a fallback in the three weeks the passwords of 3 May work again, and none that was set since', async () => {
  const OF_FRIDAY_EVENING = 'Friday+evening1';
  const script: Script = [
    // HKEX resets one before the day end of 3 May: it is among those that a fallback brings back.
    ['20:00', ({ happens }) => happens('password.reset', { user: 'BO_CXYZ801', password: OF_FRIDAY_EVENING })],
    ['+2d 09:40', ({ cabc }) => cabc.sendsPasswordReset('BO_CABC901')],
    ['+2d 10:00', ({ cabc }) => cabc.readsPasswords()],
    ['+2d 10:05', ({ cabc }) => cabc.renewsProgramPassword('BO_CABC901', 'Springtime#901')],
    ['+3d 09:30', ({ cabc }) => cabc.connects('BO_CABC901', 'oapi-2')],
    ['+3d 09:31', ({ cabc }) => cabc.givesUp('BO_CABC901', 5)],
    ['+3d 09:40', ({ cabc }) => cabc.leaves('BO_CABC901')],
    ['+5d 10:00', ({ happens }) => happens('platform.fallback', { text: 'Work on Genium INET.' })],
    ['+5d 10:05', ({ cabc }) => cabc.cannotLogIn('BO_CABC901', 'ng-1')],
    ['+5d 10:06', ({ cabc }) => cabc.connects('BO_CABC901', 'ng-1', { password: 'Backoffice#901' })],
    ['+5d 10:10', ({ cabc }) => cabc.givesUp('BO_CABC901', 5)],
    ['+5d 10:20', ({ cabc }) => cabc.leaves('BO_CABC901')],
    ['+5d 10:30', ({ cxyz }) => cxyz.cannotLogIn('BO_CXYZ801', 'ng-1')],
    [
      '+5d 10:31',
      ({ cxyz }) =>
        cxyz.renewsProgramPassword('BO_CXYZ801', 'Wednesday+801', { at: 'ng-1', password: OF_FRIDAY_EVENING }),
    ],
  ];
  await using sim = await play('three-weeks', script);
  expect(sim.fallback()?.reInput).toMatchObject([
    {
      participant: 'CABC',
      user: 'BO_CABC901',
      functionName: 'Give-up',
      doneAt: '2019-05-06T09:31:00.000+08:00',
      matchedAt: '2019-05-08T10:10:00.000+08:00',
    },
  ]);
}, 60_000);
