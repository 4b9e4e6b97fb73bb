import { REPORT_CODES, type ReportCode } from '../report.ts';
import {
  TEMPLATE_FORMAT,
  type ReportingRules,
  type ReportTemplate,
  type ReportTemplates,
  type TemplateColumn,
  type TemplatePage,
  type TemplateTotals,
} from '../reports/template.ts';
import { flag, list, maybe, oneOf, oneOfThese, partial, record, text, whole, type Shape } from './shape.ts';

const words: Shape<Readonly<Record<string, string>>> = {
  write: (values) => values,
  read: (plain, vault) =>
    Object.fromEntries(Object.entries(plain ?? {}).map(([name, value]) => [name, text().read(value, vault)])),
};

const column = partial<TemplateColumn>({
  field: maybe(text()),
  text: maybe(text()),
  title: maybe(text()),
  width: maybe(whole()),
  align: maybe(oneOf({ left: true, right: true })),
  fill: maybe(text()),
  overflow: maybe(oneOf({ mark: true, cut: true })),
  format: maybe(text()),
  decimals: maybe(whole()),
  point: maybe(oneOf({ shown: true, implied: true })),
  values: maybe(words),
  empty: maybe(text()),
});

const template = record<ReportTemplate>({
  format: oneOf({ [TEMPLATE_FORMAT]: true }),
  report: oneOfThese(REPORT_CODES),
  fileName: text(),
  layout: oneOf({ csv: true, fixed: true, text: true }),
  lineEnd: oneOf({ crlf: true, lf: true }),
  header: list(text()),
  titles: flag,
  separator: text(),
  quotes: oneOf({ needed: true, always: true }),
  formulas: oneOf({ plain: true, keep: true }),
  columns: list(column),
  empty: list(text()),
  totals: maybe(record<TemplateTotals>({ label: text(), fields: list(text()) })),
  trailer: list(text()),
  page: maybe(record<TemplatePage>({ length: whole(), heading: list(text()), footing: list(text()), formFeed: flag })),
});

const templates = partial<ReportTemplates>(
  Object.fromEntries(REPORT_CODES.map((code) => [code, template])) as Record<ReportCode, typeof template>,
);

/** What a world says of its reports. */
export const reporting = record<ReportingRules>({ templates, largeOpenPositions: whole() });
