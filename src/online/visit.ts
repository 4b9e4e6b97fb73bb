import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Rejection } from '../clearing/rejection.ts';
import type { UserSession } from '../clearing/session.ts';
import type { User } from '../clearing/user.ts';
import { isSameToken, type BrowserSession } from './browser-sessions.ts';
import { addressOf, browserSessionOf, formField, isForeign, queryField, type OnlineContext } from './context.ts';
import { html } from './html.ts';
import type { Texts } from './language/english.ts';
import { isForPrograms, textsOf } from './language/languages.ts';
import { note, sendPage } from './layout.ts';
import { endedText, toRefusal, type Refusal } from './refusal.ts';

/** One request of a logged-in user. */
export interface Visit {
  readonly context: OnlineContext;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly browser: BrowserSession;
  readonly session: UserSession;
  readonly user: User;
  /** In the visitor's language. */
  readonly texts: Texts;
}

/**
 * Lets a request through to `handler` with its session. Without one it is sent to the login page, and a
 * session whose password must be changed is sent to the password page, unless `restrictedToo`.
 */
export function loggedIn(
  context: OnlineContext,
  handler: (visit: Visit) => FastifyReply,
  { restrictedToo = false }: { readonly restrictedToo?: boolean } = {},
): (request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  return (request, reply) => {
    // A page that refreshes itself is no use of the session: it would never become idle.
    const browser = browserSessionOf(context, request, { uses: queryField(request, 'auto') === undefined });
    // By number it would be another one, where the day was brought back to before it and somebody logged in since.
    const session = browser && !browser.end ? context.core.session(browser.id) : undefined;
    const user = browser && context.core.user(browser.id);
    if (!browser || !session || !user) return sendToLogin(context, request, reply, browser);
    if (session.restricted && !restrictedToo) return sendToPassword(context, request, reply);
    return handler({ context, request, reply, browser, session, user, texts: textsOf(request) });
  };
}

/** Like {@link loggedIn}, for forms: the request must carry the session's token and come from our own page. */
export function postedForm(
  context: OnlineContext,
  handler: (visit: Visit) => FastifyReply,
  options: { readonly restrictedToo?: boolean } = {},
): (request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  return loggedIn(
    context,
    (visit) => {
      const { request, reply, browser, texts } = visit;
      if (!isForeign(request) && isSameToken(browser.csrf, formField(request, 'csrf'))) return handler(visit);
      recordInvalid(context, request, 'csrf', browser.user);
      return sendRefusal(context, request, reply, browser, {
        status: 403,
        title: texts.requests.formNotAccepted,
        text: texts.requests.staleForm,
      });
    },
    options,
  );
}

/** A refusal of the clearing core, as a page, or in the format that was asked for. */
export function refuse(visit: Visit, rejection: Rejection): FastifyReply {
  const { context, request, reply, browser, texts } = visit;
  if (rejection.code === 'not-logged-in') return sendToLogin(context, request, reply, browser);
  if (rejection.code === 'password-change-required') return sendToPassword(context, request, reply);
  return sendRefusal(context, request, reply, browser, toRefusal(rejection, context.settings, texts), rejection.code);
}

export function sendRefusal(
  context: OnlineContext,
  request: FastifyRequest,
  reply: FastifyReply,
  browser: BrowserSession | undefined,
  refusal: Refusal,
  code = 'invalid',
): FastifyReply {
  if (isForPrograms(request)) return sendProblem(request, reply, refusal, code);
  const { frame } = textsOf(request);
  const open = browser !== undefined && browser.end === undefined;
  return sendPage(context, request, reply, refusal.status, {
    title: refusal.title,
    browser,
    body: html`${note('bad', refusal.text)}
      <p><a href="${open ? '/positions' : '/login'}">${open ? frame.backToThePositions : frame.toTheLogin}</a></p>`,
  });
}

/** The way to the login page, with the reason why the session ended. */
function sendToLogin(
  context: OnlineContext,
  request: FastifyRequest,
  reply: FastifyReply,
  browser: BrowserSession | undefined,
): FastifyReply {
  const texts = textsOf(request);
  const title = texts.entrance.notLoggedIn;
  const text = (browser && endedText(context, browser, texts)) ?? texts.entrance.notLoggedInText;
  if (isForPrograms(request)) {
    return sendProblem(request, reply, { status: 401, title, text }, browser?.end?.reason ?? 'not-logged-in');
  }
  reply.header('location', '/login');
  return sendPage(context, request, reply, 303, {
    title,
    body: html`${note('info', text)}
      <p><a href="/login">${texts.frame.toTheLogin}</a></p>`,
  });
}

function sendToPassword(context: OnlineContext, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { entrance } = textsOf(request);
  const title = entrance.mustChange;
  if (isForPrograms(request)) {
    const text = entrance.mustChangeAt;
    return sendProblem(request, reply, { status: 403, title, text }, 'password-change-required');
  }
  reply.header('location', '/password');
  return sendPage(context, request, reply, 303, {
    title,
    body: html`<p><a href="/password">${entrance.mustChangeLink}</a></p>`,
  });
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal, code: string): FastifyReply {
  reply.code(refusal.status);
  return queryField(request, 'format') === 'json'
    ? reply
        .type('application/problem+json')
        .send(JSON.stringify({ status: refusal.status, title: refusal.title, detail: refusal.text, code }))
    : reply.type('text/plain; charset=utf-8').send(`${refusal.text}\n`);
}

/** Journals a request that no page of ours makes. What it carried is not written down: it may be a password. */
export function recordInvalid(context: OnlineContext, request: FastifyRequest, code: string, user?: string): void {
  context.journal.record({
    kind: 'online.invalid',
    source: 'online',
    outcome: 'invalid',
    code,
    gateway: context.gatewayOf(request).name,
    address: addressOf(request),
    method: request.method,
    path: (request.url.split('?')[0] ?? '').slice(0, 200),
    ...(user === undefined ? {} : { user }),
  });
}
