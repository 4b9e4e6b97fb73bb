import { formatScaled } from '../price.ts';
import { datePrinter, timePrinter } from './date-format.ts';
import type { Field, ReportDefinition, ReportMoment } from './definition.ts';
import { marked } from './placeholders.ts';
import type { TemplateColumn } from './template.ts';

/** How many rows' values did not fit where the layout puts them. */
export interface Unfit {
  count: number;
}

/** A column of a template together with the field that it prints. */
export interface Cell {
  readonly column: TemplateColumn;
  /** Undefined for a column of the same text in each row. */
  readonly field: Field<unknown> | undefined;
  readonly alignRight: boolean;
  print(row: unknown): string;
}

/** Marks a value that cannot be printed in a column without a width. */
const MARK_WIDTH = 4;

/** The cells of a row, left to right. Throws for a field that the report does not have: the template was not checked. */
export function cellsOf(
  definition: ReportDefinition,
  columns: readonly TemplateColumn[],
  at: ReportMoment,
  unfit: Unfit,
): readonly Cell[] {
  return columns.map((column): Cell => {
    const { text = '' } = column;
    if (column.field === undefined) return { column, field: undefined, alignRight: isRight(column), print: () => text };
    const field = definition.fields.find((each) => each.name === column.field);
    if (!field) throw new Error(`the report ${definition.code} has no field ${column.field}`);
    return { column, field, alignRight: isRight(column, field), print: printer(field, column, at, unfit) };
  });
}

function isRight({ align }: TemplateColumn, field?: Field<unknown>): boolean {
  if (align !== undefined) return align === 'right';
  return field !== undefined && ['number', 'price', 'amount'].includes(field.kind);
}

function printer(
  field: Field<unknown>,
  column: TemplateColumn,
  at: ReportMoment,
  unfit: Unfit,
): (row: unknown) => string {
  const { empty = '' } = column;
  switch (field.kind) {
    case 'text': {
      const words = column.values && new Map(Object.entries(column.values));
      return (row) => {
        const value = field.value(row, at) ?? '';
        return value === '' ? empty : toAscii(words?.get(value) ?? value);
      };
    }
    case 'number':
      return (row) => {
        const value = field.value(row, at);
        return value === undefined ? empty : String(value);
      };
    case 'price':
      return (row) => {
        const value = field.value(row, at);
        return value === undefined ? empty : printDecimal(value, column, unfit);
      };
    case 'amount':
      return (row) => {
        const value = field.value(row, at);
        return value === undefined ? empty : printAmount(value, column, unfit);
      };
    case 'date': {
      const print = datePrinter(column.format);
      return (row) => {
        const value = field.value(row, at);
        return value === undefined ? empty : print(value);
      };
    }
    case 'time': {
      const print = timePrinter(column.format);
      return (row) => {
        const value = field.value(row, at);
        return value === undefined ? empty : print(value);
      };
    }
  }
}

/** HK cents as the column prints money. */
export function printAmount(cents: number, column: TemplateColumn, unfit: Unfit): string {
  return printDecimal(formatScaled(cents, 2), column, unfit);
}

// Never rounded: a digit that the column has no place for marks the value instead.
function printDecimal(text: string, { decimals, point = 'shown', width }: TemplateColumn, unfit: Unfit): string {
  if (decimals === undefined) return point === 'implied' ? text.replace('.', '') : text;
  const [whole = '', fraction = ''] = text.split('.');
  if (/[1-9]/.test(fraction.slice(decimals))) return marked(width ?? MARK_WIDTH, unfit);
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0');
  return decimals === 0 || point === 'implied' ? whole + kept : `${whole}.${kept}`;
}

/** Files are ASCII: any other character, and a control character, is printed as a question mark, one for one. */
export function toAscii(text: string): string {
  return /^[ -~]*$/.test(text) ? text : [...text].map((each) => (/^[ -~]$/.test(each) ? each : '?')).join('');
}
