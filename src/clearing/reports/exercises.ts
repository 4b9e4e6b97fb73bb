import type { Instant, BusinessDate } from '../../time/instant.ts';
import type { AccountId } from '../account.ts';
import type { SeriesName } from '../series.ts';
import { defineReport, type Field, type ReportMoment } from './definition.ts';
import { belongs, ownBook } from './rows.ts';
import { csvLayout } from './shipped-layout.ts';

/** An exercise, or an assignment, which has no number of its own but a trade. */
interface Row {
  readonly number: number | undefined;
  readonly kind: 'request' | 'automatic' | 'assignment';
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

// The same columns in the same order as the exercises page's CSV.
const fields: readonly Field<Row>[] = [
  { name: 'exercise', title: 'Exercise', kind: 'number', docs: 'exercise number', value: (row) => row.number },
  { name: 'kind', title: 'Kind', kind: 'text', docs: 'request, automatic or assignment', value: (row) => row.kind },
  { name: 'account', title: 'Account', kind: 'text', docs: 'account', value: (row) => row.account },
  { name: 'series', title: 'Series', kind: 'text', docs: 'series name', value: (row) => row.series },
  { name: 'quantity', title: 'Quantity', kind: 'number', docs: 'contracts', value: (row) => row.quantity },
  {
    name: 'state',
    title: 'State',
    kind: 'text',
    docs: 'holding, annulled, exercised or assigned',
    value: (row) => row.state,
  },
  { name: 'trade', title: 'Trade', kind: 'number', docs: 'the trade of an assignment', value: (row) => row.trade },
  { name: 'user', title: 'User', kind: 'text', docs: 'who asked for it', value: (row) => row.user },
  {
    name: 'created',
    title: 'Created',
    kind: 'time',
    docs: 'when it was requested or made',
    value: (row) => row.createdAt,
  },
  { name: 'modified', title: 'Modified', kind: 'time', docs: 'when it last changed', value: (row) => row.modifiedAt },
  {
    name: 'business date',
    title: 'Business date',
    kind: 'date',
    docs: 'business date',
    value: (row) => row.businessDate,
  },
];

function rows(at: ReportMoment): readonly Row[] {
  const book = ownBook(at);
  const exercises = [...book.exercises.values()].map((each): Row => ({ ...each, trade: undefined }));
  const assignments = book.trades
    .all()
    .filter((trade) => trade.type === 'assign')
    .map((trade): Row => ({
      ...trade,
      number: undefined,
      kind: 'assignment',
      state: 'assigned',
      trade: trade.number,
      businessDate: trade.clearingDate,
    }));
  return [...exercises, ...assignments].filter((row) => belongs(at, row.businessDate));
}

export const exercisesReport = defineReport<Row>({
  code: 'exercises',
  name: 'Exercise and assignment',
  clearingHouse: 'both',
  scope: 'participant',
  made: ['intra-day', 'after-cutoff', 'day-end'],
  contents: 'Exercise requests, automatic exercises and assignments.',
  fields,
  rows,
  template: csvLayout('exercises', fields),
});
