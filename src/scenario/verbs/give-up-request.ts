import * as z from 'zod/mini';
import type { AccountId } from '../../clearing/account.ts';
import type { CustomerCode } from '../../clearing/participant.ts';
import { accountId, customerCode, group, integer } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { contracts, giveUpText, tradeNumber } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: RequestGiveUp. */
export const giveUpRequest = defineVerb({
  name: 'give-up.request',
  summary: 'A participant gives a trade, or a part of it, up to another participant.',
  schema: () =>
    group(
      {
        participant: customerCode,
        trade: tradeNumber,
        to: customerCode,
        quantity: contracts,
        account: z.optional(accountId),
        commission: z.optional(integer(0, 2_147_483_647, 'a commission')),
        text: z.optional(giveUpText),
      },
      'a give-up: { participant: "CABC", trade: 7, to: "CXYZ", quantity: 3 }',
    ),
  example: { participant: 'CABC', trade: 1, to: 'CXYZ', quantity: 2, text: 'AS AGREED' },
  toAction(args, { names, refuse }) {
    const known = checkParticipant(names, args.participant, ['participant'], refuse);
    if (!checkParticipant(names, args.to, ['to'], refuse) || !known) return undefined;
    return {
      do: 'give-up.request',
      participant: args.participant as CustomerCode,
      command: {
        do: 'request-give-up',
        trade: args.trade,
        to: args.to as CustomerCode,
        takerAccount: args.account as AccountId | undefined,
        quantity: args.quantity,
        commission: args.commission ?? 0,
        text: args.text ?? '',
      },
    };
  },
  describe: ({ participant, command }) =>
    `${participant} gives up ${command.quantity} of trade ${command.trade} to ${command.to}.`,
});
