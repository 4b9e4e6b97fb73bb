import * as z from 'zod/mini';
import type { CustomerCode } from '../../clearing/participant.ts';
import { accountId, customerCode, group, oneOf } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { ACCOUNT_ACCESS, ACCOUNT_STATES } from '../account-words.ts';
import { checkAccount } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

export const accountChange = defineVerb({
  name: 'account.change',
  summary: 'HKEX changes the state of an account, or what its participant may do with it.',
  schema: () =>
    group(
      {
        participant: customerCode,
        account: accountId,
        state: z.optional(oneOf(ACCOUNT_STATES)),
        access: z.optional(oneOf(ACCOUNT_ACCESS)),
      },
      'the account: { participant: "CABC", account: "OMNI1", state: inactive }',
    ),
  example: { participant: 'CABC', account: 'OMNI1', state: 'active' },
  toAction({ participant, account, state, access }, { names, refuse }) {
    if (!checkParticipant(names, participant, ['participant'], refuse)) return undefined;
    if (!checkAccount(names, participant, account, ['account'], refuse)) return undefined;
    return {
      do: 'account.change',
      participant: participant as CustomerCode,
      account,
      state,
      access,
    };
  },
  describe: ({ participant, account, state, access }) =>
    `Account ${account} of ${participant}: ${[state, access && `access ${access}`].filter(Boolean).join(', ') || 'unchanged'}.`,
});
