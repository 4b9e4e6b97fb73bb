import type { JournalEntry } from './entry.ts';

/** Fields that say who, where and what; all others are for programs. */
const SHOWN = [
  'user',
  'participant',
  'gateway',
  'page',
  'file',
  'transaction',
  'functionName',
  'code',
  'meaning',
  'text',
  'problem',
  'verdict',
  'note',
];

/** An entry in short: its kind, what came of it, and who, where and what. */
export function entryWords(entry: JournalEntry): string {
  const { kind, outcome } = entry;
  const fields = SHOWN.flatMap((name) => {
    const value = entry[name];
    return typeof value === 'string' || typeof value === 'number' ? [`${name} ${value}`] : [];
  });
  return [kind, ...(outcome && outcome !== 'ok' ? [outcome] : []), ...fields].join(', ');
}

/** The same with its number and its business time: `#12 09:00:00 online.login, user BU_CABC101`. */
export function entryLine(entry: JournalEntry): string {
  return `#${entry.seq} ${entry.simTime.slice(11, 19)} ${entryWords(entry)}`;
}

/** The last entries, a line each. */
export function lastLines(entries: readonly JournalEntry[], count: number): readonly string[] {
  return entries.slice(-count).map(entryLine);
}
