import { REPORT_CODES, type ReportCode, type ReportMade } from '../report.ts';
import { accountsReport } from './accounts.ts';
import { averagePriceTradesReport } from './average-price-trades.ts';
import { businessDatesReport } from './business-dates.ts';
import { closeOutsReport } from './close-outs.ts';
import { dailySummaryReport } from './daily-summary.ts';
import type { ReportDefinition } from './definition.ts';
import { deliveriesReport } from './deliveries.ts';
import { exercisedOptionTradesReport } from './exercised-option-trades.ts';
import { exercisesReport } from './exercises.ts';
import { giveUpsReport } from './give-ups.ts';
import { largeOpenPositionsReport } from './large-open-positions.ts';
import { noReportsReport } from './no-reports.ts';
import { positionsReport } from './positions.ts';
import { rectificationsReport } from './rectifications.ts';
import { rpfReport, rpiReport, rppReport } from './risk-parameters.ts';
import { tradesReport } from './trades.ts';

/** Every report: a file here and a line in this list. */
export const REPORTS: Readonly<Record<ReportCode, ReportDefinition>> = {
  trades: tradesReport,
  positions: positionsReport,
  'give-ups': giveUpsReport,
  rectifications: rectificationsReport,
  'average-price-trades': averagePriceTradesReport,
  'close-outs': closeOutsReport,
  exercises: exercisesReport,
  deliveries: deliveriesReport,
  'exercised-option-trades': exercisedOptionTradesReport,
  accounts: accountsReport,
  'large-open-positions': largeOpenPositionsReport,
  'daily-summary': dailySummaryReport,
  'business-dates': businessDatesReport,
  rpi: rpiReport,
  rpp: rppReport,
  rpf: rpfReport,
  'no-reports': noReportsReport,
};

/** What a schedule and a step can ask for: everything but what the day's roll makes by itself. */
export const PUBLISHABLE_CODES = REPORT_CODES.filter((code) => code !== 'no-reports') as unknown as readonly [
  Exclude<ReportCode, 'no-reports'>,
  ...Exclude<ReportCode, 'no-reports'>[],
];

/** All reports that are made at this time of the day. */
export function reportsMade(made: ReportMade): readonly ReportCode[] {
  return PUBLISHABLE_CODES.filter((code) => REPORTS[code].made.includes(made));
}
