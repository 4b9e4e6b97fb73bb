import * as z from 'zod/mini';
import type { CustomerCode } from '../../clearing/participant.ts';
import { customerCode, group } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { giveUpNumber, giveUpText } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: RejectGiveUp. */
export const giveUpReject = defineVerb({
  name: 'give-up.reject',
  summary: 'The taker rejects a give-up, or the giver cancels it.',
  schema: () =>
    group(
      { participant: customerCode, giveUp: giveUpNumber, text: z.optional(giveUpText) },
      'the give-up: { participant: "CXYZ", giveUp: 1 }',
    ),
  example: { participant: 'CXYZ', giveUp: 1, text: 'NOT OURS' },
  toAction(args, { names, refuse }) {
    if (!checkParticipant(names, args.participant, ['participant'], refuse)) return undefined;
    return {
      do: 'give-up.reject',
      participant: args.participant as CustomerCode,
      command: { do: 'reject-give-up', giveUp: args.giveUp, text: args.text ?? '' },
    };
  },
  describe: ({ participant, command }) => `${participant} rejects give-up ${command.giveUp}.`,
});
