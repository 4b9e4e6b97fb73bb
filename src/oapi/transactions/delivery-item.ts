import type { DeliveryRecord } from '../../clearing/feed/records.ts';
import { toCompactDate } from '../../time/instant.ts';
import { INT, optional, TEXT } from '../dictionary/shape.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { ANY_SERIES, keyOf } from './series-fields.ts';
import { ACCOUNT, SERIES } from './shapes.ts';

/** A delivery as CA52, CA53 and BD18 carry it: oapi-facts.md Appendix A, C. */
export const DELIVERY = {
  account: ACCOUNT,
  delivery_account: ACCOUNT,
  series: SERIES,
  deliv_base: SERIES,
  deliv_base_quantity: INT,
  delivery_quantity: INT,
  delivery_number: INT,
  sequence_number: INT,
  event_type: INT,
  settlement_date: TEXT,
  date: TEXT,
  clearing_account: optional(ACCOUNT),
  original_date: optional(TEXT),
  bought_or_sold: INT,
} as const;

/**
 * ASSUMED: the quantity is in contracts, and that of the base in shares; where it settles in cash only, the base has none
 * and the side is of the money. The base's series is its market, with the class's commodity.
 */
export function deliveryFields({ sequence, delivery }: DeliveryRecord, { core, settings, protocol }: GatewayContext) {
  const { numbers } = protocol;
  const account = {
    country_id: settings.countryId,
    ex_customer: delivery.participant,
    account_id: delivery.account,
  };
  const series = keyOf(delivery.series, core);
  const { country, market, commodity } = series;
  const receives = delivery.shares === 0 ? delivery.amountCents >= 0 : delivery.shares > 0;
  const date = toCompactDate(delivery.businessDate);
  return {
    account,
    delivery_account: account,
    series,
    deliv_base: { ...ANY_SERIES, country, market, commodity },
    deliv_base_quantity: Math.abs(delivery.shares),
    delivery_quantity: delivery.quantity,
    delivery_number: delivery.number,
    sequence_number: sequence,
    event_type: numbers.of('delivery_cause', delivery.cause),
    settlement_date: toCompactDate(delivery.dueDate),
    date,
    clearing_account: account,
    original_date: date,
    bought_or_sold: numbers.of('bought_or_sold', receives ? 'buy' : 'sell'),
  };
}
