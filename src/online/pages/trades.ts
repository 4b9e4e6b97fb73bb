import type { Trade } from '../../clearing/deal.ts';
import { html } from '../html.ts';
import type { Texts } from '../language/english.ts';
import { inEveryLanguage } from '../language/languages.ts';
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
import { functionBar, functionLink, waysKey } from './post-trade.ts';

/** Trade enquiry ("Trade History"): dcass-facts.md 2.1. The columns are those of the trade report. */
export const tradesPage: DataPage<Trade> = {
  name: 'trades',
  read: (core, session, asked) =>
    core.tradesBeginningWith(session, { series: asked('series'), account: asked('account') }),
  columns: (core, { texts }): readonly Column<Trade>[] => {
    const { columns, words } = texts;
    return [
      {
        ...numberColumn<Trade>('trade', columns.trade, (trade) => trade.number),
        href: (trade) => `/trades/${trade.number}`,
      },
      numberColumn('deal', columns.deal, (trade) => trade.deal),
      textColumn('series', columns.series, (trade) => trade.series),
      textColumn('account', columns.account, (trade) => trade.account),
      sideColumn(texts),
      quantityColumn('quantity', columns.quantity, (trade) => trade.quantity),
      quantityColumn('remaining quantity', columns.remaining, (trade) => trade.remainingQuantity),
      priceColumn(core, 'price', columns.price, (trade) => trade.price),
      wrapping(
        textColumn(
          'type',
          columns.type,
          (trade) => trade.type,
          (trade) => typeText(trade, texts),
        ),
      ),
      wrapping(
        textColumn(
          'state',
          columns.state,
          (trade) => trade.state,
          (trade) => stateText(trade, texts),
        ),
      ),
      wrapping(textColumn('customer info', columns.customerInfo, (trade) => trade.customerInfo)),
      wrapping(timeColumn('created', columns.created, (trade) => trade.createdAt)),
      textColumn('clearing date', columns.clearingDate, (trade) => trade.clearingDate),
      // Not columns of the page: it has no room for them. A trade's own page shows them all.
      ...[
        textColumn<Trade>(
          'open close',
          columns.openClose,
          (trade) => trade.openClose,
          (trade) => words.openCloseStates[trade.openClose],
        ),
        numberColumn<Trade>('sequence', columns.sequence, (trade) => trade.sequence),
        numberColumn<Trade>('original trade', columns.originalTrade, (trade) => trade.originalTrade),
        textColumn<Trade>('give-up member', columns.giveUpMember, (trade) => trade.giveUpMember),
        textColumn<Trade>(
          'give-up state',
          columns.giveUp,
          (trade) => trade.giveUpState,
          (trade) => words.tradeGiveUpStates[trade.giveUpState],
        ),
        timeColumn<Trade>('as of', columns.asOf, (trade) => trade.asOfAt),
        timeColumn<Trade>('modified', columns.modified, (trade) => trade.modifiedAt),
      ].map(inFiles),
    ];
  },
  filters: [
    { name: 'trade', how: 'is', of: (trade) => String(trade.number) },
    { name: 'series', of: (trade) => trade.series },
    { name: 'account', of: (trade) => trade.account },
    { name: 'state', of: (trade) => inEveryLanguage(trade.state, (texts) => stateText(trade, texts)) },
    { name: 'from', how: 'from', of: (trade) => toTimeText(trade.createdAt) },
    { name: 'until', how: 'until', of: (trade) => toTimeText(trade.createdAt) },
  ],
  sums: ['quantity', 'remaining quantity'],
  remembers: (visit) => waysKey(visit, 'rectify-trade', 'request-give-up'),
  above: (visit) => functionBar(visit),
  actions: (visit) => (trade) => {
    // What nothing is left of can be given up and re-booked no more.
    if (trade.state !== 'active' || trade.remainingQuantity === 0) return html``;
    const { buttons, about } = visit.texts.functions;
    const at = `/trades/${trade.number}`;
    return html`${functionLink(visit, 'rectify-trade', `${at}/rectify`, buttons.rectify, about.trade(trade.number))}
    ${functionLink(visit, 'request-give-up', `${at}/give-up`, buttons.giveUp, about.trade(trade.number))}`;
  },
};

/** `overtaking of 3`, `give-up of 1 to CXYZ`. */
function typeText({ type, originalTrade, giveUpMember }: Trade, { words }: Texts): string {
  const name = words.tradeTypes[type];
  const of = originalTrade === undefined ? name : words.ofTrade(name, originalTrade);
  if (giveUpMember === undefined) return of;
  return (type === 'take-up' ? words.fromMember : words.toMember)(of, giveUpMember);
}

/** `active, give-up holding`. */
function stateText({ state, giveUpState }: Trade, { words }: Texts): string {
  const name = words.tradeStates[state];
  switch (giveUpState) {
    case 'none':
      return name;
    case 'holding':
      return words.both(name, words.giveUpHolding);
    case 'given-up':
      return words.both(name, words.givenUp);
  }
}
