import type { CalendarDate, Instant } from '../../time/instant.ts';
import type { ClearingEvent } from '../event.ts';
import { accepted, rejected, type Outcome } from '../rejection.ts';
import type { ClearingState } from '../state.ts';

/**
 * The business date rolls to the next one, over weekends and holidays, once its day end has been run.
 * `to`: the date that is expected, when somebody names one.
 */
export function decideRoll(
  state: ClearingState,
  to: CalendarDate | undefined,
  now: Instant,
): Outcome<readonly ClearingEvent[]> {
  const { businessDate, endedDate } = state;
  const next = state.calendar.next(businessDate);
  if (endedDate !== businessDate) return rejected({ code: 'day-not-ended', businessDate });
  if (to !== undefined && to !== next) return rejected({ code: 'not-the-next-business-date', date: to, next });
  return accepted([{ type: 'business-date-rolled', from: businessDate, to: next, at: now }]);
}
