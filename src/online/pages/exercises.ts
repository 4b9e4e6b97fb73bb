import type { AccountId } from '../../clearing/account.ts';
import { accepted } from '../../clearing/rejection.ts';
import type { SeriesName } from '../../clearing/series.ts';
import type { BusinessDate, Instant } from '../../time/instant.ts';
import { html } from '../html.ts';
import type { Column } from '../table.ts';
import { numberColumn, quantityColumn, textColumn, timeColumn } from './columns.ts';
import type { DataPage } from './data-page.ts';
import { functionBar, functionLink } from './post-trade.ts';

type Kind = 'request' | 'automatic' | 'assignment';

/** What somebody asked for, what day end exercised by itself, and what was assigned to the participant. */
interface Row {
  /** Assignments have no number of their own, but a trade. */
  readonly number: number | undefined;
  readonly kind: Kind;
  readonly account: AccountId;
  readonly series: SeriesName;
  readonly quantity: number;
  readonly state: string;
  readonly trade: number | undefined;
  readonly user: string | undefined;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly businessDate: BusinessDate;
}

const KIND_TEXT: Readonly<Record<Kind, string>> = {
  request: 'Request',
  automatic: 'Automatic',
  assignment: 'Assignment',
};

/** Exercise request enquiry, with the assignments: dcass-facts.md 2.1 and 6.4. */
export const exercisesPage: DataPage<Row> = {
  name: 'exercises',
  title: 'Exercises',
  emptyText: 'There are no exercise requests, exercises or assignments.',
  read(core, session) {
    const exercises = core.exercises(session);
    if (!exercises.ok) return exercises;
    const trades = core.trades(session);
    if (!trades.ok) return trades;
    const assignments = trades.value
      .filter((trade) => trade.type === 'assign')
      .map((trade): Row => ({
        ...trade,
        number: undefined,
        kind: 'assignment',
        state: 'assigned',
        trade: trade.number,
        businessDate: trade.clearingDate,
      }));
    return accepted([...exercises.value.map((each): Row => ({ ...each, trade: undefined })), ...assignments]);
  },
  columns: (): readonly Column<Row>[] => [
    numberColumn('exercise', 'Exercise', (row) => row.number),
    textColumn(
      'kind',
      'Kind',
      (row) => row.kind,
      (row) => KIND_TEXT[row.kind],
    ),
    textColumn('account', 'Account', (row) => row.account),
    textColumn('series', 'Series', (row) => row.series),
    quantityColumn('quantity', 'Quantity', (row) => row.quantity),
    textColumn('state', 'State', (row) => row.state),
    numberColumn('trade', 'Trade', (row) => row.trade),
    textColumn('user', 'User', (row) => row.user),
    timeColumn('created', 'Created (HKT)', (row) => row.createdAt),
    timeColumn('modified', 'Modified (HKT)', (row) => row.modifiedAt),
    textColumn('business date', 'Business date', (row) => row.businessDate),
  ],
  sums: ['quantity'],
  filters: [
    { name: 'series', label: 'Series', of: (row) => row.series },
    { name: 'account', label: 'Account', of: (row) => row.account },
    { name: 'kind', label: 'Kind', of: (row) => row.kind },
  ],
  above: (visit) =>
    functionBar(
      visit,
      functionLink(visit, 'request-exercise', '/exercises/new', 'Request an exercise'),
      functionLink(visit, 'deny-exercise', '/exercises/deny', 'Deny automatic exercise'),
    ),
  actions: (visit) => (row) =>
    row.kind === 'request' && row.state === 'holding'
      ? functionLink(
          visit,
          'annul-exercise',
          `/exercises/${row.number ?? ''}/cancel`,
          'Cancel',
          `request ${row.number ?? ''}`,
        )
      : html``,
};
