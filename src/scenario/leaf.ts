import * as z from 'zod/mini';
import { instrumentClasses } from '../clearing/instrument-class.ts';

/** What a value should be, for the message when it is not, for the JSON Schema and for the reference. */
export interface Leaf {
  /** A noun phrase that shows an example: `a time in quotes, for example "09:00"`. */
  readonly expects: string;
  /** What the found text was probably meant to be. */
  readonly mend?: (found: string) => string | undefined;
}

const LEAVES = new Map<z.core.$ZodType, Leaf>();

/** What {@link leaf} was told about a schema. */
export function leafOf(schema: z.core.$ZodType): Leaf | undefined {
  return LEAVES.get(schema);
}

/** Gives a schema its words. */
export function leaf<S extends z.ZodMiniType>(schema: S, words: Leaf): S {
  LEAVES.set(schema, words);
  return schema;
}

function pattern(regex: RegExp, expects: string, mend?: Leaf['mend']): z.ZodMiniString {
  return leaf(z.string().check(z.regex(regex)), mend ? { expects, mend } : { expects });
}

const WALL = String.raw`([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?`;

/** `HH:MM`, `HH:MM:SS`, `+1d 01:00`. */
export const time = pattern(
  new RegExp(String.raw`^(\+\d{1,2}d )?${WALL}$`),
  'a Hong Kong time in quotes from "00:00" to "23:59", for example "09:00", or "+1d 01:00" past midnight',
  mendTime,
);
export const duration = pattern(
  /^(?=.)(\d{1,3}d)?(\d{1,4}h)?(\d{1,5}m)?(\d{1,6}s)?$/,
  'a duration, for example 90s, 5m or 1h30m',
  mendDuration,
);
/** Of the real time in which programs wait. */
export const transportDuration = pattern(
  /^(?=.)(\d{1,4}h)?(\d{1,5}m)?(\d{1,6}s)?(\d{1,6}ms)?$/,
  'a duration of real time, for example 300ms, 2s or 1m30s',
  mendTransportDuration,
);
export const date = pattern(/^\d{4}-\d{2}-\d{2}$/, 'a day in quotes, for example "2019-05-05"');
export const dateTime = pattern(
  new RegExp(String.raw`^\d{4}-\d{2}-\d{2} ${WALL}$`),
  'a day and a time in quotes, for example "2019-05-03 10:15"',
);
export const identifier = pattern(
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  'a name of small letters, digits and hyphens, for example session-opens',
  (found) =>
    found
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[-0-9]+|-+$/g, '') || undefined,
);
export const customerCode = pattern(
  /^C[A-Z0-9]{3}$/,
  'a customer code in quotes: C and three capital letters or digits, for example "CABC"',
  upperIf(/^C[A-Z0-9]{3}$/),
);
export const userId = pattern(
  /^(BU_C[A-Z0-9]{3}[12]\d\d|BO_C[A-Z0-9]{3}[89]\d\d)$/,
  'a user id in quotes: "BU_CABC101" (Online), "BU_CABC201" (Administrator), "BO_CABC801" or "BO_CABC901" (OAPI)',
  mendUserId,
);
export const accountId = pattern(
  /^[A-Z0-9][A-Z0-9_-]{0,9}$/,
  'an account of at most 10 capital letters and digits in quotes, for example "HOUSE"',
  upperIf(/^[A-Z0-9][A-Z0-9_-]{0,9}$/),
);
/** A calendar spread's name has a shape too: whoever looks it up says why nothing is cleared in one. */
export const seriesName = pattern(
  /^[A-Z]{3}((\d+(\.\d+)?)?[A-Z]\d|[A-Z]\d\/[A-Z]\d)$/,
  `a series in quotes, for example "HSIK9", "HSI28000E9" or "HKB65.00E9" (classes: ${instrumentClasses()
    .map((each) => each.code)
    .join(', ')})`,
  upperIf(/^[A-Z]{3}(\d+(\.\d+)?)?[A-Z]\d$/),
);
export const price = pattern(/^\d{1,7}(\.\d{1,4})?$/, 'a price above 0 in quotes, for example "29500" or "1.25"');
export const range = pattern(/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/, 'an IPv4 range in quotes, for example "127.0.0.0/8"');
export const password = pattern(/^[!-~]{1,32}$/, 'a password in quotes that follows the rules of its kind of user');
/** Printable ASCII: it goes into reports and fixed-width fields. */
export const customerInfo = pattern(/^[ -~]{0,15}$/, 'a note of at most 15 plain (ASCII) characters');
/** Ten lines of 80: the family's clearing message, oapi-facts.md (BI27, C). */
export const messageText = pattern(/^[ -~\n]{1,800}$/, 'a text of 1 to 800 plain (ASCII) characters');
export const line = pattern(/^[^\n]{1,200}$/, 'a text on one line, at most 200 characters');
export const text = pattern(/^[\s\S]{1,4000}$/, 'a text');

