import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sessionToName } from '../../clearing/phase.ts';
import { Secret } from '../../clearing/secret.ts';
import type { UserSession } from '../../clearing/session.ts';
import { parseUserId, toRecordedUser } from '../../clearing/user.ts';
import {
  addressOf,
  browserSessionOf,
  formField,
  giveCookie,
  isForeign,
  queryField,
  type OnlineContext,
} from '../context.ts';
import { html, type Html } from '../html.ts';
import { textsOf } from '../language/languages.ts';
import { note, sendPage } from '../layout.ts';
import { endedText, notOpenText, toRefusal } from '../refusal.ts';
import { recordInvalid, sendRefusal } from '../visit.ts';
import { sendPasswordPage } from './password.ts';

/** `/login`: design.md 5.5. */
export function addLogin(app: FastifyInstance, context: OnlineContext): void {
  app.get('/login', (request, reply) => {
    const browser = browserSessionOf(context, request, { uses: false });
    const texts = textsOf(request);
    const { entrance, frame } = texts;
    const ended = browser && endedText(context, browser, texts);
    return sendLoginPage(context, request, reply, 200, [
      ended !== undefined && note('info', ended),
      ended === undefined && queryField(request, 'after') === 'logout' && note('good', entrance.loggedOut),
      browser !== undefined &&
        !browser.end &&
        html`<p class="note info">
          ${entrance.loggedInAs(browser.user)} <a href="/positions">${frame.toThePositions}</a>
        </p>`,
    ]);
  });
  app.post('/login', (request, reply) => login(context, request, reply));
}

function login(context: OnlineContext, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const texts = textsOf(request);
  // A login has no session and so no token; a page of another site must not log a browser in all the same.
  if (isForeign(request)) {
    recordInvalid(context, request, 'origin');
    return sendRefusal(context, request, reply, undefined, {
      status: 403,
      title: texts.requests.formNotAccepted,
      text: texts.entrance.foreignLogin,
    });
  }
  const gateway = context.gatewayOf(request);
  const name = (formField(request, 'username') ?? '').trim();
  const wait = context.loginLimit.waitOf(addressOf(request), context.transportNow());
  if (wait !== undefined) return slowDown(context, request, reply, { name, wait });
  const earlier = browserSessionOf(context, request, { uses: false });
  const outcome = context.core.login({
    user: name,
    password: new Secret(formField(request, 'password') ?? ''),
    window: 'online',
    gateway: gateway.name,
    address: addressOf(request),
    forced: context.settings.secondLogin === 'takes-over',
    parallelSessions: { max: context.settings.userSessions, acrossGateways: true },
    ...(earlier && !earlier.end ? { replaces: earlier.id } : {}),
    sessionsMax: context.settings.sessionsMax,
  });
  const session = outcome.ok ? outcome.value.session : undefined;
  context.journal.record({
    kind: 'online.login',
    source: 'online',
    outcome: outcome.ok ? 'ok' : 'refused',
    ...(outcome.ok ? {} : { code: outcome.rejection.code }),
    ...(session?.restricted ? { restricted: session.restricted } : {}),
    user: toRecordedUser(name),
    ...participantOf(name),
    gateway: gateway.name,
    address: addressOf(request),
    ...(session ? { session: session.id } : {}),
  });
  if (!outcome.ok) {
    context.loginLimit.refused(addressOf(request), context.transportNow());
    const refusal = toRefusal(outcome.rejection, context.settings, texts);
    return sendLoginPage(context, request, reply, refusal.status, [note('bad', refusal.text)], name, false);
  }
  // A browser has one session: the one that it held here before is over.
  if (earlier && !earlier.end) context.core.endSession(earlier.id, 'logged-out');
  return letIn(context, request, reply, outcome.value.session);
}

function slowDown(
  context: OnlineContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { name, wait }: { readonly name: string; readonly wait: number },
): FastifyReply {
  context.journal.record({
    kind: 'online.login',
    source: 'online',
    outcome: 'refused',
    code: 'too-many-logins',
    user: toRecordedUser(name),
    ...participantOf(name),
    gateway: context.gatewayOf(request).name,
    address: addressOf(request),
  });
  const text = textsOf(request).entrance.tooManyLogins(wait);
  reply.header('retry-after', String(wait));
  return sendLoginPage(context, request, reply, 429, [note('bad', text)], name, false);
}

function letIn(
  context: OnlineContext,
  request: FastifyRequest,
  reply: FastifyReply,
  session: UserSession,
): FastifyReply {
  const gateway = context.gatewayOf(request);
  const user = context.core.user(session.id);
  if (!user) throw new Error(`the session ${session.id} has no user`);
  const token = context.sessions.open(session, user);
  giveCookie(reply, gateway, token);
  if (session.restricted === undefined) return reply.code(303).header('location', '/positions').send();
  const browser = context.sessions.find(token, gateway.name);
  if (!browser) throw new Error(`the session ${session.id} was not kept`);
  return sendPasswordPage({ context, request, reply, browser, session, user, texts: textsOf(request) }, 403);
}

// Only what the name itself says: a name that nobody has must look the same.
function participantOf(name: string): { readonly participant?: string } {
  const parts = parseUserId(name);
  return parts ? { participant: parts.participant } : {};
}

function sendLoginPage(
  context: OnlineContext,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  notes: readonly (Html | false)[],
  name = '',
  sayHours = true,
): FastifyReply {
  const { core, settings } = context;
  const texts = textsOf(request);
  const { entrance } = texts;
  const now = core.now();
  const session = sessionToName(core.plannedSessions(), now);
  const when = session === undefined ? 'never' : now < session.opensAt ? 'before' : 'after';
  return sendPage(context, request, reply, status, {
    title: entrance.login,
    narrow: true,
    body: html`${notes}${sayHours && core.phase() === 'closed' && note('warn', notOpenText({ session, when }, settings, texts))}
      <form method="post" action="/login" class="card">
        <label for="username">${entrance.userName}</label>
        <input
          type="text"
          id="username"
          name="username"
          value="${name}"
          autocomplete="username"
          autocapitalize="characters"
          spellcheck="false"
          maxlength="64"
          required${name === '' && html` autofocus`}
        />
        <label for="password">${entrance.password}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          maxlength="128"
          required${name !== '' && html` autofocus`}
        />
        <button type="submit" class="main">${entrance.logIn}</button>
      </form>
      <p class="hint">${entrance.forgotten}</p>`,
  });
}
