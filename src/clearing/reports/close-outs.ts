import type { CloseOut } from '../close-out.ts';
import { defineReport, type Field } from './definition.ts';
import { belongs, ownBook } from './rows.ts';
import { csvLayout } from './shipped-layout.ts';

// The same columns in the same order as the close-outs page's CSV.
const fields: readonly Field<CloseOut>[] = [
  { name: 'close-out', title: 'Close-out', kind: 'number', docs: 'close-out number', value: (row) => row.number },
  { name: 'account', title: 'Account', kind: 'text', docs: 'account', value: (row) => row.account },
  { name: 'series', title: 'Series', kind: 'text', docs: 'series name', value: (row) => row.series },
  { name: 'quantity', title: 'Quantity', kind: 'number', docs: 'contracts of each side', value: (row) => row.quantity },
  {
    name: 'restored',
    title: 'Restored',
    kind: 'number',
    docs: 'how many of them were restored',
    value: (row) => row.restored,
  },
  { name: 'user', title: 'User', kind: 'text', docs: 'who asked for it', value: (row) => row.user },
  { name: 'created', title: 'Created', kind: 'time', docs: 'when it was made', value: (row) => row.createdAt },
  { name: 'modified', title: 'Modified', kind: 'time', docs: 'when it last changed', value: (row) => row.modifiedAt },
  {
    name: 'business date',
    title: 'Business date',
    kind: 'date',
    docs: 'business date',
    value: (row) => row.businessDate,
  },
];

export const closeOutsReport = defineReport<CloseOut>({
  code: 'close-outs',
  name: 'Close-outs',
  clearingHouse: 'both',
  scope: 'participant',
  made: ['intra-day', 'after-cutoff', 'day-end'],
  contents: 'Gross positions netted down, and what was restored of them.',
  fields,
  rows: (at) => [...ownBook(at).closeOuts.values()].filter((row) => belongs(at, row.businessDate)),
  template: csvLayout('close-outs', fields),
});
