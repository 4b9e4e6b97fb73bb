import { DAY_MS, type Instant } from '../time/instant.ts';
import { isInRanges } from './address-range.ts';
import type { ClearingEvent } from './event.ts';
import { sessionToName } from './phase.ts';
import { rejected, type SessionId, type SessionRejection } from './rejection.ts';
import type { Secret } from './secret.ts';
import type { LoginWindow, UserSession } from './session.ts';
import { bookOf, isPasswordExpired, type ClearingState } from './state.ts';
import type { User, UserId, UserKind } from './user.ts';

export interface LoginRequest {
  readonly user: string;
  readonly password: Secret;
  readonly window: LoginWindow;
  /** Name of the gateway, `online-1`. */
  readonly gateway: string;
  /** The client's address. */
  readonly address: string;
  /** OAPI only: take over a session that the user has already. */
  readonly forced: boolean;
  /** Sessions that this gateway takes. */
  readonly sessionsMax: number;
}

export type LoginDecision =
  | { readonly ok: true; readonly session: UserSession; readonly events: readonly ClearingEvent[] }
  | { readonly ok: false; readonly rejection: SessionRejection };

/** Which kinds of user a window serves: dcass-facts.md 1.1 (SEED, A). */
const KINDS_OF_WINDOW: Readonly<Record<LoginWindow, readonly UserKind[]>> = {
  online: ['online', 'administrator'],
  oapi: ['oapi'],
};

/**
 * Whether a user may log in. Refusals by precedence, as listed in the code: hours, user, kind, lock,
 * suspension, password, address, second session, room at the gateway.
 * ASSUMED: the lock comes before the password, so that a locked user cannot be tried any further (D); a user
 * may have several Online sessions, at any gateway (X).
 */
export function decideLogin(state: ClearingState, request: LoginRequest, now: Instant): LoginDecision {
  if (state.phase === 'closed') return rejected(sessionNotOpen(state, now));

  const user = state.users.get(request.user as UserId);
  if (!user) return rejected({ code: 'unknown-user', user: request.user });
  const kinds = KINDS_OF_WINDOW[request.window];
  if (!kinds.includes(user.kind)) {
    return rejected({ code: 'wrong-user-kind', user: user.id, kind: user.kind, allowed: kinds });
  }
  if (user.locked) return rejected({ code: 'user-locked', user: user.id });
  if (user.suspended) return rejected({ code: 'user-suspended', user: user.id });
  if (!user.password.matches(request.password)) return rejected({ code: 'wrong-password', user: user.id });

  const { authorisedRanges } = bookOf(state, user.participant).participant;
  if (request.window === 'online' && authorisedRanges && !isInRanges(request.address, authorisedRanges)) {
    return rejected({
      code: 'address-not-authorised',
      user: user.id,
      address: request.address,
      authorised: authorisedRanges,
    });
  }

  // oapi-facts.md 1.5 (C): one OAPI session per user, -2019 without force; a forced login takes over.
  const taken = request.window === 'oapi' ? sessionsOf(state, user.id, 'oapi') : [];
  const [first] = taken;
  if (first && !request.forced) {
    return rejected({ code: 'user-already-logged-in', user: user.id, session: first.id, gateway: first.gateway });
  }
  const atGateway = [...state.sessions.values()].filter((s) => s.gateway === request.gateway && !taken.includes(s));
  if (atGateway.length >= request.sessionsMax) {
    return rejected({ code: 'gateway-full', gateway: request.gateway, sessionsMax: request.sessionsMax });
  }

  const session: UserSession = {
    id: `${request.window}-session-${state.next.session}` as SessionId,
    user: user.id,
    window: request.window,
    gateway: request.gateway,
    address: request.address,
    since: now,
    restricted: user.mustChangePassword ? 'reset' : isPasswordExpired(user, now) ? 'expired' : undefined,
  };
  return {
    ok: true,
    session,
    events: [
      ...taken.map((other): ClearingEvent => ({
        type: 'session-ended',
        session: other,
        reason: 'taken-over',
        at: now,
      })),
      { type: 'logged-in', session },
    ],
  };
}

/** What a wrong password does to the user: it is counted, and one too many locks. */
export function decideFailedLogin(state: ClearingState, user: User): readonly ClearingEvent[] {
  const failedLogins = user.failedLogins + 1;
  const locks = failedLogins >= state.passwordRules[user.kind].failedLoginsMax;
  return [
    { type: 'login-failed', user: user.id, failedLogins },
    ...(locks ? [{ type: 'user-locked', user: user.id } as const] : []),
  ];
}

export function sessionNotOpen(state: ClearingState, now: Instant): SessionRejection {
  const session = sessionToName(state.plannedSessions, now);
  const when = session === undefined ? 'never' : now < session.opensAt ? 'before' : 'after';
  return { code: 'session-not-open', session, when };
}

/** Whole days until the password expires, when the rules ask for a warning; a part of a day counts as a whole one. */
export function expiresInDays(state: ClearingState, user: User, now: Instant): number | undefined {
  if (user.passwordExpiresAt === undefined || isPasswordExpired(user, now)) return undefined;
  const days = Math.ceil((user.passwordExpiresAt - now) / DAY_MS);
  return days <= state.passwordRules[user.kind].warningDays ? days : undefined;
}

export function sessionsOf(state: ClearingState, user: UserId, window?: LoginWindow): readonly UserSession[] {
  return [...state.sessions.values()].filter((s) => s.user === user && (window === undefined || s.window === window));
}
