import type { JournalEntry } from '../journal/entry.ts';

/** A value of a journal entry's field. */
export type Value = string | number | boolean;

/** A journal entry that somebody looks for: its kind, and values of its fields; a list means any of them. */
export interface Seen {
  readonly kind: string;
  readonly [field: string]: Value | readonly Value[];
}

/** An entry whose outcome is not ok fits only where an outcome is asked for: a refused login is no login. */
export function fits(entry: JournalEntry, seen: Seen): boolean {
  if (entry.outcome !== undefined && entry.outcome !== 'ok' && !('outcome' in seen)) return false;
  return Object.entries(seen).every(([field, wanted]) =>
    Array.isArray(wanted) ? wanted.includes(entry[field] as Value) : entry[field] === wanted,
  );
}

/** `online.login, participant CABC`. */
export function describeSeen({ kind, ...fields }: Seen): string {
  return [
    kind,
    ...Object.entries(fields).map(
      ([field, found]) => `${field} ${Array.isArray(found) ? found.join(' or ') : String(found)}`,
    ),
  ].join(', ');
}
