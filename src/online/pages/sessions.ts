import type { FastifyInstance, FastifyReply } from 'fastify';
import type { UserSession } from '../../clearing/session.ts';
import type { OnlineContext } from '../context.ts';
import { html } from '../html.ts';
import { csrfField } from '../layout.ts';
import { postedForm, refuse, type Visit } from '../visit.ts';
import { recordAdministration, targetOf } from './administration.ts';
import { inFiles, textColumn, timeColumn } from './columns.ts';
import { addDataPage, type DataPage } from './data-page.ts';

/** Who of the Administrator's own participant is logged in now. */
const sessionsPage: DataPage<UserSession> = {
  name: 'sessions',
  read: (core, session) => core.ownSessions(session),
  columns: (_core, { texts: { columns, words } }) => [
    textColumn('user', columns.user, (session) => session.user),
    textColumn(
      'window',
      columns.window,
      (session) => session.window,
      (session) => words.windows[session.window],
    ),
    textColumn('gateway', columns.gateway, (session) => session.gateway),
    textColumn('address', columns.address, (session) => session.address),
    timeColumn('since', columns.since, (session) => session.since),
    inFiles(textColumn('session', columns.session, (session) => session.id)),
  ],
  filters: [
    { name: 'user', of: (session) => session.user },
    { name: 'gateway', of: (session) => session.gateway },
  ],
  actions:
    ({ browser, texts: { administration } }) =>
    (session) =>
      session.id === browser.id
        ? html`<span class="quiet">${administration.thisSession}</span>`
        : html`<form method="post" action="/sessions/${session.id}/log-out">
            ${csrfField(browser)}<button type="submit">
              ${administration.logOut}<span class="hidden"
                >${administration.sessionOf(session.user, session.gateway)}</span
              >
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
  const { user, gateway } = outcome.value;
  browser.notice = (said) => said.administration.hasBeenLoggedOut(user, gateway);
  return reply.code(303).header('location', '/sessions').send();
}
