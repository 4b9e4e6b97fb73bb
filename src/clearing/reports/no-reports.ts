import { defineReport } from './definition.ts';
import { firstLine, textLayout } from './shipped-layout.ts';

/** The business date has rolled, and nothing had been published to the participant: this file says so. */
export const noReportsReport = defineReport<never>({
  code: 'no-reports',
  name: 'No reports',
  clearingHouse: 'both',
  scope: 'participant',
  made: [],
  contents: 'Says that a business date has no reports; made when the date rolls.',
  fields: [],
  rows: () => [],
  template: textLayout('no-reports', [], {
    header: [firstLine('participant'), 'No reports were published to {participant} for business date {businessDate}.'],
    titles: false,
    empty: [],
  }),
});
