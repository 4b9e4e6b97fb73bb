import type { ReportCode } from '../report.ts';

/** The value of `format`: it changes when an old template would be read differently. */
export const TEMPLATE_FORMAT = 'dcass-report-template/1';

/**
 * The layout of a report, as data. Whoever has the layouts of the real system writes them down so, and puts them in
 * the place of ours; docs/guides/report-templates.md tells how. Lines and the file's name may contain placeholders.
 */
export interface ReportTemplate {
  readonly format: typeof TEMPLATE_FORMAT;
  readonly report: ReportCode;
  readonly fileName: string;
  /** `csv`: cells with separators. `fixed`: cells of fixed widths. `text`: those, with headings and pages for people. */
  readonly layout: 'csv' | 'fixed' | 'text';
  readonly lineEnd: 'crlf' | 'lf';
  /** Lines at the top of the file. */
  readonly header: readonly string[];
  /** Whether a line with the titles of the columns stands above the rows; on pages, above those of each page. */
  readonly titles: boolean;
  /** Between two cells. */
  readonly separator: string;
  /** CSV: which cells stand in quotes. */
  readonly quotes: 'needed' | 'always';
  /** CSV: a text that a spreadsheet would run as a formula gets an apostrophe in front. */
  readonly formulas: 'plain' | 'keep';
  readonly columns: readonly TemplateColumn[];
  /** What stands there instead of rows when there are none. */
  readonly empty: readonly string[];
  /** A last row of sums. */
  readonly totals: TemplateTotals | undefined;
  /** Lines after the last row. */
  readonly trailer: readonly string[];
  /** Text layout: the file in pages. */
  readonly page: TemplatePage | undefined;
}

export interface TemplateColumn {
  /** The report's field; undefined for a column of {@link text}. */
  readonly field?: string | undefined;
  /** The same text in each row, instead of a field. */
  readonly text?: string | undefined;
  /** Default: the field's name in CSV, its title elsewhere. */
  readonly title?: string | undefined;
  /** Characters; fixed and text layouts need it. */
  readonly width?: number | undefined;
  /** Default: right for numbers, prices and amounts, left for all others. */
  readonly align?: 'left' | 'right' | undefined;
  /** The one character that fills up a cell. Default a blank. */
  readonly fill?: string | undefined;
  /** What does not fit is marked with `####`, which is the default, or cut off at its end. */
  readonly overflow?: 'mark' | 'cut' | undefined;
  /** Dates and times: `yyyymmdd`, `HH:MM:SS`, `iso`. */
  readonly format?: string | undefined;
  /** Prices and amounts: so many decimals, never rounded. */
  readonly decimals?: number | undefined;
  /** Prices and amounts: `implied` leaves the point out. */
  readonly point?: 'shown' | 'implied' | undefined;
  /** Other words for the field's values: `{ buy: B, sell: S }`. */
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** What stands there when the row does not have the value. Default nothing. */
  readonly empty?: string | undefined;
}

export interface TemplateTotals {
  /** Stands in the first column. */
  readonly label: string;
  /** Number and amount fields that are added up, each in its column. */
  readonly fields: readonly string[];
}

export interface TemplatePage {
  /** Lines of a page, all of them counted. */
  readonly length: number;
  /** Lines at the top of each page, above the titles. */
  readonly heading: readonly string[];
  /** Lines at the bottom of each page. */
  readonly footing: readonly string[];
  /** Whether a form feed begins each page but the first. */
  readonly formFeed: boolean;
}

/** The templates that stand in the place of ours, by report. */
export type ReportTemplates = Readonly<Partial<Record<ReportCode, ReportTemplate>>>;

/** What a world says of its reports. */
export interface ReportingRules {
  readonly templates: ReportTemplates;
  /**
   * ASSUMED: the least contracts on one side that the report of large open positions lists, by account and series.
   * What HKEX's own report of that name shows is not public.
   */
  readonly largeOpenPositions: number;
}

export const DEFAULT_REPORTING: ReportingRules = { templates: {}, largeOpenPositions: 500 };
