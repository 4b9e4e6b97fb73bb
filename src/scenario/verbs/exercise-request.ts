import { accountId, customerCode, group, seriesName } from '../leaf.ts';
import { contracts, toPositionNamed } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: RequestExercise. */
export const exerciseRequest = defineVerb({
  name: 'exercise.request',
  summary: 'A participant requests the exercise of options that it holds.',
  schema: () =>
    group(
      { participant: customerCode, account: accountId, series: seriesName, quantity: contracts },
      'the position: { participant: "CABC", account: "OMNI1", series: "HKB67.50E9", quantity: 2 }',
    ),
  example: { participant: 'CABC', account: 'HOUSE', series: 'HKB67.50E9', quantity: 1 },
  toAction(args, context) {
    const named = toPositionNamed(args, context);
    if (!named) return undefined;
    const { participant, ...position } = named;
    return {
      do: 'exercise.request',
      participant,
      command: { do: 'request-exercise', ...position, quantity: args.quantity },
    };
  },
  describe: ({ participant, command }) =>
    `${participant} requests the exercise of ${command.quantity} ${command.series} in ${command.account}.`,
});
