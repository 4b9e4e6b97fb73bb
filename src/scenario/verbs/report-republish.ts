import { group } from '../leaf.ts';
import { madeWhen, sayReports, toReportsAhead, whichReports } from './report-words.ts';
import { defineVerb } from './verb.ts';

export const reportRepublish = defineVerb({
  name: 'report.republish',
  summary:
    'The last published one of these reports comes again, as it should have been; `world.reports.republished` says by which name.',
  schema: () => group({ ...whichReports, ...madeWhen }, 'the reports: { which: [trades], for: all }'),
  example: { which: ['trades'], for: ['CABC'] },
  toAction(args, context) {
    const reports = toReportsAhead(args, context);
    return reports && { do: 'report.republish', ...reports };
  },
  describe: (action) => `Reports are published again, as they should have been: ${sayReports(action)}.`,
});
