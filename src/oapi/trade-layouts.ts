import { geniumCodec, type AccountFields, type SeriesFields } from './layouts.ts';

// The values of the trade layouts in layouts.ts: oapi-facts.md Appendix A.Trades, SGX21, sureness C.

export interface QueryMissingTrade {
  readonly type: string;
  readonly series: SeriesFields;
  readonly sequence_first: number;
  readonly sequence_last: number;
  readonly date: string;
}

export interface QueryApiTrade {
  readonly type: string;
  readonly series: SeriesFields;
  readonly from_date: string;
  readonly sequence_first: number;
  readonly to_date: string;
  readonly sequence_last: number;
}

export interface AnswerMissingTradeHeader {
  readonly type: string;
  readonly items: number;
}

export interface AnswerApiTradeHeader {
  readonly type: string;
  readonly series: SeriesFields;
  readonly from_date: string;
  readonly sequence_first: number;
  readonly items: number;
}

/** Begins an item of a variable message: its sub items follow. */
export interface ItemHeader {
  readonly items: number;
  /** Bytes of the whole item, these four included. */
  readonly size: number;
}

/** Begins a sub item: a named struct follows. */
export interface SubItemHeader {
  readonly named_struct: number;
  /** Bytes of the whole sub item, these four included. */
  readonly size: number;
}

export interface PartyFields {
  readonly country_id: string;
  readonly ex_customer: string;
}

export interface TradingCodeFields extends PartyFields {
  readonly user_id: string;
}

export interface ClTradeBase {
  readonly trading_code: TradingCodeFields;
  readonly series: SeriesFields;
  readonly give_up_member: PartyFields;
  readonly order_number: bigint;
  readonly sequence_number: number;
  readonly trade_number: number;
  readonly deal_price: number;
  readonly trade_quantity: bigint;
  readonly account: AccountFields;
  readonly customer_info: string;
  readonly bought_or_sold: number;
  readonly deal_source: number;
  readonly open_close_req: number;
  readonly trade_type: number;
  readonly le_state: number;
  readonly user_code: TradingCodeFields;
  readonly created_date: string;
  readonly created_time: string;
  readonly asof_date: string;
  readonly asof_time: string;
  readonly modified_date: string;
  readonly modified_time: string;
  readonly trade_state: number;
  readonly attention: number;
  readonly deal_number: number;
  readonly global_deal_no: number;
  readonly orig_trade_number: number;
  readonly orig_series: SeriesFields;
  readonly exchange_info: string;
  readonly big_attention: number;
  readonly clearing_date: string;
  readonly execution_timestamp: { readonly seconds: number; readonly nanoseconds: number };
  readonly trade_venue: number;
  readonly instance: number;
  readonly exch_order_type: number;
  readonly party: PartyFields;
  readonly trade_rep_code: number;
  readonly state_number: number;
  readonly match_id: {
    readonly execution_event_nbr: bigint;
    readonly match_group_nbr: number;
    readonly match_item_nbr: number;
  };
}

export interface ClTradeSecurPart {
  readonly countersign_code: TradingCodeFields;
  readonly new_series: SeriesFields;
  readonly party: PartyFields;
  readonly pos_account: AccountFields;
  readonly combo_series: SeriesFields;
  readonly nbr_held: bigint;
  readonly nbr_written: bigint;
  readonly total_held: bigint;
  readonly total_written: bigint;
  readonly ext_seq_nbr: number;
  readonly ext_status: number;
  readonly rem_quantity: bigint;
  readonly quantity: bigint;
  readonly ext_trade_number: number;
  readonly orig_ext_trade_number: number;
  readonly residual: number;
  readonly give_up_number: number;
  readonly commission: number;
  readonly combo_deal_price: number;
  readonly clearing_date: string;
  readonly passthrough: string;
  readonly ex_client: string;
  readonly ext_trade_fee_type: string;
  readonly give_up_state: number;
  readonly reserved_2: string;
  readonly orig_trade_type: number;
  readonly open_close: number;
  readonly reserved_1: string;
  readonly client_category: number;
  readonly instigant: number;
  readonly cab_price_ind: number;
}

export const queryMissingTrade = geniumCodec<QueryMissingTrade>('query_missing_trade');
export const answerMissingTradeHeader = geniumCodec<AnswerMissingTradeHeader>('answer_missing_trade_hdr');
export const queryApiTrade = geniumCodec<QueryApiTrade>('query_api_trade');
export const answerApiTradeHeader = geniumCodec<AnswerApiTradeHeader>('answer_api_trade_hdr');
export const itemHeader = geniumCodec<ItemHeader>('item_hdr');
export const subItemHeader = geniumCodec<SubItemHeader>('sub_item_hdr');
export const clTradeBase = geniumCodec<ClTradeBase>('cl_trade_base_api');
export const clTradeSecurPart = geniumCodec<ClTradeSecurPart>('cl_trade_secur_part');

/** Numbers of the named structs of a trade: oapi-facts.md section 3 (C). */
export const NAMED_STRUCT = { tradeBase: 3, tradeSecurityPart: 20 } as const;
