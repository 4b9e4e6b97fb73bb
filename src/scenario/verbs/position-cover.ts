import { accountId, customerCode, group, seriesName } from '../leaf.ts';
import { contractsOrNone, toPositionNamed } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: CoverPosition. */
export const positionCover = defineVerb({
  name: 'position.cover',
  summary: 'A participant says how many of its written stock calls are covered by shares.',
  schema: () =>
    group(
      { participant: customerCode, account: accountId, series: seriesName, quantity: contractsOrNone },
      'the position: { participant: "CABC", account: "OMNI1", series: "HKB67.50E9", quantity: 2 }',
    ),
  example: { participant: 'CABC', account: 'HOUSE', series: 'HKB67.50E9', quantity: 0 },
  toAction(args, context) {
    const named = toPositionNamed(args, context);
    if (!named) return undefined;
    const { participant, ...position } = named;
    return {
      do: 'position.cover',
      participant,
      command: { do: 'cover-position', ...position, quantity: args.quantity },
    };
  },
  describe: ({ participant, command }) =>
    `${participant} covers ${command.quantity} ${command.series} in ${command.account}.`,
});
