import type { FastifyInstance, FastifyReply } from 'fastify';
import { COMMANDS } from '../../clearing/commands/catalogue.ts';
import { accepted } from '../../clearing/rejection.ts';
import type { Approval } from '../approvals.ts';
import type { OnlineContext } from '../context.ts';
import { carryOut, recordFunction } from '../functions/carry-out.ts';
import { numberOf } from '../functions/function-page.ts';
import { html, type Html } from '../html.ts';
import { ENGLISH } from '../language/english.ts';
import { csrfField } from '../layout.ts';
import { postedForm, refuse, sendRefusal, type Visit } from '../visit.ts';
import { numberColumn, textColumn, timeColumn, wrapping } from './columns.ts';
import { addDataPage, type DataPage } from './data-page.ts';

/**
 * Where a second user confirms what one asked for. ASSUMED: HKEX's is not public; a user who asked may withdraw it, and
 * confirming is a post-trade function like what is confirmed.
 */
export function addApprovals(app: FastifyInstance, context: OnlineContext): void {
  if (!context.settings.secondUser) return;
  addDataPage(app, context, approvalsPage(context));
  app.post('/approvals/:number/confirm', postedForm(context, confirm));
  app.post('/approvals/:number/reject', postedForm(context, reject));
}

function approvalsPage({ approvals }: OnlineContext): DataPage<Approval> {
  return {
    name: 'approvals',
    read(core, session) {
      const user = core.user(session);
      return accepted(user ? approvals.of(user.participant) : []);
    },
    columns: (_core, { texts }) => [
      numberColumn('request', texts.columns.request, (row) => row.number),
      textColumn(
        'function',
        texts.columns.function,
        (row) => COMMANDS[row.command.do].functionName,
        (row) => texts.functions.name(row.command.do),
      ),
      wrapping(
        textColumn(
          'effect',
          texts.columns.whatWillHappen,
          (row) => row.lines(ENGLISH).join(' '),
          (row) => row.lines(texts).join(' '),
        ),
      ),
      textColumn('asked by', texts.columns.askedBy, (row) => row.maker),
      timeColumn('asked', texts.columns.askedAt, (row) => row.askedAt),
    ],
    actions: (visit) => (row) => {
      const { buttons } = visit.texts.functions;
      return row.maker === visit.user.id
        ? button(visit, row, 'reject', buttons.withdraw)
        : html`${button(visit, row, 'confirm', buttons.confirm)}${button(visit, row, 'reject', buttons.reject)}`;
    },
  };
}

function button({ browser, texts }: Visit, { number }: Approval, path: string, label: string): Html {
  return html`<form method="post" action="/approvals/${number}/${path}">
    ${csrfField(browser)}<button type="submit">
      ${label}<span class="hidden"> ${texts.functions.about.request(number)}</span>
    </button>
  </form>`;
}

function confirm(visit: Visit): FastifyReply {
  const { context, request, reply, browser, user, texts } = visit;
  const approval = context.approvals.find(user.participant, numberOf(visit));
  if (!approval) return notThere(visit);
  if (approval.maker === user.id) {
    recordFunction(visit, approval.command.do, { code: 'own-request', maker: approval.maker });
    const { ownRequest, ownRequestText } = texts.functions;
    return sendRefusal(
      context,
      request,
      reply,
      browser,
      { status: 403, title: ownRequest, text: ownRequestText },
      'own-request',
    );
  }
  // What is refused goes on waiting: it may be allowed later.
  const tried = context.core.tryCommand(browser.id, approval.command);
  if (tried.ok) context.approvals.take(user.participant, approval.number);
  return carryOut(visit, approval.command, approval);
}

function reject(visit: Visit): FastifyReply {
  const { context, reply, browser, user } = visit;
  const approval = context.approvals.find(user.participant, numberOf(visit));
  if (!approval) return notThere(visit);
  const { number, maker, command } = approval;
  const allowed = context.core.checkCommand(browser.id, command.do);
  if (!allowed.ok) {
    recordFunction(visit, command.do, { code: allowed.rejection.code, maker });
    return refuse(visit, allowed.rejection);
  }
  context.approvals.take(user.participant, number);
  const step = maker === user.id ? 'withdrawn' : 'rejected';
  recordFunction(visit, command.do, { step, maker });
  browser.notice = (said) => said.functions[step](number);
  return reply.code(303).header('location', '/approvals').send();
}

function notThere({ context, request, reply, browser, texts }: Visit): FastifyReply {
  const { notThere: title, missing } = texts.functions;
  return sendRefusal(context, request, reply, browser, { status: 404, title, text: missing.approval }, 'not-found');
}
