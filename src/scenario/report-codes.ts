import type { ReportCode, ReportMade } from '../clearing/report.ts';
import { REPORTS, reportsMade } from '../clearing/reports/catalogue.ts';
import { listNames } from './nearest.ts';
import type { ProblemText } from './problem.ts';

/** Why this report is not made at this time of the business date; undefined when it is. */
export function madeTrouble(code: ReportCode, made: ReportMade): ProblemText | undefined {
  const { made: allowed } = REPORTS[code];
  if (allowed.includes(made)) return undefined;
  return {
    message: `${code} is not made ${made} but ${allowed.join(' or ')}; write another report (made ${made}: ${listNames(reportsMade(made))})`,
    found: code,
    allowed: reportsMade(made),
  };
}
