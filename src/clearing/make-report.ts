import { calendarDateOf, startOfDay, type BusinessDate, type Instant } from '../time/instant.ts';
import { damageText, rowLeftOut } from './damage.ts';
import type { CustomerCode } from './participant.ts';
import type { Report, ReportCode, ReportMade, ReportSpec } from './report.ts';
import { REPORTS } from './reports/catalogue.ts';
import { renderReport } from './reports/render.ts';
import type { ClearingState } from './state.ts';

/** Which reports are the same for every participant. */
export function isCommonReport(code: ReportCode): boolean {
  return REPORTS[code].scope === 'common';
}

/** Whether this participant's clearing houses have this report. */
export function isReportOf(state: ClearingState, code: ReportCode, participant: CustomerCode): boolean {
  const { clearingHouse } = REPORTS[code];
  return (
    clearingHouse === 'both' ||
    state.books.get(participant)?.participant.clearingHouses.includes(clearingHouse) === true
  );
}

/** What time of the business date it is for a report that nobody has said it of. */
export function madeAt(state: ClearingState, code: ReportCode, now: Instant): ReportMade {
  const { made } = REPORTS[code];
  if (made.length === 1 && made[0]) return made[0];
  if (state.endedDate === state.businessDate) return 'day-end';
  return now >= startOfDay(state.businessDate) + state.settings.inputCutoffMs ? 'after-cutoff' : 'intra-day';
}

/**
 * A report of the state at `now`, not yet complete. Same state, same bytes.
 * ASSUMED: HKEX's layouts and file names are not public (dcass-facts.md section 5, X), so the shipped ones are our
 * own, and the first line of each file says so; a template of the user's takes the place of ours.
 */
export function makeReport(state: ClearingState, spec: ReportSpec, now: Instant): Report {
  const { code, participant, made = madeAt(state, code, now), businessDate = state.businessDate, damage } = spec;
  const definition = REPORTS[code];
  const template = state.reporting.templates[code] ?? definition.template;
  const at = { state, participant, businessDate, made, now };
  const { fileName, text, unfit } = renderReport(definition, template, at);
  const broken = damage && renderReport(definition, template, at, (rows) => rowLeftOut(damage, rows)).text;
  return {
    code,
    participant,
    made,
    fileName,
    businessDate,
    folderDate: calendarDateOf(now),
    startedAt: now,
    completedAt: undefined,
    withheld: spec.withheld ?? false,
    damage,
    undamaged: damage && text,
    unfit,
    text: damage && broken !== undefined ? damageText(broken, damage) : text,
  };
}

/** The participants to whom nothing of this business date has been published. */
export function participantsWithoutReports(state: ClearingState, businessDate: BusinessDate): readonly CustomerCode[] {
  const served = new Set(
    state.reports.filter((report) => report.businessDate === businessDate).map((report) => report.participant),
  );
  return [...state.books.keys()].filter((code) => !served.has(code));
}
