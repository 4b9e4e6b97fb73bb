import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Outcome, SessionId } from '../../clearing/rejection.ts';
import { toCompactDate } from '../../time/instant.ts';
import { queryField, type OnlineContext } from '../context.ts';
import { html, type Html } from '../html.ts';
import { sendPage } from '../layout.ts';
import type { OnlinePort } from '../port.ts';
import { toCsv, toHtmlTable, toJson, type Column } from '../table.ts';
import { loggedIn, recordInvalid, refuse, sendRefusal, type Visit } from '../visit.ts';

/** A page that shows rows of the clearing state: one table, in three formats. */
export interface DataPage<Row> {
  /** `positions`: the page is `/positions`. */
  readonly name: string;
  readonly title: string;
  readonly emptyText: string;
  columns(core: OnlinePort): readonly Column<Row>[];
  read(core: OnlinePort, session: SessionId): Outcome<readonly Row[]>;
  /** Texts by which the rows can be narrowed: a row is shown when the text of the row begins with what was asked for. */
  readonly filters?: readonly Filter<Row>[];
  readonly totals?: readonly string[];
  actions?(visit: Visit): ((row: Row) => Html) | undefined;
  /** What stands above the table. */
  above?(visit: Visit): Html;
  /** The rows are always none, because this version does not simulate them; the journal says so. */
  readonly unsimulated?: true;
}

interface Filter<Row> {
  readonly name: string;
  readonly label: string;
  of(row: Row): string;
}

const FORMATS = ['html', 'csv', 'json'] as const;
type Format = (typeof FORMATS)[number];

export function addDataPage<Row>(app: FastifyInstance, context: OnlineContext, page: DataPage<Row>): void {
  app.get(
    `/${page.name}`,
    loggedIn(context, (visit) => sendDataPage(visit, page)),
  );
}

function sendDataPage<Row>(visit: Visit, page: DataPage<Row>): FastifyReply {
  const { context, request, reply, browser } = visit;
  const wrong = wrongParameter(visit, page);
  if (wrong !== undefined) {
    recordInvalid(context, request, 'parameter', browser.user);
    return sendRefusal(
      context,
      request,
      reply,
      browser,
      { status: 400, title: 'Unknown parameter', text: wrong },
      'parameter',
    );
  }
  const format = formatOf(queryField(request, 'format')) ?? 'html';
  const found = page.read(context.core, browser.id);
  record(visit, page, format, found);
  if (!found.ok) return refuse(visit, found.rejection);

  const asked = askedOf(visit, page);
  const rows = found.value.filter((row) =>
    asked.every(({ filter, text }) => filter.of(row).toUpperCase().startsWith(text.toUpperCase())),
  );
  const columns = page.columns(context.core);
  if (page.unsimulated) reply.header('dcass-sim-unsimulated', page.name);
  switch (format) {
    case 'csv':
      return reply
        .type('text/csv; charset=utf-8; header=present')
        .header('content-disposition', `attachment; filename="${fileName(visit, page)}"`)
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
            ${page.filters && filterForm(page, asked)}
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
            emptyText: asked.length > 0 && found.value.length > 0 ? 'Nothing matches the filter.' : page.emptyText,
            actions: page.actions?.(visit),
            totals: page.totals,
          })}`,
      });
  }
}

function record<Row>(visit: Visit, page: DataPage<Row>, format: Format, found: Outcome<readonly Row[]>): void {
  const { context, request, user } = visit;
  context.journal.record({
    kind: 'online.enquiry',
    source: 'online',
    outcome: !found.ok ? 'refused' : page.unsimulated ? 'unsimulated' : 'ok',
    ...(found.ok ? { rows: found.value.length } : { code: found.rejection.code }),
    ...(found.ok && page.unsimulated ? { code: 'function-not-simulated' } : {}),
    page: page.name,
    format,
    user: user.id,
    participant: user.participant,
    gateway: context.gatewayOf(request).name,
  });
}

// A misspelt filter would quietly show all rows.
function wrongParameter<Row>({ request }: Visit, page: DataPage<Row>): string | undefined {
  const known = ['format', 'auto', ...(page.filters ?? []).map((filter) => filter.name)];
  for (const name of Object.keys(request.query as object)) {
    if (!known.includes(name)) {
      return `This page has no parameter "${name.slice(0, 40)}"; it has ${known.filter((each) => each !== 'auto').join(', ')}.`;
    }
    if (queryField(request, name) === undefined) return `The parameter "${name}" may come once.`;
  }
  const format = queryField(request, 'format');
  return format === undefined || formatOf(format)
    ? undefined
    : `The format is ${FORMATS.join(', ')}, not "${format.slice(0, 40)}".`;
}

function formatOf(text: string | undefined): Format | undefined {
  return FORMATS.find((format) => format === text);
}

type Asked<Row> = readonly { readonly filter: Filter<Row>; readonly text: string }[];

function askedOf<Row>({ request }: Visit, page: DataPage<Row>): Asked<Row> {
  return (page.filters ?? [])
    .map((filter) => ({ filter, text: (queryField(request, filter.name) ?? '').trim() }))
    .filter(({ text }) => text !== '');
}

function addressWith<Row>(page: DataPage<Row>, asked: Asked<Row>, last: string): string {
  const filters = asked.map(({ filter, text }) => `${filter.name}=${encodeURIComponent(text)}`);
  return `/${page.name}?${[...filters, last].join('&')}`;
}

function filterForm<Row>(page: DataPage<Row>, asked: Asked<Row>): Html {
  return html`<form method="get" action="/${page.name}" class="filter">
    ${(page.filters ?? []).map(
      (filter) =>
        html`<label
          >${filter.label}
          <input
            name="${filter.name}"
            value="${asked.find((each) => each.filter === filter)?.text ?? ''}"
            maxlength="32"
            placeholder="begins with"
        /></label>`,
    )}<button type="submit">Show</button>${asked.length > 0 && html` <a href="/${page.name}">All</a>`}
  </form>`;
}

function caption<Row>({ context, user }: Visit, page: DataPage<Row>, asked: Asked<Row>): string {
  const filters = asked.map(({ filter, text }) => `, ${filter.label.toLowerCase()} ${text}…`).join('');
  return `${page.title} of ${user.participant}, business date ${context.core.businessDate()}${filters}`;
}

function fileName<Row>({ context, user }: Visit, page: DataPage<Row>): string {
  return `${page.name}-${user.participant}-${toCompactDate(context.core.businessDate())}.csv`;
}
