import type { CsvColumn, CsvColumns } from './csv-columns.ts';

const text = (name: string): CsvColumn => ({ name, path: [name], kind: 'text' });

/** Keys of a step that hold a group: their cells are written as in a scenario file, `{ id: opens, by: 3h }`. */
export const GROUP_COLUMNS: readonly string[] = ['after', 'when', 'between', 'gate', 'repeat', 'with', 'else'];

/**
 * `timeline: { from: my-day.csv }`: a row is a step, a column is a key of it. `dcass-sim explain --format csv` writes
 * the same columns, with some for the reader that are passed over here.
 */
export const TIMELINE_COLUMNS: CsvColumns = {
  read: [
    text('id'),
    text('at'),
    ...GROUP_COLUMNS.slice(0, 5).map(text),
    { ...text('do'), required: true },
    ...GROUP_COLUMNS.slice(5).map(text),
    text('note'),
  ],
  ignored: ['row', 'time', 'what'],
};
