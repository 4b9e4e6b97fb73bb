import type { CustomerCode } from '../../clearing/participant.ts';
import { customerCode, group, someOf } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { tradeNumber } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: MakeAveragePriceTrade. */
export const tradeAverage = defineVerb({
  name: 'trade.average',
  summary: 'A participant makes one trade at the average price of several.',
  schema: () =>
    group(
      { participant: customerCode, trades: someOf(tradeNumber, 'trade numbers') },
      'the trades: { participant: "CABC", trades: [7, 8] }',
    ),
  example: { participant: 'CABC', trades: [1, 3] },
  toAction(args, { names, refuse }) {
    if (!checkParticipant(names, args.participant, ['participant'], refuse)) return undefined;
    return {
      do: 'trade.average',
      participant: args.participant as CustomerCode,
      command: { do: 'make-average-price-trade', trades: args.trades },
    };
  },
  describe: ({ participant, command }) => `${participant} averages the trades ${command.trades.join(', ')}.`,
});
