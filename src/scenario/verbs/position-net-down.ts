import * as z from 'zod/mini';
import type { CustomerCode } from '../../clearing/participant.ts';
import type { SeriesName } from '../../clearing/series.ts';
import { accountId, customerCode, group, seriesName } from '../leaf.ts';
import { checkHolding, checkSeries } from '../names.ts';
import { contracts, contractsOrNone } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: NetDownPosition. */
export const positionNetDown = defineVerb({
  name: 'position.net-down',
  summary: 'A participant nets a gross position down: as many held as written contracts go.',
  schema: group(
    {
      participant: customerCode,
      account: accountId,
      series: seriesName,
      quantity: contracts,
      finalHeld: z.optional(contractsOrNone),
    },
    'the position: { participant: "CABC", account: "OMNI1", series: "HSIK9", quantity: 2 }',
  ),
  example: { participant: 'CABC', account: 'OMNI1', series: 'HSIK9', quantity: 1 },
  toAction(args, { names, refuse }) {
    if (!checkSeries(names, args.series, ['series'], refuse)) return undefined;
    if (!checkHolding(names, args, [], refuse)) return undefined;
    const { account } = args;
    const series = args.series as SeriesName;
    return {
      do: 'position.net-down',
      participant: args.participant as CustomerCode,
      command: {
        do: 'net-down-position',
        items: [{ account, series, quantity: args.quantity, finalHeld: args.finalHeld }],
      },
    };
  },
  describe: ({ participant, command }) =>
    `${participant} nets down ${command.items.map((item) => `${item.quantity} ${item.series} in ${item.account}`).join(', ')}.`,
});
