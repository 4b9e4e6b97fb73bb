import type { FastifyInstance, FastifyReply } from 'fastify';
import { accepted } from '../../clearing/rejection.ts';
import type { Approval } from '../approvals.ts';
import type { OnlineContext } from '../context.ts';
import { carryOut, recordFunction } from '../functions/carry-out.ts';
import { numberOf } from '../functions/function-page.ts';
import { html, type Html } from '../html.ts';
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
    title: 'Waiting for a second user',
    emptyText: 'Nothing waits for a second user.',
    read(core, session) {
      const user = core.user(session);
      return accepted(user ? approvals.of(user.participant) : []);
    },
    columns: () => [
      numberColumn('request', 'Request', (row) => row.number),
      textColumn('function', 'Function', (row) => row.functionName),
      wrapping(textColumn('effect', 'What will happen', (row) => row.lines.join(' '))),
      textColumn('asked by', 'Asked by', (row) => row.maker),
      timeColumn('asked', 'Asked (HKT)', (row) => row.askedAt),
    ],
    actions: (visit) => (row) =>
      row.maker === visit.user.id
        ? button(visit, row, 'reject', 'Withdraw')
        : html`${button(visit, row, 'confirm', 'Confirm')}${button(visit, row, 'reject', 'Reject')}`,
  };
}

function button({ browser }: Visit, { number }: Approval, path: string, label: string): Html {
  return html`<form method="post" action="/approvals/${number}/${path}">
    ${csrfField(browser)}<button type="submit">${label}<span class="hidden"> request ${number}</span></button>
  </form>`;
}

function confirm(visit: Visit): FastifyReply {
  const { context, request, reply, browser, user } = visit;
  const approval = context.approvals.find(user.participant, numberOf(visit));
  if (!approval) return notThere(visit);
  if (approval.maker === user.id) {
    recordFunction(visit, approval.command.do, { code: 'own-request', maker: approval.maker });
    const text = 'You asked for this yourself; another user of your participant must confirm it.';
    return sendRefusal(
      context,
      request,
      reply,
      browser,
      { status: 403, title: 'Your own request', text },
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
  recordFunction(visit, command.do, { step: maker === user.id ? 'withdrawn' : 'rejected', maker });
  browser.notice = `Request ${number} was ${maker === user.id ? 'withdrawn' : 'rejected'}. Nothing was changed.`;
  return reply.code(303).header('location', '/approvals').send();
}

function notThere({ context, request, reply, browser }: Visit): FastifyReply {
  const text = 'No such request waits at your participant any more.';
  return sendRefusal(context, request, reply, browser, { status: 404, title: 'Not there', text }, 'not-found');
}
