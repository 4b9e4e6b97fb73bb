import type { TakeUp } from './command.ts';
import type { Decide } from './context.ts';

export const decideTakeUp: Decide<TakeUp> = () => {
  throw new Error('not built yet');
};
