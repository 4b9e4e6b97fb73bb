import type { CustomerCode } from '../../clearing/participant.ts';
import { customerCode, group } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { describeParts, parts as partsShape, toParts, tradeNumber } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: RectifyTrade. */
export const tradeRectify = defineVerb({
  name: 'trade.rectify',
  summary: 'A participant re-books a trade into parts: account, open or close, customer info.',
  schema: () =>
    group(
      { participant: customerCode, trade: tradeNumber, parts: partsShape },
      'a rectification: { participant: "CABC", trade: 7, parts: [{ account: "OMNI1", quantity: 3 }] }',
    ),
  example: { participant: 'CABC', trade: 1, parts: [{ account: 'OMNI1', quantity: 2 }] },
  toAction(args, { names, refuse }) {
    if (!checkParticipant(names, args.participant, ['participant'], refuse)) return undefined;
    const parts = toParts(args.parts, args.participant, names, refuse);
    if (!parts) return undefined;
    return {
      do: 'trade.rectify',
      participant: args.participant as CustomerCode,
      command: { do: 'rectify-trade', trade: args.trade, parts },
    };
  },
  describe: ({ participant, command }) =>
    `${participant} rectifies trade ${command.trade}: ${describeParts(command.parts)}.`,
});
