import type { Position } from '../position.ts';
import { defineReport, type Field } from './definition.ts';
import { positionsAt } from './positions.ts';
import { NOT_HKEX, textLayout } from './shipped-layout.ts';

const fields: readonly Field<Position>[] = [
  { name: 'account', title: 'Account', kind: 'text', docs: 'account', value: (row) => row.account },
  { name: 'series', title: 'Series', kind: 'text', docs: 'series name', value: (row) => row.series },
  {
    name: 'clearing house',
    title: 'House',
    kind: 'text',
    docs: 'HKCC or SEOCH',
    value: (row, at) => at.state.series.get(row.series)?.instrumentClass.clearingHouse,
  },
  { name: 'held', title: 'Held', kind: 'number', docs: 'contracts held (long)', value: (row) => row.held },
  { name: 'written', title: 'Written', kind: 'number', docs: 'contracts written (short)', value: (row) => row.written },
  {
    name: 'limit',
    title: 'From',
    kind: 'number',
    docs: 'the contracts from which a position is listed',
    value: (_row, at) => at.state.reporting.largeOpenPositions,
  },
];

/** Exists (INFO-PAPER, A); which positions it lists, and how, is not public: the least number is a setting. */
export const largeOpenPositionsReport = defineReport<Position>({
  code: 'large-open-positions',
  name: 'Large open positions',
  clearingHouse: 'both',
  scope: 'participant',
  made: ['after-cutoff', 'day-end'],
  contents: 'Positions of at least `world.reports.largeOpenPositions` contracts on one side.',
  fields,
  rows: (at) =>
    positionsAt(at).filter(({ held, written }) => Math.max(held, written) >= at.state.reporting.largeOpenPositions),
  template: textLayout(
    'large-open-positions',
    [
      { field: 'account', width: 10 },
      { field: 'series', width: 14 },
      { field: 'clearing house', width: 5 },
      { field: 'held', width: 12 },
      { field: 'written', width: 12 },
      { field: 'limit', width: 10 },
    ],
    {
      page: {
        length: 60,
        heading: [
          NOT_HKEX,
          'LARGE OPEN POSITIONS of {participant} {participantName}',
          'Business date {businessDate}   made {time:yyyy-mm-dd HH:MM:SS}   page {page} of {pages}',
          '',
        ],
        footing: [],
        formFeed: true,
      },
      totals: { label: 'Total', fields: ['held', 'written'] },
      trailer: ['', 'Rows: {rows}'],
    },
  ),
});
