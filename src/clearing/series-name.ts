import type { CalendarDate } from '../time/instant.ts';
import { instrumentClass, type InstrumentClass, type SeriesKind } from './instrument-class.ts';
import { formatScaled } from './price.ts';

/** `HSIK9`, `HSI28000E9`, `HKB65.00E9`. */
export type SeriesName = string & { readonly __unit: 'series name' };

/** What a series name says. */
export interface SeriesNameParts {
  readonly instrumentClass: InstrumentClass;
  readonly kind: SeriesKind;
  /** Integer in the class's strike decimals; 0 for a future. */
  readonly strike: number;
  /** The contract month. */
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
}

/**
 * `kind`: a future of a class that has options only. `spread`: a calendar spread such as `HSIK9/M9`; it is
 * traded, and its two legs are cleared.
 */
export type SeriesNameProblem = 'shape' | 'class' | 'kind' | 'strike-decimals' | 'spread';

/** The two futures of a calendar spread. */
export interface SpreadLegs {
  readonly near: SeriesName;
  readonly far: SeriesName;
}

// dcass-facts.md 6.3 (HKATS guide, B): futures months F to Z, calls A to L, puts M to X.
const MONTH_LETTERS: Readonly<Record<SeriesKind, string>> = {
  future: 'FGHJKMNQUVXZ',
  call: 'ABCDEFGHIJKL',
  put: 'MNOPQRSTUVWX',
};

/** The family's strike field has 32 bits. */
export const STRIKE_MAX = 0x7fffffff;

/**
 * Reads a series name. The year digit stands for the year nearest to `today` that ends in it; of two
 * equally near ones the later. @returns the parts, or which part of the name is wrong
 */
export function readSeriesName(
  text: string,
  today: CalendarDate,
): SeriesNameParts | { readonly problem: SeriesNameProblem } {
  if (spreadLegs(text)) return { problem: 'spread' };
  const match = /^([A-Z]{3})(\d+(?:\.\d+)?)?([A-Z])(\d)$/.exec(text);
  if (!match) return { problem: 'shape' };
  const [, classCode, strikeText, letter, yearDigit] = match as unknown as [
    string,
    string,
    string | undefined,
    string,
    string,
  ];
  const ofClass = instrumentClass(classCode);
  if (!ofClass) return { problem: 'class' };
  const month = monthOf(letter, strikeText !== undefined);
  if (!month) return { problem: 'shape' };
  if (!ofClass.kinds.includes(month.kind)) return { problem: 'kind' };
  const strike = parseStrike(strikeText, ofClass.strikeDecimals);
  if (strike === undefined) return { problem: 'strike-decimals' };
  return { instrumentClass: ofClass, ...month, strike, year: nearestYear(Number(yearDigit), today) };
}

/** The name of a series: what {@link readSeriesName} reads back, as long as the year is within five of its `today`. */
export function printSeriesName({ instrumentClass: ofClass, kind, strike, year, month }: SeriesNameParts): SeriesName {
  const strikeText = kind === 'future' ? '' : formatScaled(strike, ofClass.strikeDecimals);
  return `${ofClass.code}${strikeText}${MONTH_LETTERS[kind].charAt(month - 1)}${year % 10}` as SeriesName;
}

/** The legs of a calendar spread's name, `HSIK9/M9`: HSIK9 and HSIM9. Undefined when the text is no such name. */
export function spreadLegs(text: string): SpreadLegs | undefined {
  const match = /^([A-Z]{3})([FGHJKMNQUVXZ]\d)\/([FGHJKMNQUVXZ]\d)$/.exec(text);
  if (!match) return undefined;
  const [, code, near, far] = match;
  return { near: `${code}${near}` as SeriesName, far: `${code}${far}` as SeriesName };
}

function monthOf(letter: string, isOption: boolean): { kind: SeriesKind; month: number } | undefined {
  for (const kind of isOption ? (['call', 'put'] as const) : (['future'] as const)) {
    const index = MONTH_LETTERS[kind].indexOf(letter);
    if (index >= 0) return { kind, month: index + 1 };
  }
  return undefined;
}

function parseStrike(text: string | undefined, decimals: number): number | undefined {
  if (text === undefined) return 0;
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length !== decimals || (whole.length > 1 && whole.startsWith('0'))) return undefined;
  const strike = Number(text.replace('.', ''));
  return strike > 0 && strike <= STRIKE_MAX ? strike : undefined;
}

function nearestYear(digit: number, today: CalendarDate): number {
  const year = Number(today.slice(0, 4));
  for (let offset = 0; offset < 5; offset++) {
    if ((year + offset) % 10 === digit) return year + offset;
    if ((year - offset) % 10 === digit) return year - offset;
  }
  return year + 5;
}
