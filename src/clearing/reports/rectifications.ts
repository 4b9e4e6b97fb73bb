import type { Rectification } from '../rectification.ts';
import { defineReport, type Field } from './definition.ts';
import { belongs, ownBook } from './rows.ts';
import { csvLayout } from './shipped-layout.ts';

// The same columns in the same order as the rectifications page's CSV.
const fields: readonly Field<Rectification>[] = [
  { name: 'rectification', title: 'Number', kind: 'number', docs: 'rectification number', value: (row) => row.number },
  { name: 'trade', title: 'Trade', kind: 'number', docs: 'the trade that was rectified', value: (row) => row.trade },
  { name: 'series', title: 'Series', kind: 'text', docs: 'series name', value: (row) => row.series },
  {
    name: 'parts',
    title: 'Parts',
    kind: 'text',
    docs: 'contracts and account of each part: 6 to OMNI1, 4 to HOUSE',
    value: (row) => row.parts.map(({ quantity, account }) => `${quantity} to ${account}`).join(', '),
  },
  { name: 'state', title: 'State', kind: 'text', docs: 'holding, confirmed or rejected', value: (row) => row.state },
  { name: 'requested by', title: 'Requested by', kind: 'text', docs: 'user', value: (row) => row.requestedBy },
  { name: 'decided by', title: 'Decided by', kind: 'text', docs: 'user', value: (row) => row.decidedBy },
  { name: 'created', title: 'Created', kind: 'time', docs: 'when it was requested', value: (row) => row.createdAt },
  { name: 'modified', title: 'Modified', kind: 'time', docs: 'when it last changed', value: (row) => row.modifiedAt },
  {
    name: 'clearing date',
    title: 'Clearing date',
    kind: 'date',
    docs: 'the business date to which it belongs',
    value: (row) => row.clearingDate,
  },
];

export const rectificationsReport = defineReport<Rectification>({
  code: 'rectifications',
  name: 'Rectifications',
  clearingHouse: 'both',
  scope: 'participant',
  made: ['intra-day', 'after-cutoff', 'day-end'],
  contents: 'Trades re-booked, and those that wait for a confirmation.',
  fields,
  rows: (at) => [...ownBook(at).rectifications.values()].filter((row) => belongs(at, row.clearingDate)),
  template: csvLayout('rectifications', fields),
});
