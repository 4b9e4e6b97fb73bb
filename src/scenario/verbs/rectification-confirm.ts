import type { CustomerCode } from '../../clearing/participant.ts';
import { customerCode, group } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { rectificationNumber } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: ConfirmRectification. */
export const rectificationConfirm = defineVerb({
  name: 'rectification.confirm',
  summary: 'A held rectification is confirmed.',
  schema: () =>
    group(
      { participant: customerCode, rectification: rectificationNumber },
      'the rectification: { participant: "CABC", rectification: 1 }',
    ),
  example: { participant: 'CABC', rectification: 1 },
  toAction(args, { names, refuse }) {
    if (!checkParticipant(names, args.participant, ['participant'], refuse)) return undefined;
    return {
      do: 'rectification.confirm',
      participant: args.participant as CustomerCode,
      command: { do: 'confirm-rectification', rectification: args.rectification },
    };
  },
  describe: ({ participant, command }) => `${participant} confirms rectification ${command.rectification}.`,
});
