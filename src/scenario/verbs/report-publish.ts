import * as z from 'zod/mini';
import type { CustomerCode } from '../../clearing/participant.ts';
import { REPORT_MAKINGS } from '../../clearing/report.ts';
import { PUBLISHABLE_CODES, REPORTS } from '../../clearing/reports/catalogue.ts';
import { customerCode, group, leaf, oneOf, someOf } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { madeTrouble } from '../report-codes.ts';
import { defineVerb } from './verb.ts';

export const reportPublish = defineVerb({
  name: 'report.publish',
  summary: 'Writes reports to the report server, from the state at this moment.',
  schema: group(
    {
      which: someOf(oneOf(PUBLISHABLE_CODES), `reports: ${PUBLISHABLE_CODES.join(', ')}`),
      for: z.optional(
        leaf(z.union([z.literal('all'), z.array(customerCode).check(z.minLength(1))]), {
          expects: 'all, or a list of participants: ["CABC"]',
        }),
      ),
      made: z.optional(oneOf(REPORT_MAKINGS)),
    },
    'the reports: { which: [trades, positions], for: all }',
  ),
  example: { which: ['trades', 'positions'], for: 'all' },
  toAction({ which, for: whom, made }, { names, refuse }) {
    const participants = whom === undefined || whom === 'all' ? undefined : (whom as CustomerCode[]);
    const unknown = (participants ?? []).filter((code, i) => !checkParticipant(names, code, ['for', i], refuse));
    const never = which.filter((code, i) => {
      const trouble = made && madeTrouble(code, made);
      if (trouble) refuse(['which', i], trouble);
      return trouble !== undefined;
    });
    if (unknown.length + never.length > 0) return undefined;
    return {
      do: 'report.publish',
      reports: PUBLISHABLE_CODES.filter((code) => which.includes(code)),
      participants,
      made,
    };
  },
  describe: ({ reports, participants, made }) =>
    `Reports on the report server: ${reports.map((code) => inSentence(REPORTS[code].name)).join(', ')}` +
    `${made ? `, as made ${made}` : ''}${participants ? `, for ${participants.join(', ')}` : ''}.`,
});

// "Trades" becomes "trades", "EOT" stays.
function inSentence(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
