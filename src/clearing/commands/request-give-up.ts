import type { RequestGiveUp } from './command.ts';
import type { Decide } from './context.ts';

export const decideRequestGiveUp: Decide<RequestGiveUp> = () => {
  throw new Error('not built yet');
};
