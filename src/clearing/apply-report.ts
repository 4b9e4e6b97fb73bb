import type { ClearingEvent } from './event.ts';
import type { Report } from './report.ts';
import type { ClearingState } from './state.ts';

type ReportEvent = Extract<ClearingEvent, { type: 'report-completed' | 'report-released' | 'report-republished' }>;

/** What becomes of a report after it was begun. */
export function applyReport(state: ClearingState, event: ReportEvent): void {
  const isNamed = ({ fileName, folderDate, participant }: Report): boolean =>
    fileName === event.fileName && folderDate === event.folderDate && participant === event.participant;
  switch (event.type) {
    case 'report-completed': {
      // One that was published again in the same minute has the same name: the earlier one is complete by now.
      const place = state.reports.findIndex(
        (each) => each.completedAt === undefined && !each.withheld && isNamed(each),
      );
      const report = state.reports[place];
      if (report) state.reports[place] = { ...report, completedAt: event.at };
      return;
    }
    case 'report-released': {
      const place = state.reports.findIndex((each) => each.withheld && isNamed(each));
      const [report] = place < 0 ? [] : state.reports.splice(place, 1);
      // It is the newest one now: one of the same name that came before it lies under it.
      if (report) state.reports.push({ ...report, withheld: false, startedAt: event.at });
      return;
    }
    case 'report-republished': {
      const report = state.reports.findLast((each) => !each.withheld && isNamed(each));
      if (!report) return;
      state.reports.push({
        ...report,
        fileName: event.newName,
        startedAt: event.at,
        completedAt: undefined,
        damage: undefined,
        undamaged: undefined,
        text: report.undamaged ?? report.text,
      });
      return;
    }
  }
}
