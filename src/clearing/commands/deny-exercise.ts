import type { DenyExercise } from './command.ts';
import type { Decide } from './context.ts';

export const decideDenyExercise: Decide<DenyExercise> = () => {
  throw new Error('not built yet');
};
