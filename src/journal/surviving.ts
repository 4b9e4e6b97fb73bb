import type { JournalEntry } from './entry.ts';

type Told = Pick<JournalEntry, 'seq' | 'kind'> & Readonly<Record<string, unknown>>;

/** A stretch of the journal, by sequence numbers; both ends belong to it. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/**
 * The stretches of a journal that tell how the day came to be what it was at entry `upTo`, oldest first. A journal is
 * append-only: what happened between a checkpoint and its restore stays in it, and has not happened any more.
 */
export function survivingSpans(entries: readonly Told[], upTo: number): readonly Span[] {
  const restored = entries.filter((entry) => entry.kind === 'checkpoint.restored');
  const spans: Span[] = [];
  for (let last = upTo; ;) {
    const back = restored.findLast(({ seq }) => seq <= last);
    spans.unshift({ first: back?.seq ?? 1, last });
    if (!back) return spans;
    last = Number(back['position']);
  }
}

/** The entries that count: those between a checkpoint and its restore are left out. */
export function survivingEntries<T extends Told>(entries: readonly T[]): readonly T[] {
  const last = entries.at(-1)?.seq ?? 0;
  if (!entries.some((entry) => entry.kind === 'checkpoint.restored')) return entries;
  const spans = survivingSpans(entries, last);
  return entries.filter(({ seq }) => spans.some((span) => seq >= span.first && seq <= span.last));
}
