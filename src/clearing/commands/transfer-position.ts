import type { TransferPosition } from './command.ts';
import type { Decide } from './context.ts';

export const decideTransferPosition: Decide<TransferPosition> = () => {
  throw new Error('not built yet');
};
