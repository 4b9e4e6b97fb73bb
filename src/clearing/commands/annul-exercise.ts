import { accepted, rejected } from '../rejection.ts';
import { bookOf } from '../state.ts';
import type { AnnulExercise } from './command.ts';
import type { Decide } from './context.ts';
import { dateOfInput, inputEnded } from './input-cutoff.ts';

/**
 * CC15: takes back an exercise request that the day end has not exercised yet.
 *
 * Refusals by precedence: the participant has the request; it is pending; the input cutoff.
 */
export const decideAnnulExercise: Decide<AnnulExercise> = (state, command, { participant, now }) => {
  const exercise = bookOf(state, participant).exercises.get(command.exercise);
  if (!exercise) return rejected({ code: 'unknown-exercise', exercise: command.exercise });
  if (exercise.state !== 'holding') {
    return rejected({ code: 'exercise-not-pending', exercise: exercise.number, state: exercise.state });
  }
  const ended = inputEnded(state, dateOfInput(state, exercise.businessDate), now);
  if (ended) return rejected(ended);
  return accepted([{ type: 'exercise-changed', exercise: { ...exercise, state: 'annulled', modifiedAt: now } }]);
};
