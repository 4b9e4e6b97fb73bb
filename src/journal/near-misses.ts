import type { JournalEntry } from './entry.ts';
import { entryLine } from './entry-words.ts';
import { matchesFilter, type JournalFilter } from './filter.ts';

const SHOWN_MAX = 3;

/**
 * The entries that come nearest to what was asked for, in words, with what differs: those that have the most of the
 * wanted fields, of equal ones the latest. Empty where nothing has any of them.
 */
export function nearMisses(filter: JournalFilter, entries: readonly JournalEntry[]): readonly string[] {
  const wishes = Object.entries(filter).filter(([, wanted]) => wanted !== undefined);
  const ranked = entries.flatMap((entry) => {
    const missed = wishes.filter(([field, wanted]) => !matchesFilter(entry, { [field]: wanted }));
    // The kind says most: another thing of the same user is a weaker hint than the same thing of another user.
    const weight = wishes.length - missed.length + (missed.some(([field]) => field === 'kind') ? 0 : 1);
    const isNear = missed.length > 0 && missed.length < wishes.length;
    return isNear ? [{ entry, missed, weight }] : [];
  });
  return ranked
    .toSorted((a, b) => b.weight - a.weight || b.entry.seq - a.entry.seq)
    .slice(0, SHOWN_MAX)
    .map(({ entry, missed }) => `${entryLine(entry)} (${missed.map((wish) => difference(entry, wish)).join('; ')})`);
}

/** What was asked for, in words: `online.login, user BU_CABC101`. */
export function describeFilter({ kind, ...fields }: JournalFilter): string {
  const asked = Object.entries(fields)
    .filter(([, wanted]) => wanted !== undefined)
    .map(([field, wanted]) => (field === 'after' ? `after #${String(wanted)}` : `${field} ${toWords(wanted)}`));
  return [kind === undefined ? 'any entry' : toWords(kind), ...asked].join(', ');
}

/** The near misses as lines of a message; nothing where there are none. */
export function nearMissLines(filter: JournalFilter, entries: readonly JournalEntry[]): readonly string[] {
  const found = nearMisses(filter, entries);
  return found.length === 0 ? [] : ['nearest:', ...found.map((line) => `  ${line}`)];
}

function difference(entry: JournalEntry, [field, wanted]: readonly [string, unknown]): string {
  if (field === 'after') return `it came before #${String(wanted)}`;
  const found = entry[field];
  return found === undefined ? `it has no ${field}` : `${field} is ${toWords(found)}, not ${toWords(wanted)}`;
}

function toWords(value: unknown): string {
  if (Array.isArray(value))
    return value
      .filter((each) => each !== undefined)
      .map(toWords)
      .join(' or ');
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none');
}
