import type { FastifyInstance, FastifyReply } from 'fastify';
import type { LoginWindow, UserSession } from '../../clearing/session.ts';
import type { OnlineContext } from '../context.ts';
import { html } from '../html.ts';
import { csrfField } from '../layout.ts';
import { postedForm, refuse, type Visit } from '../visit.ts';
import { recordAdministration, targetOf } from './administration.ts';
import { inFiles, textColumn, timeColumn } from './columns.ts';
import { addDataPage, type DataPage } from './data-page.ts';

const WINDOW_TEXT: Readonly<Record<LoginWindow, string>> = { online: 'DCASS Online', oapi: 'OAPI' };

/** Who of the Administrator's own participant is logged in now. */
const sessionsPage: DataPage<UserSession> = {
  name: 'sessions',
  title: 'Sessions',
  emptyText: 'Nobody is logged in.',
  read: (core, session) => core.ownSessions(session),
  columns: () => [
    textColumn('user', 'User', (session) => session.user),
    textColumn(
      'window',
      'Window',
      (session) => session.window,
      (session) => WINDOW_TEXT[session.window],
    ),
    textColumn('gateway', 'Gateway', (session) => session.gateway),
    textColumn('address', 'Address', (session) => session.address),
    timeColumn('since', 'Since (HKT)', (session) => session.since),
    inFiles(textColumn('session', 'Session', (session) => session.id)),
  ],
  actions:
    ({ browser }) =>
    (session) =>
      session.id === browser.id
        ? html`<span class="quiet">this session</span>`
        : html`<form method="post" action="/sessions/${session.id}/log-out">
            ${csrfField(browser)}<button type="submit">
              Log out<span class="hidden"> ${session.user} at ${session.gateway}</span>
            </button>
          </form>`,
};

export function addSessions(app: FastifyInstance, context: OnlineContext): void {
  addDataPage(app, context, sessionsPage);
  app.post('/sessions/:id/log-out', postedForm(context, logOut));
}

function logOut(visit: Visit): FastifyReply {
  const { context, browser, reply } = visit;
  const outcome = context.core.forceLogout({ session: browser.id, target: targetOf(visit) });
  recordAdministration(visit, 'online.forced-logout', outcome);
  if (!outcome.ok) return refuse(visit, outcome.rejection);
  browser.notice = `${outcome.value.user} has been logged out of ${outcome.value.gateway}.`;
  return reply.code(303).header('location', '/sessions').send();
}
