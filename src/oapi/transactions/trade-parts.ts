import type { TradePart } from '../../clearing/give-up.ts';
import { INT, list, TEXT, type ValueOf } from '../dictionary/shape.ts';
import { ownAccount } from './own-fields.ts';
import { ACCOUNT } from './shapes.ts';
import type { RequestContext } from './transaction.ts';

/** Where parts of a trade go, as CD28, CC38 and CA15 carry them: oapi-facts.md Appendix A, C. */
const PART = { account: ACCOUNT, trade_quantity: INT, open_close_req: INT, customer_info: TEXT } as const;
export const PARTS = list(PART);

/** @throws FieldError with the place of the item */
export function readParts(items: readonly ValueOf<typeof PART>[], call: RequestContext): readonly TradePart[] {
  return items.map((item, i) => ({
    account: ownAccount(item.account, ['item', i, 'account'], call),
    quantity: item.trade_quantity,
    openClose: readOpenClose(item.open_close_req, ['item', i, 'open_close_req'], call),
    customerInfo: item.customer_info,
  }));
}

/** @throws FieldError for a number that the dictionary has no word for */
export function readOpenClose(
  number: number,
  path: readonly (string | number)[],
  call: RequestContext,
): TradePart['openClose'] {
  const { numbers } = call.gateway.protocol;
  const word = numbers.word('open_close_req', number);
  if (!word) throw call.badField(path, `${number}; allowed are ${numbers.allowed('open_close_req')}`);
  return word;
}

export function partFields(part: TradePart, call: RequestContext): ValueOf<typeof PART> {
  return {
    account: {
      country_id: call.gateway.settings.countryId,
      ex_customer: call.session.participant,
      account_id: part.account,
    },
    trade_quantity: part.quantity,
    open_close_req: call.gateway.protocol.numbers.of('open_close_req', part.openClose),
    customer_info: part.customerInfo,
  };
}
