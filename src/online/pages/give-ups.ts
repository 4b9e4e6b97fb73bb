import type { GiveUp } from '../../clearing/give-up.ts';
import { accepted } from '../../clearing/rejection.ts';
import { html } from '../html.ts';
import { inEveryLanguage } from '../language/languages.ts';
import type { Column } from '../table.ts';
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

type Row = GiveUp & { readonly direction: 'sent' | 'received' };

/** Give-up list enquiry, sent and received: dcass-facts.md 2.1 (FAQ-2017). */
export const giveUpsPage: DataPage<Row> = {
  name: 'give-ups',
  read(core, session) {
    const found = core.giveUps(session);
    if (!found.ok) return found;
    const own = core.user(session)?.participant;
    return accepted(
      found.value.map((giveUp) => ({ ...giveUp, direction: giveUp.giver === own ? 'sent' : 'received' })),
    );
  },
  columns: (core, { texts }): readonly Column<Row>[] => {
    const { columns, words } = texts;
    return [
      numberColumn('give-up', columns.giveUp, (row) => row.number),
      textColumn(
        'direction',
        columns.direction,
        (row) => row.direction,
        (row) => words.directions[row.direction],
      ),
      numberColumn('trade', columns.trade, (row) => row.trade),
      textColumn('series', columns.series, (row) => row.series),
      sideColumn(texts),
      quantityColumn('quantity', columns.quantity, (row) => row.quantity),
      priceColumn(core, 'price', columns.price, (row) => row.price),
      textColumn('giver', columns.giver, (row) => row.giver),
      textColumn('taker', columns.taker, (row) => row.taker),
      // The own account: the giver's trade is in it, or it was proposed to the taker. The other side's is the other side's.
      textColumn('account', columns.account, (row) => (row.direction === 'sent' ? row.account : row.takerAccount)),
      textColumn(
        'state',
        columns.state,
        (row) => row.state,
        (row) => words.giveUpStates[row.state],
      ),
      wrapping(textColumn('text', columns.text, (row) => row.text)),
      quantityColumn('commission', columns.commission, (row) => row.commission),
      timeColumn('created', columns.created, (row) => row.createdAt),
      inFiles(textColumn('clearing date', columns.clearingDate, (row) => row.clearingDate)),
    ];
  },
  sums: ['quantity'],
  filters: [
    { name: 'series', of: (row) => row.series },
    { name: 'direction', of: (row) => inEveryLanguage(row.direction, ({ words }) => words.directions[row.direction]) },
    { name: 'state', of: (row) => inEveryLanguage(row.state, ({ words }) => words.giveUpStates[row.state]) },
  ],
  above: (visit) =>
    functionBar(
      visit,
      functionLink(visit, 'request-give-up', '/give-ups/new', visit.texts.functions.titles['request-give-up']),
    ),
  actions:
    (visit) =>
    ({ number, state, direction }) => {
      if (state !== 'holding') return html``;
      const { buttons, about } = visit.texts.functions;
      const at = `/give-ups/${number}`;
      return direction === 'sent'
        ? functionLink(visit, 'reject-give-up', `${at}/reject`, buttons.cancel, about.giveUp(number))
        : html`${functionLink(visit, 'take-up', `${at}/take-up`, buttons.takeUp, about.giveUp(number))}
          ${functionLink(visit, 'reject-give-up', `${at}/reject`, buttons.reject, about.giveUp(number))}`;
    },
};
