import { group } from '../leaf.ts';
import { sayReports, toReportsAhead, whichReports } from './report-words.ts';
import { defineVerb } from './verb.ts';

export const reportRelease = defineVerb({
  name: 'report.release',
  summary: 'What is late or withheld of these reports comes now, and they are withheld no longer.',
  schema: () => group(whichReports, 'the reports: { which: [positions] }'),
  example: { which: ['positions'], for: ['CABC'] },
  toAction(args, context) {
    const reports = toReportsAhead(args, context);
    return reports && { do: 'report.release', reports: reports.reports, participants: reports.participants };
  },
  describe: (action) => `Reports that were late or withheld come: ${sayReports({ ...action, made: undefined })}.`,
});
