import { accepted } from '../../clearing/rejection.ts';
import { html } from '../html.ts';
import { note } from '../layout.ts';
import type { OnlinePort } from '../port.ts';
import type { Column } from '../table.ts';
import type { DataPage } from './data-page.ts';
import { postTradeForm, postTradeNote } from './post-trade.ts';

type NoRow = Readonly<Record<string, string>>;

/** Give-up list enquiry: the page exists, its rows come with a later part of the model. */
export const giveUpsPage = notSimulated('give-ups', 'Give-ups', 'Give up a trade', [
  ['give-up', 'Give-up'],
  ['trade', 'Trade'],
  ['series', 'Series'],
  ['from', 'From'],
  ['to', 'To'],
  ['quantity', 'Quantity'],
  ['state', 'State'],
]);

/** Exercise request enquiry: as above. */
export const exercisesPage = notSimulated('exercises', 'Exercises', 'Request an exercise', [
  ['exercise', 'Exercise'],
  ['series', 'Series'],
  ['account', 'Account'],
  ['quantity', 'Quantity'],
  ['state', 'State'],
]);

function notSimulated(
  name: string,
  title: string,
  button: string,
  columns: readonly (readonly [string, string])[],
): DataPage<NoRow> {
  return {
    name,
    title,
    unsimulated: true,
    emptyText: `${title} are not simulated yet: this list is always empty.`,
    read(core: OnlinePort, session) {
      const checked = core.checkFunction({ session, functionName: title, kind: 'enquiry' });
      return checked.ok ? accepted([]) : checked;
    },
    columns: () =>
      columns.map(([column, columnTitle]): Column<NoRow> => ({
        name: column,
        title: columnTitle,
        kind: 'text',
        value: () => '',
      })),
    above: (visit) =>
      html`${note('warn', `${title} are not simulated yet. This page shows what an enquiry looks like; it never has rows.`)}${postTradeNote(visit, postTradeForm(visit, `/${name}`, button))}`,
  };
}
