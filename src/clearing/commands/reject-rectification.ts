import type { RejectRectification } from './command.ts';
import type { Decide } from './context.ts';

export const decideRejectRectification: Decide<RejectRectification> = () => {
  throw new Error('not built yet');
};
