import * as z from 'zod/mini';
import { accountId, customerCode, group, seriesName } from '../leaf.ts';
import { contracts, contractsOrNone, toPositionNamed } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: NetDownPosition. */
export const positionNetDown = defineVerb({
  name: 'position.net-down',
  summary: 'A participant nets a gross position down: as many held as written contracts go.',
  schema: () =>
    group(
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
  toAction(args, context) {
    const named = toPositionNamed(args, context);
    if (!named) return undefined;
    const { participant, ...position } = named;
    const item = { ...position, quantity: args.quantity, finalHeld: args.finalHeld };
    return { do: 'position.net-down', participant, command: { do: 'net-down-position', items: [item] } };
  },
  describe: ({ participant, command }) =>
    `${participant} nets down ${command.items.map((item) => `${item.quantity} ${item.series} in ${item.account}`).join(', ')}.`,
});
