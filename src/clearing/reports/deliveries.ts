import type { Delivery } from '../exercise.ts';
import { defineReport, type Field } from './definition.ts';
import { belongs, ownBook } from './rows.ts';
import { csvLayout } from './shipped-layout.ts';

// The same columns in the same order as the deliveries page's CSV.
const fields: readonly Field<Delivery>[] = [
  { name: 'delivery', title: 'Delivery', kind: 'number', docs: 'delivery number', value: (row) => row.number },
  { name: 'account', title: 'Account', kind: 'text', docs: 'account', value: (row) => row.account },
  { name: 'series', title: 'Series', kind: 'text', docs: 'series name', value: (row) => row.series },
  { name: 'cause', title: 'Cause', kind: 'text', docs: 'exercise, assignment or expiry', value: (row) => row.cause },
  { name: 'quantity', title: 'Quantity', kind: 'number', docs: 'contracts', value: (row) => row.quantity },
  {
    name: 'shares',
    title: 'Shares',
    kind: 'number',
    docs: 'shares to receive, or below zero to deliver',
    value: (row) => row.shares,
  },
  {
    name: 'amount',
    title: 'Amount (HK$)',
    kind: 'amount',
    docs: 'money to receive, or below zero to pay',
    value: (row) => row.amountCents,
  },
  {
    name: 'business date',
    title: 'Business date',
    kind: 'date',
    docs: 'business date',
    value: (row) => row.businessDate,
  },
  { name: 'due date', title: 'Due date', kind: 'date', docs: 'when it is due', value: (row) => row.dueDate },
];

export const deliveriesReport = defineReport<Delivery>({
  code: 'deliveries',
  name: 'Deliveries',
  clearingHouse: 'both',
  scope: 'participant',
  made: ['day-end'],
  contents: 'Shares and money due after exercise, assignment and expiry.',
  fields,
  rows: (at) => ownBook(at).deliveries.filter((row) => belongs(at, row.businessDate)),
  template: csvLayout('deliveries', fields),
});
