import type { ReportCode } from '../report.ts';
import type { Field } from './definition.ts';
import { TEMPLATE_FORMAT, type ReportTemplate, type TemplateColumn } from './template.ts';

/** Every layout that we ship says this in its first line. */
export const NOT_HKEX = "SIMULATED REPORT, layout of dcass-sim, not HKEX's.";

const PLAIN = {
  format: TEMPLATE_FORMAT,
  lineEnd: 'crlf',
  quotes: 'needed',
  formulas: 'plain',
  totals: undefined,
  trailer: [],
  page: undefined,
} as const;

/** Our CSV file of a report: its fields in their order, `TRADES_CABC_20190506_1830.csv`. */
export function csvLayout(
  report: ReportCode,
  fields: readonly Field<never>[],
  scope: 'participant' | 'common' = 'participant',
): ReportTemplate {
  return {
    ...PLAIN,
    report,
    fileName: fileName(report, scope, 'csv'),
    layout: 'csv',
    header: [`# ${firstLine(scope)}, rows {rows}`],
    titles: true,
    separator: ',',
    columns: fields.map(({ name }) => ({ field: name })),
    empty: ['# no rows'],
  };
}

/** Our page of text of a report. */
export function textLayout(
  report: ReportCode,
  columns: readonly TemplateColumn[],
  more: Partial<ReportTemplate> = {},
): ReportTemplate {
  return {
    ...PLAIN,
    report,
    fileName: fileName(report, 'participant', 'txt'),
    layout: 'text',
    header: [],
    titles: true,
    separator: '  ',
    columns,
    empty: ['no rows'],
    ...more,
  };
}

/** Our file of fixed widths of a report. */
export function fixedLayout(
  report: ReportCode,
  columns: readonly TemplateColumn[],
  more: Partial<ReportTemplate> = {},
): ReportTemplate {
  return {
    ...PLAIN,
    report,
    fileName: fileName(report, 'participant', 'lis'),
    layout: 'fixed',
    header: [],
    titles: false,
    separator: '',
    columns,
    empty: ['no rows'],
    ...more,
  };
}

export function firstLine(scope: 'participant' | 'common'): string {
  const whose = scope === 'common' ? 'all participants' : '{participant}';
  return `${NOT_HKEX} {report} of ${whose}, business date {businessDate}, made {time}`;
}

function fileName(report: ReportCode, scope: 'participant' | 'common', extension: string): string {
  const whose = scope === 'common' ? 'COMMON' : '{participant}';
  return `${report.toUpperCase().replaceAll('-', '')}_${whose}_{businessDate:yyyymmdd}_{time:HHMM[SS]}.${extension}`;
}
