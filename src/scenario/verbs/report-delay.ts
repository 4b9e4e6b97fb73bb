import { toDurationText } from '../../time/duration.ts';
import { duration, group } from '../leaf.ts';
import { madeWhen, sayReports, toLength, toReportsAhead, whichReports } from './report-words.ts';
import { defineVerb } from './verb.ts';

export const reportDelay = defineVerb({
  name: 'report.delay',
  summary:
    'The next publication of these reports comes late. They have the contents of the time at which they were due.',
  schema: () => group({ ...whichReports, ...madeWhen, by: duration }, 'the reports: { which: [trades], by: 30m }'),
  example: { which: ['trades'], by: '30m', for: 'all' },
  toAction(args, context) {
    const reports = toReportsAhead(args, context);
    const byMs = toLength(args.by, 'by', '30m', context);
    return reports && byMs !== undefined ? { do: 'report.delay', ...reports, byMs } : undefined;
  },
  describe: (action) => `The next of these reports come ${toDurationText(action.byMs)} late: ${sayReports(action)}.`,
});
