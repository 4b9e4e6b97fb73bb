import { toDealTerms } from '../deal-terms.ts';
import { group } from '../leaf.ts';
import { DEAL_SHAPE } from '../deal-shape.ts';
import { defineVerb } from './verb.ts';

export const dealMatch = defineVerb({
  name: 'deal.match',
  summary: 'A deal arrives from the trading system: two trades, one for each side.',
  schema: () => group(DEAL_SHAPE, 'a deal: { series: "HSIK9", quantity: 5, price: "29500", buyer: …, seller: … }'),
  example: {
    series: 'HSIK9',
    quantity: 5,
    price: '29500',
    buyer: { participant: 'CABC', account: 'HOUSE' },
    seller: { participant: 'CXYZ', account: 'OMNI1', info: 'ORDER 7' },
  },
  toAction(args, { names, refuse }) {
    const terms = toDealTerms(args, names, [], refuse);
    return terms && { do: 'deal.match', ...terms };
  },
  describe: ({ series, quantity, buyer, seller }) =>
    `A deal: ${buyer.participant} (${buyer.account}) buys ${quantity} ${series} from ${seller.participant} (${seller.account}).`,
});
