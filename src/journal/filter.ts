import type { JournalEntry } from './entry.ts';

/**
 * Fields that an entry must have, with these values. `kind` may end in `.*` (`online.*`). A list
 * means any of its values. `after` is a sequence number: only later entries.
 */
export interface JournalFilter {
  readonly kind?: string | readonly string[];
  readonly after?: number;
  readonly [field: string]: unknown;
}

export function matchesFilter(entry: JournalEntry, filter: JournalFilter): boolean {
  return Object.entries(filter).every(([field, wanted]) => {
    if (wanted === undefined) return true;
    if (field === 'after') return entry.seq > Number(wanted);
    const actual = entry[field];
    const choices: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
    return choices.some((choice) => (field === 'kind' ? matchesKind(entry.kind, String(choice)) : actual === choice));
  });
}

function matchesKind(kind: string, wanted: string): boolean {
  return wanted.endsWith('.*') ? kind.startsWith(wanted.slice(0, -1)) : kind === wanted;
}
