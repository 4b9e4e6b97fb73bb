import type { FastifyInstance, FastifyReply } from 'fastify';
import type { PasswordRules } from '../../clearing/password-rules.ts';
import { Secret } from '../../clearing/secret.ts';
import { addressOf, formField, type OnlineContext } from '../context.ts';
import { html, type Html } from '../html.ts';
import type { Texts } from '../language/english.ts';
import { csrfField, note, sendPage } from '../layout.ts';
import { toRefusal } from '../refusal.ts';
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
  const { context, request, reply, browser, texts } = visit;
  const { entrance } = texts;
  const next = formField(request, 'newPassword') ?? '';
  if (next !== (formField(request, 'confirmPassword') ?? '')) {
    record(visit, 'invalid', 'confirmation-differs');
    return sendPasswordPage(visit, 422, entrance.confirmationDiffers);
  }
  const outcome = context.core.changePassword({
    session: browser.id,
    current: new Secret(formField(request, 'currentPassword') ?? ''),
    next: new Secret(next),
  });
  if (outcome.ok) {
    record(visit, 'ok');
    browser.notice = (said) => said.entrance.passwordChanged;
    return reply.code(303).header('location', '/positions').send();
  }
  const { rejection } = outcome;
  record(visit, 'refused', rejection.code);
  // One wrong password too many has locked the user and ended this session: the login page says so.
  if (browser.end || rejection.code === 'not-logged-in') return refuse(visit, { code: 'not-logged-in' });
  if (rejection.code === 'wrong-password') return sendPasswordPage(visit, 403, entrance.currentIsWrong);
  const { status, text } = toRefusal(rejection, context.settings, texts);
  return sendPasswordPage(visit, status, text);
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
  const { context, request, reply, browser, user, texts } = visit;
  const { entrance } = texts;
  return sendPage(context, request, reply, status, {
    title: entrance.changePassword,
    browser,
    body: html`${refusal !== undefined && note('bad', refusal)}${reason(visit)}
      <div class="columns">
        <form method="post" action="/password" class="card">
          ${csrfField(browser)}
          <label for="username">${entrance.userName}</label>
          <input type="text" id="username" name="username" value="${user.id}" autocomplete="username" readonly />
          <label for="currentPassword">${entrance.currentPassword}</label>
          <input
            id="currentPassword"
            name="currentPassword"
            type="password"
            autocomplete="current-password"
            maxlength="128"
            required
            autofocus
          />
          <label for="newPassword">${entrance.newPassword}</label>
          <input
            id="newPassword"
            name="newPassword"
            type="password"
            autocomplete="new-password"
            maxlength="128"
            required
            aria-describedby="rules"
          />
          <label for="confirmPassword">${entrance.newPasswordAgain}</label>
          <input
            id="confirmPassword"
            name="confirmPassword"
            type="password"
            autocomplete="new-password"
            maxlength="128"
            required
          />
          <button type="submit" class="main">${entrance.changePassword}</button>
        </form>
        ${rulesInWords(context.settings.passwordRules[user.kind], texts)}
      </div>`,
  });
}

function reason({ session, user, texts: { dates, entrance } }: Visit): Html | undefined {
  switch (session.restricted) {
    case 'expired': {
      const at = user.passwordExpiresAt;
      return note('bad', entrance.expired(at === undefined ? undefined : dates.time(at)));
    }
    case 'reset':
      return note('bad', entrance.wasReset);
    case undefined:
      return undefined;
  }
}

// dcass-facts.md 1.2 (FAQ-NEW, B).
function rulesInWords(rules: PasswordRules, { entrance }: Texts): Html {
  const say = entrance.rules;
  return html`<div id="rules" class="hint">
    <p>${say.intro}</p>
    <ul>
      <li>${say.length(rules.lengthMin, rules.lengthMax)}</li>
      <li>${say.kinds}</li>
      <li>${say.accepted} <code>${[...rules.accepted].join(' ')}</code></li>
      <li>${say.history(rules.remembered)}</li>
    </ul>
  </div>`;
}
