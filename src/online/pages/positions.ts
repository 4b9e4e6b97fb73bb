import type { Position } from '../../clearing/position.ts';
import { accepted } from '../../clearing/rejection.ts';
import type { DataPage } from './data-page.ts';
import { postTradeForm, postTradeNote } from './post-trade.ts';

/** Position enquiry: dcass-facts.md 2.1. The columns are those of the position report. */
export const positionsPage: DataPage<Position> = {
  name: 'positions',
  title: 'Positions',
  emptyText: 'There are no positions.',
  read(core, session) {
    const found = core.positions(session);
    return found.ok
      ? accepted(found.value.toSorted((a, b) => compare(a.account, b.account) || compare(a.series, b.series)))
      : found;
  },
  columns: () => [
    { name: 'participant', title: 'Participant', kind: 'text', value: (position) => position.participant },
    { name: 'account', title: 'Account', kind: 'text', value: (position) => position.account },
    { name: 'series', title: 'Series', kind: 'text', value: (position) => position.series },
    { name: 'held', title: 'Held (long)', kind: 'number', value: (position) => position.held },
    { name: 'written', title: 'Written (short)', kind: 'number', value: (position) => position.written },
  ],
  totals: ['held', 'written'],
  filters: [
    { name: 'series', label: 'Series', of: (position) => position.series },
    { name: 'account', label: 'Account', of: (position) => position.account },
  ],
  above: (visit) => postTradeNote(visit, postTradeForm(visit, '/positions/net-down', 'Net down positions')),
};

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
