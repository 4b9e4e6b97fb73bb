import { startOfDay, toHktParts, toIso, type CalendarDate, type HktParts, type Instant } from '../../time/instant.ts';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** What a format is made of: days in small letters, times of day in capitals. Longer ones come first. */
const DATE_PARTS: Readonly<Record<string, (parts: HktParts) => string>> = {
  yyyy: ({ year }) => String(year).padStart(4, '0'),
  yy: ({ year }) => two(year % 100),
  mmm: ({ month }) => MONTHS[month - 1] ?? '',
  mm: ({ month }) => two(month),
  dd: ({ day }) => two(day),
};
const TIME_PARTS: Readonly<Record<string, (parts: HktParts) => string>> = {
  HH: ({ hour }) => two(hour),
  MM: ({ minute }) => two(minute),
  // In brackets: left out when it is zero.
  '[SS]': ({ second }) => (second === 0 ? '' : two(second)),
  '[:SS]': ({ second }) => (second === 0 ? '' : `:${two(second)}`),
  SS: ({ second }) => two(second),
};

/** `2019-05-06` for a date, `2019-05-06T09:00:00.000+08:00` for a time. */
const ISO = 'iso';

export const DATE_FORMATS = 'yyyy, yy, mmm, mm and dd with - / . : _ T or blanks between them, or iso';
export const TIME_FORMATS =
  'yyyy, yy, mmm, mm, dd, HH, MM, SS and [SS] with - / . : _ T or blanks between them, or iso';

/** What is wrong with a format; undefined when it can be printed. */
export function formatTrouble(format: string, kind: 'date' | 'time'): string | undefined {
  if (format === ISO) return undefined;
  const parts = kind === 'date' ? DATE_PARTS : { ...DATE_PARTS, ...TIME_PARTS };
  const left = split(format).find((piece) => !(piece in parts) && !/^[-/.:_T ]$/.test(piece));
  if (left === undefined && format !== '') return undefined;
  return `a ${kind} is printed with ${kind === 'date' ? DATE_FORMATS : TIME_FORMATS}`;
}

/** Prints days in a format that {@link formatTrouble} has nothing against. */
export function datePrinter(format: string = ISO): (date: CalendarDate) => string {
  if (format === ISO) return (date) => date;
  const print = partsPrinter(format);
  return remembering((date: CalendarDate) => print(toHktParts(startOfDay(date))));
}

/** Prints instants, as a clock in Hong Kong shows them. */
export function timePrinter(format: string = ISO): (at: Instant) => string {
  if (format === ISO) return remembering(toIso);
  const print = partsPrinter(format);
  return remembering((at: Instant) => print(toHktParts(at)));
}

function partsPrinter(format: string): (parts: HktParts) => string {
  const known = { ...DATE_PARTS, ...TIME_PARTS };
  const pieces = split(format).map((piece) => known[piece] ?? ((): string => piece));
  return (parts) => pieces.map((piece) => piece(parts)).join('');
}

function split(format: string): readonly string[] {
  return format.match(/yyyy|yy|mmm|mm|dd|HH|MM|\[:?SS\]|SS|[^]/g) ?? [];
}

// The rows of a report often carry the same moment one after the other.
function remembering<T>(print: (value: T) => string): (value: T) => string {
  let last: T | undefined;
  let text = '';
  return (value) => {
    if (value !== last) {
      last = value;
      text = print(value);
    }
    return text;
  };
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
