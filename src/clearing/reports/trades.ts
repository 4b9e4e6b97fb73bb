import type { Trade } from '../deal.ts';
import { defineReport, type Field } from './definition.ts';
import { belongs, ownBook, priceText } from './rows.ts';
import { csvLayout } from './shipped-layout.ts';

// The same columns in the same order as the trades page's CSV.
const fields: readonly Field<Trade>[] = [
  { name: 'trade', title: 'Trade', kind: 'number', docs: 'trade number', value: (row) => row.number },
  { name: 'deal', title: 'Deal', kind: 'number', docs: 'deal number', value: (row) => row.deal },
  { name: 'series', title: 'Series', kind: 'text', docs: 'series name', value: (row) => row.series },
  { name: 'account', title: 'Account', kind: 'text', docs: 'account', value: (row) => row.account },
  { name: 'side', title: 'Side', kind: 'text', docs: 'buy or sell', value: (row) => row.side },
  { name: 'quantity', title: 'Quantity', kind: 'number', docs: 'contracts', value: (row) => row.quantity },
  {
    name: 'remaining quantity',
    title: 'Remaining',
    kind: 'number',
    docs: 'contracts that no give-up, rectification or average price trade has taken',
    value: (row) => row.remainingQuantity,
  },
  {
    name: 'price',
    title: 'Price',
    kind: 'price',
    docs: 'price',
    value: (row, at) => priceText(at, row.series, row.price),
  },
  { name: 'type', title: 'Type', kind: 'text', docs: 'standard, overtaking, give-up …', value: (row) => row.type },
  { name: 'state', title: 'State', kind: 'text', docs: 'active, rectified or annulled', value: (row) => row.state },
  {
    name: 'customer info',
    title: 'Customer info',
    kind: 'text',
    docs: "the participant's own note, at most 15 characters",
    value: (row) => row.customerInfo,
  },
  { name: 'created', title: 'Created', kind: 'time', docs: 'when the trade was made', value: (row) => row.createdAt },
  {
    name: 'clearing date',
    title: 'Clearing date',
    kind: 'date',
    docs: 'the business date to which the trade belongs',
    value: (row) => row.clearingDate,
  },
  {
    name: 'open close',
    title: 'Open/close',
    kind: 'text',
    docs: 'default, open or close',
    value: (row) => row.openClose,
  },
  {
    name: 'sequence',
    title: 'Sequence',
    kind: 'number',
    docs: 'sequence number within participant, instrument type and clearing date',
    value: (row) => row.sequence,
  },
  {
    name: 'original trade',
    title: 'Original',
    kind: 'number',
    docs: 'the trade from which this one came',
    value: (row) => row.originalTrade,
  },
  {
    name: 'give-up member',
    title: 'Give-up member',
    kind: 'text',
    docs: 'the other participant of a give-up or take-up trade',
    value: (row) => row.giveUpMember,
  },
  {
    name: 'give-up state',
    title: 'Give-up',
    kind: 'text',
    docs: 'none, holding or given-up',
    value: (row) => row.giveUpState,
  },
  { name: 'as of', title: 'As of', kind: 'time', docs: 'when the original match was made', value: (row) => row.asOfAt },
  {
    name: 'modified',
    title: 'Modified',
    kind: 'time',
    docs: 'when the trade last changed',
    value: (row) => row.modifiedAt,
  },
];

export const tradesReport = defineReport<Trade>({
  code: 'trades',
  name: 'Trades',
  clearingHouse: 'both',
  scope: 'participant',
  made: ['intra-day', 'after-cutoff', 'day-end'],
  contents: 'The trades, in the order in which they were made.',
  fields,
  rows: (at) => {
    const trades = ownBook(at).trades.all();
    return at.made === 'intra-day' ? trades : trades.filter((trade) => belongs(at, trade.clearingDate));
  },
  template: csvLayout('trades', fields),
});
