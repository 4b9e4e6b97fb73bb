import type { TradePart } from '../../clearing/give-up.ts';
import { INT, list, TEXT } from '../dictionary/shape.ts';
import { perform, refused } from './answers.ts';
import { ownAccount } from './own-fields.ts';
import { tradeOfSeries } from './rectification.ts';
import { ACCOUNT, SERIES } from './shapes.ts';
import { readOpenClose } from './trade-parts.ts';
import { transaction } from './transaction.ts';

/**
 * Each item names a trade. ASSUMED: all items of a message name the same one, and are its parts: whether several trades
 * may go in one message, and whether all of them or none, is not public.
 */
export const transferFromTransitory = transaction({
  type: 'CD5',
  meaning: 'moves a trade out of the transitory account, into up to 100 parts',
  source: 'oapi-facts.md 4.1, 4.2 and Appendix A (ISE02), C',
  call: 'transaction',
  kind: 'post-trade',
  request: {
    series: SERIES,
    item: list({ trade_number: INT, account: ACCOUNT, deal_quantity: INT, open_close_req: INT, customer_info: TEXT }),
  },
  answer(request, call) {
    const parts: TradePart[] = request.item.map((item, i) => ({
      account: ownAccount(item.account, ['item', i, 'account'], call),
      quantity: item.deal_quantity,
      openClose: readOpenClose(item.open_close_req, ['item', i, 'open_close_req'], call),
      customerInfo: item.customer_info,
    }));
    const trade = request.item[0]?.trade_number ?? 0;
    const other = request.item.findIndex((item) => item.trade_number !== trade);
    if (other > 0) {
      const problem = `item ${other + 1}: trade ${request.item[other]?.trade_number}; all items name one trade, ${trade}`;
      return refused('invalidTradeNumber', 'several-trades', call, problem);
    }
    return (
      tradeOfSeries(trade, request.series, call) ?? perform({ do: 'transfer-from-transitory', trade, parts }, call)
    );
  },
});
