import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Command, CommandName } from '../clearing/commands/command.ts';
import type { ClearingEvent } from '../clearing/event.ts';
import type { SessionId } from '../clearing/rejection.ts';
import type { SessionEndReason, UserSession } from '../clearing/session.ts';
import type { User } from '../clearing/user.ts';
import type { Instant } from '../time/instant.ts';
import type { Said } from './language/english.ts';

/** What a cookie stands for. The token is a key to it and is never written down. */
export interface BrowserSession {
  readonly id: SessionId;
  readonly user: User['id'];
  readonly participant: User['participant'];
  readonly gateway: string;
  readonly since: Instant;
  /** Must come with every POST. */
  readonly csrf: string;
  lastUsedAt: Instant;
  /** Why and when it ended, so that the browser's next page can say so. */
  end: { readonly reason: SessionEndReason; readonly at: Instant } | undefined;
  /** A sentence that the next page shows once, in the language of that page. */
  notice: Said<string> | undefined;
  /** What waits for its confirmation, by the token of the page that shows it: each token is good once. */
  readonly pending: Map<string, PendingCommand>;
  /** What was done, newest last, each with its own page. */
  readonly results: Map<number, CommandResult>;
}

export interface PendingCommand {
  readonly path: string;
  readonly command: Command;
}

export interface CommandResult {
  readonly command: CommandName;
  readonly lines: Said<readonly string[]>;
  /** The list that shows it. */
  readonly list: string;
}

/** As many pages a session may have open, or go back to; the oldest are forgotten. */
const PAGES_MAX = 50;

/** Adds to what a session keeps, and forgets the oldest. */
export function keep<K, V>(kept: Map<K, V>, key: K, value: V): void {
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > PAGES_MAX && oldest !== undefined) kept.delete(oldest);
}

/** Ended sessions whose browser may still come to hear why; the oldest are forgotten. */
const ENDED_MAX = 10_000;

/** The cookies of all gateways. A token is good at the gateway that gave it, and nowhere else. */
export class BrowserSessions {
  readonly #byToken = new Map<string, BrowserSession>();
  readonly #bySession = new Map<SessionId, { readonly token: string; readonly browser: BrowserSession }>();
  readonly #ended: string[] = [];

  /** @returns the new cookie token: 256 random bits. */
  open(session: UserSession, user: User): string {
    const token = newToken();
    const browser: BrowserSession = {
      id: session.id,
      user: user.id,
      participant: user.participant,
      gateway: session.gateway,
      since: session.since,
      csrf: newToken(),
      lastUsedAt: session.since,
      end: undefined,
      notice: undefined,
      pending: new Map(),
      results: new Map(),
    };
    this.#byToken.set(token, browser);
    this.#bySession.set(session.id, { token, browser });
    return token;
  }

  find(token: string | undefined, gateway: string): BrowserSession | undefined {
    const browser = token === undefined ? undefined : this.#byToken.get(token);
    return browser?.gateway === gateway ? browser : undefined;
  }

  /** The sessions that this gateway still holds. */
  openAt(gateway: string): readonly SessionId[] {
    return [...this.#bySession.values()]
      .filter(({ browser }) => browser.gateway === gateway)
      .map(({ browser }) => browser.id);
  }

  hear(event: ClearingEvent): void {
    if (event.type !== 'session-ended') return;
    const held = this.#bySession.get(event.session.id);
    if (!held) return;
    held.browser.end = { reason: event.reason, at: event.at };
    this.#bySession.delete(event.session.id);
    this.#ended.push(held.token);
    if (this.#ended.length > ENDED_MAX) this.#byToken.delete(this.#ended.shift() ?? '');
  }
}

const TOKEN_BYTES = 32;
const POOL_BYTES = 256 * TOKEN_BYTES;
let pool = Buffer.alloc(0);

/** 256 random bits. They are drawn for many tokens at once: a login takes two, and each draw is a call to the system. */
export function newToken(): string {
  if (pool.length === 0) pool = randomBytes(POOL_BYTES);
  const token = pool.toString('base64url', 0, TOKEN_BYTES);
  pool = pool.subarray(TOKEN_BYTES);
  return token;
}

export function isSameToken(expected: string, given: string | undefined): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given ?? '')];
  return a.length === b.length && timingSafeEqual(a, b);
}
