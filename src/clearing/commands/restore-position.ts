import type { RestorePosition } from './command.ts';
import type { Decide } from './context.ts';

export const decideRestorePosition: Decide<RestorePosition> = () => {
  throw new Error('not built yet');
};
