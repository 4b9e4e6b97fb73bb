import type { Delivery } from '../exercise.ts';
import { formatScaled } from '../price.ts';
import { defineReport, type Field } from './definition.ts';
import { ownBook } from './rows.ts';
import { firstLine, fixedLayout } from './shipped-layout.ts';

const fields: readonly Field<Delivery>[] = [
  { name: 'delivery', title: 'Delivery', kind: 'number', docs: 'delivery number', value: (row) => row.number },
  {
    name: 'stock',
    title: 'Stock',
    kind: 'text',
    docs: "the underlying's stock code",
    value: (row, at) => at.state.series.get(row.series)?.instrumentClass.underlying,
  },
  { name: 'account', title: 'Account', kind: 'text', docs: 'account', value: (row) => row.account },
  { name: 'series', title: 'Series', kind: 'text', docs: 'series name', value: (row) => row.series },
  {
    name: 'side',
    title: 'Side',
    kind: 'text',
    docs: 'buy: shares are received; sell: they are delivered',
    value: (row) => (row.shares > 0 ? 'buy' : 'sell'),
  },
  { name: 'shares', title: 'Shares', kind: 'number', docs: 'shares', value: (row) => Math.abs(row.shares) },
  {
    name: 'price',
    title: 'Price',
    kind: 'price',
    docs: 'the strike',
    value: (row, at) => {
      const series = at.state.series.get(row.series);
      return series && formatScaled(series.strike, series.instrumentClass.strikeDecimals);
    },
  },
  { name: 'amount', title: 'Amount (HK$)', kind: 'amount', docs: 'money', value: (row) => Math.abs(row.amountCents) },
  { name: 'trade date', title: 'Trade date', kind: 'date', docs: 'business date', value: (row) => row.businessDate },
  { name: 'settlement date', title: 'Due date', kind: 'date', docs: 'when it is due', value: (row) => row.dueDate },
];

/** What goes to CCASS after exercise and assignment: dcass-facts.md section 5 (existence A; layout X). */
export const exercisedOptionTradesReport = defineReport<Delivery>({
  code: 'exercised-option-trades',
  name: 'Exercised options (EOT)',
  clearingHouse: 'SEOCH',
  scope: 'participant',
  made: ['day-end'],
  contents: 'The share deliveries of the business date, as trades for CCASS.',
  fields,
  rows: (at) => ownBook(at).deliveries.filter((row) => row.shares !== 0 && row.businessDate === at.businessDate),
  template: fixedLayout(
    'exercised-option-trades',
    [
      { text: 'EOT', width: 3 },
      { field: 'delivery', width: 8, fill: '0' },
      { field: 'stock', width: 5, fill: '0', align: 'right' },
      { field: 'account', width: 10 },
      { field: 'series', width: 14 },
      { field: 'side', width: 1, values: { buy: 'B', sell: 'S' } },
      { field: 'shares', width: 12, fill: '0' },
      { field: 'price', width: 10, fill: '0', decimals: 3, point: 'implied' },
      { field: 'amount', width: 15, fill: '0', point: 'implied' },
      { field: 'trade date', width: 8, format: 'yyyymmdd' },
      { field: 'settlement date', width: 8, format: 'yyyymmdd' },
    ],
    { header: [`HDR ${firstLine('participant')}`], trailer: ['TRL{rows:00000000}{total.shares:000000000000}'] },
  ),
});
