import type { Position } from '../position.ts';
import { closingPositions } from '../state.ts';
import { defineReport, type Field, type ReportMoment } from './definition.ts';
import { compareTexts, ownBook } from './rows.ts';
import { csvLayout } from './shipped-layout.ts';

// The same columns in the same order as the positions page's CSV.
const fields: readonly Field<Position>[] = [
  { name: 'participant', title: 'Participant', kind: 'text', docs: 'customer code', value: (row) => row.participant },
  { name: 'account', title: 'Account', kind: 'text', docs: 'account', value: (row) => row.account },
  { name: 'series', title: 'Series', kind: 'text', docs: 'series name', value: (row) => row.series },
  { name: 'held', title: 'Held', kind: 'number', docs: 'contracts held (long)', value: (row) => row.held },
  { name: 'written', title: 'Written', kind: 'number', docs: 'contracts written (short)', value: (row) => row.written },
  {
    name: 'closed out',
    title: 'Closed out',
    kind: 'number',
    docs: 'pairs of contracts that net-down took away on this business date',
    value: (row) => row.closedOut,
  },
  {
    name: 'exercised',
    title: 'Exercised',
    kind: 'number',
    docs: 'contracts exercised on this business date',
    value: (row) => row.exercised,
  },
  {
    name: 'assigned',
    title: 'Assigned',
    kind: 'number',
    docs: 'contracts assigned on this business date',
    value: (row) => row.assigned,
  },
  {
    name: 'denied',
    title: 'Denied',
    kind: 'number',
    docs: 'held contracts that automatic exercise leaves alone',
    value: (row) => row.denied,
  },
  {
    name: 'covered',
    title: 'Covered',
    kind: 'number',
    docs: 'written contracts that are covered by the underlying',
    value: (row) => row.covered,
  },
];

/**
 * Positions by account and series. A report that closes the business date shows the closing positions, without
 * those in which nothing is and nothing happened on it.
 */
export function positionsAt(at: ReportMoment): readonly Position[] {
  const book = ownBook(at);
  const positions = at.made === 'intra-day' ? [...book.positions.values()] : closingPositions(book).filter(isThere);
  return positions.toSorted((a, b) => compareTexts(a.account, b.account) || compareTexts(a.series, b.series));
}

function isThere({ held, written, closedOut, exercised, assigned }: Position): boolean {
  return held + written + closedOut + exercised + assigned > 0;
}

export const positionsReport = defineReport<Position>({
  code: 'positions',
  name: 'Positions',
  clearingHouse: 'both',
  scope: 'participant',
  made: ['intra-day', 'after-cutoff', 'day-end'],
  contents: 'Positions by account and series; after the cutoff and at day end the closing positions.',
  fields,
  rows: positionsAt,
  template: csvLayout('positions', fields),
});
