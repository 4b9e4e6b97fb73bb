import type { CustomerCode } from '../../clearing/participant.ts';
import { customerCode, group } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { describeParts, parts as partsShape, toParts, tradeNumber } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: TransferFromTransitory. */
export const tradeTransfer = defineVerb({
  name: 'trade.transfer',
  summary: 'A participant transfers a trade out of its transitory account.',
  schema: () =>
    group(
      { participant: customerCode, trade: tradeNumber, parts: partsShape },
      'a transfer: { participant: "CABC", trade: 7, parts: [{ account: "OMNI1", quantity: 3 }] }',
    ),
  example: { participant: 'CABC', trade: 1, parts: [{ account: 'OMNI1', quantity: 2 }] },
  toAction(args, { names, refuse }) {
    if (!checkParticipant(names, args.participant, ['participant'], refuse)) return undefined;
    const parts = toParts(args.parts, args.participant, names, refuse);
    if (!parts) return undefined;
    return {
      do: 'trade.transfer',
      participant: args.participant as CustomerCode,
      command: { do: 'transfer-from-transitory', trade: args.trade, parts },
    };
  },
  describe: ({ participant, command }) =>
    `${participant} transfers trade ${command.trade} from the transitory account: ${describeParts(command.parts)}.`,
});
