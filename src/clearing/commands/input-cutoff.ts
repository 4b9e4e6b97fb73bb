import { calendarDateOf, plusDays, plusMs, startOfDay, type BusinessDate, type Instant } from '../../time/instant.ts';
import type { PostTradeRejection } from '../post-trade-rejection.ts';
import type { ClearingState } from '../state.ts';

/**
 * Whether input for a clearing date has ended. T-session input ends with the System Input Cutoff, 18:45 of the
 * clearing date (FAQ-2017, A). After a business day's T+1 session nothing is taken from 01:45 (SEED and AHT, A) until
 * DCASS opens in the morning (ASSUMED 07:30). HKEX can lift the former, for what is re-input after a fallback.
 */
export function inputEnded(
  state: ClearingState,
  clearingDate: BusinessDate,
  now: Instant,
): PostTradeRejection | undefined {
  const { settings, calendar } = state;
  const cutoff = plusMs(startOfDay(clearingDate), settings.inputCutoffMs);
  const isLifted = state.cutoffLiftedFor === clearingDate;
  if (now >= cutoff && !isLifted) return { code: 'after-input-cutoff', clearingDate, session: 'T', cutoff };

  const today = calendarDateOf(now);
  const sinceMidnight = now - startOfDay(today);
  const afterBusinessDay = calendar.isBusinessDay(plusDays(today, -1));
  if (afterBusinessDay && sinceMidnight >= settings.afterHoursCutoffMs && sinceMidnight < settings.serviceFromMs) {
    const t1Cutoff = plusMs(startOfDay(today), settings.afterHoursCutoffMs);
    return { code: 'after-input-cutoff', clearingDate, session: 'T+1', cutoff: t1Cutoff };
  }
  return state.endedDate === clearingDate ? { code: 'day-ended', businessDate: clearingDate } : undefined;
}

/** The clearing date of what is done with something of `clearingDate`: today's, unless it belongs to the next. */
export function dateOfInput(state: ClearingState, clearingDate: BusinessDate): BusinessDate {
  return clearingDate > state.businessDate ? clearingDate : state.businessDate;
}
