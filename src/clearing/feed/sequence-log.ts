import type { BusinessDate } from '../../time/instant.ts';

/** Records by instrument type and date, each with its number: the one of number n is at n - 1. */
export type SequenceLog<T> = Map<string, T[]>;

export function sequenceKey(instrumentType: string, date: BusinessDate): string {
  return `${instrumentType}|${date}`;
}

/** Adds the record that `make` makes of the next number. */
export function addTo<T>(
  log: SequenceLog<T>,
  instrumentType: string,
  date: BusinessDate,
  make: (sequence: number) => T,
): void {
  const key = sequenceKey(instrumentType, date);
  const records = log.get(key);
  if (records) records.push(make(records.length + 1));
  else log.set(key, [make(1)]);
}

/** Records `first` to `last` of an instrument type and date, at most `limit`; `last` 0 is an open end. Costs what it returns. */
export function inSequence<T>(
  log: SequenceLog<T>,
  instrumentType: string,
  date: BusinessDate,
  range: { readonly first: number; readonly last: number; readonly limit: number },
): readonly T[] {
  const records = log.get(sequenceKey(instrumentType, date)) ?? [];
  const from = Math.max(range.first, 1) - 1;
  return records.slice(from, Math.min(range.last === 0 ? records.length : range.last, from + range.limit));
}

/** From record `first` of the date `from` to record `last` of the date `to` (0: its open end), at most `limit`. */
export function betweenDates<T>(
  log: SequenceLog<T>,
  instrumentType: string,
  range: {
    readonly from: BusinessDate;
    readonly first: number;
    readonly to: BusinessDate;
    readonly last: number;
    readonly limit: number;
  },
): readonly T[] {
  const { from, first, to, last, limit } = range;
  const found: T[] = [];
  for (const date of datesOf(log, instrumentType)) {
    if (date < from || date > to) continue;
    const part = { first: date === from ? first : 1, last: date === to ? last : 0, limit: limit - found.length };
    found.push(...inSequence(log, instrumentType, date, part));
  }
  return found;
}

function datesOf(log: SequenceLog<unknown>, instrumentType: string): readonly BusinessDate[] {
  const start = sequenceKey(instrumentType, '' as BusinessDate);
  return [...log.keys()]
    .filter((key) => key.startsWith(start))
    .map((key) => key.slice(start.length) as BusinessDate)
    .toSorted();
}
