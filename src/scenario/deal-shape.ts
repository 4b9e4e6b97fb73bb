import * as z from 'zod/mini';
import * as l from './leaf.ts';

const dealSide = l.group(
  {
    participant: l.customerCode,
    account: l.accountId,
    info: z.optional(l.customerInfo),
    openClose: z.optional(l.oneOf(['default', 'open', 'close'])),
  },
  'a side of the deal: { participant: "CABC", account: "HOUSE" }',
);

/** What `world.trades` and the verb deal.match have in common. */
export const DEAL_SHAPE = {
  series: l.seriesName,
  quantity: l.integer(1, 1_000_000, 'contracts'),
  price: l.price,
  buyer: dealSide,
  seller: dealSide,
  clearingDate: z.optional(l.date),
};
