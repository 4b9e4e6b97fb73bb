import { DAY_MS, plusMs, startOfDay, type Instant } from '../../time/instant.ts';
import { refused } from './answers.ts';
import { readQueryDate } from './query-date.ts';
import type { RequestContext, TransactionAnswer } from './transaction.ts';

/**
 * The instant in two fields of a query, YYYYMMDD and HHMMSS; the end of that second where it is the `last` of a range.
 * ASSUMED: blank or zero in the date is no limit, and a blank time the beginning of the day, or its end.
 * @returns undefined where there is no limit; or the refusal, where the fields are no date and time.
 */
export function readQueryInstant(
  date: string,
  time: string,
  edge: 'first' | 'last',
  call: RequestContext,
): Instant | undefined | TransactionAnswer {
  const day = readQueryDate(date);
  if (day === 'current') return undefined;
  const match = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/.exec(
    time === '' ? (edge === 'first' ? '000000' : '235959') : time,
  );
  if (!day || !match) {
    const problem = `${JSON.stringify(date)} ${JSON.stringify(time)}; allowed are YYYYMMDD and HHMMSS, or blanks`;
    return refused('invalidDate', 'invalid-date', call, problem);
  }
  const [hours, minutes, seconds] = match.slice(1).map(Number) as [number, number, number];
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1_000 + (edge === 'last' ? 999 : 0);
  return plusMs(startOfDay(day), Math.min(ms, DAY_MS - 1));
}
