import type { Position } from '../../clearing/position.ts';
import { accepted } from '../../clearing/rejection.ts';
import type { BusinessDate } from '../../time/instant.ts';
import { html } from '../html.ts';
import type { Visit } from '../visit.ts';
import { onPage, quantityColumn, textColumn } from './columns.ts';
import type { DataPage } from './data-page.ts';
import { functionBar, functionLink } from './post-trade.ts';

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
    onPage(quantityColumn('net', 'Net', ({ held, written }) => held - written)),
  ],
  totals: ['held', 'written', 'closed out', 'exercised', 'assigned', 'denied', 'covered', 'net'],
  filters: [
    { name: 'series', label: 'Series', of: (position) => position.series },
    { name: 'account', label: 'Account', of: (position) => position.account },
  ],
  choice: { name: 'date', label: 'Business date', values: (core, session) => core.positionDates(session) },
  above: (visit) =>
    functionBar(visit, ...FUNCTIONS.map(([command, path, label]) => functionLink(visit, command, path, label))),
  actions: (visit) => (position) => {
    const { account, series } = position;
    const about = `${series} in ${account}`;
    const fields = `account=${encodeURIComponent(account)}&series=${encodeURIComponent(series)}`;
    const links = FUNCTIONS.filter(([command]) => SUITS[command](visit, position)).map(([command, path, , label]) =>
      functionLink(visit, command, `${path}?${fields}`, label, about),
    );
    return html`${links}`;
  },
};

const FUNCTIONS = [
  ['transfer-position', '/positions/transfer', 'Transfer a position', 'Transfer'],
  ['net-down-position', '/positions/net-down', 'Net down positions', 'Net down'],
  ['request-exercise', '/exercises/new', 'Request an exercise', 'Exercise'],
  ['deny-exercise', '/exercises/deny', 'Deny automatic exercise', 'Deny'],
  ['cover-position', '/positions/cover', 'Cover a position', 'Cover'],
] as const;

type Suits = (visit: Visit, position: Position) => boolean;

function isOption({ context }: Visit, { series }: Position): boolean {
  return context.core.series(series)?.kind !== 'future';
}

/** What can come to something for a position: no more buttons than that. */
const SUITS: Readonly<Record<(typeof FUNCTIONS)[number][0], Suits>> = {
  'transfer-position': (_visit, { held, written }) => held + written > 0,
  'net-down-position': (visit, position) => isOption(visit, position) && position.held > 0 && position.written > 0,
  'request-exercise': (visit, position) => isOption(visit, position) && position.held > 0,
  'deny-exercise': (visit, position) => isOption(visit, position) && position.held > 0,
  'cover-position': (visit, { series, written }) => visit.context.core.series(series)?.kind === 'call' && written > 0,
};

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
