import { createServer, type RequestListener } from 'node:http';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import { NO_SCHEMA_COMPILERS } from '../host/no-schema-compilers.ts';
import { browserSessionOf, type Arrival, type OnlineContext } from './context.ts';
import { addAccess } from './pages/access.ts';
import { accountsPage } from './pages/accounts.ts';
import { addApprovals } from './pages/approvals.ts';
import { addAssets } from './pages/assets.ts';
import { addDataPage } from './pages/data-page.ts';
import { exercisesPage } from './pages/exercises.ts';
import { giveUpsPage } from './pages/give-ups.ts';
import { addLogin } from './pages/login.ts';
import { addLogout } from './pages/logout.ts';
import { messagesPage } from './pages/messages.ts';
import { addPassword } from './pages/password.ts';
import { positionsPage } from './pages/positions.ts';
import { averagePriceTradesPage, closeOutsPage, deliveriesPage, rectificationsPage } from './pages/records.ts';
import { seriesPage } from './pages/series.ts';
import { addTrade } from './pages/trade.ts';
import { addSessions } from './pages/sessions.ts';
import { tradesPage } from './pages/trades.ts';
import { addUsers } from './pages/users.ts';
import { addFunctions } from './functions/send-function.ts';
import type { Texts } from './language/english.ts';
import { textsOf } from './language/languages.ts';
import { addLanguage } from './pages/language.ts';
import { readTraceparent } from '../journal/trace.ts';
import { shortLogin } from './short-login.ts';
import { recordInvalid, sendRefusal } from './visit.ts';

export interface OnlineApp {
  /** Answers the requests of any server. */
  readonly listener: RequestListener;
  /** What it answers to, for whoever walks all of it. */
  readonly routes: readonly Route[];
  close(): Promise<void>;
}

/** What the gateways have to say of a request. */
export interface AppHooks {
  /** At its first byte. */
  onRequest(request: Arrival): 'go on' | 'gone';
  /** When it is whole: faults. */
  beforeHandler?(request: FastifyRequest, reply: FastifyReply): 'go on' | 'gone';
  /** Whether nothing at all can be in the way of this request: then it may go the short way. */
  isClear?(request: Arrival): boolean;
}

export interface Route {
  readonly method: string;
  /** `/trades/:number`. */
  readonly path: string;
}

// No script, style, frame or form of anybody else, and nothing inline: a text that slipped through the
// escaping still could not run.
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not no-referrer: with it browsers send `Origin: null` with our own forms.
  'referrer-policy': 'same-origin',
  // Nothing is kept, so nothing has to say that a page varies by the cookie of its language.
  'cache-control': 'no-store',
} as const;

/** All pages: one set of routes for all servers. */
export async function createOnlineApp(context: OnlineContext, hooks: AppHooks): Promise<OnlineApp> {
  const { settings } = context;
  const app = fastify({
    schemaController: NO_SCHEMA_COMPILERS,
    logger: false,
    bodyLimit: settings.bodyBytesMax,
    frameworkErrors: (error, request, reply) => {
      void sendError(context, error, request, reply);
    },
    // The servers that listen are others': this one never does.
    serverFactory: () => createServer(),
  });

  const routes: Route[] = [];
  app.addHook('onRoute', (route) => {
    for (const each of [route.method].flat()) if (each !== 'HEAD') routes.push({ method: each, path: route.url });
    const { handler } = route;
    route.handler = function (request, reply) {
      const traceparent = readTraceparent(request.headers['traceparent']);
      if (traceparent === undefined) return handler.call(this, request, reply);
      return context.trace.traced(traceparent, () => handler.call(this, request, reply));
    };
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (hooks.onRequest(request) === 'gone') return;
    reply.headers(SECURITY_HEADERS);
    done();
  });
  app.addHook('preHandler', (request, reply, done) => {
    if ((hooks.beforeHandler?.(request, reply) ?? 'go on') === 'go on') done();
  });
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: settings.bodyBytesMax });

  app.get('/', (_request, reply) => reply.code(303).header('location', '/positions').send());
  addAssets(app, context);
  addLanguage(app, context);
  const logins = shortLogin(context, SECURITY_HEADERS, hooks);
  addLogin(app, context, logins.begun);
  addPassword(app, context);
  addLogout(app, context);
  addDataPage(app, context, positionsPage);
  addDataPage(app, context, closeOutsPage);
  addDataPage(app, context, tradesPage);
  addTrade(app, context);
  addDataPage(app, context, rectificationsPage);
  addDataPage(app, context, averagePriceTradesPage);
  addDataPage(app, context, accountsPage);
  addDataPage(app, context, giveUpsPage);
  addDataPage(app, context, exercisesPage);
  addDataPage(app, context, deliveriesPage);
  addDataPage(app, context, seriesPage);
  addDataPage(app, context, messagesPage);
  addUsers(app, context);
  addFunctions(app, context);
  addApprovals(app, context);
  addAccess(app, context);
  addSessions(app, context);

  app.setNotFoundHandler((request, reply) => {
    const browser = browserSessionOf(context, request, { uses: false });
    const { pageNotFound, noPageFor } = textsOf(request).requests;
    return sendRefusal(
      context,
      request,
      reply,
      browser,
      {
        status: 404,
        title: pageNotFound,
        text: noPageFor(request.method, (request.url.split('?')[0] ?? '').slice(0, 100)),
      },
      'not-found',
    );
  });
  app.setErrorHandler((error: FastifyError, request, reply) => sendError(context, error, request, reply));
  await app.ready();
  return { listener: logins.listener(app.routing), routes, close: async () => app.close() };
}

function sendError(
  context: OnlineContext,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = error.statusCode ?? 500;
  const { requests } = textsOf(request);
  reply.headers(SECURITY_HEADERS);
  if (status < 500) {
    recordInvalid(context, request, error.code ?? 'bad-request');
    return sendRefusal(context, request, reply, undefined, {
      status,
      title: requests.notAccepted,
      text: badRequestText(status, requests),
    });
  }
  context.journal.record({
    kind: 'simulator.bug',
    source: 'online',
    outcome: 'invalid',
    // Where, not what: a message could repeat what the browser sent.
    error: error.name,
    at: (error.stack ?? '')
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 5)
      .map((line) => line.trim()),
    path: (request.url.split('?')[0] ?? '').slice(0, 200),
  });
  return sendRefusal(context, request, reply, undefined, {
    status: 500,
    title: requests.bug,
    text: requests.bugText,
  });
}

function badRequestText(status: number, requests: Texts['requests']): string {
  switch (status) {
    case 413:
      return requests.tooLong;
    case 415:
      return requests.wrongType;
    default:
      return requests.notWellFormed;
  }
}
