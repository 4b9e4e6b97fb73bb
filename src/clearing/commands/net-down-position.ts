import type { NetDownPosition } from './command.ts';
import type { Decide } from './context.ts';

export const decideNetDownPosition: Decide<NetDownPosition> = () => {
  throw new Error('not built yet');
};
