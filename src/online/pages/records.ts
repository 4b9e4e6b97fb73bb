import type { CloseOut } from '../../clearing/close-out.ts';
import type { Delivery } from '../../clearing/exercise.ts';
import { formatScaled } from '../../clearing/price.ts';
import type { AveragePriceTrade, Rectification } from '../../clearing/rectification.ts';
import { numberColumn, priceColumn, quantityColumn, textColumn, timeColumn, wrapping } from './columns.ts';
import type { DataPage } from './data-page.ts';
import { functionBar, functionLink } from './post-trade.ts';
import { html } from '../html.ts';
import { ENGLISH, type Texts } from '../language/english.ts';
import { inEveryLanguage } from '../language/languages.ts';

// What post-trade functions and the day end leave behind them, beside trades and positions: dcass-facts.md 2.1.

export const rectificationsPage: DataPage<Rectification> = {
  name: 'rectifications',
  filters: [
    { name: 'trade', how: 'is', of: (row) => String(row.trade) },
    { name: 'series', of: (row) => row.series },
    { name: 'state', of: ({ state }) => inEveryLanguage(state, ({ words }) => words.rectificationStates[state]) },
  ],
  read: (core, session) => core.rectifications(session),
  columns: (_core, { texts }) => {
    const { columns, words } = texts;
    return [
      numberColumn('rectification', columns.rectification, (row) => row.number),
      numberColumn('trade', columns.trade, (row) => row.trade),
      textColumn('series', columns.series, (row) => row.series),
      wrapping(
        textColumn(
          'parts',
          columns.parts,
          (row) => partsText(row, ENGLISH),
          (row) => partsText(row, texts),
        ),
      ),
      textColumn(
        'state',
        columns.state,
        (row) => row.state,
        (row) => words.rectificationStates[row.state],
      ),
      textColumn('requested by', columns.requestedBy, (row) => row.requestedBy),
      textColumn('decided by', columns.decidedBy, (row) => row.decidedBy),
      timeColumn('created', columns.created, (row) => row.createdAt),
      timeColumn('modified', columns.modified, (row) => row.modifiedAt),
      textColumn('clearing date', columns.clearingDate, (row) => row.clearingDate),
    ];
  },
  above: (visit) => functionBar(visit),
  actions:
    (visit) =>
    ({ number, state }) => {
      if (state !== 'holding') return html``;
      const { about, buttons } = visit.texts.functions;
      const at = `/rectifications/${number}`;
      return html`${functionLink(visit, 'confirm-rectification', `${at}/confirm`, buttons.confirm, about.rectification(number))}
      ${functionLink(visit, 'reject-rectification', `${at}/reject`, buttons.reject, about.rectification(number))}`;
    },
};

function partsText({ parts }: Rectification, { columns }: Texts): string {
  return parts.map(({ quantity, account }) => columns.part(quantity, account)).join(', ');
}

export const averagePriceTradesPage: DataPage<AveragePriceTrade> = {
  name: 'average-price-trades',
  filters: [
    { name: 'trade', how: 'is', of: (row) => String(row.trade) },
    { name: 'series', of: (row) => row.series },
  ],
  sums: ['quantity'],
  read: (core, session) => core.averagePriceTrades(session),
  columns: (core, { texts: { columns } }) => [
    numberColumn('trade', columns.trade, (row) => row.trade),
    textColumn('series', columns.series, (row) => row.series),
    quantityColumn('quantity', columns.quantity, (row) => row.quantity),
    priceColumn(core, 'average price', columns.averagePrice, (row) => row.averagePrice),
    priceColumn(core, 'value difference', columns.valueDifference, (row) => row.valueDifference),
    wrapping(textColumn('members', columns.members, (row) => row.members.join(', '))),
    timeColumn('created', columns.created, (row) => row.createdAt),
    textColumn('clearing date', columns.clearingDate, (row) => row.clearingDate),
  ],
  above: (visit) =>
    functionBar(
      visit,
      functionLink(
        visit,
        'make-average-price-trade',
        '/average-price-trades/new',
        visit.texts.functions.titles['make-average-price-trade'],
      ),
    ),
};

export const closeOutsPage: DataPage<CloseOut> = {
  name: 'close-outs',
  filters: [
    { name: 'series', of: (row) => row.series },
    { name: 'account', of: (row) => row.account },
  ],
  sums: ['quantity', 'restored'],
  read: (core, session) => core.closeOuts(session),
  columns: (_core, { texts: { columns } }) => [
    numberColumn('close-out', columns.closeOut, (row) => row.number),
    textColumn('account', columns.account, (row) => row.account),
    textColumn('series', columns.series, (row) => row.series),
    quantityColumn('quantity', columns.quantity, (row) => row.quantity),
    quantityColumn('restored', columns.restored, (row) => row.restored),
    textColumn('user', columns.user, (row) => row.user),
    timeColumn('created', columns.created, (row) => row.createdAt),
    timeColumn('modified', columns.modified, (row) => row.modifiedAt),
    textColumn('business date', columns.businessDate, (row) => row.businessDate),
  ],
  above: (visit) => functionBar(visit),
  actions:
    (visit) =>
    ({ number, quantity, restored }) =>
      restored < quantity
        ? functionLink(
            visit,
            'restore-position',
            `/close-outs/${number}/restore`,
            visit.texts.functions.buttons.restore,
            visit.texts.functions.about.closeOut(number),
          )
        : html``,
};

export const deliveriesPage: DataPage<Delivery> = {
  name: 'deliveries',
  filters: [
    { name: 'series', of: (row) => row.series },
    { name: 'account', of: (row) => row.account },
  ],
  sums: ['quantity', 'shares'],
  read: (core, session) => core.deliveries(session),
  columns: (_core, { texts: { columns, words } }) => [
    numberColumn('delivery', columns.delivery, (row) => row.number),
    textColumn('account', columns.account, (row) => row.account),
    textColumn('series', columns.series, (row) => row.series),
    textColumn(
      'cause',
      columns.cause,
      (row) => row.cause,
      (row) => words.causes[row.cause],
    ),
    quantityColumn('quantity', columns.quantity, (row) => row.quantity),
    quantityColumn('shares', columns.shares, (row) => row.shares),
    {
      name: 'amount',
      title: columns.amount,
      kind: 'number',
      value: (row) => formatScaled(row.amountCents, 2),
    },
    textColumn('business date', columns.businessDate, (row) => row.businessDate),
    textColumn('due date', columns.dueDate, (row) => row.dueDate),
  ],
};
