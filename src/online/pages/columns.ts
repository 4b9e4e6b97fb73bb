import type { Trade } from '../../clearing/deal.ts';
import { formatScaled } from '../../clearing/price.ts';
import type { SeriesName } from '../../clearing/series.ts';
import { toIso, type Instant } from '../../time/instant.ts';
import type { Texts } from '../language/english.ts';
import type { OnlinePort } from '../port.ts';
import type { Column } from '../table.ts';
import { toTimeText } from '../texts.ts';

// Columns that several pages have. What a row does not have is an empty cell.

export function textColumn<Row>(
  name: string,
  title: string,
  value: (row: Row) => string | undefined,
  shown?: (row: Row) => string,
): Column<Row> {
  return { name, title, kind: 'text', value: (row) => value(row) ?? '', ...(shown ? { shown } : {}) };
}

/** Contracts, shares and other things that are counted. */
export function quantityColumn<Row>(name: string, title: string, value: (row: Row) => number): Column<Row> {
  return { name, title, kind: 'number', value };
}

/** The number of a thing: its digits are not grouped. */
export function numberColumn<Row>(name: string, title: string, value: (row: Row) => number | undefined): Column<Row> {
  return { name, title, kind: 'number', value: (row) => value(row) ?? '', shown: (row) => String(value(row) ?? '') };
}

export function timeColumn<Row>(name: string, title: string, value: (row: Row) => Instant): Column<Row> {
  return { name, title, kind: 'text', value: (row) => toIso(value(row)), shown: (row) => toTimeText(value(row)) };
}

/** An integer in the price decimals of the row's class, printed with its decimals. */
export function priceColumn<Row extends { readonly series: SeriesName }>(
  core: OnlinePort,
  name: string,
  title: string,
  value: (row: Row) => number,
): Column<Row> {
  return {
    name,
    title,
    kind: 'number',
    value: (row) => formatScaled(value(row), core.series(row.series)?.instrumentClass.priceDecimals ?? 0),
  };
}

export function sideColumn<Row extends Pick<Trade, 'side'>>({ columns, words }: Texts): Column<Row> {
  return textColumn(
    'side',
    columns.side,
    (row) => row.side,
    (row) => words.sides[row.side],
  );
}

/** For CSV and JSON only: the page has no room for it. */
export function inFiles<Row>(column: Column<Row>): Column<Row> {
  return { ...column, filesOnly: true };
}

/** For the page only: the files keep the columns of the report. */
export function onPage<Row>(column: Column<Row>): Column<Row> {
  return { ...column, pageOnly: true };
}

/** A long text that may take several lines of the page. */
export function wrapping<Row>(column: Column<Row>): Column<Row> {
  return { ...column, wraps: true };
}
