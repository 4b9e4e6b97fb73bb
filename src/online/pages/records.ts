import type { CloseOut } from '../../clearing/close-out.ts';
import type { Delivery } from '../../clearing/exercise.ts';
import { formatScaled } from '../../clearing/price.ts';
import type { AveragePriceTrade, Rectification } from '../../clearing/rectification.ts';
import { numberColumn, priceColumn, quantityColumn, textColumn, timeColumn, wrapping } from './columns.ts';
import type { DataPage } from './data-page.ts';
import { functionBar, functionLink } from './post-trade.ts';
import { html } from '../html.ts';

// What post-trade functions and the day end leave behind them, beside trades and positions: dcass-facts.md 2.1.

export const rectificationsPage: DataPage<Rectification> = {
  name: 'rectifications',
  title: 'Rectifications',
  emptyText: 'There are no rectifications.',
  read: (core, session) => core.rectifications(session),
  columns: () => [
    numberColumn('rectification', 'Rectification', (row) => row.number),
    numberColumn('trade', 'Trade', (row) => row.trade),
    textColumn('series', 'Series', (row) => row.series),
    wrapping(
      textColumn('parts', 'Parts', (row) =>
        row.parts.map(({ quantity, account }) => `${quantity} to ${account}`).join(', '),
      ),
    ),
    textColumn('state', 'State', (row) => row.state),
    textColumn('requested by', 'Requested by', (row) => row.requestedBy),
    textColumn('decided by', 'Decided by', (row) => row.decidedBy),
    timeColumn('created', 'Created (HKT)', (row) => row.createdAt),
    timeColumn('modified', 'Modified (HKT)', (row) => row.modifiedAt),
    textColumn('clearing date', 'Clearing date', (row) => row.clearingDate),
  ],
  above: (visit) => functionBar(visit),
  actions:
    (visit) =>
    ({ number, state }) => {
      if (state !== 'holding') return html``;
      const about = `rectification ${number}`;
      const at = `/rectifications/${number}`;
      return html`${functionLink(visit, 'confirm-rectification', `${at}/confirm`, 'Confirm', about)}
      ${functionLink(visit, 'reject-rectification', `${at}/reject`, 'Reject', about)}`;
    },
};

export const averagePriceTradesPage: DataPage<AveragePriceTrade> = {
  name: 'average-price-trades',
  title: 'Average price trades',
  emptyText: 'There are no average price trades.',
  sums: ['quantity'],
  read: (core, session) => core.averagePriceTrades(session),
  columns: (core) => [
    numberColumn('trade', 'Trade', (row) => row.trade),
    textColumn('series', 'Series', (row) => row.series),
    quantityColumn('quantity', 'Quantity', (row) => row.quantity),
    priceColumn(core, 'average price', 'Average price', (row) => row.averagePrice),
    priceColumn(core, 'value difference', 'Value difference', (row) => row.valueDifference),
    wrapping(textColumn('members', 'Of the trades', (row) => row.members.join(', '))),
    timeColumn('created', 'Created (HKT)', (row) => row.createdAt),
    textColumn('clearing date', 'Clearing date', (row) => row.clearingDate),
  ],
  above: (visit) =>
    functionBar(
      visit,
      functionLink(visit, 'make-average-price-trade', '/average-price-trades/new', 'Make an average price trade'),
    ),
};

export const closeOutsPage: DataPage<CloseOut> = {
  name: 'close-outs',
  title: 'Close-outs',
  emptyText: 'There are no close-outs.',
  sums: ['quantity', 'restored'],
  read: (core, session) => core.closeOuts(session),
  columns: () => [
    numberColumn('close-out', 'Close-out', (row) => row.number),
    textColumn('account', 'Account', (row) => row.account),
    textColumn('series', 'Series', (row) => row.series),
    quantityColumn('quantity', 'Quantity', (row) => row.quantity),
    quantityColumn('restored', 'Restored', (row) => row.restored),
    textColumn('user', 'User', (row) => row.user),
    timeColumn('created', 'Created (HKT)', (row) => row.createdAt),
    timeColumn('modified', 'Modified (HKT)', (row) => row.modifiedAt),
    textColumn('business date', 'Business date', (row) => row.businessDate),
  ],
  above: (visit) => functionBar(visit),
  actions:
    (visit) =>
    ({ number, quantity, restored }) =>
      restored < quantity
        ? functionLink(visit, 'restore-position', `/close-outs/${number}/restore`, 'Restore', `close-out ${number}`)
        : html``,
};

export const deliveriesPage: DataPage<Delivery> = {
  name: 'deliveries',
  title: 'Deliveries',
  emptyText: 'There are no deliveries.',
  sums: ['quantity', 'shares'],
  read: (core, session) => core.deliveries(session),
  columns: () => [
    numberColumn('delivery', 'Delivery', (row) => row.number),
    textColumn('account', 'Account', (row) => row.account),
    textColumn('series', 'Series', (row) => row.series),
    textColumn('cause', 'Cause', (row) => row.cause),
    quantityColumn('quantity', 'Quantity', (row) => row.quantity),
    quantityColumn('shares', 'Shares', (row) => row.shares),
    {
      name: 'amount',
      title: 'Amount (HK$)',
      kind: 'number',
      value: (row) => formatScaled(row.amountCents, 2),
    },
    textColumn('business date', 'Business date', (row) => row.businessDate),
    textColumn('due date', 'Due date', (row) => row.dueDate),
  ],
};
