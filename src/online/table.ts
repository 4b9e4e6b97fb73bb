import { html, Html, toMarkup } from './html.ts';
import type { Texts } from './language/english.ts';
import type { RememberedRows } from './remembered-rows.ts';

/** One column of a data page, for all three formats. */
export interface Column<Row> {
  /** The name in CSV and JSON. */
  readonly name: string;
  readonly title: string;
  /** Numbers are right-aligned and grouped on the page, and raw in CSV and JSON. */
  readonly kind: 'text' | 'number';
  /** The raw value. A price is a text with its decimals, so that no reader makes a float of it. */
  value(row: Row): string | number;
  /** What the page shows, where it is not the raw value. */
  shown?(row: Row): string;
  /** In CSV and JSON only: the page has no room for it. */
  readonly filesOnly?: true;
  /** On the page only: it follows from the others. */
  readonly pageOnly?: true;
  /** A long text that may take several lines. */
  readonly wraps?: true;
  /** Where the cell leads to. */
  href?(row: Row): string | undefined;
}

export interface TableOptions<Row extends object> {
  readonly texts: Texts;
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly emptyText: string;
  /** Buttons of a row: a last column that is not data. */
  readonly actions?: ((row: Row) => Html) | undefined;
  /** Names of the number columns that a last row adds up. */
  readonly totals?: readonly string[] | undefined;
  /** What they add up; default: the rows. */
  readonly totalRows?: readonly Row[];
  /** Titles that sort the rows. */
  readonly sorting?: Sorting;
  /** Where rows are remembered, and what their markup depends on beside themselves. */
  readonly remembered?: { readonly rows: RememberedRows; readonly key: string } | undefined;
}

export interface Sorting {
  readonly sort: { readonly by: string; readonly descending: boolean } | undefined;
  /** The address that sorts so: a column's name, with - in front for the other way. */
  to(sort: string): string;
}

export function toHtmlTable<Row extends object>(options: TableOptions<Row>): Html {
  const { texts, caption, rows, emptyText, actions, totals = [], totalRows = rows, sorting, remembered } = options;
  const columns = options.columns.filter((column) => !column.filesOnly);
  const width = columns.length + (actions ? 1 : 0);
  const classed = columns.map((column) => ({ column, start: `<td${classOf(column)?.toString() ?? ''}>` }));
  return html`<section class="scroll" aria-labelledby="caption" tabindex="0">
    <table>
      <caption id="caption">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => headCell(column, sorting))}${actions && html`<th scope="col">${texts.lists.action}</th>`}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => {
          const write = (): string => rowOf(row, classed, actions);
          return new Html(remembered ? remembered.rows.markupOf(row, remembered.key, write) : write());
        })}${
          rows.length === 0 &&
          html`<tr>
            <td class="empty" colspan="${width}">${emptyText}</td>
          </tr>`
        }
      </tbody>
      ${totals.length > 0 && rows.length > 0 && totalsRow({ columns, rows: totalRows, totals, hasActions: actions !== undefined, title: texts.lists.total })}
    </table>
  </section>`;
}

/** As little markup and as few objects as can be: there may be ten thousand rows. */
function rowOf<Row extends object>(
  row: Row,
  columns: readonly { readonly column: Column<Row>; readonly start: string }[],
  actions: TableOptions<Row>['actions'],
): string {
  const cells = columns.map(({ column, start }) => `${start}${cellMarkup(column, row)}</td>`);
  return `<tr>${cells.join('')}${actions ? `<td class="actions">${actions(row).toString()}</td>` : ''}</tr>\n`;
}

// Most cells are plain numbers, in which there is nothing to escape.
function cellMarkup<Row>(column: Column<Row>, row: Row): string {
  if (column.kind === 'number' && !column.shown && !column.href) {
    const value = column.value(row);
    if (typeof value === 'number') return groupDigits(String(value));
  }
  return toMarkup(cell(column, row));
}

function classOf<Row>({ kind, wraps }: Column<Row>): Html | undefined {
  if (kind === 'number') return html` class="n"`;
  return wraps ? html` class="wraps"` : undefined;
}

function totalsRow<Row>({
  columns,
  rows,
  totals,
  hasActions,
  title,
}: {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly totals: readonly string[];
  readonly hasActions: boolean;
  readonly title: string;
}): Html {
  const first = columns.findIndex((column) => totals.includes(column.name));
  return html`<tfoot>
    <tr>
      <th scope="row" colspan="${first}">${title}</th>
      ${columns
        .slice(first)
        .map((column) =>
          totals.includes(column.name)
            ? html`<td class="n">${groupDigits(String(sumOf(column, rows)))}</td>`
            : html`<td></td>`,
        )}${hasActions && html`<td></td>`}
    </tr>
  </tfoot>`;
}

/** Of a column of whole numbers. */
export function sumOf<Row>(column: Column<Row>, rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + Number(column.value(row)), 0);
}

function headCell<Row>({ name, title, kind }: Column<Row>, sorting: Sorting | undefined): Html {
  const number = kind === 'number' && html` class="n"`;
  if (!sorting) return html`<th scope="col" ${number}>${title}</th>`;
  const isBy = sorting.sort?.by === name;
  const descending = isBy && sorting.sort?.descending === true;
  const order = isBy && html` aria-sort="${descending ? 'descending' : 'ascending'}"`;
  const mark = isBy && html`<span aria-hidden="true"> ${descending ? '▼' : '▲'}</span>`;
  return html`<th scope="col" ${number}${order}>
    <a href="${sorting.to(isBy && !descending ? `-${name}` : name)}">${title}${mark}</a>
  </th>`;
}

function cell<Row>(column: Column<Row>, row: Row): Html | string {
  const text = shownText(column, row);
  const href = text === '' ? undefined : column.href?.(row);
  return href === undefined ? text : html`<a href="${href}">${text}</a>`;
}

/** What the page shows of a column. */
export function shownText<Row>(column: Column<Row>, row: Row): string {
  if (column.shown) return column.shown(row);
  const text = String(column.value(row));
  return column.kind === 'number' ? groupDigits(text) : text;
}

/** `28500.00` becomes `28,500.00`. */
export function groupDigits(text: string): string {
  if (text.length <= 3) return text;
  const [whole = '', fraction] = text.split('.');
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
}

function inFilesOf<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  return columns.filter(({ pageOnly }) => !pageOnly);
}

/** RFC 4180: header row, CRLF, quotes where needed. A text that a spreadsheet would run as a formula is made plain with an apostrophe. */
export function toCsv<Row>(all: readonly Column<Row>[], rows: readonly Row[]): string {
  const columns = inFilesOf(all);
  const lines = [
    columns.map((column) => column.name),
    ...rows.map((row) => columns.map((column) => column.value(row))),
  ];
  return lines.map((cells) => `${cells.map(toCsvCell).join(',')}\r\n`).join('');
}

function toCsvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  // A negative amount begins like a formula and is none.
  const isFormula = /^[=+\-@\t\r]/.test(value) && !/^-\d+(\.\d+)?$/.test(value);
  const safe = isFormula ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A list of objects with the names and raw values of the CSV. */
export function toJson<Row>(all: readonly Column<Row>[], rows: readonly Row[]): string {
  const columns = inFilesOf(all);
  return `${JSON.stringify(rows.map((row) => Object.fromEntries(columns.map((column) => [column.name, column.value(row)]))))}\n`;
}
