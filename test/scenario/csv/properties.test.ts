import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEAL_COLUMNS, POSITION_COLUMNS } from '../../../src/scenario/csv/book-columns.ts';
import { toCsvRows } from '../../../src/scenario/csv/csv-rows.ts';
import { readCsvTable } from '../../../src/scenario/csv/csv-table.ts';
import { toPlain } from '../../../src/scenario/source-node.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Texts of the characters that mean something in CSV, and a few that do not. */
const csvLike = fc
  .array(
    fc.constantFrom(
      '"',
      '""',
      ',',
      '\r',
      '\n',
      '\r\n',
      '#',
      'a',
      'é',
      '\uFEFF',
      ' ',
      "'=",
      'held',
      'account,series',
      '7',
    ),
    { maxLength: 40 },
  )
  .map((parts) => bytesOf(parts.join('')));
const anything = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  csvLike,
  csvLike.map((bytes) => Buffer.concat([bytesOf('participant,account,series,held,written\n'), bytes])),
);

// Goal: no input crashes the reader, and every complaint names a place. Method: bytes of all kinds, read to the last value.
test('whatever bytes a CSV file has, it is read, or told with a line and column that it has', async () => {
  await fc.assert(
    fc.asyncProperty(anything, fc.constantFrom(DEAL_COLUMNS, POSITION_COLUMNS), async (bytes, columns) => {
      const rows = toCsvRows(await readCsvTable(bytes, 'a.csv'), columns);
      const lines = new TextDecoder().decode(bytes).split(/\r\n|\n|\r/);
      for (const { file, line, column } of [...rows.problems, ...rows.list.items.map((row) => row.at)]) {
        expect(file).toBe('a.csv');
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
      }
      expect(rows.list.items.map(toPlain)).toHaveLength(rows.list.items.length);
    }),
    { numRuns: 400 },
  );
});

const cell = fc.string({
  unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', 'é', '漢', ' '),
  minLength: 1,
  maxLength: 6,
});

// Goal: each cell's text and place are right. Method: print rows with all cells quoted, and look where the place points.
test('a cell is read as it was written, and its place points at its first character', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 5 }),
      async (rows) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const text = `# a comment\none,two\n${rows.map((row) => `${row.map(quoted).join(',')}\n`).join('')}`;
        const table = await readCsvTable(bytesOf(text), 'a.csv');
        expect(table.rows).toEqual(rows);
        const lines = text.split(/\r\n|\n/);
        for (const [i, row] of rows.entries()) {
          for (const [j, each] of row.entries()) {
            const { line, column } = table.placeOf(i, j);
            expect(
              lines
                .slice(line - 1)
                .join('\n')
                .slice(column - 1)
                .replaceAll('\r\n', '\n'),
            ).toSatisfy((rest: string) => rest.startsWith(quoted(each).replaceAll('\r\n', '\n')));
          }
        }
      },
    ),
    { numRuns: 200 },
  );
});
