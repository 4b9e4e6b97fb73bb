import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Outcome, Rejection, SessionId } from '../../clearing/rejection.ts';
import type { NewEntry } from '../../journal/entry.ts';
import { toCompactDate, type BusinessDate } from '../../time/instant.ts';
import { queryField, type OnlineContext } from '../context.ts';
import { html, type Html } from '../html.ts';
import { sendPage } from '../layout.ts';
import type { OnlinePort } from '../port.ts';
import { toCsv, toHtmlTable, toJson, type Column } from '../table.ts';
import { loggedIn, recordInvalid, refuse, sendRefusal, type Visit } from '../visit.ts';
import { toTimeText } from '../texts.ts';
import { addressWith, readAsked, type Asked, type Format } from './asked.ts';
import { filterForm, rowsBar, textOf } from './list-tools.ts';
import { pageOf, sorted } from './rows-asked.ts';

/** A page that shows rows of the clearing state: one table, in three formats. */
export interface DataPage<Row> {
  /** `positions`: the page is `/positions`. */
  readonly name: string;
  readonly title: string;
  readonly emptyText: string;
  columns(core: OnlinePort, visit: Visit): readonly Column<Row>[];
  /** A person has opened the page: not a program, and not the page by itself. */
  opened?(visit: Visit, rows: readonly Row[]): void;
  /**
   * All rows, or only some of those that `asked` leaves out, where the core finds the others faster. `asked`: the
   * text of each filter and the value of the choice, by name; empty where nothing is asked for.
   */
  read(core: OnlinePort, session: SessionId, asked: (name: string) => string): Outcome<readonly Row[]>;
  /** Texts by which the rows can be narrowed: a row is shown when the text of the row begins with what was asked for. */
  readonly filters?: readonly Filter<Row>[];
  readonly choice?: Choice;
  /** Names of the number columns that a last row adds up. */
  readonly totals?: readonly string[];
  /** Those whose sum stands beside the number of rows. */
  readonly sums?: readonly string[];
  actions?(visit: Visit): ((row: Row) => Html) | undefined;
  /** What stands above the table. */
  above?(visit: Visit): Html;
}

export interface Filter<Row> {
  readonly name: string;
  readonly label: string;
  /** Default: begins. */
  readonly how?: How;
  /** The text; of a time `2019-05-06 09:30:00`. */
  of(row: Row): string;
}

/** How a row fits a filter: its text begins with what was asked for, is it, or is a time not before or not after it. */
export type How = 'begins' | 'is' | 'from' | 'until';

/** One business date out of those that are kept. */
export interface Choice {
  readonly name: string;
  readonly label: string;
  /** At least one; the last one is meant where the address names none. */
  values(core: OnlinePort, session: SessionId): Outcome<readonly BusinessDate[]>;
}

export function addDataPage<Row>(app: FastifyInstance, context: OnlineContext, page: DataPage<Row>): void {
  app.get(
    `/${page.name}`,
    loggedIn(context, (visit) => sendDataPage(visit, page)),
  );
}

function sendDataPage<Row>(visit: Visit, page: DataPage<Row>): FastifyReply {
  const { context, request, reply, browser } = visit;
  const asked = readAsked(visit, page);
  if ('problem' in asked) {
    recordInvalid(context, request, 'parameter', browser.user);
    const refusal = { status: 400, title: 'Unknown parameter', text: asked.problem };
    return sendRefusal(context, request, reply, browser, refusal, 'parameter');
  }
  if ('rejection' in asked) return refused(visit, page, asked.format, asked.rejection);
  const found = page.read(context.core, browser.id, (name) => textOf(asked, name));
  if (!found.ok) return refused(visit, page, asked.format, found.rejection);
  const today = toTimeText(context.core.now()).slice(0, 'YYYY-MM-DD'.length);
  const narrowed = found.value.filter((row) => asked.filters.every((each) => fits(each, row, today)));
  const columns = page.columns(context.core, visit);
  const rows = sorted(narrowed, asked.rows, columns);
  const part = pageOf(rows, asked.rows);
  // Files have all rows where the address asks for no page.
  const isPart = asked.format === 'html' || asked.rows.page !== undefined || asked.rows.size !== undefined;
  const given = isPart ? part.rows : rows;
  record(visit, page, asked.format, { outcome: 'ok', rows: given.length });
  switch (asked.format) {
    case 'csv':
      return reply
        .type('text/csv; charset=utf-8; header=present')
        .header('content-disposition', `attachment; filename="${fileName(visit, page, asked)}"`)
        .send(toCsv(columns, given));
    case 'json':
      return reply.type('application/json; charset=utf-8').send(toJson(columns, given));
    case 'html': {
      const body = html`${page.above?.(visit)}
        <div class="tools">${filterForm(page, asked)} ${rowsBar(page, asked, part, { rows, columns })}</div>
        ${toHtmlTable({
          caption: caption(visit, page, asked),
          columns,
          rows: given,
          emptyText: asked.filters.length > 0 ? 'Nothing matches the filter.' : page.emptyText,
          actions: page.actions?.(visit),
          totals: page.totals,
          totalRows: rows,
          sorting: { sort: asked.rows.sort, to: (sort) => addressWith(page, asked, { sort }) },
        })}`;
      if (queryField(request, 'auto') === undefined) page.opened?.(visit, found.value);
      const refresh = addressWith(page, asked, { auto: true });
      return sendPage(context, request, reply, 200, { title: page.title, browser, refresh, body });
    }
  }
}

function fits<Row>({ filter, text }: Asked<Row>['filters'][number], row: Row, today: string): boolean {
  const of = filter.of(row);
  const time = text.includes(' ') ? text : `${today} ${text}`;
  switch (filter.how ?? 'begins') {
    case 'begins':
      return of.toUpperCase().startsWith(text.toUpperCase());
    case 'is':
      return of.toUpperCase() === text.toUpperCase();
    case 'from':
      return of >= time;
    case 'until':
      return of.slice(0, time.length) <= time;
  }
}

function refused<Row>(visit: Visit, page: DataPage<Row>, format: Format, rejection: Rejection): FastifyReply {
  record(visit, page, format, { outcome: 'refused', code: rejection.code });
  return refuse(visit, rejection);
}

function record<Row>(
  { context, request, user }: Visit,
  page: DataPage<Row>,
  format: Format,
  result: Pick<NewEntry, 'outcome' | 'code'> & { readonly rows?: number },
): void {
  context.journal.record({
    kind: 'online.enquiry',
    source: 'online',
    ...result,
    page: page.name,
    format,
    user: user.id,
    participant: user.participant,
    gateway: context.gatewayOf(request).name,
  });
}

function caption<Row>({ context, user }: Visit, page: DataPage<Row>, asked: Asked<Row>): string {
  const filters = asked.filters
    .map(({ filter, text }) => `, ${filter.label.toLowerCase()} ${text}${filter.how === undefined ? '…' : ''}`)
    .join('');
  return `${page.title} of ${user.participant}, business date ${asked.choice?.value ?? context.core.businessDate()}${filters}`;
}

function fileName<Row>({ context, user }: Visit, page: DataPage<Row>, asked: Asked<Row>): string {
  const date = asked.choice?.value ?? context.core.businessDate();
  return `${page.name}-${user.participant}-${toCompactDate(date)}.csv`;
}
