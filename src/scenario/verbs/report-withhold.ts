import * as z from 'zod/mini';
import { toDurationText } from '../../time/duration.ts';
import { duration, group } from '../leaf.ts';
import { madeWhen, sayReports, toLength, toReportsAhead, whichReports } from './report-words.ts';
import { defineVerb } from './verb.ts';

export const reportWithhold = defineVerb({
  name: 'report.withhold',
  summary:
    'These reports are made and do not come, until this time is over, until report.release, or until report.publish publishes them again.',
  schema: () =>
    group(
      { ...whichReports, ...madeWhen, releaseAfter: z.optional(duration) },
      'the reports: { which: [positions], releaseAfter: 2h }',
    ),
  example: { which: ['positions'], for: ['CABC'], releaseAfter: '2h' },
  toAction(args, context) {
    const reports = toReportsAhead(args, context);
    if (args.releaseAfter === undefined) {
      return reports && { do: 'report.withhold', ...reports, releaseAfterMs: undefined };
    }
    const releaseAfterMs = toLength(args.releaseAfter, 'releaseAfter', '2h', context);
    return reports && releaseAfterMs !== undefined ? { do: 'report.withhold', ...reports, releaseAfterMs } : undefined;
  },
  describe: (action) =>
    `These reports do not come${action.releaseAfterMs === undefined ? ' until they are released' : ` for ${toDurationText(action.releaseAfterMs)}`}: ${sayReports(action)}.`,
});
