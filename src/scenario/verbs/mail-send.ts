import * as z from 'zod/mini';
import type { CustomerCode } from '../../clearing/participant.ts';
import { customerCode, group, leaf, line, text as textLeaf } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { defineVerb } from './verb.ts';

export const mailSend = defineVerb({
  name: 'mail.send',
  summary: 'HKEX writes a mail to the designated contacts of all participants, or of one.',
  schema: () =>
    group(
      {
        to: z.optional(
          leaf(z.union([z.literal('all'), customerCode]), { expects: 'all, or a participant in quotes: "CABC"' }),
        ),
        subject: line,
        text: textLeaf,
      },
      'the mail: { to: all, subject: …, text: … }',
    ),
  example: { to: 'all', subject: 'Post-Release Verification Session', text: 'The session takes place as planned.' },
  toAction({ to, subject, text }, { names, refuse }) {
    const code = to === undefined || to === 'all' ? undefined : to;
    if (code !== undefined && !checkParticipant(names, code, ['to'], refuse)) return undefined;
    return { do: 'mail.send', to: code as CustomerCode | undefined, subject, text };
  },
  describe: ({ to, subject }) => `Mail to the contacts of ${to ?? 'all participants'}: "${subject}"`,
});
