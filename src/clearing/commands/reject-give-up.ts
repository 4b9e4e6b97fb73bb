import type { RejectGiveUp } from './command.ts';
import type { Decide } from './context.ts';

export const decideRejectGiveUp: Decide<RejectGiveUp> = () => {
  throw new Error('not built yet');
};
