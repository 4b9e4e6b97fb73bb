import { group } from '../leaf.ts';
import { madeWhen, sayReports, toReportsAhead, whichReports } from './report-words.ts';
import { defineVerb } from './verb.ts';

export const reportPublish = defineVerb({
  name: 'report.publish',
  summary: 'Writes reports to the report server, from the state at this moment. What was withheld of them comes, too.',
  schema: () => group({ ...whichReports, ...madeWhen }, 'the reports: { which: [trades, positions], for: all }'),
  example: { which: ['trades', 'positions'], for: 'all' },
  toAction(args, context) {
    const reports = toReportsAhead(args, context);
    return reports && { do: 'report.publish', ...reports };
  },
  describe: (action) => `Reports on the report server: ${sayReports({ ...action, made: action.made })}.`,
});
