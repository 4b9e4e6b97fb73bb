import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Outcome, Rejection, SessionId } from '../../clearing/rejection.ts';
import type { NewEntry } from '../../journal/entry.ts';
import { toCompactDate, type BusinessDate } from '../../time/instant.ts';
import type { OnlineContext } from '../context.ts';
import { html, type Html } from '../html.ts';
import { sendPage } from '../layout.ts';
import type { OnlinePort } from '../port.ts';
import { toCsv, toHtmlTable, toJson, type Column } from '../table.ts';
import { loggedIn, recordInvalid, refuse, sendRefusal, type Visit } from '../visit.ts';
import { addressWith, readAsked, type Asked, type Chosen, type Format } from './asked.ts';

/** A page that shows rows of the clearing state: one table, in three formats. */
export interface DataPage<Row> {
  /** `positions`: the page is `/positions`. */
  readonly name: string;
  readonly title: string;
  readonly emptyText: string;
  columns(core: OnlinePort): readonly Column<Row>[];
  /**
   * All rows, or only some of those that `asked` leaves out, where the core finds the others faster. `asked`: the
   * text of each filter and the value of the choice, by name; empty where nothing is asked for.
   */
  read(core: OnlinePort, session: SessionId, asked: (name: string) => string): Outcome<readonly Row[]>;
  /** Texts by which the rows can be narrowed: a row is shown when the text of the row begins with what was asked for. */
  readonly filters?: readonly Filter<Row>[];
  readonly choice?: Choice;
  readonly totals?: readonly string[];
  actions?(visit: Visit): ((row: Row) => Html) | undefined;
  /** What stands above the table. */
  above?(visit: Visit): Html;
}

export interface Filter<Row> {
  readonly name: string;
  readonly label: string;
  of(row: Row): string;
}

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
  const rows = found.value.filter((row) => asked.filters.every(({ filter, text }) => begins(filter.of(row), text)));
  record(visit, page, asked.format, { outcome: 'ok', rows: rows.length });

  const columns = page.columns(context.core);
  switch (asked.format) {
    case 'csv':
      return reply
        .type('text/csv; charset=utf-8; header=present')
        .header('content-disposition', `attachment; filename="${fileName(visit, page, asked)}"`)
        .send(toCsv(columns, rows));
    case 'json':
      return reply.type('application/json; charset=utf-8').send(toJson(columns, rows));
    case 'html':
      return sendPage(context, request, reply, 200, {
        title: page.title,
        browser,
        refresh: addressWith(page, asked, 'auto=1'),
        body: html`${page.above?.(visit)}
          <div class="tools">
            ${page.filters && form(page, asked)}
            <p class="formats">
              ${rows.length} ${rows.length === 1 ? 'row' : 'rows'} ·
              <a href="${addressWith(page, asked, 'format=csv')}">CSV</a> ·
              <a href="${addressWith(page, asked, 'format=json')}">JSON</a>
            </p>
          </div>
          ${toHtmlTable({
            caption: caption(visit, page, asked),
            columns,
            rows,
            emptyText: asked.filters.length > 0 ? 'Nothing matches the filter.' : page.emptyText,
            actions: page.actions?.(visit),
            totals: page.totals,
          })}`,
      });
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

function textOf<Row>({ filters, choice }: Asked<Row>, name: string): string {
  if (choice?.choice.name === name) return choice.value;
  return filters.find(({ filter }) => filter.name === name)?.text ?? '';
}

function begins(text: string, start: string): boolean {
  return text.toUpperCase().startsWith(start.toUpperCase());
}

function form<Row>(page: DataPage<Row>, asked: Asked<Row>): Html {
  return html`<form method="get" action="/${page.name}" class="filter">
    ${asked.choice && asked.choice.values.length > 1 && choiceField(asked.choice)}${(page.filters ?? []).map(
      (filter) =>
        html`<label
          >${filter.label}
          <input name="${filter.name}" value="${textOf(asked, filter.name)}" maxlength="32" placeholder="begins with"
        /></label>`,
    )}<button type="submit">Show</button>${asked.filters.length > 0 && html` <a href="/${page.name}">All</a>`}
  </form>`;
}

function choiceField({ choice, values, value }: Chosen): Html {
  return html`<label
    >${choice.label}
    <select name="${choice.name}">
      ${values.toReversed().map((each) => html`<option ${each === value && html` selected`}>${each}</option>`)}
    </select></label
  >`;
}

function caption<Row>({ context, user }: Visit, page: DataPage<Row>, asked: Asked<Row>): string {
  const filters = asked.filters.map(({ filter, text }) => `, ${filter.label.toLowerCase()} ${text}…`).join('');
  return `${page.title} of ${user.participant}, business date ${asked.choice?.value ?? context.core.businessDate()}${filters}`;
}

function fileName<Row>({ context, user }: Visit, page: DataPage<Row>, asked: Asked<Row>): string {
  const date = asked.choice?.value ?? context.core.businessDate();
  return `${page.name}-${user.participant}-${toCompactDate(date)}.csv`;
}
