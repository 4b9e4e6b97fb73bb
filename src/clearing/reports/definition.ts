import type { BusinessDate, CalendarDate, Instant } from '../../time/instant.ts';
import type { ClearingHouse, CustomerCode } from '../participant.ts';
import type { ReportCode, ReportMade } from '../report.ts';
import type { ClearingState } from '../state.ts';
import type { ReportTemplate } from './template.ts';

/** The moment for which a report is made: rows and lines read this and nothing else. */
export interface ReportMoment {
  readonly state: ClearingState;
  /** Undefined for a common report. */
  readonly participant: CustomerCode | undefined;
  readonly businessDate: BusinessDate;
  readonly made: ReportMade;
  readonly now: Instant;
}

interface FieldWords {
  /** What templates, and the header of a CSV file, call it. */
  readonly name: string;
  /** The head of its column on a page of text. */
  readonly title: string;
  /** One phrase for whoever writes a template. */
  readonly docs: string;
}

/**
 * One thing that a report says of each row. A `price` is a text with its class's decimals, an `amount` an integer
 * number of HK cents, a `time` an instant; undefined is what the row does not have.
 */
export type Field<Row> = FieldWords &
  (
    | { readonly kind: 'text' | 'price'; value(row: Row, at: ReportMoment): string | undefined }
    | { readonly kind: 'number' | 'amount'; value(row: Row, at: ReportMoment): number | undefined }
    | { readonly kind: 'date'; value(row: Row, at: ReportMoment): CalendarDate | undefined }
    | { readonly kind: 'time'; value(row: Row, at: ReportMoment): Instant | undefined }
  );

export interface ReportDefinition<Row = unknown> {
  readonly code: ReportCode;
  /** For people. */
  readonly name: string;
  /** Whose participants get it. */
  readonly clearingHouse: ClearingHouse | 'both';
  /** `common`: one file, the same for all. */
  readonly scope: 'participant' | 'common';
  /** When it can be made by a schedule; none for what the day's roll makes by itself. */
  readonly made: readonly ReportMade[];
  /** One sentence, for the catalogue. */
  readonly contents: string;
  readonly fields: readonly Field<Row>[];
  rows(at: ReportMoment): readonly Row[];
  /** Our own layout, used where the user has put no other in its place. */
  readonly template: ReportTemplate;
}

/** Forgets the type of the rows, so that the catalogue can hold all reports. */
export function defineReport<Row>(definition: ReportDefinition<Row>): ReportDefinition {
  return definition;
}
