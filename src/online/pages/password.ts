import type { FastifyInstance, FastifyReply } from 'fastify';
import type { PasswordRules } from '../../clearing/password-rules.ts';
import { Secret } from '../../clearing/secret.ts';
import { calendarDateOf, toClockText } from '../../time/instant.ts';
import { addressOf, formField, type OnlineContext } from '../context.ts';
import { html, type Html } from '../html.ts';
import { csrfField, note, sendPage } from '../layout.ts';
import { toRefusal } from '../refusal.ts';
import { toDateText } from '../texts.ts';
import { loggedIn, postedForm, refuse, type Visit } from '../visit.ts';

/** `/password`: open to every logged-in user, and the only page of one whose password has expired or was reset. */
export function addPassword(app: FastifyInstance, context: OnlineContext): void {
  app.get(
    '/password',
    loggedIn(context, (visit) => sendPasswordPage(visit, 200), { restrictedToo: true }),
  );
  app.post('/password', postedForm(context, changePassword, { restrictedToo: true }));
}

function changePassword(visit: Visit): FastifyReply {
  const { context, request, reply, browser } = visit;
  const next = formField(request, 'newPassword') ?? '';
  if (next !== (formField(request, 'confirmPassword') ?? '')) {
    record(visit, 'invalid', 'confirmation-differs');
    return sendPasswordPage(visit, 422, 'The new password and its confirmation are not the same.');
  }
  const outcome = context.core.changePassword({
    session: browser.id,
    current: new Secret(formField(request, 'currentPassword') ?? ''),
    next: new Secret(next),
  });
  if (outcome.ok) {
    record(visit, 'ok');
    browser.notice = 'Your password has been changed.';
    return reply.code(303).header('location', '/positions').send();
  }
  const { rejection } = outcome;
  record(visit, 'refused', rejection.code);
  // One wrong password too many has locked the user and ended this session: the login page says so.
  if (browser.end || rejection.code === 'not-logged-in') return refuse(visit, { code: 'not-logged-in' });
  return rejection.code === 'wrong-password'
    ? sendPasswordPage(visit, 403, 'The current password is wrong.')
    : sendPasswordPage(
        visit,
        toRefusal(rejection, context.settings).status,
        toRefusal(rejection, context.settings).text,
      );
}

function record(
  { context, request, user, session }: Visit,
  outcome: 'ok' | 'refused' | 'invalid',
  code?: string,
): void {
  context.journal.record({
    kind: 'online.password-change',
    source: 'online',
    outcome,
    ...(code === undefined ? {} : { code }),
    ...(session.restricted ? { restricted: session.restricted } : {}),
    user: user.id,
    participant: user.participant,
    gateway: context.gatewayOf(request).name,
    address: addressOf(request),
  });
}

/** The form to change a password, with the reason where it must be done and the rules in words. */
export function sendPasswordPage(visit: Visit, status: number, refusal?: string): FastifyReply {
  const { context, request, reply, browser, user } = visit;
  return sendPage(context, request, reply, status, {
    title: 'Change password',
    browser,
    body: html`${refusal !== undefined && note('bad', refusal)}${reason(visit)}
      <div class="columns">
        <form method="post" action="/password" class="card">
          ${csrfField(browser)}
          <label for="username">User name</label>
          <input type="text" id="username" name="username" value="${user.id}" autocomplete="username" readonly />
          <label for="currentPassword">Current password</label>
          <input
            id="currentPassword"
            name="currentPassword"
            type="password"
            autocomplete="current-password"
            maxlength="128"
            required
            autofocus
          />
          <label for="newPassword">New password</label>
          <input
            id="newPassword"
            name="newPassword"
            type="password"
            autocomplete="new-password"
            maxlength="128"
            required
            aria-describedby="rules"
          />
          <label for="confirmPassword">New password again</label>
          <input
            id="confirmPassword"
            name="confirmPassword"
            type="password"
            autocomplete="new-password"
            maxlength="128"
            required
          />
          <button type="submit" class="main">Change password</button>
        </form>
        ${rulesInWords(context.settings.passwordRules[user.kind])}
      </div>`,
  });
}

function reason({ session, user }: Visit): Html | undefined {
  switch (session.restricted) {
    case 'expired': {
      const at = user.passwordExpiresAt;
      const when = at === undefined ? '' : ` at ${toClockText(at)} on ${toDateText(calendarDateOf(at))}`;
      return note(
        'bad',
        `Your password has expired${when}. Change it to go on; until then no other function is available.`,
      );
    }
    case 'reset':
      return note(
        'bad',
        'Your password was reset. Change the temporary password to go on; until then no other function is available.',
      );
    case undefined:
      return undefined;
  }
}

// dcass-facts.md 1.2 (FAQ-NEW, B).
function rulesInWords(rules: PasswordRules): Html {
  return html`<div id="rules" class="hint">
    <p>The new password must have</p>
    <ul>
      <li>${rules.lengthMin} to ${rules.lengthMax} characters;</li>
      <li>at least one letter, one digit and one special character;</li>
      <li>no other special characters than <code>${[...rules.accepted].join(' ')}</code></li>
      <li>
        and it may not be
        ${rules.remembered > 1 ? `one of your last ${rules.remembered} passwords` : 'the current one'}.
      </li>
    </ul>
  </div>`;
}
