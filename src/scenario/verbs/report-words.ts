import * as z from 'zod/mini';
import type { CustomerCode } from '../../clearing/participant.ts';
import { REPORT_MAKINGS, type ReportMade } from '../../clearing/report.ts';
import { PUBLISHABLE_CODES, REPORTS } from '../../clearing/reports/catalogue.ts';
import { parseDuration } from '../../time/duration.ts';
import type { ReportsAhead } from '../action.ts';
import { customerCode, leaf, oneOf, someOf } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { madeTrouble } from '../report-codes.ts';
import type { VerbContext } from './verb.ts';

/** The arguments by which a verb names reports. */
export const whichReports = {
  which: someOf(oneOf(PUBLISHABLE_CODES), `reports: ${PUBLISHABLE_CODES.join(', ')}`),
  for: z.optional(
    leaf(z.union([z.literal('all'), z.array(customerCode).check(z.minLength(1))]), {
      expects: 'all, or a list of participants: ["CABC"]',
    }),
  ),
};

export const madeWhen = { made: z.optional(oneOf(REPORT_MAKINGS)) };

interface Args {
  readonly which: readonly ReportsAhead['reports'][number][];
  readonly for?: string | readonly string[] | undefined;
  readonly made?: ReportMade | undefined;
}

/** The reports that the arguments name; undefined when a name is wrong, which has been refused then. */
export function toReportsAhead(
  { which, for: whom, made }: Args,
  { names, refuse }: VerbContext,
): ReportsAhead | undefined {
  const participants = whom === undefined || typeof whom === 'string' ? undefined : (whom as readonly CustomerCode[]);
  const unknown = (participants ?? []).filter((code, i) => !checkParticipant(names, code, ['for', i], refuse));
  const never = which.filter((code, i) => {
    const trouble = made && madeTrouble(code, made);
    if (trouble) refuse(['which', i], trouble);
    return trouble !== undefined;
  });
  if (unknown.length + never.length > 0) return undefined;
  return { reports: PUBLISHABLE_CODES.filter((code) => which.includes(code)), participants, made };
}

/** A length of business time; undefined when it is none, which has been refused then. */
export function toLength(
  text: string,
  key: string,
  example: string,
  { refuse }: Pick<VerbContext, 'refuse'>,
): number | undefined {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  refuse([key], { message: `no time at all is none; write ${key}: ${example}`, found: text });
  return undefined;
}

/** `trades, positions, as made day-end, for CABC`. */
export function sayReports({ reports, participants, made }: ReportsAhead): string {
  return (
    reports.map((code) => inSentence(REPORTS[code].name)).join(', ') +
    (made ? `, as made ${made}` : '') +
    (participants ? `, for ${participants.join(', ')}` : '')
  );
}

// "Trades" becomes "trades", "EOT" stays.
function inSentence(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
