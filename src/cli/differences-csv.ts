import type { PositionRow, TradeRow } from '../reconcile/books.ts';
import { toCsvLine } from '../reconcile/own-records.ts';
import type { Differences } from '../reconcile/reconcile.ts';
import { nameOf, type Reconciled } from './print-differences.ts';

/** A row for each row that only one side has, and for each value that differs. */
export function differencesCsv({ trades, positions }: Reconciled): string {
  const head =
    'list,difference,line,trade,deal,series,account,side,quantity,price,customer info,clearing date,held,written';
  type AnyRow = { readonly line?: number } & Partial<TradeRow> & Partial<PositionRow>;
  const cellsOf = (row: AnyRow): readonly (string | number | undefined)[] => [
    row.line,
    row.trade,
    row.deal,
    row.series,
    row.account,
    row.side,
    row.quantity,
    row.price,
    row.customerInfo,
    row.clearingDate,
    row.held,
    row.written,
  ];
  const rowsOf = <Row extends TradeRow | PositionRow>(list: string, found: Differences<Row> | undefined): string[] => [
    ...(found?.onlyDcass ?? []).map((row) => toCsvLine([list, 'only in DCASS', ...cellsOf(row), '', '', ''])),
    ...(found?.onlyOwn ?? []).map((row) => toCsvLine([list, 'only in own file', ...cellsOf(row), '', '', ''])),
    ...(found?.differing ?? []).flatMap(({ dcass, own, fields }) =>
      fields.map((field) =>
        toCsvLine([
          list,
          'different',
          ...cellsOf({ ...dcass, line: own.line }),
          nameOf(field),
          String(dcass[field]),
          String(own[field]),
        ]),
      ),
    ),
  ];
  return [`${head},field,dcass,own\r\n`, ...rowsOf('trades', trades), ...rowsOf('positions', positions)].join('');
}
