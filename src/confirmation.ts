import type { ClearingCore } from './clearing/core.ts';
import type { CustomerCode } from './clearing/participant.ts';
import type { JournalEntry, JournalWriter } from './journal/entry.ts';
import { parseInstantOrThrow } from './sim-clock.ts';
import type { CalendarDate } from './time/instant.ts';

/** Rollout package 3.1 and Appendix E (A): the form is due at or before 12:30 on the day. */
const CONFIRMATION_DEADLINE = '12:30';

/** Records a participant's Confirmation Form (Appendix E). @returns undefined for an unknown participant */
export function recordConfirmation(
  code: string,
  core: ClearingCore,
  journal: JournalWriter,
  date: CalendarDate,
): { readonly late: boolean; readonly entry: JournalEntry } | undefined {
  if (!core.participant(code as CustomerCode)) return undefined;
  const late = core.now() > parseInstantOrThrow(CONFIRMATION_DEADLINE, date);
  const entry = journal.record({
    kind: 'control.confirmation-received',
    source: 'control',
    outcome: 'ok',
    participant: code,
    late,
  });
  return { late, entry };
}
