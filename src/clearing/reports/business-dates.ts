import { clearingDates } from '../clearing-date.ts';
import { defineReport, type Field, type ReportMoment } from './definition.ts';
import { csvLayout } from './shipped-layout.ts';

const fields: readonly Field<ReportMoment>[] = [
  {
    name: 'business date',
    title: 'Business date',
    kind: 'date',
    docs: 'the current one',
    value: (at) => at.businessDate,
  },
  {
    name: 'phase',
    title: 'Phase',
    kind: 'text',
    docs: 'closed, enquiry-only or normal',
    value: (at) => at.state.phase,
  },
  {
    name: 'previous',
    title: 'Previous',
    kind: 'date',
    docs: 'the business date before',
    value: (at) => clearingDates(at.businessDate, at.state.calendar).previous,
  },
  {
    name: 'next',
    title: 'Next',
    kind: 'date',
    docs: 'the business date after',
    value: (at) => clearingDates(at.businessDate, at.state.calendar).next,
  },
];

export const businessDatesReport = defineReport<ReportMoment>({
  code: 'business-dates',
  name: 'Business dates',
  clearingHouse: 'both',
  scope: 'common',
  made: ['intra-day', 'after-cutoff', 'day-end'],
  contents: 'The current business date and the ones around it.',
  fields,
  rows: (at) => [at],
  template: csvLayout('business-dates', fields, 'common'),
});
