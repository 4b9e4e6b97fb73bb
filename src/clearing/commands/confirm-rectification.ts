import type { ConfirmRectification } from './command.ts';
import type { Decide } from './context.ts';

export const decideConfirmRectification: Decide<ConfirmRectification> = () => {
  throw new Error('not built yet');
};
