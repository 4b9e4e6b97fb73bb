import type { CalendarDate, Instant } from '../../time/instant.ts';
import { datePrinter, formatTrouble, timePrinter } from './date-format.ts';

/** What stands between braces in a line of a template. `{{` and `}}` are braces themselves. */
export interface Placeholder {
  readonly name: string;
  /** Characters: negative ones align to the left. Undefined: as many as it needs. */
  readonly width: number | undefined;
  readonly format: string | undefined;
}

type Piece = string | Placeholder;

/** `total:quantity`: the sum of a field; every other name stands in this list. */
export const PLACEHOLDERS = {
  report: { kind: 'text', docs: 'the code of the report' },
  title: { kind: 'text', docs: 'the name of the report' },
  made: { kind: 'text', docs: 'intra-day, after-cutoff or day-end' },
  participant: { kind: 'text', docs: 'the customer code; not in a common report' },
  participantName: { kind: 'text', docs: 'the name of the participant; not in a common report' },
  businessDate: { kind: 'date', docs: 'the business date' },
  time: { kind: 'time', docs: 'when the report is made' },
  rows: { kind: 'number', docs: 'how many rows there are' },
  page: { kind: 'number', docs: 'the number of the page; in headings and footings' },
  pages: { kind: 'number', docs: 'how many pages there are; in headings and footings' },
} as const satisfies Readonly<Record<string, { kind: 'text' | 'number' | 'date' | 'time'; docs: string }>>;

export type PlaceholderName = keyof typeof PLACEHOLDERS;

const TOTAL = /^total\.(.+)$/;

/** The field that `{total.quantity}` adds up. */
export function totalledField(name: string): string | undefined {
  return TOTAL.exec(name)?.[1];
}

function kindOf(name: string): 'text' | 'number' | 'date' | 'time' | 'total' | undefined {
  if (totalledField(name) !== undefined) return 'total';
  return Object.hasOwn(PLACEHOLDERS, name) ? PLACEHOLDERS[name as PlaceholderName].kind : undefined;
}

/** Reads a line: its texts and placeholders, or what is wrong with it. Names are not looked up. */
export function parseLine(line: string): { readonly pieces: readonly Piece[] } | { readonly problem: string } {
  const pieces: Piece[] = [];
  for (const [piece = '', inside] of line.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[^]/g)) {
    if (piece === '{{' || piece === '}}') pieces.push(piece.slice(1));
    else if (piece === '{' || piece === '}')
      return { problem: 'a brace stands alone; write {name}, or {{ for a brace' };
    else if (inside === undefined) pieces.push(piece);
    else {
      const [, name = '', width, format] = /^([^,:]*)(?:,(-?[1-9]\d{0,2}))?(?::(.*))?$/.exec(inside) ?? [];
      if (name === '')
        return { problem: `{${inside}} cannot be read; write {name}, {name,10}, {name,-10} or {name:format}` };
      pieces.push({ name, width: width === undefined ? undefined : Number(width), format });
    }
  }
  return { pieces };
}

/** What is wrong with the format of a placeholder whose name is known; undefined when nothing is. */
export function placeholderTrouble({ name, format }: Placeholder): string | undefined {
  if (format === undefined) return undefined;
  const kind = kindOf(name);
  if (kind === 'date' || kind === 'time') return formatTrouble(format, kind);
  if ((kind === 'number' || kind === 'total') && /^0{1,30}$/.test(format)) return undefined;
  return kind === 'text' ? `{${name}} has no format` : 'a number is filled up with noughts: {rows:000000}';
}

/** The values for one line. Totals are texts already. */
export type LineValues = Readonly<Partial<Record<string, string | number>>>;

/**
 * Makes a printer of a line that has been checked. A value that its width or its noughts have no room for is printed
 * as `####`, and counted in `unfit`.
 */
export function linePrinter(line: string, unfit: { count: number }): (values: LineValues) => string {
  const parsed = parseLine(line);
  if ('problem' in parsed) throw new Error(`a template's line ${JSON.stringify(line)}: ${parsed.problem}`);
  const printers = parsed.pieces.map((piece) => (typeof piece === 'string' ? () => piece : piecePrinter(piece, unfit)));
  return (values) => printers.map((print) => print(values)).join('');
}

function piecePrinter(placeholder: Placeholder, unfit: { count: number }): (values: LineValues) => string {
  const { name, width, format } = placeholder;
  const kind = kindOf(name);
  if (kind === undefined) throw new Error(`a template's line has the unknown {${name}}`);
  const print = valuePrinter(kind, format, unfit);
  return (values) => {
    const value = values[name];
    if (value === undefined) throw new Error(`{${name}} has no value in this line`);
    const text = print(value);
    if (width === undefined) return text;
    const room = Math.abs(width);
    if (text.length > room) return marked(room, unfit);
    return width < 0 ? text.padEnd(room) : text.padStart(room);
  };
}

function valuePrinter(
  kind: NonNullable<ReturnType<typeof kindOf>>,
  format: string | undefined,
  unfit: { count: number },
): (value: string | number) => string {
  switch (kind) {
    case 'date': {
      const print = datePrinter(format);
      return (value) => print(value as CalendarDate);
    }
    case 'time': {
      const print = timePrinter(format);
      return (value) => print(value as Instant);
    }
    case 'text':
      return String;
    case 'number':
    case 'total': {
      const noughts = format?.length ?? 0;
      return (value) => {
        const text = filledUp(String(value), noughts, '0');
        return noughts > 0 && text.length > noughts ? marked(noughts, unfit) : text;
      };
    }
  }
}

/** Fills a text up at its left; noughts go behind a minus. */
export function filledUp(text: string, width: number, fill: string): string {
  return fill === '0' && text.startsWith('-')
    ? `-${text.slice(1).padStart(width - 1, '0')}`
    : text.padStart(width, fill);
}

/** What stands in the place of a value that does not fit, as a spreadsheet shows it. */
export function marked(width: number, unfit: { count: number }): string {
  unfit.count += 1;
  return '#'.repeat(width);
}
