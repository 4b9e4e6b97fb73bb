import { compileLayouts, type Codec, type LayoutText } from './layout.ts';

/**
 * The layouts in use: oapi-facts.md Appendix A, the `genium` family (SGX21), sureness C; HKEX's may
 * differ. Field names are the family's without the type suffix. Data only: dictionaries replace it.
 */
export const GENIUM_LAYOUTS: readonly LayoutText[] = [
  {
    name: 'series',
    bytes: 12,
    fields:
      'country u8, market u8, instrument_group u8, modifier u8, commodity u16, expiration_date u16, strike_price i32',
  },
  { name: 'account', bytes: 24, fields: 'country_id c2, ex_customer c5, account_id c16, fill1' },
  { name: 'query_business_date', bytes: 4, fields: 'type TYPE' },
  {
    name: 'answer_business_date',
    bytes: 88,
    fields:
      'type TYPE, omex_version c16, business_date c8, utc_date c8, utc_time c6, tz_variable c40, fill2, utc_offset i32',
  },
  {
    name: 'query_position',
    bytes: 64,
    fields: 'type TYPE, series <series>, search_series <series>, account <account>, segment_number u16, date c8, fill2',
  },
  {
    name: 'answer_position_item',
    bytes: 88,
    fields:
      'series <series>, modified_date c8, modified_time c6, reserved_prop u8, fill1, nbr_held i64, nbr_written i64, ' +
      'deny_exercise i64, account <account>, quantity_cover u32, qty_closed_out i64',
  },
  {
    name: 'answer_position',
    bytes: 44_032,
    fields:
      'type TYPE, partition_low <series>, partition_high <series>, segment_number u16, items u16, ' +
      'item <answer_position_item>[500]',
  },
];

export interface SeriesFields {
  readonly country: number;
  readonly market: number;
  readonly instrument_group: number;
  readonly modifier: number;
  readonly commodity: number;
  readonly expiration_date: number;
  readonly strike_price: number;
}

export interface AccountFields {
  readonly country_id: string;
  readonly ex_customer: string;
  readonly account_id: string;
}

export interface QueryBusinessDate {
  readonly type: string;
}

export interface AnswerBusinessDate {
  readonly type: string;
  readonly omex_version: string;
  readonly business_date: string;
  readonly utc_date: string;
  readonly utc_time: string;
  readonly tz_variable: string;
  readonly utc_offset: number;
}

export interface QueryPosition {
  readonly type: string;
  readonly series: SeriesFields;
  readonly search_series: SeriesFields;
  readonly account: AccountFields;
  readonly segment_number: number;
  readonly date: string;
}

export interface AnswerPositionItem {
  readonly series: SeriesFields;
  readonly modified_date: string;
  readonly modified_time: string;
  readonly reserved_prop: number;
  readonly nbr_held: bigint;
  readonly nbr_written: bigint;
  readonly deny_exercise: bigint;
  readonly account: AccountFields;
  readonly quantity_cover: number;
  readonly qty_closed_out: bigint;
}

export interface AnswerPosition {
  readonly type: string;
  readonly partition_low: SeriesFields;
  readonly partition_high: SeriesFields;
  readonly segment_number: number;
  readonly items: number;
  readonly item: readonly AnswerPositionItem[];
}

const codecs = compileLayouts(GENIUM_LAYOUTS);

// The interfaces above and the texts describe the same structs; layout.test.ts compares their fields.
export const queryBusinessDate = codecs.get<QueryBusinessDate>('query_business_date');
export const answerBusinessDate = codecs.get<AnswerBusinessDate>('answer_business_date');
export const queryPosition = codecs.get<QueryPosition>('query_position');
export const answerPosition = codecs.get<AnswerPosition>('answer_position');

/** Every layout by name, for tests and tools. */
export const geniumCodecs: ReadonlyMap<string, Codec<unknown>> = codecs.all;
