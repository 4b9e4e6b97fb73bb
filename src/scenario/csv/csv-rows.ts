import type { Place, Problem } from '../problem.ts';
import type { ListNode, MapNode, ScalarNode } from '../source-node.ts';
import { matchColumns, type CsvColumn, type CsvColumns } from './csv-columns.ts';
import type { CsvTable } from './csv-table.ts';

export interface CsvRows {
  /** A group for each row, as if it stood in a scenario file: everything that checks one can check it. */
  readonly list: ListNode;
  readonly problems: readonly Problem[];
}

/**
 * The rows of a table as nodes of the scenario language. Rows with a wrong number of cells are told and left out;
 * with a wrong first line there are no rows.
 */
export function toCsvRows(table: CsvTable, columns: CsvColumns): CsvRows {
  const at: Place = table.problems.length > 0 ? { file: table.file, line: 1, column: 1 } : table.placeOf('header');
  const empty: ListNode = { type: 'list', at, items: [] };
  if (table.problems.length > 0) return { list: empty, problems: table.problems };
  const { cells, problems } = matchColumns(table, columns);
  if (problems.length > 0) return { list: empty, problems };
  const wrong: Problem[] = [];
  const items = table.rows.flatMap((row, i) => {
    if (row.length === cells.length) return [new CsvRow(table, i, cells)];
    wrong.push({ ...table.placeOf(i), message: countTrouble(row.length, cells.length) });
    return [];
  });
  return { list: { type: 'list', at, items }, problems: wrong };
}

function countTrouble(found: number, wanted: number): string {
  const hint =
    found > wanted
      ? '; a cell with a comma in it is written in quotes: "a, b"'
      : '; write a comma for each empty cell too';
  return `this row has ${found} ${found === 1 ? 'cell' : 'cells'}, and the first line names ${wanted} columns${hint}`;
}

// Nodes are made when they are asked for: a hundred thousand rows with all their places would fill the memory.
class CsvRow implements MapNode {
  readonly type = 'map';
  readonly isData = true;
  readonly #table: CsvTable;
  readonly #row: number;
  readonly #cells: readonly (CsvColumn | undefined)[];

  constructor(table: CsvTable, row: number, cells: readonly (CsvColumn | undefined)[]) {
    this.#table = table;
    this.#row = row;
    this.#cells = cells;
  }

  get at(): Place {
    return this.#table.placeOf(this.#row);
  }

  get entries(): MapNode['entries'] {
    const entries: MapNode['entries'] = new Map();
    const groups = new Map<string, CsvGroup>();
    for (const [i, column] of this.#cells.entries()) {
      const text = this.#table.rows[this.#row]?.[i] ?? '';
      // An empty cell is a key that is left out; where the key is needed, the cell is the place to complain about.
      if (!column || (text === '' && column.required !== true)) continue;
      const cell = new CsvCell(this.#table, this.#row, i, column, text);
      const [first, second] = column.path;
      if (second === undefined) entries.set(first, cell);
      else {
        const group = groups.get(first) ?? new CsvGroup(cell);
        if (!groups.has(first)) entries.set(first, group);
        groups.set(first, group);
        group.entries.set(second, cell);
      }
    }
    return entries;
  }
}

/** The cells of one group, `buyer participant` and `buyer account`; itself the entry that holds it. */
class CsvGroup implements MapNode {
  readonly type = 'map';
  readonly entries: MapNode['entries'] = new Map();
  readonly #first: CsvCell;

  constructor(first: CsvCell) {
    this.#first = first;
  }

  get at(): Place {
    return this.#first.at;
  }

  get key(): Place {
    return this.at;
  }

  get node(): this {
    return this;
  }
}

/** A value, and at the same time the entry that holds it: its name stands in the first line only. */
class CsvCell implements ScalarNode {
  readonly type = 'scalar';
  readonly value: string | number | null;
  readonly text: string;
  readonly #table: CsvTable;
  readonly #row: number;
  readonly #index: number;
  readonly #column: CsvColumn;

  constructor(table: CsvTable, row: number, index: number, column: CsvColumn, text: string) {
    this.#table = table;
    this.#row = row;
    this.#index = index;
    this.#column = column;
    this.text = text;
    this.value = toValue(column, text);
  }

  get at(): Place {
    return { ...this.#table.placeOf(this.#row, this.#index), cell: this.#column.name };
  }

  get key(): Place {
    return this.at;
  }

  get node(): this {
    return this;
  }
}

function toValue({ kind }: CsvColumn, text: string): string | number | null {
  if (text === '') return null;
  if (kind === 'number') return /^\d{1,15}$/.test(text) ? Number(text) : text;
  // DCASS's own files put an apostrophe before a text that a spreadsheet would run as a formula.
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}
