import type { CustomerCode } from '../../clearing/participant.ts';
import type { SeriesName } from '../../clearing/series.ts';
import { accountId, customerCode, group, seriesName } from '../leaf.ts';
import { checkHolding, checkSeries } from '../names.ts';
import { contracts } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: RequestExercise. */
export const exerciseRequest = defineVerb({
  name: 'exercise.request',
  summary: 'A participant requests the exercise of options that it holds.',
  schema: group(
    { participant: customerCode, account: accountId, series: seriesName, quantity: contracts },
    'the position: { participant: "CABC", account: "OMNI1", series: "HSIK9", quantity: 2 }',
  ),
  example: { participant: 'CABC', account: 'HOUSE', series: 'HKB67.50E9', quantity: 1 },
  toAction(args, { names, refuse }) {
    if (!checkSeries(names, args.series, ['series'], refuse)) return undefined;
    if (!checkHolding(names, args, [], refuse)) return undefined;
    const { account } = args;
    const series = args.series as SeriesName;
    return {
      do: 'exercise.request',
      participant: args.participant as CustomerCode,
      command: { do: 'request-exercise', account, series, quantity: args.quantity },
    };
  },
  describe: ({ participant, command }) =>
    `${participant} requests the exercise of ${command.quantity} ${command.series} in ${command.account}.`,
});
