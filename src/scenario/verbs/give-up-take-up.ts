import type { CustomerCode } from '../../clearing/participant.ts';
import { customerCode, group } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { describeParts, giveUpNumber, parts as partsShape, toParts } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: TakeUp. */
export const giveUpTakeUp = defineVerb({
  name: 'give-up.take-up',
  summary: 'The taker takes a give-up up, into one account or several.',
  schema: () =>
    group(
      { participant: customerCode, giveUp: giveUpNumber, parts: partsShape },
      'a take-up: { participant: "CXYZ", giveUp: 1, parts: [{ account: "HOUSE", quantity: 3 }] }',
    ),
  example: { participant: 'CXYZ', giveUp: 1, parts: [{ account: 'HOUSE', quantity: 2 }] },
  toAction(args, { names, refuse }) {
    if (!checkParticipant(names, args.participant, ['participant'], refuse)) return undefined;
    const parts = toParts(args.parts, args.participant, names, refuse);
    if (!parts) return undefined;
    return {
      do: 'give-up.take-up',
      participant: args.participant as CustomerCode,
      command: { do: 'take-up', giveUp: args.giveUp, parts },
    };
  },
  describe: ({ participant, command }) =>
    `${participant} takes up give-up ${command.giveUp}: ${describeParts(command.parts)}.`,
});
