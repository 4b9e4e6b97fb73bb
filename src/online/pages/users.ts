import type { FastifyInstance, FastifyReply } from 'fastify';
import { COMMAND_NAMES, COMMANDS } from '../../clearing/commands/catalogue.ts';
import type { CommandName } from '../../clearing/commands/command.ts';
import type { LoginAttempt } from '../../clearing/session.ts';
import type { UserView } from '../../clearing/user-view.ts';
import { toIso } from '../../time/instant.ts';
import type { OnlineContext } from '../context.ts';
import { html } from '../html.ts';
import type { Texts } from '../language/english.ts';
import { inEveryLanguage } from '../language/languages.ts';
import { csrfField, sendPage } from '../layout.ts';
import type { Column } from '../table.ts';
import { toTimeText } from '../texts.ts';
import { postedForm, refuse, type Visit } from '../visit.ts';
import { asSeenByAdministrator, recordAdministration, targetOf } from './administration.ts';
import { inFiles, quantityColumn, textColumn, wrapping } from './columns.ts';
import { addDataPage, type DataPage } from './data-page.ts';

/** Users of the Administrator's own participant: dcass-facts.md 1.3 (A), the Administrator resets logon passwords. */
const usersPage: DataPage<UserView> = {
  name: 'users',
  read: (core, session) => core.users(session),
  columns: (_core, { texts }) => {
    const { administration, columns, words } = texts;
    return [
      textColumn('user', columns.user, (user) => user.id),
      wrapping(
        textColumn(
          'kind',
          columns.kind,
          (user) => user.kind,
          (user) => words.userKinds[user.kind],
        ),
      ),
      wrapping(
        textColumn(
          'state',
          columns.state,
          (user) => user.state,
          (user) => words.userStates[user.state],
        ),
      ),
      quantityColumn('failed logins', columns.failed, (user) => user.failedLogins),
      attemptColumn('last login', columns.lastLogin, (user) => user.lastLogin, texts),
      textColumn(
        'password expires',
        columns.passwordUntil,
        (user) => then(user.passwordExpiresAt, toIso),
        (user) => then(user.passwordExpiresAt, toTimeText) ?? '–',
      ),
      ...placeColumns('last login', (user) => user.lastLogin, texts),
      attemptColumn('last failed login', columns.wrongLogin, (user) => user.lastFailedLogin, texts),
      ...placeColumns('last failed login', (user) => user.lastFailedLogin, texts),
      textColumn(
        'functions',
        columns.functions,
        (user) => functionsOf(user).join(' '),
        (user) => administration.functionsOf(functionsOf(user).length, COMMAND_NAMES.length),
      ),
    ];
  },
  filters: [
    { name: 'user', of: (user) => user.id },
    { name: 'state', of: ({ state }) => inEveryLanguage(state, ({ words }) => words.userStates[state]) },
  ],
  actions:
    ({ browser, texts: { administration } }) =>
    (user) =>
      user.kind === 'administrator'
        ? html`<span class="quiet">${administration.byHkex}</span>`
        : html`<form method="post" action="/users/${user.id}/reset">
              ${csrfField(browser)}<button type="submit">
                ${administration.resetPassword}<span class="hidden">${administration.ofUser(user.id)}</span>
              </button>
            </form>
            <a class="button" href="/users/${user.id}/access"
              >${administration.access}<span class="hidden">${administration.ofUser(user.id)}</span></a
            >
            ${
              user.state === 'locked' &&
              html`<form method="post" action="/users/${user.id}/unlock">
                ${csrfField(browser)}<button type="submit">
                  ${administration.unlock}<span class="hidden">${administration.aboutUser(user.id)}</span>
                </button>
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
  { administration }: Texts,
): Column<UserView> {
  return wrapping(
    textColumn(
      name,
      title,
      (user) => then(of(user)?.at, toIso),
      (user) =>
        then(of(user), ({ at, gateway, address }) => administration.loginFrom(toTimeText(at), gateway, address)) ?? '–',
    ),
  );
}

function placeColumns(
  name: string,
  of: (user: UserView) => LoginAttempt | undefined,
  { columns }: Texts,
): readonly Column<UserView>[] {
  return [
    inFiles(textColumn(`${name} window`, columns.window, (user) => of(user)?.window)),
    inFiles(textColumn(`${name} gateway`, columns.gateway, (user) => of(user)?.gateway)),
    inFiles(textColumn(`${name} address`, columns.address, (user) => of(user)?.address)),
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
  const {
    context,
    request,
    reply,
    browser,
    texts: { administration },
  } = visit;
  const id = targetOf(visit);
  const outcome = context.core.resetPassword({ session: browser.id, user: id, next: undefined });
  recordAdministration(visit, 'online.password-reset', outcome);
  if (!outcome.ok) return refuse(visit, asSeenByAdministrator(outcome.rejection, visit));
  // The answer of the POST itself, so that no address shows the password again.
  return sendPage(context, request, reply, 200, {
    title: administration.passwordReset,
    browser,
    shownOnce: true,
    body: html`<div class="card">
      <p>${administration.temporaryPasswordOf(html`<b>${outcome.value.user}</b>`)}</p>
      <p class="secret"><code>${outcome.value.temporary.reveal()}</code></p>
      <p>${administration.shownOnlyNow(outcome.value.user)}</p>
      <p><a href="/users">${administration.backToTheUsers}</a></p>
    </div>`,
  });
}

function unlock(visit: Visit): FastifyReply {
  const id = targetOf(visit);
  const outcome = visit.context.core.unlockUser({ session: visit.browser.id, user: id });
  recordAdministration(visit, 'online.user-unlock', outcome);
  if (!outcome.ok) return refuse(visit, asSeenByAdministrator(outcome.rejection, visit));
  visit.browser.notice = (said) => said.administration.unlocked(outcome.value);
  return visit.reply.code(303).header('location', '/users').send();
}
