import type { ClearingCore } from './clearing/core.ts';
import type { CustomerCode } from './clearing/participant.ts';
import type { JournalEntry, JournalWriter } from './journal/entry.ts';
import { parseInstantOrThrow } from './sim-clock.ts';
import type { CalendarDate } from './time/instant.ts';

/** Records a participant's Confirmation Form (rollout package 3.1 and Appendix E, A). @returns undefined for an unknown participant */
export function recordConfirmation(
  code: string,
  core: ClearingCore,
  journal: JournalWriter,
  due: { readonly time: string; readonly date: CalendarDate },
  via: 'mail' | 'control',
): { readonly late: boolean; readonly entry: JournalEntry } | undefined {
  if (!core.participant(code as CustomerCode)) return undefined;
  const late = core.now() > parseInstantOrThrow(due.time, due.date);
  const entry = journal.record({
    kind: 'control.confirmation-received',
    source: via,
    outcome: 'ok',
    participant: code,
    late,
    via,
  });
  return { late, entry };
}
