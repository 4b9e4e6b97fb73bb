import type { Trade } from '../../clearing/deal.ts';
import { formatScaled } from '../../clearing/price.ts';
import { toIso } from '../../time/instant.ts';
import type { Column } from '../table.ts';
import { toTimeText } from '../texts.ts';
import type { DataPage } from './data-page.ts';
import { postTradeForm, postTradeNote } from './post-trade.ts';

const SIDE_TEXT = { buy: 'Buy', sell: 'Sell' } as const;

/** Trade enquiry ("Trade History"): dcass-facts.md 2.1. The columns are those of the trade report. */
export const tradesPage: DataPage<Trade> = {
  name: 'trades',
  title: 'Trades',
  emptyText: 'There are no trades.',
  read: (core, session) => core.trades(session),
  columns: (core): readonly Column<Trade>[] => [
    {
      name: 'trade',
      title: 'Trade',
      kind: 'number',
      value: (trade) => trade.number,
      shown: (trade) => String(trade.number),
    },
    { name: 'deal', title: 'Deal', kind: 'number', value: (trade) => trade.deal, shown: (trade) => String(trade.deal) },
    { name: 'series', title: 'Series', kind: 'text', value: (trade) => trade.series },
    { name: 'account', title: 'Account', kind: 'text', value: (trade) => trade.account },
    {
      name: 'side',
      title: 'Side',
      kind: 'text',
      value: (trade) => trade.side,
      shown: (trade) => SIDE_TEXT[trade.side],
    },
    { name: 'quantity', title: 'Quantity', kind: 'number', value: (trade) => trade.quantity },
    { name: 'remaining quantity', title: 'Remaining', kind: 'number', value: (trade) => trade.remainingQuantity },
    {
      name: 'price',
      title: 'Price',
      kind: 'number',
      value: (trade) => formatScaled(trade.price, core.series(trade.series)?.instrumentClass.priceDecimals ?? 0),
    },
    { name: 'type', title: 'Type', kind: 'text', value: (trade) => trade.type },
    { name: 'state', title: 'State', kind: 'text', value: (trade) => trade.state },
    { name: 'customer info', title: 'Customer info', kind: 'text', value: (trade) => trade.customerInfo },
    {
      name: 'created',
      title: 'Created (HKT)',
      kind: 'text',
      value: (trade) => toIso(trade.createdAt),
      shown: (trade) => toTimeText(trade.createdAt),
    },
    { name: 'clearing date', title: 'Clearing date', kind: 'text', value: (trade) => trade.clearingDate },
  ],
  filters: [
    { name: 'series', label: 'Series', of: (trade) => trade.series },
    { name: 'account', label: 'Account', of: (trade) => trade.account },
  ],
  above: (visit) => postTradeNote(visit),
  actions: (visit) => (trade) =>
    postTradeForm(visit, `/trades/${trade.number}/rectify`, 'Rectify', `trade ${trade.number}`),
};
