import type { JournalEntry } from '../journal/entry.ts';
import { ANSWERED_ON_DEMAND } from './answers-on-demand/answered-on-demand.ts';

/** How many transaction numbers a gateway has given out, by a journal. */
export function transactionsBefore(entries: readonly JournalEntry[], gateway: string): number {
  return entries.filter(
    ({ kind, code, gateway: at }) =>
      (kind === 'oapi.transaction' || kind === 'oapi.query') && at === gateway && code !== ANSWERED_ON_DEMAND,
  ).length;
}
