import type { MakeAveragePriceTrade } from './command.ts';
import type { Decide } from './context.ts';

export const decideMakeAveragePriceTrade: Decide<MakeAveragePriceTrade> = () => {
  throw new Error('not built yet');
};
