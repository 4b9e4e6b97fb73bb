import type { TransferFromTransitory } from './command.ts';
import type { Decide } from './context.ts';

export const decideTransferFromTransitory: Decide<TransferFromTransitory> = () => {
  throw new Error('not built yet');
};
