import type { Position } from '../../clearing/position.ts';
import { accepted } from '../../clearing/rejection.ts';
import type { BusinessDate } from '../../time/instant.ts';
import { quantityColumn, textColumn } from './columns.ts';
import type { DataPage } from './data-page.ts';
import { postTradeForm, postTradeNote } from './post-trade.ts';

/**
 * Position enquiry: dcass-facts.md 2.1. The columns are those of the position report. `?date=` shows the closing
 * positions of an earlier business date.
 */
export const positionsPage: DataPage<Position> = {
  name: 'positions',
  title: 'Positions',
  emptyText: 'There are no positions.',
  read(core, session, asked) {
    const found = core.positionsOf(session, asked('date') as BusinessDate);
    return found.ok
      ? accepted(found.value.toSorted((a, b) => compare(a.account, b.account) || compare(a.series, b.series)))
      : found;
  },
  columns: () => [
    textColumn('participant', 'Participant', (position) => position.participant),
    textColumn('account', 'Account', (position) => position.account),
    textColumn('series', 'Series', (position) => position.series),
    quantityColumn('held', 'Held (long)', (position) => position.held),
    quantityColumn('written', 'Written (short)', (position) => position.written),
    quantityColumn('closed out', 'Closed out', (position) => position.closedOut),
    quantityColumn('exercised', 'Exercised', (position) => position.exercised),
    quantityColumn('assigned', 'Assigned', (position) => position.assigned),
    quantityColumn('denied', 'Denied', (position) => position.denied),
    quantityColumn('covered', 'Covered', (position) => position.covered),
  ],
  totals: ['held', 'written', 'closed out', 'exercised', 'assigned', 'denied', 'covered'],
  filters: [
    { name: 'series', label: 'Series', of: (position) => position.series },
    { name: 'account', label: 'Account', of: (position) => position.account },
  ],
  choice: { name: 'date', label: 'Business date', values: (core, session) => core.positionDates(session) },
  above: (visit) => postTradeNote(visit, postTradeForm(visit, '/positions/net-down', 'Net down positions')),
};

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
