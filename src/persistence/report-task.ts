import type { Report } from '../clearing/report.ts';

/** By what a report is known. JSON leaves the participant of a common one out. */
export type NamedReport = Pick<Report, 'participant' | 'fileName' | 'folderDate' | 'code'>;

/** What the report desk still has to do, as plain data. */
export type ReportTask =
  /** They are written to their end. */
  | {
      readonly do: 'reports.complete';
      /** A damaged one may be published again, so many business milliseconds later. */
      readonly reports: readonly (NamedReport & { readonly correctAfterMs?: number | undefined })[];
    }
  /** They have been late for long enough. */
  | { readonly do: 'reports.let-go'; readonly reports: readonly NamedReport[] }
  /** What this order withholds is withheld no longer. */
  | {
      readonly do: 'reports.release';
      readonly keys: readonly Pick<Report, 'code' | 'participant'>[];
      readonly order: number;
    }
  /** It was damaged, and is published as it should have been. */
  | { readonly do: 'reports.correct'; readonly report: NamedReport };
