import { accountId, customerCode, group, seriesName } from '../leaf.ts';
import { contractsOrNone, toPositionNamed } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: DenyExercise. */
export const exerciseDeny = defineVerb({
  name: 'exercise.deny',
  summary: 'A participant says how many held options automatic exercise shall leave alone.',
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
      do: 'exercise.deny',
      participant,
      command: { do: 'deny-exercise', ...position, quantity: args.quantity },
    };
  },
  describe: ({ participant, command }) =>
    `${participant} denies the exercise of ${command.quantity} ${command.series} in ${command.account}.`,
});
