import * as z from 'zod/mini';
import type { CustomerCode } from '../../clearing/participant.ts';
import type { ReportCode } from '../../clearing/report.ts';
import { customerCode, group, leaf, oneOf, someOf } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { defineVerb } from './verb.ts';

const TITLES: Readonly<Record<ReportCode, string>> = {
  trades: 'trades',
  positions: 'positions',
  'business-dates': 'business dates',
};
const CODES = Object.keys(TITLES) as unknown as readonly [ReportCode, ...ReportCode[]];

export const reportPublish = defineVerb({
  name: 'report.publish',
  summary: 'Writes reports to the report server, from the state at this moment.',
  schema: group(
    {
      which: someOf(oneOf(CODES), `reports: ${CODES.join(', ')}`),
      for: z.optional(
        leaf(z.union([z.literal('all'), z.array(customerCode).check(z.minLength(1))]), {
          expects: 'all, or a list of participants: ["CABC"]',
        }),
      ),
    },
    'the reports: { which: [trades, positions], for: all }',
  ),
  example: { which: ['trades', 'positions'], for: 'all' },
  toAction({ which, for: whom }, { names, refuse }) {
    const participants = whom === undefined || whom === 'all' ? undefined : (whom as CustomerCode[]);
    const unknown = (participants ?? []).filter((code, i) => !checkParticipant(names, code, ['for', i], refuse));
    if (unknown.length > 0) return undefined;
    return { do: 'report.publish', reports: CODES.filter((code) => which.includes(code)), participants };
  },
  describe: ({ reports, participants }) =>
    `Reports on the report server: ${reports.map((code) => TITLES[code]).join(', ')}${participants ? `, for ${participants.join(', ')}` : ''}.`,
});
