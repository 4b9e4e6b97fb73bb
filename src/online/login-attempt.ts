import type { Rejection } from '../clearing/rejection.ts';
import { Secret } from '../clearing/secret.ts';
import type { UserSession } from '../clearing/session.ts';
import { parseUserId, toRecordedUser } from '../clearing/user.ts';
import type { TransportTime } from '../time/instant.ts';
import type { BrowserSession } from './browser-sessions.ts';
import { addressOf, type Arrival, type OnlineContext } from './context.ts';

/** What came of a user name and a password, before it is answered. */
export type LoginAttempt =
  | { readonly result: 'let in'; readonly session: UserSession; /** For the cookie. */ readonly token: string }
  | {
      readonly result: 'refused';
      readonly name: string;
      readonly rejection: Rejection;
      /** When it was tried. */
      readonly at: TransportTime;
    }
  /** `wait`: seconds. */
  | { readonly result: 'too many'; readonly name: string; readonly wait: number };

export interface LoginFields {
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** The session that this browser holds here already. */
  readonly earlier: BrowserSession | undefined;
}

/** Tries a login, journals it, and opens the browser's session. */
export function attemptLogin(context: OnlineContext, arrival: Arrival, fields: LoginFields): LoginAttempt {
  const { core, loginLimit, settings } = context;
  const name = (fields.username ?? '').trim();
  const address = addressOf(arrival);
  const gateway = context.gatewayOf(arrival).name;
  const record = (more: {
    readonly outcome: 'ok' | 'refused';
    readonly code?: string;
    readonly session?: UserSession;
  }): void => {
    const { session } = more;
    context.journal.record({
      kind: 'online.login',
      source: 'online',
      outcome: more.outcome,
      ...(more.code === undefined ? undefined : { code: more.code }),
      ...(session?.restricted ? { restricted: session.restricted } : undefined),
      user: toRecordedUser(name),
      ...participantOf(name),
      gateway,
      address,
      ...(session ? { session: session.id } : undefined),
    });
  };

  const at = context.transportNow();
  const wait = loginLimit.waitOf(address, at);
  if (wait !== undefined) {
    record({ outcome: 'refused', code: 'too-many-logins' });
    return { result: 'too many', name, wait };
  }
  const earlier = fields.earlier && !fields.earlier.end ? fields.earlier : undefined;
  const outcome = core.login({
    user: name,
    password: new Secret(fields.password ?? ''),
    window: 'online',
    gateway,
    address,
    forced: settings.secondLogin === 'takes-over',
    parallelSessions: { max: settings.userSessions, acrossGateways: true },
    ...(earlier ? { replaces: earlier.id } : undefined),
    sessionsMax: settings.sessionsMax,
  });
  if (!outcome.ok) {
    record({ outcome: 'refused', code: outcome.rejection.code });
    loginLimit.refused(address, at);
    return { result: 'refused', name, rejection: outcome.rejection, at };
  }
  const { session } = outcome.value;
  record({ outcome: 'ok', session });
  // A browser has one session: the one that it held here before is over.
  if (earlier) core.endSession(earlier.id, 'logged-out');
  const user = core.user(session.id);
  if (!user) throw new Error(`the session ${session.id} has no user`);
  return { result: 'let in', session, token: context.sessions.open(session, user) };
}

// Only what the name itself says: a name that nobody has must look the same.
function participantOf(name: string): { readonly participant?: string } | undefined {
  const parts = parseUserId(name);
  return parts && { participant: parts.participant };
}
