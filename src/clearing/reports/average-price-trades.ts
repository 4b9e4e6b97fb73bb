import type { AveragePriceTrade } from '../rectification.ts';
import { defineReport, type Field } from './definition.ts';
import { belongs, ownBook, priceText } from './rows.ts';
import { csvLayout } from './shipped-layout.ts';

// The same columns in the same order as the average price trades page's CSV.
const fields: readonly Field<AveragePriceTrade>[] = [
  {
    name: 'trade',
    title: 'Trade',
    kind: 'number',
    docs: 'number of the average price trade',
    value: (row) => row.trade,
  },
  { name: 'series', title: 'Series', kind: 'text', docs: 'series name', value: (row) => row.series },
  { name: 'quantity', title: 'Quantity', kind: 'number', docs: 'contracts', value: (row) => row.quantity },
  {
    name: 'average price',
    title: 'Average price',
    kind: 'price',
    docs: 'rounded',
    value: (row, at) => priceText(at, row.series, row.averagePrice),
  },
  {
    name: 'value difference',
    title: 'Value difference',
    kind: 'price',
    docs: 'what rounding has left: price times contracts',
    value: (row, at) => priceText(at, row.series, row.valueDifference),
  },
  {
    name: 'members',
    title: 'Of the trades',
    kind: 'text',
    docs: 'the trades that went into it: 11, 12, 15',
    value: (row) => row.members.join(', '),
  },
  { name: 'created', title: 'Created', kind: 'time', docs: 'when it was made', value: (row) => row.createdAt },
  {
    name: 'clearing date',
    title: 'Clearing date',
    kind: 'date',
    docs: 'the business date to which it belongs',
    value: (row) => row.clearingDate,
  },
];

export const averagePriceTradesReport = defineReport<AveragePriceTrade>({
  code: 'average-price-trades',
  name: 'Average price trades',
  clearingHouse: 'both',
  scope: 'participant',
  made: ['intra-day', 'after-cutoff', 'day-end'],
  contents: 'Trades made into one at their average price.',
  fields,
  rows: (at) => [...ownBook(at).averagePriceTrades.values()].filter((row) => belongs(at, row.clearingDate)),
  template: csvLayout('average-price-trades', fields),
});