/** A whole number with its bounds in the words. */
export function integer(from: number, to: number, what: string): z.ZodMiniNumber {
  return leaf(z.int().check(z.minimum(from), z.maximum(to)), {
    expects: `${what}: a whole number from ${from} to ${to}, without quotes`,
  });
}

export function oneOf<const T extends readonly string[]>(values: T): z.ZodMiniEnum<{ [K in T[number]]: K }> {
  return z.enum(values);
}

/** A list with at least one thing in it. */
export function someOf<S extends z.ZodMiniType>(item: S, what: string): z.ZodMiniArray<S> {
  return leaf(z.array(item).check(z.minLength(1)), { expects: `a list of ${what}, at least one` });
}

export function listOf<S extends z.ZodMiniType>(item: S, what: string): z.ZodMiniArray<S> {
  return leaf(z.array(item), { expects: `a list of ${what}` });
}

/** A value that can be written in several shapes (a number, a list, a group); the words name all of them. */
export function either<const T extends readonly z.ZodMiniType[]>(shapes: T, expects: string): z.ZodMiniUnion<T> {
  return leaf(z.union(shapes), { expects });
}

export function group<S extends z.core.$ZodShape>(shape: S, what: string): z.ZodMiniObject<S, z.core.$strict> {
  return leaf(z.strictObject(shape), { expects: what });
}

function upperIf(regex: RegExp): (found: string) => string | undefined {
  return (found) => (regex.test(found.toUpperCase().trim()) ? found.toUpperCase().trim() : undefined);
}

function mendTime(found: string): string | undefined {
  const match = /^\s*(\d{1,2})[:.h](\d{2})(:\d{2})?\s*(am|pm|a\.m\.|p\.m\.)?\s*$/i.exec(found);
  if (!match) return undefined;
  const [, hourText = '', minute = '', second = '', half = ''] = match;
  const hour = Number(hourText) + (/^p/i.test(half) && Number(hourText) < 12 ? 12 : 0);
  // 24:00 and 25:00 are the next day's 00:00 and 01:00: people of the night shift write them so.
  if (hour >= 24 && hour < 36) return `+1d ${String(hour - 24).padStart(2, '0')}:${minute}${second}`;
  return hour < 24 && Number(minute) < 60 ? `${String(hour).padStart(2, '0')}:${minute}${second}` : undefined;
}

function mendDuration(found: string): string | undefined {
  const match = /^\s*(\d{1,5})\s*(d|h|m|s)[a-z]*\.?\s*$/i.exec(found);
  return match ? `${match[1]}${match[2]?.toLowerCase()}` : undefined;
}

function mendTransportDuration(found: string): string | undefined {
  const match = /^\s*(\d{1,5})\s*(ms|milli|h|m|s)[a-z]*\.?\s*$/i.exec(found);
  return match ? `${match[1]}${match[2]?.toLowerCase().replace('milli', 'ms')}` : undefined;
}

function mendUserId(found: string): string | undefined {
  const match = /^\s*(B[UO])[_ -]?(C[A-Z0-9]{3})[_ -]?(\d{3})\s*$/i.exec(found);
  if (!match) return undefined;
  const id = `${match[1]}_${match[2]}${match[3]}`.toUpperCase();
  return /^(BU_.{4}[12]|BO_.{4}[89])/.test(id) ? id : undefined;
}
