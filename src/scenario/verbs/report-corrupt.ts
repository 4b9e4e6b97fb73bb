import * as z from 'zod/mini';
import { DAMAGES, type Damage } from '../../clearing/damage.ts';
import { toDurationText } from '../../time/duration.ts';
import { duration, group, oneOf } from '../leaf.ts';
import { madeWhen, sayReports, toLength, toReportsAhead, whichReports } from './report-words.ts';
import { defineVerb } from './verb.ts';

export const reportCorrupt = defineVerb({
  name: 'report.corrupt',
  summary:
    'The next publication of these reports is damaged: cut in the middle of a line, with a row fewer than it counts (rows), empty, or with other bytes in places. After the time under `corrected` it is published again as it should have been.',
  schema: () =>
    group(
      { ...whichReports, ...madeWhen, how: oneOf(DAMAGES), corrected: z.optional(duration) },
      'the reports: { which: [trades], how: cut, corrected: 30m }',
    ),
  example: { which: ['trades'], how: 'cut', corrected: '30m' },
  toAction(args, context) {
    const reports = toReportsAhead(args, context);
    const { how } = args;
    if (args.corrected === undefined) {
      return reports && { do: 'report.corrupt', ...reports, how, correctedAfterMs: undefined };
    }
    const correctedAfterMs = toLength(args.corrected, 'corrected', '30m', context);
    return reports && correctedAfterMs !== undefined
      ? { do: 'report.corrupt', ...reports, how, correctedAfterMs }
      : undefined;
  },
  describe: (action) =>
    `The next of these reports ${WORDS[action.how]}: ${sayReports(action)}.` +
    (action.correctedAfterMs === undefined
      ? ''
      : ` The correct one comes ${toDurationText(action.correctedAfterMs)} later.`),
});

const WORDS: Readonly<Record<Damage, string>> = {
  cut: 'end in the middle of a line',
  rows: 'count a row that is not there',
  empty: 'are empty files',
  bytes: 'have wrong bytes in places',
};
