import type { CalendarDate, Instant, BusinessDate } from '../time/instant.ts';
import type { CustomerCode } from './participant.ts';

/** The reports of this first part; the catalogue grows here. */
export type ReportCode = 'trades' | 'positions' | 'business-dates';

/** A report file as it lies on the report server. */
export interface Report {
  readonly code: ReportCode;
  /** Undefined: common to all participants. */
  readonly participant: CustomerCode | undefined;
  readonly fileName: string;
  readonly businessDate: BusinessDate;
  /** The day in whose folder it lies. */
  readonly folderDate: CalendarDate;
  readonly startedAt: Instant;
  /** Undefined while it is still being written under its temporary name. */
  readonly completedAt: Instant | undefined;
  /** The file's text: ASCII, lines end with CR LF. */
  readonly text: string;
}
