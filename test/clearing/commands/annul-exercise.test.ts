import { expect, test } from 'vitest';
import type { AnnulExercise } from '../../../src/clearing/commands/command.ts';
import type { ExerciseState } from '../../../src/clearing/exercise.ts';
import {
  account,
  at,
  CABC,
  CXYZ,
  HKB_CALL,
  inOrderOfPrecedence,
  market,
  MONDAY,
  type Market,
} from '../support/market.ts';

const annul: AnnulExercise = { do: 'annul-exercise', exercise: 1 };

/** CABC has asked for the exercise of 7 of 10: request 1. */
function requested(): Market {
  const place = market({
    positions: [{ participant: CABC, account: account('OMNI1'), series: HKB_CALL, held: 10, written: 0 }],
  });
  place.done(CABC, { do: 'request-exercise', account: account('OMNI1'), series: HKB_CALL, quantity: 7 });
  return place;
}

test('a pending request is annulled, and stays in the list as it was', () => {
  const place = requested();
  const before = place.book(CABC)?.exercises.get(1);
  place.clock.now = at('10:30');
  place.done(CABC, annul);
  expect(place.book(CABC)?.exercises.get(1)).toEqual({ ...before, state: 'annulled', modifiedAt: at('10:30') });
});

test('another participant’s request is unknown', () => {
  expect(requested().do(CXYZ, annul)).toEqual({ ok: false, rejection: { code: 'unknown-exercise', exercise: 1 } });
});

test('what the day end has exercised cannot be annulled', () => {
  const place = requested();
  place.clock.now = at('+1d 23:30');
  place.endDay();
  expect(place.do(CABC, annul)).toEqual({
    ok: false,
    rejection: { code: 'exercise-not-pending', exercise: 1, state: 'exercised' },
  });
});

interface Case {
  readonly time: string;
  readonly command: AnnulExercise;
  readonly state?: ExerciseState;
  readonly ended?: true;
}

inOrderOfPrecedence<Case>(
  'an annulment of an exercise request',
  { time: '10:00', command: annul },
  [
    {
      breaks: (of) => ({ ...of, command: { ...of.command, exercise: 2 } }),
      rejection: { code: 'unknown-exercise', exercise: 2 },
    },
    {
      breaks: (of) => ({ ...of, state: 'annulled' }),
      rejection: { code: 'exercise-not-pending', exercise: 1, state: 'annulled' },
    },
    {
      breaks: (of) => ({ ...of, time: '+1d 18:45' }),
      rejection: { code: 'after-input-cutoff', clearingDate: MONDAY, session: 'T', cutoff: at('+1d 18:45') },
    },
    { breaks: (of) => ({ ...of, ended: true }), rejection: { code: 'day-ended', businessDate: MONDAY } },
  ],
  ({ time, command, state = 'holding', ended }) => {
    const place = requested();
    place.clock.now = at(time);
    const exercise = place.book(CABC)?.exercises.get(1);
    if (exercise) place.happens({ type: 'exercise-changed', exercise: { ...exercise, state } });
    if (ended) place.happens({ type: 'day-ended', businessDate: MONDAY, at: at(time) });
    return { place, code: CABC, command };
  },
);
