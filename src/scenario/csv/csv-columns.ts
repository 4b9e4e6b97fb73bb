import { listNames, nearest, quoteFound } from '../nearest.ts';
import type { Problem } from '../problem.ts';
import type { CsvTable } from './csv-table.ts';

/** A column that is read: its name in the first line, and the key that it stands for in the scenario language. */
export interface CsvColumn {
  readonly name: string;
  /** `['quantity']`, or `['buyer', 'account']` for a key inside a group. */
  readonly path: readonly [string] | readonly [string, string];
  readonly kind: 'text' | 'number';
  /** `column`: a cell in it may be empty. */
  readonly required?: true | 'column';
}

export interface CsvColumns {
  readonly read: readonly CsvColumn[];
  /** Names that may stand there and are passed over; `all`: any other column. */
  readonly ignored: readonly string[] | 'all';
}

/** Which cell of a row belongs to which column; with what is wrong with the first line. */
export function matchColumns(
  table: CsvTable,
  { read, ignored }: CsvColumns,
): { readonly cells: readonly (CsvColumn | undefined)[]; readonly problems: readonly Problem[] } {
  const known = new Map(read.map((column) => [column.name, column]));
  const cells = table.header.map((name) => known.get(name));
  const whole = wholeLineTrouble(table, read, cells);
  if (whole !== undefined) return { cells, problems: [{ ...table.placeOf('header'), message: whole }] };

  const problems: Problem[] = [];
  const misspelt = new Set<string>();
  const seen = new Set<string>();
  for (const [i, name] of table.header.entries()) {
    const place = table.placeOf('header', i);
    if (seen.has(name) && known.has(name)) {
      problems.push({
        ...place,
        message: `the column ${quoteFound(name)} stands here a second time; keep one of the two`,
        found: name,
      });
    }
    seen.add(name);
    if (known.has(name)) continue;
    const near = nearest(
      name,
      read.map((column) => column.name).filter((each) => !table.header.includes(each)),
    );
    if (near !== undefined) misspelt.add(near);
    const isPassedOver = ignored === 'all' ? near === undefined || !known.get(near)?.required : ignored.includes(name);
    if (isPassedOver) continue;
    const allowed = read.map((column) => column.name);
    problems.push({
      ...place,
      message: `unknown column ${quoteFound(name)}; ${near === undefined ? 'remove it' : `write "${near}"`} (columns: ${allowed.join(', ')})`,
      found: name,
      allowed,
      ...(near === undefined ? {} : { nearest: near }),
    });
  }
  for (const { name, required } of read) {
    if (!required || seen.has(name) || misspelt.has(name)) continue;
    problems.push({ ...table.placeOf('header'), message: `the column "${name}" is missing in this line; add it` });
  }
  return { cells, problems };
}

// Some mistakes spoil the whole line: one message is better than one for each cell.
function wholeLineTrouble(
  table: CsvTable,
  read: readonly CsvColumn[],
  cells: readonly (CsvColumn | undefined)[],
): string | undefined {
  const [first = ''] = table.header;
  const other = [';', '\t'].find((mark) => first.split(mark).some((name) => read.some((each) => each.name === name)));
  if (other !== undefined && !cells.some((column) => column)) {
    return `the cells of this file are separated by ${other === '\t' ? 'tabs' : `"${other}"`}; save it with commas`;
  }
  if (cells.some((column) => column)) return undefined;
  if (read.some((column) => nearest(first, [column.name]))) return undefined;
  return `this line should name the columns (${read.map((each) => each.name).join(', ')}); found ${listNames(table.header.slice(0, 3).map(quoteFound))}`;
}
