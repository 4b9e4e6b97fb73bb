import type { AccountId } from '../../clearing/account.ts';
import { accepted } from '../../clearing/rejection.ts';
import type { SeriesName } from '../../clearing/series.ts';
import type { BusinessDate, Instant } from '../../time/instant.ts';
import { html } from '../html.ts';
import type { Texts } from '../language/english.ts';
import { inEveryLanguage } from '../language/languages.ts';
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
  readonly state: keyof Texts['words']['exerciseStates'];
  readonly trade: number | undefined;
  readonly user: string | undefined;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly businessDate: BusinessDate;
}

/** Exercise request enquiry, with the assignments: dcass-facts.md 2.1 and 6.4. */
export const exercisesPage: DataPage<Row> = {
  name: 'exercises',
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
  columns: (_core, { texts: { columns, words } }): readonly Column<Row>[] => [
    numberColumn('exercise', columns.exercise, (row) => row.number),
    textColumn(
      'kind',
      columns.kind,
      (row) => row.kind,
      (row) => words.exerciseKinds[row.kind],
    ),
    textColumn('account', columns.account, (row) => row.account),
    textColumn('series', columns.series, (row) => row.series),
    quantityColumn('quantity', columns.quantity, (row) => row.quantity),
    textColumn(
      'state',
      columns.state,
      (row) => row.state,
      (row) => words.exerciseStates[row.state],
    ),
    numberColumn('trade', columns.trade, (row) => row.trade),
    textColumn('user', columns.user, (row) => row.user),
    timeColumn('created', columns.created, (row) => row.createdAt),
    timeColumn('modified', columns.modified, (row) => row.modifiedAt),
    textColumn('business date', columns.businessDate, (row) => row.businessDate),
  ],
  sums: ['quantity'],
  filters: [
    { name: 'series', of: (row) => row.series },
    { name: 'account', of: (row) => row.account },
    { name: 'kind', of: (row) => inEveryLanguage(row.kind, ({ words }) => words.exerciseKinds[row.kind]) },
  ],
  above: (visit) =>
    functionBar(
      visit,
      functionLink(visit, 'request-exercise', '/exercises/new', visit.texts.functions.titles['request-exercise']),
      functionLink(visit, 'deny-exercise', '/exercises/deny', visit.texts.functions.titles['deny-exercise']),
    ),
  actions: (visit) => (row) =>
    row.kind === 'request' && row.state === 'holding'
      ? functionLink(
          visit,
          'annul-exercise',
          `/exercises/${row.number ?? ''}/cancel`,
          visit.texts.functions.buttons.cancel,
          visit.texts.functions.about.request(row.number),
        )
      : html``,
};
