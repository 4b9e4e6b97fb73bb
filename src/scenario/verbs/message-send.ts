import * as z from 'zod/mini';
import type { CustomerCode } from '../../clearing/participant.ts';
import { customerCode, group, leaf, messageText } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { defineVerb } from './verb.ts';

export const messageSend = defineVerb({
  name: 'message.send',
  summary: 'HKEX sends a clearing message, to all participants or to one.',
  schema: () =>
    group(
      {
        to: z.optional(
          leaf(z.union([z.literal('all'), customerCode]), { expects: 'all, or a participant in quotes: "CABC"' }),
        ),
        text: messageText,
      },
      'the message: { to: all, text: … }',
    ),
  example: { to: 'all', text: 'DCASS Post-Release Verification Session starts now.' },
  toAction({ to, text }, { names, refuse }) {
    const code = to === undefined || to === 'all' ? undefined : to;
    if (code !== undefined && !checkParticipant(names, code, ['to'], refuse)) return undefined;
    return { do: 'message.send', to: code as CustomerCode | undefined, text };
  },
  describe: ({ to, text }) => `Clearing message${to === undefined ? '' : ` to ${to}`}: "${text.trim()}"`,
});
