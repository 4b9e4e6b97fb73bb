import { HONG_KONG_HOLIDAYS_MAY_2019 } from '../time/calendar.ts';
import type { CalendarDate } from '../time/instant.ts';
import type { AccountType } from './account.ts';

/**
 * Rules that HKEX's public texts leave open, each with a marked default. Times of day are milliseconds after
 * midnight, Hong Kong Time. docs/fidelity.md lists them with their sources.
 */
export interface ClearingSettings {
  readonly holidays: readonly CalendarDate[];
  /** 17:15: what is done from then on carries the next business date (AHT, A; the date D). */
  readonly afterHoursFromMs: number;
  /** 18:45: System Input Cutoff for the T session's post-trade input (FAQ-2017, A). */
  readonly inputCutoffMs: number;
  /** 01:45 of the next day: T+1 Session Cutoff (SEED and AHT, A). */
  readonly afterHoursCutoffMs: number;
  /** ASSUMED 07:30: when DCASS takes input in the morning (X). */
  readonly serviceFromMs: number;
  /** ASSUMED: which rectifications wait for a confirmation: of trades of earlier clearing dates (CC11; C says "old trades may be put on hold"). */
  readonly rectificationHeld: 'never' | 'old-trades' | 'always';
  /** ASSUMED: who confirms a held one. */
  readonly rectificationConfirmedBy: 'another-user' | 'any-user';
  /** ASSUMED: give-ups of trades of earlier clearing dates (TRADETOOOLD exists in the family). */
  readonly giveUpOldTrades: 'refused' | 'allowed';
  /** ASSUMED: what day end does with give-ups that nobody took up. */
  readonly giveUpsAtDayEnd: 'lapse' | 'keep';
  /** ASSUMED: the rounding rule of an average price (FAQ-2017 Q28 has one; its text is not public). */
  readonly averagePriceRounding: 'nearest' | 'up' | 'down';
  /** Account types whose trades may be averaged (UG2, B: Daily is for APT). */
  readonly averagePriceAccounts: readonly AccountType[];
  /** ASSUMED: futures may be netted down (the family has a refusal for it). */
  readonly netDownFutures: 'allowed' | 'refused';
  /** 150: 1.5 % in the money, for automatic exercise of expiring stock options (stk_opt_faq_3, B). */
  readonly automaticExerciseBasisPoints: number;
  /** ASSUMED: writers are drawn contract by contract ("at random", B), or in proportion. */
  readonly assignment: 'random' | 'pro-rata';
  /** Business days from exercise to delivery of shares: T+2 (B). */
  readonly deliveryDays: number;
  /** What is left in Daily goes to Sink at day end (UG2, B). */
  readonly dailyAtDayEnd: 'sink' | 'keep';
  /** ASSUMED: the same for the transitory account. */
  readonly transitoryAtDayEnd: 'sink' | 'keep';
  /** Draws the assignment. */
  readonly seed: number | string;
}

const HOUR = 3_600_000;
const MINUTE = 60_000;

export const DEFAULT_CLEARING_SETTINGS: ClearingSettings = {
  holidays: HONG_KONG_HOLIDAYS_MAY_2019,
  afterHoursFromMs: 17 * HOUR + 15 * MINUTE,
  inputCutoffMs: 18 * HOUR + 45 * MINUTE,
  afterHoursCutoffMs: 1 * HOUR + 45 * MINUTE,
  serviceFromMs: 7 * HOUR + 30 * MINUTE,
  rectificationHeld: 'old-trades',
  rectificationConfirmedBy: 'another-user',
  giveUpOldTrades: 'refused',
  giveUpsAtDayEnd: 'lapse',
  averagePriceRounding: 'nearest',
  averagePriceAccounts: ['daily'],
  netDownFutures: 'allowed',
  automaticExerciseBasisPoints: 150,
  assignment: 'random',
  deliveryDays: 2,
  dailyAtDayEnd: 'sink',
  transitoryAtDayEnd: 'sink',
  seed: 1,
};
