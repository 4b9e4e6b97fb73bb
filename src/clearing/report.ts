import type { CalendarDate, Instant, BusinessDate } from '../time/instant.ts';
import type { ReportDamage } from './damage.ts';
import type { CustomerCode } from './participant.ts';

/**
 * The reports that there are, in the order in which a catalogue prints them.
 * ASSUMED: HKEX's list of reports and its codes are not public (dcass-facts.md section 5, X). The codes are ours; the
 * contents are those whose existence is evidenced there. `rpi`, `rpp` and `rpf` are HKEX's own names (RPF, A).
 */
export const REPORT_CODES = [
  'trades',
  'positions',
  'give-ups',
  'rectifications',
  'average-price-trades',
  'close-outs',
  'exercises',
  'deliveries',
  'exercised-option-trades',
  'accounts',
  'large-open-positions',
  'daily-summary',
  'business-dates',
  'rpi',
  'rpp',
  'rpf',
  'no-reports',
] as const;

export type ReportCode = (typeof REPORT_CODES)[number];

/**
 * When in the course of a business date a report is made. `intra-day` shows the state as it is; the other two close
 * the business date and leave out what belongs to the next one.
 */
export const REPORT_MAKINGS = ['intra-day', 'after-cutoff', 'day-end'] as const;

export type ReportMade = (typeof REPORT_MAKINGS)[number];

/** Which report is wanted; with the state at an instant, all that its bytes depend on. */
export interface ReportSpec {
  readonly code: ReportCode;
  /** Undefined: common to all participants. */
  readonly participant: CustomerCode | undefined;
  /** Undefined: what the time of the day says, see `madeAt`. */
  readonly made?: ReportMade | undefined;
  /** Undefined: the current one. */
  readonly businessDate?: BusinessDate | undefined;
  /** True: it is made, and does not come to the report server yet. */
  readonly withheld?: boolean | undefined;
  /** Undefined: it is as it should be. */
  readonly damage?: ReportDamage | undefined;
}

/** A report file as it lies on the report server. */
export interface Report {
  readonly code: ReportCode;
  /** Undefined: common to all participants. */
  readonly participant: CustomerCode | undefined;
  readonly made: ReportMade;
  readonly fileName: string;
  readonly businessDate: BusinessDate;
  /** The day in whose folder it lies. */
  readonly folderDate: CalendarDate;
  readonly startedAt: Instant;
  /** Undefined while it is still being written under its temporary name. */
  readonly completedAt: Instant | undefined;
  /** It is made and does not lie on the report server: it is late, or held back. */
  readonly withheld: boolean;
  /** What is wrong with the file, on purpose; undefined: nothing. */
  readonly damage: ReportDamage | undefined;
  /** The text as it should be, of a file that is damaged. */
  readonly undamaged: string | undefined;
  /** Values that did not fit where the layout puts them: they are printed as `####`. */
  readonly unfit: number;
  /** The file's text: ASCII; the template says how lines end. */
  readonly text: string;
}
