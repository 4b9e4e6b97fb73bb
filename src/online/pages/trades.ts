import type { Trade } from '../../clearing/deal.ts';
import { html } from '../html.ts';
import type { Column } from '../table.ts';
import { toTimeText } from '../texts.ts';
import {
  inFiles,
  numberColumn,
  priceColumn,
  quantityColumn,
  sideColumn,
  textColumn,
  timeColumn,
  wrapping,
} from './columns.ts';
import type { DataPage } from './data-page.ts';
import { functionBar, functionLink } from './post-trade.ts';

/** Trade enquiry ("Trade History"): dcass-facts.md 2.1. The columns are those of the trade report. */
export const tradesPage: DataPage<Trade> = {
  name: 'trades',
  title: 'Trades',
  emptyText: 'There are no trades.',
  read: (core, session, asked) =>
    core.tradesBeginningWith(session, { series: asked('series'), account: asked('account') }),
  columns: (core): readonly Column<Trade>[] => [
    { ...numberColumn<Trade>('trade', 'Trade', (trade) => trade.number), href: (trade) => `/trades/${trade.number}` },
    numberColumn('deal', 'Deal', (trade) => trade.deal),
    textColumn('series', 'Series', (trade) => trade.series),
    textColumn('account', 'Account', (trade) => trade.account),
    sideColumn(),
    quantityColumn('quantity', 'Quantity', (trade) => trade.quantity),
    quantityColumn('remaining quantity', 'Remaining', (trade) => trade.remainingQuantity),
    priceColumn(core, 'price', 'Price', (trade) => trade.price),
    wrapping(textColumn('type', 'Type', (trade) => trade.type, typeText)),
    wrapping(textColumn('state', 'State', (trade) => trade.state, stateText)),
    wrapping(textColumn('customer info', 'Customer info', (trade) => trade.customerInfo)),
    wrapping(timeColumn('created', 'Created (HKT)', (trade) => trade.createdAt)),
    textColumn('clearing date', 'Clearing date', (trade) => trade.clearingDate),
    // Not columns of the page: it has no room for them. A trade's own page shows them all.
    ...[
      textColumn<Trade>('open close', 'Open/close', (trade) => trade.openClose),
      numberColumn<Trade>('sequence', 'Sequence', (trade) => trade.sequence),
      numberColumn<Trade>('original trade', 'Original trade', (trade) => trade.originalTrade),
      textColumn<Trade>('give-up member', 'Give-up member', (trade) => trade.giveUpMember),
      textColumn<Trade>('give-up state', 'Give-up', (trade) => trade.giveUpState),
      timeColumn<Trade>('as of', 'As of (HKT)', (trade) => trade.asOfAt),
      timeColumn<Trade>('modified', 'Modified (HKT)', (trade) => trade.modifiedAt),
    ].map(inFiles),
  ],
  filters: [
    { name: 'trade', label: 'Trade', how: 'is', of: (trade) => String(trade.number) },
    { name: 'series', label: 'Series', of: (trade) => trade.series },
    { name: 'account', label: 'Account', of: (trade) => trade.account },
    { name: 'state', label: 'State', of: (trade) => stateText(trade) },
    { name: 'from', label: 'From', how: 'from', of: (trade) => toTimeText(trade.createdAt) },
    { name: 'until', label: 'Until', how: 'until', of: (trade) => toTimeText(trade.createdAt) },
  ],
  sums: ['quantity', 'remaining quantity'],
  above: (visit) => functionBar(visit),
  actions: (visit) => (trade) => {
    const about = `trade ${trade.number}`;
    const at = `/trades/${trade.number}`;
    return html`${functionLink(visit, 'rectify-trade', `${at}/rectify`, 'Rectify', about)}
    ${functionLink(visit, 'request-give-up', `${at}/give-up`, 'Give up', about)}`;
  },
};

/** `overtaking of 3`, `give-up of 1 to CXYZ`. */
function typeText({ type, originalTrade, giveUpMember }: Trade): string {
  const original = originalTrade === undefined ? '' : ` of ${originalTrade}`;
  if (giveUpMember === undefined) return type + original;
  return `${type}${original} ${type === 'take-up' ? 'from' : 'to'} ${giveUpMember}`;
}

/** `active, give-up holding`. */
function stateText({ state, giveUpState }: Trade): string {
  switch (giveUpState) {
    case 'none':
      return state;
    case 'holding':
      return `${state}, give-up holding`;
    case 'given-up':
      return `${state}, given up`;
  }
}
