import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histories } from './scale.ts';
import { begin, history, take, type StepName } from './step.ts';
import { wholeState } from './whole-state.ts';

/** A wrong password is counted: the refusal changes the user, and says so by an event. */
const COUNTS_TRIES: readonly StepName[] = ['log-in', 'change-password'];

// Goal: a rejected command changes nothing.
// Method: the whole state before and after every refusal; and nothing was told to have happened.
test('whatever is refused changes nothing in the whole state', () => {
  fc.assert(
    fc.property(history, ({ steps, ...of }) => {
      const place = begin({ steps, ...of });
      let before = JSON.stringify(wholeState(place.whole));
      for (const step of steps) {
        const events = place.events.length;
        const refusal = take(place, step);
        const now = JSON.stringify(wholeState(place.whole));
        const told = place.events.length - events;
        if (refusal && !COUNTS_TRIES.includes(step.what) && told > 0) throw new Error(`${step.what}: ${told} events`);
        // Without an event nothing changes, refused or not.
        if (told === 0 && now !== before) throw new Error(`${step.what} changed the state: ${now}, was ${before}`);
        before = now;
      }
    }),
    histories(30),
  );
});

// Goal: no input crashes the model.
// Method: histories in which every step is wild; whatever is thrown ends the test.
test('no input crashes the model, however absurd', () => {
  fc.assert(
    fc.property(history, ({ steps, ...of }) => {
      const place = begin({ steps, ...of });
      for (const step of steps) take(place, { ...step, isWild: true });
    }),
    histories(200),
  );
});

// Goal: the other properties look at something.
// Method: what happened in some histories, the same at every run.
test('the histories have some of everything: each event, each reason of a deal, and commands that are refused', () => {
  const events = new Set<string>();
  const reasons = new Set<string>();
  const refusals = new Set<string>();
  for (const { steps, ...of } of fc.sample(history, { numRuns: 300, seed: 3 })) {
    const place = begin({ steps, ...of });
    for (const step of steps) {
      const refusal = take(place, step);
      if (refusal) refusals.add(refusal.code);
    }
    for (const event of place.events) {
      events.add(event.type);
      if (event.type === 'position-adjusted') events.add(event.reason);
      if (event.type === 'deal-made') reasons.add(event.deal.reason);
    }
  }
  // What a scenario does with a world that nobody has traded in.
  expect(EVENTS.filter((each) => !events.has(each))).toEqual([]);
  expect(REASONS.filter((each) => !reasons.has(each))).toEqual([]);
  expect(refusals.size).toBeGreaterThan(45);
});

const REASONS = [
  'rectification',
  'transfer-from-transitory',
  'average-price',
  'give-up',
  'annulment',
  'position-transfer',
  'exercise',
  'day-end',
];

const EVENTS = [
  'phase-changed',
  'logged-in',
  'login-failed',
  'session-ended',
  'restriction-lifted',
  'password-set',
  'password-expired',
  'user-locked',
  'user-unlocked',
  'user-suspended',
  'user-reinstated',
  'user-functions-changed',
  'deal-matched',
  'deal-made',
  'deal-annulled',
  'trade-changed',
  'give-up-changed',
  'rectification-changed',
  'average-price-trade-made',
  'close-out-changed',
  'exercise-changed',
  'delivery-made',
  'position-adjusted',
  'account-changed',
  'price-set',
  'day-ended',
  'business-date-rolled',
  'message-sent',
  'information-ready',
  'report-started',
  'report-completed',
  'net-down',
  'restore',
  'deny-exercise',
  'cover',
  'exercise',
  'assignment',
  'expiry',
];
