import type { CommandName } from '../../clearing/commands/command.ts';
import type { Position } from '../../clearing/position.ts';
import { accepted } from '../../clearing/rejection.ts';
import type { BusinessDate } from '../../time/instant.ts';
import { html } from '../html.ts';
import type { Said, Texts } from '../language/english.ts';
import type { Visit } from '../visit.ts';
import { onPage, quantityColumn, textColumn } from './columns.ts';
import type { DataPage } from './data-page.ts';
import { functionBar, functionLink, functionWay, waysKey } from './post-trade.ts';

/**
 * Position enquiry: dcass-facts.md 2.1. The columns are those of the position report. `?date=` shows the closing
 * positions of an earlier business date.
 */
export const positionsPage: DataPage<Position> = {
  name: 'positions',
  read(core, session, asked) {
    const found = core.positionsOf(session, asked('date') as BusinessDate);
    return found.ok
      ? accepted(found.value.toSorted((a, b) => compare(a.account, b.account) || compare(a.series, b.series)))
      : found;
  },
  columns: (_core, { texts: { columns } }) => [
    textColumn('participant', columns.participant, (position) => position.participant),
    textColumn('account', columns.account, (position) => position.account),
    textColumn('series', columns.series, (position) => position.series),
    quantityColumn('held', columns.held, (position) => position.held),
    quantityColumn('written', columns.written, (position) => position.written),
    quantityColumn('closed out', columns.closedOut, (position) => position.closedOut),
    quantityColumn('exercised', columns.exercised, (position) => position.exercised),
    quantityColumn('assigned', columns.assigned, (position) => position.assigned),
    quantityColumn('denied', columns.denied, (position) => position.denied),
    quantityColumn('covered', columns.covered, (position) => position.covered),
    onPage(quantityColumn('net', columns.net, ({ held, written }) => held - written)),
  ],
  totals: ['held', 'written', 'closed out', 'exercised', 'assigned', 'denied', 'covered', 'net'],
  filters: [
    { name: 'series', of: (position) => position.series },
    { name: 'account', of: (position) => position.account },
  ],
  choice: { name: 'date', values: (core, session) => core.positionDates(session) },
  above: (visit) =>
    functionBar(
      visit,
      ...FUNCTIONS.map(([command, path, , label]) => functionLink(visit, command, path, label(visit.texts))),
    ),
  remembers: (visit) => waysKey(visit, ...FUNCTIONS.map(([command]) => command)),
  actions(visit) {
    const { about, buttons } = visit.texts.functions;
    const ways = FUNCTIONS.map(([command, path, button]) => ({
      suits: SUITS[command],
      link: functionWay(visit, command),
      path,
      label: buttons[button],
    }));
    return (position) => {
      const { account, series } = position;
      const fields = `account=${encodeURIComponent(account)}&series=${encodeURIComponent(series)}`;
      const said = about.position(series, account);
      return html`${ways.map(
        ({ suits, link, path, label }) => suits(visit, position) && link(`${path}?${fields}`, label, said),
      )}`;
    };
  },
};

/** A button in each row that it suits, and one for all above them. */
const FUNCTIONS = [
  ['transfer-position', '/positions/transfer', 'transfer', ({ functions }) => functions.titles['transfer-position']],
  ['net-down-position', '/positions/net-down', 'netDown', ({ functions }) => functions.buttons.netDownPositions],
  ['request-exercise', '/exercises/new', 'exercise', ({ functions }) => functions.titles['request-exercise']],
  ['deny-exercise', '/exercises/deny', 'deny', ({ functions }) => functions.titles['deny-exercise']],
  ['cover-position', '/positions/cover', 'cover', ({ functions }) => functions.titles['cover-position']],
] as const satisfies readonly (readonly [
  CommandName,
  path: string,
  button: keyof Texts['functions']['buttons'],
  label: Said<string>,
])[];

type Suits = (visit: Visit, position: Position) => boolean;

function isOption({ context }: Visit, { series }: Position): boolean {
  return context.core.series(series)?.kind !== 'future';
}

/** What can come to something for a position: no more buttons than that. */
const SUITS: Readonly<Record<(typeof FUNCTIONS)[number][0], Suits>> = {
  'transfer-position': (_visit, { held, written }) => held + written > 0,
  'net-down-position': (visit, position) => isOption(visit, position) && position.held > 0 && position.written > 0,
  'request-exercise': (visit, position) => isOption(visit, position) && position.held > 0,
  'deny-exercise': (visit, position) => isOption(visit, position) && position.held > 0,
  'cover-position': (visit, { series, written }) => visit.context.core.series(series)?.kind === 'call' && written > 0,
};

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
