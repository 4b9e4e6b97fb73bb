import type { GiveUp } from '../give-up.ts';
import { defineReport, type Field, type ReportMoment } from './definition.ts';
import { belongs, ownBook, priceText } from './rows.ts';
import { csvLayout } from './shipped-layout.ts';

// The same columns in the same order as the give-ups page's CSV.
const fields: readonly Field<GiveUp>[] = [
  { name: 'give-up', title: 'Give-up', kind: 'number', docs: 'give-up number', value: (row) => row.number },
  {
    name: 'direction',
    title: 'Direction',
    kind: 'text',
    docs: 'sent or received',
    value: (row, at) => (isSent(row, at) ? 'sent' : 'received'),
  },
  { name: 'trade', title: 'Trade', kind: 'number', docs: "the giver's trade", value: (row) => row.trade },
  { name: 'series', title: 'Series', kind: 'text', docs: 'series name', value: (row) => row.series },
  {
    name: 'side',
    title: 'Side',
    kind: 'text',
    docs: 'buy or sell: the side that the taker gets',
    value: (row) => row.side,
  },
  { name: 'quantity', title: 'Quantity', kind: 'number', docs: 'contracts', value: (row) => row.quantity },
  {
    name: 'price',
    title: 'Price',
    kind: 'price',
    docs: 'price',
    value: (row, at) => priceText(at, row.series, row.price),
  },
  { name: 'giver', title: 'Giver', kind: 'text', docs: 'who gives up', value: (row) => row.giver },
  { name: 'taker', title: 'Taker', kind: 'text', docs: 'who takes up', value: (row) => row.taker },
  {
    name: 'account',
    title: 'Account',
    kind: 'text',
    docs: "the own account: of the giver's trade, or the one proposed to the taker",
    value: (row, at) => (isSent(row, at) ? row.account : row.takerAccount),
  },
  {
    name: 'state',
    title: 'State',
    kind: 'text',
    docs: 'holding, confirmed, rejected, cancelled or lapsed',
    value: (row) => row.state,
  },
  {
    name: 'text',
    title: 'Text',
    kind: 'text',
    docs: "the giver's text, at most 30 characters",
    value: (row) => row.text,
  },
  {
    name: 'commission',
    title: 'Commission',
    kind: 'number',
    docs: 'as the giver typed it',
    value: (row) => row.commission,
  },
  { name: 'created', title: 'Created', kind: 'time', docs: 'when it was requested', value: (row) => row.createdAt },
  {
    name: 'clearing date',
    title: 'Clearing date',
    kind: 'date',
    docs: 'the business date to which the trade belongs',
    value: (row) => row.clearingDate,
  },
];

/** Sent and received give-ups, in the order in which they were requested. */
export function giveUpsAt(at: ReportMoment): readonly GiveUp[] {
  return ownBook(at)
    .giveUps.flatMap((number) => at.state.giveUps.get(number) ?? [])
    .filter((giveUp) => belongs(at, giveUp.clearingDate));
}

function isSent(giveUp: GiveUp, { participant }: ReportMoment): boolean {
  return giveUp.giver === participant;
}

export const giveUpsReport = defineReport<GiveUp>({
  code: 'give-ups',
  name: 'Give-ups',
  clearingHouse: 'both',
  scope: 'participant',
  made: ['intra-day', 'after-cutoff', 'day-end'],
  contents: 'Give-ups sent and received, with their states.',
  fields,
  rows: giveUpsAt,
  template: csvLayout('give-ups', fields),
});
