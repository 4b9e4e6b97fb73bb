import type { CoverPosition } from './command.ts';
import type { Decide } from './context.ts';

export const decideCoverPosition: Decide<CoverPosition> = () => {
  throw new Error('not built yet');
};
