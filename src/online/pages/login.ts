import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sessionToName } from '../../clearing/phase.ts';
import { browserSessionOf, formField, giveCookie, isForeign, queryField, type OnlineContext } from '../context.ts';
import { html, type Html } from '../html.ts';
import { textsOf } from '../language/languages.ts';
import { note, sendPage } from '../layout.ts';
import { attemptLogin, type LoginAttempt } from '../login-attempt.ts';
import type { BegunLogin } from '../short-login.ts';
import { endedText, notOpenText, toRefusal } from '../refusal.ts';
import { recordInvalid, sendRefusal } from '../visit.ts';
import { sendPasswordPage } from './password.ts';

/** Where a login leads to. */
export const AFTER_LOGIN = '/positions';

/**
 * `/login`: design.md 5.5.
 * @param begun what was tried already of a login, with the body that was read for it
 */
export function addLogin(
  app: FastifyInstance,
  context: OnlineContext,
  begun: (request: IncomingMessage) => BegunLogin | undefined,
): void {
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
  app.post('/login', {
    preParsing: (request, _reply, payload, done) => {
      const read = begun(request.raw);
      done(null, read ? Readable.from([read.body], { objectMode: false }) : payload);
    },
    handler: (request, reply) => login(context, request, reply, begun(request.raw)?.attempt()),
  });
}

// A wrong password costs an event and an entry, an unknown user does not: both are answered so long after they came,
// which is far more than either takes.
const REFUSAL_MS = 20;

function login(
  context: OnlineContext,
  request: FastifyRequest,
  reply: FastifyReply,
  begun: LoginAttempt | undefined,
): FastifyReply {
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
  const attempt =
    begun ??
    attemptLogin(context, request, {
      username: formField(request, 'username'),
      password: formField(request, 'password'),
      earlier: browserSessionOf(context, request, { uses: false }),
    });
  switch (attempt.result) {
    case 'let in':
      return letIn(context, request, reply, attempt);
    case 'refused': {
      const { status, text } = toRefusal(attempt.rejection, context.settings, texts);
      const send = (): FastifyReply =>
        sendLoginPage(context, request, reply, status, [note('bad', text)], attempt.name, false);
      if (status !== 401 || !context.after) return send();
      context.after(Math.max(0, attempt.at + REFUSAL_MS - context.transportNow()), () => void send());
      return reply;
    }
    case 'too many': {
      const text = texts.entrance.tooManyLogins(attempt.wait);
      reply.header('retry-after', String(attempt.wait));
      return sendLoginPage(context, request, reply, 429, [note('bad', text)], attempt.name, false);
    }
  }
}

function letIn(
  context: OnlineContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { session, token }: Extract<LoginAttempt, { result: 'let in' }>,
): FastifyReply {
  const gateway = context.gatewayOf(request);
  giveCookie(reply, gateway, token);
  if (session.restricted === undefined) return reply.code(303).header('location', AFTER_LOGIN).send();
  const [user, browser] = [context.core.user(session.id), context.sessions.find(token, gateway.name)];
  if (!user || !browser) throw new Error(`the session ${session.id} was not kept`);
  return sendPasswordPage({ context, request, reply, browser, session, user, texts: textsOf(request) }, 403);
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
