import type { FastifyInstance, FastifyReply } from 'fastify';
import { COMMAND_NAMES, COMMANDS } from '../../clearing/commands/catalogue.ts';
import type { CommandName } from '../../clearing/commands/command.ts';
import type { LoginAttempt } from '../../clearing/session.ts';
import type { UserView } from '../../clearing/user-view.ts';
import { toIso } from '../../time/instant.ts';
import type { OnlineContext } from '../context.ts';
import { html } from '../html.ts';
import { csrfField, sendPage } from '../layout.ts';
import type { Column } from '../table.ts';
import { toTimeText, USER_KIND_TEXT, USER_STATE_TEXT } from '../texts.ts';
import { postedForm, refuse, type Visit } from '../visit.ts';
import { asSeenByAdministrator, recordAdministration, targetOf } from './administration.ts';
import { inFiles, quantityColumn, textColumn, wrapping } from './columns.ts';
import { addDataPage, type DataPage } from './data-page.ts';

/** Users of the Administrator's own participant: dcass-facts.md 1.3 (A), the Administrator resets logon passwords. */
const usersPage: DataPage<UserView> = {
  name: 'users',
  title: 'Users',
  emptyText: 'There are no users.',
  read: (core, session) => core.users(session),
  columns: () => [
    textColumn('user', 'User', (user) => user.id),
    wrapping(
      textColumn(
        'kind',
        'Kind',
        (user) => user.kind,
        (user) => USER_KIND_TEXT[user.kind],
      ),
    ),
    wrapping(
      textColumn(
        'state',
        'State',
        (user) => user.state,
        (user) => USER_STATE_TEXT[user.state],
      ),
    ),
    quantityColumn('failed logins', 'Failed', (user) => user.failedLogins),
    attemptColumn('last login', 'Last login (HKT)', (user) => user.lastLogin),
    textColumn(
      'password expires',
      'Password until (HKT)',
      (user) => then(user.passwordExpiresAt, toIso),
      (user) => then(user.passwordExpiresAt, toTimeText) ?? '–',
    ),
    ...placeColumns('last login', (user) => user.lastLogin),
    attemptColumn('last failed login', 'Wrong login (HKT)', (user) => user.lastFailedLogin),
    ...placeColumns('last failed login', (user) => user.lastFailedLogin),
    textColumn(
      'functions',
      'Functions',
      (user) => functionsOf(user).join(' '),
      (user) => `${functionsOf(user).length} of ${COMMAND_NAMES.length}`,
    ),
  ],
  actions:
    ({ browser }) =>
    (user) =>
      user.kind === 'administrator'
        ? html`<span class="quiet">by HKEX</span>`
        : html`<form method="post" action="/users/${user.id}/reset">
              ${csrfField(browser)}<button type="submit">
                Reset password<span class="hidden"> of ${user.id}</span>
              </button>
            </form>
            <a class="button" href="/users/${user.id}/access">Access<span class="hidden"> of ${user.id}</span></a>
            ${
              user.state === 'locked' &&
              html`<form method="post" action="/users/${user.id}/unlock">
                ${csrfField(browser)}<button type="submit">Unlock<span class="hidden"> ${user.id}</span></button>
              </form>`
            }`,
};

function functionsOf({ kind, functions = COMMAND_NAMES }: UserView): readonly CommandName[] {
  return functions.filter((name) => COMMANDS[name].userKinds.includes(kind));
}

/** The time in a file; the page has room for the place with it. A gateway's name tells its window. */
function attemptColumn(
  name: string,
  title: string,
  of: (user: UserView) => LoginAttempt | undefined,
): Column<UserView> {
  return wrapping(
    textColumn(
      name,
      title,
      (user) => then(of(user)?.at, toIso),
      (user) => then(of(user), ({ at, gateway, address }) => `${toTimeText(at)} ${gateway} from ${address}`) ?? '–',
    ),
  );
}

function placeColumns(name: string, of: (user: UserView) => LoginAttempt | undefined): readonly Column<UserView>[] {
  return [
    inFiles(textColumn(`${name} window`, 'Window', (user) => of(user)?.window)),
    inFiles(textColumn(`${name} gateway`, 'Gateway', (user) => of(user)?.gateway)),
    inFiles(textColumn(`${name} address`, 'Address', (user) => of(user)?.address)),
  ];
}

function then<T>(value: T | undefined, say: (value: T) => string): string | undefined {
  return value === undefined ? undefined : say(value);
}

export function addUsers(app: FastifyInstance, context: OnlineContext): void {
  addDataPage(app, context, usersPage);
  app.post('/users/:id/reset', postedForm(context, resetPassword));
  app.post('/users/:id/unlock', postedForm(context, unlock));
}

function resetPassword(visit: Visit): FastifyReply {
  const { context, request, reply, browser } = visit;
  const id = targetOf(visit);
  const outcome = context.core.resetPassword({ session: browser.id, user: id, next: undefined });
  recordAdministration(visit, 'online.password-reset', outcome);
  if (!outcome.ok) return refuse(visit, asSeenByAdministrator(outcome.rejection, visit));
  // The answer of the POST itself, so that no address shows the password again.
  return sendPage(context, request, reply, 200, {
    title: 'Password reset',
    browser,
    body: html`<div class="card">
      <p>The temporary password of <b>${outcome.value.user}</b> is</p>
      <p class="secret"><code>${outcome.value.temporary.reveal()}</code></p>
      <p>It is shown only now. ${outcome.value.user} must change it at the next login; the user is also unlocked.</p>
      <p><a href="/users">Back to the users</a></p>
    </div>`,
  });
}

function unlock(visit: Visit): FastifyReply {
  const id = targetOf(visit);
  const outcome = visit.context.core.unlockUser({ session: visit.browser.id, user: id });
  recordAdministration(visit, 'online.user-unlock', outcome);
  if (!outcome.ok) return refuse(visit, asSeenByAdministrator(outcome.rejection, visit));
  visit.browser.notice = `${outcome.value} has been unlocked.`;
  return visit.reply.code(303).header('location', '/users').send();
}
