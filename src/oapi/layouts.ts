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
  { name: 'party', bytes: 8, fields: 'country_id c2, ex_customer c5, fill1' },
  { name: 'trading_code', bytes: 12, fields: 'country_id c2, ex_customer c5, user_id c5' },
  { name: 'time_stamp', bytes: 8, fields: 'seconds u32, nanoseconds i32' },
  { name: 'match_id', bytes: 16, fields: 'execution_event_nbr u64, match_group_nbr u32, match_item_nbr u32' },
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
  {
    name: 'query_missing_trade',
    bytes: 32,
    fields: 'type TYPE, series <series>, sequence_first i32, sequence_last i32, date c8',
  },
  { name: 'answer_missing_trade_hdr', bytes: 8, fields: 'type TYPE, fill2, items u16' },
  {
    name: 'query_api_trade',
    bytes: 40,
    fields: 'type TYPE, series <series>, from_date c8, sequence_first i32, to_date c8, sequence_last i32',
  },
  {
    name: 'answer_api_trade_hdr',
    bytes: 32,
    fields: 'type TYPE, series <series>, from_date c8, sequence_first i32, items u16, fill2',
  },
  // Variable messages: oapi-facts.md section 3. Both sizes include these four bytes.
  { name: 'item_hdr', bytes: 4, fields: 'items u16, size u16' },
  { name: 'sub_item_hdr', bytes: 4, fields: 'named_struct u16, size u16' },
  {
    name: 'cl_trade_base_api',
    bytes: 268,
    fields:
      'trading_code <trading_code>, series <series>, give_up_member <party>, order_number qw, sequence_number i32, ' +
      'trade_number i32, deal_price i32, trade_quantity i64, account <account>, customer_info c15, bought_or_sold u8, ' +
      'deal_source u8, open_close_req u8, trade_type u8, le_state u8, user_code <trading_code>, created_date c8, ' +
      'created_time c6, asof_date c8, asof_time c6, modified_date c8, modified_time c6, trade_state u8, attention u8, ' +
      'deal_number i32, global_deal_no u32, orig_trade_number i32, orig_series <series>, exchange_info c32, ' +
      'big_attention u32, clearing_date c8, execution_timestamp <time_stamp>, trade_venue u8, instance u8, ' +
      'exch_order_type u16, party <party>, trade_rep_code u16, state_number u16, match_id <match_id>',
  },
  {
    name: 'cl_trade_secur_part',
    bytes: 216,
    fields:
      'countersign_code <trading_code>, new_series <series>, party <party>, pos_account <account>, ' +
      'combo_series <series>, nbr_held i64, nbr_written i64, total_held i64, total_written i64, ext_seq_nbr i32, ' +
      'ext_status i32, rem_quantity i64, quantity i64, ext_trade_number u32, orig_ext_trade_number u32, residual i32, ' +
      'give_up_number i32, commission i32, combo_deal_price i32, clearing_date c8, passthrough c32, ex_client c16, ' +
      'ext_trade_fee_type c1, give_up_state u8, reserved_2 c2, orig_trade_type u8, open_close u8, reserved_1 c1, ' +
      'client_category u8, instigant u8, cab_price_ind u8, fill2',
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

/** The codec of a layout whose values are a `T`. @throws Error where there is no such layout */
export function geniumCodec<T>(name: string): Codec<T> {
  return codecs.get<T>(name);
}

// The interfaces above and the texts describe the same structs; layout.test.ts compares their fields.
export const queryBusinessDate = codecs.get<QueryBusinessDate>('query_business_date');
export const answerBusinessDate = codecs.get<AnswerBusinessDate>('answer_business_date');
export const queryPosition = codecs.get<QueryPosition>('query_position');
export const answerPosition = codecs.get<AnswerPosition>('answer_position');

/** Every layout by name, for tests and tools. */
export const geniumCodecs: ReadonlyMap<string, Codec<unknown>> = codecs.all;
