import type { RequestExercise } from './command.ts';
import type { Decide } from './context.ts';

export const decideRequestExercise: Decide<RequestExercise> = () => {
  throw new Error('not built yet');
};
