import type { Trade } from '../../clearing/deal.ts';
import type { Series, SeriesName } from '../../clearing/series.ts';
import { calendarDateOf, toCompactDate, toCompactTime, type Instant } from '../../time/instant.ts';
import { userPart } from '../calls/get-info.ts';
import type { OapiSettings } from '../settings.ts';
import {
  clTradeBase,
  clTradeSecurPart,
  NAMED_STRUCT,
  type PartyFields,
  type TradingCodeFields,
} from '../trade-layouts.ts';
import { encodeItem } from '../variable-message.ts';
import { ANY_SERIES, seriesFields } from './series-fields.ts';

/** Bytes of the item that every trade has: its header, and two sub items with theirs. */
export const TRADE_ITEM_BYTES = 4 + (4 + clTradeBase.layout.bytes) + (4 + clTradeSecurPart.layout.bytes);

const NO_PRICE = -0x80000000; // oapi-facts.md section 3: INT32_MIN is no value (KTN).

/**
 * A trade as BD6, CA10 and CA11 carry it: named structs 3 and 20. ASSUMED: which of the model's values stand in which
 * field where names leave it open; what the model does not know is 0 or blank, and a client must not rely on it.
 */
export function encodeTrade(
  trade: Trade,
  { series, settings }: { series(name: SeriesName): Series | undefined; readonly settings: OapiSettings },
): Buffer {
  const known = series(trade.series);
  if (!known) throw new Error(`trade ${trade.number} names the series ${trade.series}, which does not exist`);
  const { countryId, numbers } = settings;
  const key = seriesFields(known.key);
  const account = { country_id: countryId, ex_customer: trade.participant, account_id: trade.account };
  const quantity = BigInt(trade.quantity);
  const openClose = numbers.openClose[trade.openClose];
  const clearingDate = toCompactDate(trade.clearingDate);
  const nobody: TradingCodeFields = { country_id: '', ex_customer: '', user_id: '' };
  const member: TradingCodeFields = { country_id: countryId, ex_customer: trade.participant, user_id: '' };
  const giveUpMember: PartyFields =
    trade.giveUpMember === undefined ? nobody : { country_id: countryId, ex_customer: trade.giveUpMember };

  const base = clTradeBase.encode({
    trading_code: member,
    series: key,
    give_up_member: giveUpMember,
    order_number: 0n,
    sequence_number: trade.sequence,
    trade_number: trade.number,
    deal_price: trade.price,
    trade_quantity: quantity,
    account,
    customer_info: trade.customerInfo,
    bought_or_sold: numbers.sides[trade.side],
    deal_source: 0,
    open_close_req: openClose,
    trade_type: numbers.tradeTypes[trade.type],
    le_state: 0,
    user_code: trade.user === undefined ? member : { ...member, user_id: userPart(trade.user, trade.participant) },
    created_date: dateOf(trade.createdAt),
    created_time: toCompactTime(trade.createdAt),
    asof_date: dateOf(trade.asOfAt),
    asof_time: toCompactTime(trade.asOfAt),
    modified_date: dateOf(trade.modifiedAt),
    modified_time: toCompactTime(trade.modifiedAt),
    trade_state: numbers.tradeStates[trade.state],
    attention: 0,
    deal_number: trade.deal,
    global_deal_no: 0,
    orig_trade_number: trade.originalTrade ?? 0,
    orig_series: trade.originalTrade === undefined ? ANY_SERIES : key,
    exchange_info: '',
    big_attention: 0,
    clearing_date: clearingDate,
    execution_timestamp: timeStamp(trade.asOfAt),
    trade_venue: 0,
    instance: 0,
    exch_order_type: 0,
    party: nobody,
    trade_rep_code: 0,
    state_number: 0,
    match_id: { execution_event_nbr: 0n, match_group_nbr: 0, match_item_nbr: 0 },
  });
  const securityPart = clTradeSecurPart.encode({
    countersign_code: nobody,
    new_series: ANY_SERIES,
    party: nobody,
    pos_account: account,
    combo_series: ANY_SERIES,
    nbr_held: 0n,
    nbr_written: 0n,
    total_held: 0n,
    total_written: 0n,
    ext_seq_nbr: 0,
    ext_status: 0,
    rem_quantity: BigInt(trade.remainingQuantity),
    quantity,
    ext_trade_number: 0,
    orig_ext_trade_number: 0,
    residual: 0,
    give_up_number: 0,
    commission: 0,
    combo_deal_price: NO_PRICE,
    clearing_date: clearingDate,
    passthrough: '',
    ex_client: '',
    ext_trade_fee_type: '',
    give_up_state: numbers.giveUpStates[trade.giveUpState],
    reserved_2: '',
    orig_trade_type: 0,
    open_close: openClose,
    reserved_1: '',
    client_category: 0,
    instigant: 0,
    cab_price_ind: 0,
  });
  return encodeItem([
    { namedStruct: NAMED_STRUCT.tradeBase, body: base },
    { namedStruct: NAMED_STRUCT.tradeSecurityPart, body: securityPart },
  ]);
}

function dateOf(instant: Instant): string {
  return toCompactDate(calendarDateOf(instant));
}

function timeStamp(instant: Instant): { readonly seconds: number; readonly nanoseconds: number } {
  const seconds = Math.floor(instant / 1_000);
  return { seconds, nanoseconds: Math.floor(instant - seconds * 1_000) * 1_000_000 };
}
