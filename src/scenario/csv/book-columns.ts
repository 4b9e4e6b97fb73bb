import type { CsvColumn, CsvColumns } from './csv-columns.ts';

const text = (name: string, ...path: CsvColumn['path']): CsvColumn => ({ name, path, kind: 'text' });
const required = (column: CsvColumn): CsvColumn => ({ ...column, required: true });

/** `world.trades: { from: trades.csv }`: a row is a deal, with the facts of a deal that stands in the scenario file. */
export const DEAL_COLUMNS: CsvColumns = {
  read: [
    text('id', 'id'),
    required(text('at', 'at')),
    required(text('series', 'series')),
    { name: 'quantity', path: ['quantity'], kind: 'number', required: true },
    required(text('price', 'price')),
    required(text('buyer participant', 'buyer', 'participant')),
    required(text('buyer account', 'buyer', 'account')),
    text('buyer info', 'buyer', 'info'),
    text('buyer open close', 'buyer', 'openClose'),
    required(text('seller participant', 'seller', 'participant')),
    required(text('seller account', 'seller', 'account')),
    text('seller info', 'seller', 'info'),
    text('seller open close', 'seller', 'openClose'),
    text('clearing date', 'clearingDate'),
  ],
  ignored: [],
};

/** `world.positions: { from: positions.csv }`: the file of DCASS Online's positions page, and of the positions report. */
export const POSITION_COLUMNS: CsvColumns = {
  read: [
    required(text('participant', 'participant')),
    required(text('account', 'account')),
    required(text('series', 'series')),
    { name: 'held', path: ['held'], kind: 'number' },
    { name: 'written', path: ['written'], kind: 'number' },
  ],
  // What happened on the business date of the file; the day that imports it begins without.
  ignored: ['closed out', 'exercised', 'assigned', 'denied', 'covered'],
};
