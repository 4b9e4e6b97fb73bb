import type { CustomerCode } from '../../clearing/participant.ts';
import type { SeriesName } from '../../clearing/series.ts';
import { accountId, customerCode, group, seriesName } from '../leaf.ts';
import { checkHolding, checkSeries } from '../names.ts';
import { contractsOrNone } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: CoverPosition. */
export const positionCover = defineVerb({
  name: 'position.cover',
  summary: 'A participant says how many of its written stock calls are covered by shares.',
  schema: group(
    { participant: customerCode, account: accountId, series: seriesName, quantity: contractsOrNone },
    'the position: { participant: "CABC", account: "OMNI1", series: "HSIK9", quantity: 2 }',
  ),
  example: { participant: 'CABC', account: 'HOUSE', series: 'HKB67.50E9', quantity: 0 },
  toAction(args, { names, refuse }) {
    if (!checkSeries(names, args.series, ['series'], refuse)) return undefined;
    if (!checkHolding(names, args, [], refuse)) return undefined;
    const { account } = args;
    const series = args.series as SeriesName;
    return {
      do: 'position.cover',
      participant: args.participant as CustomerCode,
      command: { do: 'cover-position', account, series, quantity: args.quantity },
    };
  },
  describe: ({ participant, command }) =>
    `${participant} covers ${command.quantity} ${command.series} in ${command.account}.`,
});
