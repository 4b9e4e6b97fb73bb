import { DAY_MS, type Instant } from '../time/instant.ts';
import { isInRanges } from './address-range.ts';
import type { ClearingEvent } from './event.ts';
import { sessionToName } from './phase.ts';
import { rejected, type SessionId, type SessionRejection } from './rejection.ts';
import type { Secret } from './secret.ts';
import type { LoginAttempt, LoginWindow, UserSession } from './session.ts';
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
  /** Take over the sessions of the user that are in the way. */
  readonly forced: boolean;
  /** Sessions that a user may have at the same time, and whether at several gateways; without it one over OAPI, any number at Online. */
  readonly parallelSessions?: ParallelSessions;
  /** The session that the new one replaces: it is in nobody's way. */
  readonly replaces?: SessionId;
  /** Sessions that this gateway takes. */
  readonly sessionsMax: number;
}

export interface ParallelSessions {
  readonly max: number;
  readonly acrossGateways: boolean;
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
 * may have any number of Online sessions, at any gateway (X): `world.gateways.online.userSessions`.
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

  const others = otherSessions(state, user, request);
  if (!others.ok) return others;
  const taken = others.taken;
  const takenHere = taken.filter((each) => each.gateway === request.gateway).length;
  if (state.sessions.countAt(request.gateway) - takenHere >= request.sessionsMax) {
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

const USUAL_SESSIONS: Readonly<Record<LoginWindow, ParallelSessions>> = {
  online: { max: Infinity, acrossGateways: true },
  oapi: { max: 1, acrossGateways: true },
};

/**
 * oapi-facts.md 1.5 (C): one OAPI session per user, -2019 without force; a forced login takes over. ASSUMED: where more are
 * allowed, a forced login takes over what is in its way: the oldest ones over the limit, and those at another gateway.
 */
function otherSessions(
  state: ClearingState,
  user: User,
  { window, gateway, forced, replaces, parallelSessions = USUAL_SESSIONS[window] }: LoginRequest,
): { readonly ok: true; readonly taken: readonly UserSession[] } | Extract<LoginDecision, { ok: false }> {
  const { max, acrossGateways } = parallelSessions;
  if (max === Infinity && acrossGateways) return { ok: true, taken: [] };
  const sessions = sessionsOf(state, user.id, window).filter(({ id }) => id !== replaces);
  const [first] = sessions;
  if (max === 1) {
    if (!first || forced) return { ok: true, taken: sessions };
    return rejected({ code: 'user-already-logged-in', user: user.id, session: first.id, gateway: first.gateway });
  }
  const elsewhere = acrossGateways ? [] : sessions.filter((each) => each.gateway !== gateway);
  const [away] = elsewhere;
  if (away && !forced) return rejected({ code: 'session-at-another-gateway', user: user.id, gateway: away.gateway });
  const here = sessions.filter((each) => !elsewhere.includes(each));
  const tooMany = here.slice(0, Math.max(0, here.length + 1 - max));
  if (tooMany.length > 0 && !forced) {
    return rejected({ code: 'too-many-sessions-of-user', user: user.id, sessionsMax: max });
  }
  return { ok: true, taken: [...elsewhere, ...tooMany] };
}

/** What a wrong password does to the user: it is counted, and one too many locks. */
export function decideFailedLogin(state: ClearingState, user: User, attempt: LoginAttempt): readonly ClearingEvent[] {
  const failedLogins = user.failedLogins + 1;
  const locks = failedLogins >= state.passwordRules[user.kind].failedLoginsMax;
  return [
    { type: 'login-failed', user: user.id, failedLogins, attempt },
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
  return state.sessions.ofUser(user).filter((session) => window === undefined || session.window === window);
}
