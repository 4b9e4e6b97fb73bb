import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Approvals } from './approvals.ts';
import type { JournalWriter } from '../journal/entry.ts';
import type { TraceScope } from '../journal/trace.ts';
import type { BrowserSession, BrowserSessions } from './browser-sessions.ts';
import type { TransportTime } from '../time/instant.ts';
import type { LoginLimit } from './login-limit.ts';
import type { OnlinePort } from './port.ts';
import type { OnlineSettings } from './settings.ts';

/** A gateway as its pages name it. */
export interface GatewayName {
  readonly number: number;
  /** `online-1`. */
  readonly name: string;
  /** `pgencdw001.hkex.com.hk`. */
  readonly host: string;
}

/** A request as it came, before or in the framework. */
export type Arrival = Pick<FastifyRequest, 'raw' | 'headers'>;

/** What every route works with. */
export interface OnlineContext {
  readonly core: OnlinePort;
  readonly journal: JournalWriter;
  /** Carries a request's `traceparent` into the journal. */
  readonly trace: TraceScope;
  readonly settings: OnlineSettings;
  readonly sessions: BrowserSessions;
  readonly approvals: Approvals;
  readonly loginLimit: LoginLimit;
  /** By user: the last clearing message that was read. */
  readonly lastRead: Map<string, number>;
  transportNow(): TransportTime;
  /** Calls back once after so many real milliseconds; undefined: a refused login is not held back. */
  readonly after: ((ms: number, call: () => void) => unknown) | undefined;
  gatewayOf(request: Arrival): GatewayName;
  /** The other gateways of the same data centre. */
  others(request: FastifyRequest): readonly GatewayName[];
}

/** The address from which the browser comes. No forwarding header is believed. */
export function addressOf({ raw }: Arrival): string {
  const address = raw.socket.remoteAddress ?? '';
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}

// Browsers keep cookies by host name, not by port: the number keeps gateways on one address apart.
// `__Host-` makes the browser insist on Secure, Path=/ and no Domain.
export function cookieName(gateway: GatewayName): string {
  return `__Host-dcass-online-${gateway.number}`;
}

const COOKIE = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const;

export function giveCookie(reply: FastifyReply, gateway: GatewayName, token: string): void {
  reply.setCookie(cookieName(gateway), token, COOKIE);
}

export function takeCookie(reply: FastifyReply, gateway: GatewayName): void {
  reply.clearCookie(cookieName(gateway), COOKIE);
}

/**
 * The session behind the request's cookie, open or ended. A session that nobody has used for `idleMs`
 * ends here: nothing is seen of it before the next request anyway.
 * @param uses false for what a page asks by itself, which must not keep a session alive.
 */
export function browserSessionOf(
  context: OnlineContext,
  request: FastifyRequest,
  { uses }: { readonly uses: boolean },
): BrowserSession | undefined {
  const gateway = context.gatewayOf(request);
  const browser = context.sessions.find(request.cookies[cookieName(gateway)], gateway.name);
  if (!browser || browser.end) return browser;
  const now = context.core.now();
  const { idleMs } = context.settings;
  if (idleMs !== undefined && now - browser.lastUsedAt >= idleMs) context.core.endSession(browser.id, 'idle');
  else if (uses) browser.lastUsedAt = now;
  return browser;
}

/** A field of a posted form; undefined when it is missing or came twice. */
export function formField(request: FastifyRequest, name: string): string | undefined {
  const body = request.body;
  if (typeof body !== 'object' || body === null) return undefined;
  const value = (body as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
}

/** A parameter of the address; undefined when it is missing or came twice. */
export function queryField(request: FastifyRequest, name: string): string | undefined {
  // An address that cannot be read at all has no query.
  const value = (request.query as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** Whether a POST comes from one of our own pages, or from a program that is no browser. */
export function isForeign(request: Arrival): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') return true;
  const { origin } = request.headers;
  if (origin === undefined) return false;
  return origin.toLowerCase() !== `https://${(request.headers.host ?? '').toLowerCase()}`;
}
