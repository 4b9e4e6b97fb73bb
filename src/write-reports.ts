import type { ClearingCore } from './clearing/core.ts';
import type { Report } from './clearing/report.ts';
import type { Agenda } from './persistence/agenda.ts';
import type { Platforms } from './platforms/platforms.ts';
import type { BusinessClock } from './time/clock.ts';
import { plusMs } from './time/instant.ts';

export interface ReportWriter {
  readonly clock: Pick<BusinessClock, 'now' | 'scheduleAt'>;
  readonly core: ClearingCore;
  readonly platforms: Pick<Platforms, 'hasFallenBack'>;
  readonly agenda: Pick<Agenda, 'add'>;
  /** Business milliseconds for which a report lies under its temporary name. */
  readonly reportWritingMs: number;
}

type Written = Pick<Report, 'participant' | 'fileName' | 'folderDate' | 'code'>;

/** A report is seen under a temporary name first and renamed when it is complete: design.md 5.7. */
export function writeReports(
  { clock, core, agenda, reportWritingMs }: Omit<ReportWriter, 'platforms'>,
  reports: readonly Report[],
): void {
  if (reportWritingMs === 0) completeReports(core, reports);
  else if (reports.length > 0) {
    const written = reports.map(({ participant, fileName, folderDate, code }): Written => ({
      participant,
      fileName,
      folderDate,
      code,
    }));
    agenda.add(plusMs(clock.now(), reportWritingMs), { do: 'reports.complete', reports: written });
  }
}

/** Renames the reports of one publication. */
export function completeReports(core: ClearingCore, reports: readonly Written[]): void {
  for (const report of reports) core.completeReport(report);
  // ASSUMED: each publication is signalled once, when all of it is complete; that there are no reports is not.
  if (reports.some(({ code }) => code !== 'no-reports')) core.signalInformation('reports');
}
