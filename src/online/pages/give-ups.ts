import type { GiveUp } from '../../clearing/give-up.ts';
import { accepted } from '../../clearing/rejection.ts';
import { html } from '../html.ts';
import type { OnlinePort } from '../port.ts';
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
  title: 'Give-ups',
  emptyText: 'There are no give-ups.',
  read(core, session) {
    const found = core.giveUps(session);
    if (!found.ok) return found;
    const own = core.user(session)?.participant;
    return accepted(
      found.value.map((giveUp) => ({ ...giveUp, direction: giveUp.giver === own ? 'sent' : 'received' })),
    );
  },
  columns: (core: OnlinePort): readonly Column<Row>[] => [
    numberColumn('give-up', 'Give-up', (row) => row.number),
    textColumn(
      'direction',
      'Direction',
      (row) => row.direction,
      (row) => (row.direction === 'sent' ? 'Sent' : 'Received'),
    ),
    numberColumn('trade', 'Trade', (row) => row.trade),
    textColumn('series', 'Series', (row) => row.series),
    sideColumn(),
    quantityColumn('quantity', 'Quantity', (row) => row.quantity),
    priceColumn(core, 'price', 'Price', (row) => row.price),
    textColumn('giver', 'Giver', (row) => row.giver),
    textColumn('taker', 'Taker', (row) => row.taker),
    // The own account: the giver's trade is in it, or it was proposed to the taker. The other side's is the other side's.
    textColumn('account', 'Account', (row) => (row.direction === 'sent' ? row.account : row.takerAccount)),
    textColumn('state', 'State', (row) => row.state),
    wrapping(textColumn('text', 'Text', (row) => row.text)),
    quantityColumn('commission', 'Commission', (row) => row.commission),
    timeColumn('created', 'Created (HKT)', (row) => row.createdAt),
    inFiles(textColumn('clearing date', 'Clearing date', (row) => row.clearingDate)),
  ],
  sums: ['quantity'],
  filters: [
    { name: 'series', label: 'Series', of: (row) => row.series },
    { name: 'direction', label: 'Direction', of: (row) => row.direction },
    { name: 'state', label: 'State', of: (row) => row.state },
  ],
  above: (visit) => functionBar(visit, functionLink(visit, 'request-give-up', '/give-ups/new', 'Give up a trade')),
  actions:
    (visit) =>
    ({ number, state, direction }) => {
      if (state !== 'holding') return html``;
      const about = `give-up ${number}`;
      const at = `/give-ups/${number}`;
      return direction === 'sent'
        ? functionLink(visit, 'reject-give-up', `${at}/reject`, 'Cancel', about)
        : html`${functionLink(visit, 'take-up', `${at}/take-up`, 'Take up', about)}
          ${functionLink(visit, 'reject-give-up', `${at}/reject`, 'Reject', about)}`;
    },
};
