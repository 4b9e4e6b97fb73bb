import type { RectifyTrade } from './command.ts';
import type { Decide } from './context.ts';

export const decideRectifyTrade: Decide<RectifyTrade> = () => {
  throw new Error('not built yet');
};
