import type { PositionRow, TradeRow } from '../reconcile/books.ts';
import type { Differences } from '../reconcile/reconcile.ts';
import { styled, type Output } from './output.ts';

/** What `dcass-sim reconcile` found; `--json` prints it as it is. */
export interface Reconciled {
  readonly participant: string;
  readonly simTime: string;
  readonly businessDate: string;
  /** Left out where no such file was named. */
  readonly trades?: Differences<TradeRow>;
  readonly positions?: Differences<PositionRow>;
}

interface Column<Row> {
  readonly title: string;
  /** Widest that it may be: all columns of a table together fit into 80. */
  readonly width: number;
  readonly right?: true;
  value(row: Row): string | number | undefined;
}

type Lined = { readonly line?: number };

const line: Column<Lined> = { title: 'line', width: 6, right: true, value: (row) => row.line };
const trade: Column<TradeRow> = { title: 'trade', width: 7, right: true, value: (row) => row.trade };
const series: Column<Pick<PositionRow, 'series'>> = { title: 'series', width: 11, value: (row) => row.series };
const account: Column<Pick<PositionRow, 'account'>> = { title: 'account', width: 10, value: (row) => row.account };

const TRADE_COLUMNS: readonly Column<TradeRow>[] = [
  trade,
  series,
  account,
  { title: 'side', width: 4, value: (row) => row.side },
  { title: 'quantity', width: 9, right: true, value: (row) => row.quantity },
  { title: 'price', width: 9, right: true, value: (row) => row.price },
  { title: 'date', width: 10, value: (row) => row.clearingDate },
];
const POSITION_COLUMNS: readonly Column<PositionRow>[] = [
  series,
  account,
  { title: 'held', width: 9, right: true, value: (row) => row.held },
  { title: 'written', width: 9, right: true, value: (row) => row.written },
];

/** Tables of what is only in DCASS, only in the own file, and different; empty when everything agrees. */
export function differencesText(found: Reconciled, output: Pick<Output, 'colour'>): string {
  return [
    ...(found.trades
      ? tablesOf<TradeRow>('Trades', found.participant, found.trades, TRADE_COLUMNS, [trade, series])
      : []),
    ...(found.positions
      ? tablesOf<PositionRow>('Positions', found.participant, found.positions, POSITION_COLUMNS, [series, account])
      : []),
  ]
    .map(({ title, rows }) => `${styled(output, 'bold', title)}\n${rows}`)
    .join('\n\n');
}

interface Table {
  readonly title: string;
  readonly rows: string;
}

function tablesOf<Row extends TradeRow | PositionRow>(
  what: string,
  code: string,
  { onlyDcass, onlyOwn, differing }: Differences<Row>,
  columns: readonly Column<Row>[],
  names: readonly Column<Row>[],
): readonly Table[] {
  type Field = { readonly row: Row & Lined; readonly name: string; readonly dcass: unknown; readonly own: unknown };
  const fields = differing.flatMap(({ dcass, own, fields: wrong }) =>
    wrong.map((field): Field => ({
      row: { ...dcass, line: own.line },
      name: nameOf(field),
      dcass: dcass[field],
      own: own[field],
    })),
  );
  const ofRow = (column: Column<Row & Lined>): Column<Field> => ({ ...column, value: ({ row }) => column.value(row) });
  return [
    {
      title: `${what} that DCASS has and ${code} does not`,
      count: onlyDcass.length,
      rows: toTable(onlyDcass, columns),
    },
    {
      title: `${what} that ${code} has and DCASS does not`,
      count: onlyOwn.length,
      rows: toTable<Row & Lined>(onlyOwn, [line, ...columns]),
    },
    {
      title: `${what} that differ`,
      count: fields.length,
      rows: toTable<Field>(fields, [
        ofRow(line),
        ...names.map(ofRow),
        { title: 'what', width: 13, value: ({ name }) => name },
        { title: 'DCASS', width: 15, value: ({ dcass }) => String(dcass) },
        { title: code, width: 15, value: ({ own }) => String(own) },
      ]),
    },
  ].filter(({ count }) => count > 0);
}

function toTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = columns.map((column) => {
    const texts = [column.title, ...rows.map((row) => String(column.value(row) ?? ''))];
    const cut = texts.map((text) => (text.length > column.width ? `${text.slice(0, column.width - 1)}…` : text));
    const width = cut.reduce((widest, text) => Math.max(widest, text.length), 0);
    return cut.map((text) => (column.right ? text.padStart(width) : text.padEnd(width)));
  });
  return Array.from({ length: rows.length + 1 }, (_, i) =>
    cells
      .map((texts) => texts[i])
      .join('  ')
      .trimEnd(),
  ).join('\n');
}

/** `57 trades agree; 1 is only in DCASS, 2 differ`, a line for each list. */
export function countsText({ participant, simTime, businessDate, trades, positions }: Reconciled): string {
  const moment = `${simTime.slice(0, 19).replace('T', ' ')} HKT, business date ${businessDate}`;
  const count = (what: string, found: Differences<TradeRow> | Differences<PositionRow> | undefined): string[] => {
    if (!found) return [];
    const { agreeing, onlyDcass, onlyOwn, differing } = found;
    const parts = [
      [onlyDcass.length, 'only in DCASS'],
      [onlyOwn.length, `only at ${participant}`],
      [differing.length, 'different'],
    ].filter(([n]) => n !== 0);
    const rest = parts.length === 0 ? 'no difference' : parts.map(([n, text]) => `${n} ${text}`).join(', ');
    return [`${what}: ${agreeing} agree, ${rest}`];
  };
  return [`${participant} and DCASS at ${moment}`, ...count('Trades', trades), ...count('Positions', positions)].join(
    '\n',
  );
}

/** The name of a field's column in CSV. */
export function nameOf(field: string): string {
  return field === 'customerInfo' ? 'customer info' : field === 'clearingDate' ? 'clearing date' : field;
}
