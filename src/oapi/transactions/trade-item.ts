import type { Trade } from '../../clearing/deal.ts';
import type { Series, SeriesName } from '../../clearing/series.ts';
import { calendarDateOf, toCompactDate, toCompactTime, type Instant } from '../../time/instant.ts';
import { userPart } from '../calls/get-info.ts';
import { INT, optional, TEXT } from '../dictionary/shape.ts';
import type { Protocol } from '../protocol.ts';
import type { OapiSettings } from '../settings.ts';
import type { SubItem } from '../variable-message.ts';
import { ANY_SERIES, seriesFields } from './series-fields.ts';
import {
  ACCOUNT,
  PARTY,
  SERIES,
  TIME_STAMP,
  TRADING_CODE,
  type PartyFields,
  type TradingCodeFields,
} from './shapes.ts';
import type { Codecs } from './transaction.ts';

/** The named structs of a trade: oapi-facts.md section 3 and Appendix A.Trades, C. What stands in neither is 0 or blank. */
export const TRADE_PARTS = {
  3: {
    trading_code: TRADING_CODE,
    series: SERIES,
    give_up_member: PARTY,
    sequence_number: INT,
    trade_number: INT,
    deal_price: INT,
    trade_quantity: INT,
    account: ACCOUNT,
    customer_info: TEXT,
    bought_or_sold: INT,
    open_close_req: INT,
    trade_type: INT,
    user_code: TRADING_CODE,
    created_date: TEXT,
    created_time: TEXT,
    asof_date: TEXT,
    asof_time: TEXT,
    modified_date: TEXT,
    modified_time: TEXT,
    trade_state: INT,
    deal_number: INT,
    orig_trade_number: INT,
    orig_series: optional(SERIES),
    clearing_date: TEXT,
    execution_timestamp: optional(TIME_STAMP),
  },
  20: {
    pos_account: optional(ACCOUNT),
    rem_quantity: INT,
    quantity: INT,
    combo_deal_price: optional(INT),
    clearing_date: optional(TEXT),
    give_up_state: INT,
    open_close: optional(INT),
  },
} as const;

const NO_PRICE = -0x80000000; // oapi-facts.md section 3: INT32_MIN is no value (KTN).

/** What a trade is encoded with. */
export interface TradeEncoding {
  readonly parts: Codecs<typeof TRADE_PARTS>;
  readonly protocol: Protocol;
  readonly settings: OapiSettings;
  series(name: SeriesName): Series | undefined;
}

/**
 * A trade as BD6, CA10 and CA11 carry it: named structs 3 and 20. ASSUMED: which of the model's values stand in which
 * field where names leave it open; what the model does not know is 0 or blank, and a client must not rely on it.
 */
export function tradeSubItems(trade: Trade, encoding: TradeEncoding): readonly SubItem[] {
  const { parts } = encoding;
  const { base, securityPart } = tradeFields(trade, encoding);
  return [
    { namedStruct: 3, body: parts[3].encode(base) },
    { namedStruct: 20, body: parts[20].encode(securityPart) },
  ];
}

/** The fields of the two named structs; the CLICK era has them in one. */
export function tradeFields(trade: Trade, encoding: Omit<TradeEncoding, 'parts'>) {
  const { settings } = encoding;
  const { numbers } = encoding.protocol;
  const known = encoding.series(trade.series);
  if (!known) throw new Error(`trade ${trade.number} names the series ${trade.series}, which does not exist`);
  const { countryId } = settings;
  const key = seriesFields(known.key);
  const account = { country_id: countryId, ex_customer: trade.participant, account_id: trade.account };
  const openClose = numbers.of('open_close_req', trade.openClose);
  const clearingDate = toCompactDate(trade.clearingDate);
  const nobody: PartyFields = { country_id: '', ex_customer: '' };
  const member: TradingCodeFields = { country_id: countryId, ex_customer: trade.participant, user_id: '' };

  const base = {
    trading_code: member,
    series: key,
    give_up_member:
      trade.giveUpMember === undefined ? nobody : { country_id: countryId, ex_customer: trade.giveUpMember },
    sequence_number: trade.sequence,
    trade_number: trade.number,
    deal_price: trade.price,
    trade_quantity: trade.quantity,
    account,
    customer_info: trade.customerInfo,
    bought_or_sold: numbers.of('bought_or_sold', trade.side),
    open_close_req: openClose,
    trade_type: numbers.of('trade_type', trade.type),
    user_code: trade.user === undefined ? member : { ...member, user_id: userPart(trade.user, trade.participant) },
    created_date: dateOf(trade.createdAt),
    created_time: toCompactTime(trade.createdAt),
    asof_date: dateOf(trade.asOfAt),
    asof_time: toCompactTime(trade.asOfAt),
    modified_date: dateOf(trade.modifiedAt),
    modified_time: toCompactTime(trade.modifiedAt),
    trade_state: numbers.of('trade_state', trade.state),
    deal_number: trade.deal,
    orig_trade_number: trade.originalTrade ?? 0,
    orig_series: trade.originalTrade === undefined ? ANY_SERIES : key,
    clearing_date: clearingDate,
    execution_timestamp: timeStamp(trade.asOfAt),
  };
  const securityPart = {
    pos_account: account,
    rem_quantity: trade.remainingQuantity,
    quantity: trade.quantity,
    combo_deal_price: NO_PRICE,
    clearing_date: clearingDate,
    give_up_state: numbers.of('give_up_state', trade.giveUpState),
    open_close: openClose,
  };
  return { base, securityPart };
}

function dateOf(instant: Instant): string {
  return toCompactDate(calendarDateOf(instant));
}

function timeStamp(instant: Instant): { readonly seconds: number; readonly nanoseconds: number } {
  const seconds = Math.floor(instant / 1_000);
  return { seconds, nanoseconds: Math.floor(instant - seconds * 1_000) * 1_000_000 };
}
