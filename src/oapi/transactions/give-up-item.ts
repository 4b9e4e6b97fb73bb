import type { CustomerCode } from '../../clearing/participant.ts';
import type { GiveUp } from '../../clearing/give-up.ts';
import { toCompactDate } from '../../time/instant.ts';
import { INT, optional, TEXT } from '../dictionary/shape.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { keyOf } from './series-fields.ts';
import { ACCOUNT, PARTY, SERIES } from './shapes.ts';
import { stampOf } from './stamp.ts';

/** A give-up as CA61, CA76, CA77 and BD29 carry it: oapi-facts.md Appendix A, C. */
export const GIVE_UP = {
  series: SERIES,
  account: ACCOUNT,
  party: PARTY,
  give_up_number: INT,
  trade_quantity: INT,
  deal_price: INT,
  trade_number: INT,
  commission: INT,
  bought_or_sold: INT,
  state: INT,
  created_date: TEXT,
  created_time: TEXT,
  give_up_text: TEXT,
  asof_date: optional(TEXT),
  asof_time: optional(TEXT),
  orig_clearing_date: optional(TEXT),
  old_trade: optional(INT),
  clearing_date: optional(TEXT),
} as const;

/** The same with its number in the sequence of the reader's book. */
export const NUMBERED_GIVE_UP = { ...GIVE_UP, sequence_number: INT } as const;

/**
 * ASSUMED: the account is the giver's, to the giver; to the taker it is the taker's, with the account that was proposed or
 * blank; `party` is the other one of the two.
 */
export function giveUpFields(giveUp: GiveUp, reader: CustomerCode, { core, settings, protocol }: GatewayContext) {
  const { numbers } = protocol;
  const { countryId: country_id } = settings;
  const isGiver = giveUp.giver === reader;
  const created = stampOf(giveUp.createdAt);
  const clearingDate = toCompactDate(giveUp.clearingDate);
  return {
    series: keyOf(giveUp.series, core),
    account: { country_id, ex_customer: reader, account_id: isGiver ? giveUp.account : (giveUp.takerAccount ?? '') },
    party: { country_id, ex_customer: isGiver ? giveUp.taker : giveUp.giver },
    give_up_number: giveUp.number,
    trade_quantity: giveUp.quantity,
    deal_price: giveUp.price,
    trade_number: isGiver ? giveUp.trade : 0,
    commission: giveUp.commission,
    bought_or_sold: numbers.of('bought_or_sold', giveUp.side),
    state: numbers.of('give_up_request_state', giveUp.state),
    created_date: created.date,
    created_time: created.time,
    give_up_text: giveUp.text,
    asof_date: created.date,
    asof_time: created.time,
    orig_clearing_date: clearingDate,
    old_trade: numbers.of('yes_no', giveUp.clearingDate < core.businessDate() ? 'yes' : 'no'),
    clearing_date: clearingDate,
  };
}
