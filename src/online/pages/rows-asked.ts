import type { Texts } from '../language/english.ts';
import type { Column } from '../table.ts';

/** In which order, and which part of the rows. */
export interface RowsAsked {
  readonly sort: { readonly by: string; readonly descending: boolean } | undefined;
  /** 1 is the first page; undefined: not asked for. */
  readonly page: number | undefined;
  readonly size: number | undefined;
}

/** Rows of a page where the address asks for none. Files have all rows then. */
export const PAGE_SIZE = 1_000;
export const PAGE_SIZE_MAX = 100_000;

/** Reads `sort`, `page` and `size` of the address; a text says what is wrong with them. */
export function readRowsAsked<Row>(
  field: (name: string) => string,
  columns: readonly Column<Row>[],
  { lists }: Texts,
): RowsAsked | { readonly problem: string } {
  const sort = field('sort');
  const by = sort.replace(/^-/, '');
  if (sort !== '' && !columns.some(({ name }) => name === by)) {
    const names = columns.map(({ name }) => name).join(', ');
    return { problem: lists.noSort(names, sort.slice(0, 40)) };
  }
  const page = countOf(field('page'), 1_000_000);
  const size = countOf(field('size'), PAGE_SIZE_MAX);
  if (page === 'wrong') return { problem: lists.noPage(field('page').slice(0, 40)) };
  if (size === 'wrong') return { problem: lists.noSize(PAGE_SIZE_MAX, field('size').slice(0, 40)) };
  return { sort: sort === '' ? undefined : { by, descending: sort.startsWith('-') }, page, size };
}

function countOf(text: string, max: number): number | undefined | 'wrong' {
  if (text === '') return undefined;
  const count = /^[0-9]{1,7}$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= max ? count : 'wrong';
}

/** Numbers by their size, texts by their letters, empty cells last. */
export function sorted<Row>(
  rows: readonly Row[],
  { sort }: RowsAsked,
  columns: readonly Column<Row>[],
): readonly Row[] {
  const column = columns.find(({ name }) => name === sort?.by);
  if (!sort || !column) return rows;
  const keyed = rows.map((row) => ({ row, key: keyOf(column, row) }));
  const way = sort.descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key === '' || b.key === '') return Number(a.key === '') - Number(b.key === '');
    return a.key < b.key ? -way : a.key > b.key ? way : 0;
  });
  return keyed.map(({ row }) => row);
}

function keyOf<Row>(column: Column<Row>, row: Row): string | number {
  const value = column.value(row);
  return column.kind === 'number' && value !== '' ? Number(value) : value;
}

export interface PageOfRows<Row> {
  readonly rows: readonly Row[];
  /** 1 is the first; a page behind the last is the last. */
  readonly page: number;
  readonly pages: number;
  readonly size: number;
}

export function pageOf<Row>(rows: readonly Row[], { page = 1, size = PAGE_SIZE }: RowsAsked): PageOfRows<Row> {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const shown = Math.min(page, pages);
  return { rows: rows.slice((shown - 1) * size, shown * size), page: shown, pages, size };
}
