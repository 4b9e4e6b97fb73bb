import type { CustomerCode } from '../../clearing/participant.ts';
import { customerCode, group } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { closeOutNumber, contracts } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: RestorePosition. */
export const positionRestore = defineVerb({
  name: 'position.restore',
  summary: 'A participant undoes a net-down of the same business date, or a part of it.',
  schema: () =>
    group(
      { participant: customerCode, closeOut: closeOutNumber, quantity: contracts },
      'the close-out: { participant: "CABC", closeOut: 1, quantity: 1 }',
    ),
  example: { participant: 'CABC', closeOut: 1, quantity: 1 },
  toAction(args, { names, refuse }) {
    if (!checkParticipant(names, args.participant, ['participant'], refuse)) return undefined;
    return {
      do: 'position.restore',
      participant: args.participant as CustomerCode,
      command: { do: 'restore-position', closeOut: args.closeOut, quantity: args.quantity },
    };
  },
  describe: ({ participant, command }) =>
    `${participant} restores ${command.quantity} of close-out ${command.closeOut}.`,
});
