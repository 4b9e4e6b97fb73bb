import type { AnnulExercise } from './command.ts';
import type { Decide } from './context.ts';

export const decideAnnulExercise: Decide<AnnulExercise> = () => {
  throw new Error('not built yet');
};
