import type { ClearingCore } from './clearing/core.ts';
import type { Report } from './clearing/report.ts';
import type { Platforms } from './platforms/platforms.ts';
import type { BusinessClock } from './time/clock.ts';
import { plusMs } from './time/instant.ts';

export interface ReportWriter {
  readonly clock: Pick<BusinessClock, 'now' | 'scheduleAt'>;
  readonly core: ClearingCore;
  readonly platforms: Pick<Platforms, 'hasFallenBack'>;
  /** Business milliseconds for which a report lies under its temporary name. */
  readonly reportWritingMs: number;
}

/** A report is seen under a temporary name first and renamed when it is complete: design.md 5.7. */
export function writeReports(
  { clock, core, reportWritingMs }: Omit<ReportWriter, 'platforms'>,
  reports: readonly Report[],
): void {
  if (reportWritingMs === 0) {
    for (const report of reports) core.completeReport(report);
    signal(core, reports);
    return;
  }
  const done = plusMs(clock.now(), reportWritingMs);
  for (const report of reports) clock.scheduleAt(done, () => core.completeReport(report));
  clock.scheduleAt(done, () => signal(core, reports));
}

// ASSUMED: each publication is signalled once, when all of it is complete; that there are no reports is not.
function signal(core: ClearingCore, reports: readonly Report[]): void {
  if (reports.some(({ code }) => code !== 'no-reports')) core.signalInformation('reports');
}
