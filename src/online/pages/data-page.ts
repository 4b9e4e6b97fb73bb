import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Outcome, Rejection, SessionId } from '../../clearing/rejection.ts';
import type { NewEntry } from '../../journal/entry.ts';
import { toCompactDate, type BusinessDate } from '../../time/instant.ts';
import { queryField, type OnlineContext } from '../context.ts';
import { html, type Html } from '../html.ts';
import type { Texts } from '../language/english.ts';
import { sendPage } from '../layout.ts';
import type { OnlinePort } from '../port.ts';
import { RememberedRows } from '../remembered-rows.ts';
import { toCsv, toHtmlTable, toJson, type Column } from '../table.ts';
import { loggedIn, recordInvalid, refuse, sendRefusal, type Visit } from '../visit.ts';
import { toTimeText } from '../texts.ts';
import { addressWith, readAsked, type Asked, type Format } from './asked.ts';
import { filterForm, rowsBar, textOf } from './list-tools.ts';
import { pageOf, sorted } from './rows-asked.ts';

/** A page that shows rows of the clearing state: one table, in three formats. */
export interface DataPage<Row extends object> {
  /** `positions`: the page is `/positions`. */
  readonly name: keyof Texts['lists']['pages'];
  columns(core: OnlinePort, visit: Visit): readonly Column<Row>[];
  /** A person has opened the page: not a program, and not the page by itself. `rows` are those that it shows. */
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
  /**
   * What the markup of a row depends on beside the row itself, where that is little: the rows are remembered then. Left
   * out: they are written anew for each page.
   */
  remembers?(visit: Visit): string;
  /** What stands above the table. */
  above?(visit: Visit): Html;
}

type FilterName = keyof Texts['lists']['filters'];

export interface Filter<Row> {
  readonly name: Exclude<FilterName, 'date'>;
  /** Default: begins. */
  readonly how?: How;
  /**
   * The text; of a time `2019-05-06 09:30:00`. Where languages have words of their own for it: in all of them, so that
   * an address asks for the same rows in every language.
   */
  of(row: Row): string | readonly string[];
}

/** How a row fits a filter: its text begins with what was asked for, is it, has it in it, or is a time not before or not after it. */
export type How = 'begins' | 'is' | 'contains' | 'from' | 'until';

/** One business date out of those that are kept. */
export interface Choice {
  readonly name: 'date';
  /** At least one; the last one is meant where the address names none. */
  values(core: OnlinePort, session: SessionId): Outcome<readonly BusinessDate[]>;
}

export function addDataPage<Row extends object>(
  app: FastifyInstance,
  context: OnlineContext,
  page: DataPage<Row>,
): void {
  const remembered = new RememberedRows();
  app.get(
    `/${page.name}`,
    loggedIn(context, (visit) => sendDataPage(visit, page, remembered)),
  );
}

function sendDataPage<Row extends object>(visit: Visit, page: DataPage<Row>, remembered: RememberedRows): FastifyReply {
  const { context, request, reply, browser, texts } = visit;
  const { lists } = texts;
  const { title, empty } = lists.pages[page.name];
  const asked = readAsked(visit, page);
  if ('problem' in asked) {
    recordInvalid(context, request, 'parameter', browser.user);
    const refusal = { status: 400, title: lists.unknownParameter, text: asked.problem };
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
        <div class="tools">
          ${filterForm(page, asked, texts)} ${rowsBar(page, asked, part, { rows, columns, texts })}
        </div>
        ${toHtmlTable({
          texts,
          caption: caption(visit, page, asked),
          columns,
          rows: given,
          emptyText: asked.filters.length > 0 ? lists.nothingMatches : empty,
          actions: page.actions?.(visit),
          remembered: page.remembers && { rows: remembered, key: page.remembers(visit) },
          totals: page.totals,
          totalRows: rows,
          sorting: { sort: asked.rows.sort, to: (sort) => addressWith(page, asked, { sort }) },
        })}`;
      if (queryField(request, 'auto') === undefined) page.opened?.(visit, given);
      const refresh = addressWith(page, asked, { auto: true });
      return sendPage(context, request, reply, 200, { title, browser, refresh, body });
    }
  }
}

function fits<Row>({ filter, text }: Asked<Row>['filters'][number], row: Row, today: string): boolean {
  return [filter.of(row)].flat().some((of) => fitsText(filter.how ?? 'begins', of, text, today));
}

function fitsText(how: How, of: string, text: string, today: string): boolean {
  const time = text.includes(' ') ? text : `${today} ${text}`;
  switch (how) {
    case 'begins':
      return of.toUpperCase().startsWith(text.toUpperCase());
    case 'is':
      return of.toUpperCase() === text.toUpperCase();
    case 'contains':
      return of.toUpperCase().includes(text.toUpperCase());
    case 'from':
      return of >= time;
    case 'until':
      return of.slice(0, time.length) <= time;
  }
}

function refused<Row extends object>(
  visit: Visit,
  page: DataPage<Row>,
  format: Format,
  rejection: Rejection,
): FastifyReply {
  record(visit, page, format, { outcome: 'refused', code: rejection.code });
  return refuse(visit, rejection);
}

function record<Row extends object>(
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

function caption<Row extends object>({ context, user, texts }: Visit, page: DataPage<Row>, asked: Asked<Row>): string {
  const { lists } = texts;
  const filters = asked.filters
    .map(({ filter, text }) => lists.captionFilter(lists.filters[filter.name], textWithHow(filter, text)))
    .join('');
  const date = asked.choice?.value ?? context.core.businessDate();
  return lists.caption(lists.pages[page.name].title, { participant: user.participant, date, filters });
}

/** `HSI…`, `…ends…`. */
function textWithHow<Row>({ how = 'begins' }: Filter<Row>, text: string): string {
  return how === 'begins' ? `${text}…` : how === 'contains' ? `…${text}…` : text;
}

function fileName<Row extends object>({ context, user }: Visit, page: DataPage<Row>, asked: Asked<Row>): string {
  const date = asked.choice?.value ?? context.core.businessDate();
  return `${page.name}-${user.participant}-${toCompactDate(date)}.csv`;
}
