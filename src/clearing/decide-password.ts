import { DAY_MS, plusMs, type Instant } from '../time/instant.ts';
import { seededRandom } from '../time/random.ts';
import { sessionsOf } from './decide-login.ts';
import type { ClearingEvent } from './event.ts';
import { checkNewPassword, type PasswordRules } from './password-rules.ts';
import { accepted, rejected, type Outcome, type SessionId, type SessionRejection } from './rejection.ts';
import { Secret } from './secret.ts';
import type { SessionEndReason } from './session.ts';
import type { ClearingState } from './state.ts';
import type { User, UserId } from './user.ts';

export interface PasswordChange {
  readonly session: SessionId;
  readonly current: Secret;
  readonly next: Secret;
}

/** A user changes the own password; a restricted session becomes a full one. */
export function decidePasswordChange(
  state: ClearingState,
  change: PasswordChange,
  now: Instant,
): Outcome<readonly ClearingEvent[], SessionRejection> {
  const session = state.sessions.get(change.session);
  const user = session && state.users.get(session.user);
  if (!session || !user) return rejected({ code: 'not-logged-in' });
  if (!user.password.matches(change.current)) return rejected({ code: 'wrong-password', user: user.id });
  const rules = state.passwordRules[user.kind];
  const checked = checkNewPassword(rules, user, change.next);
  if (!checked.ok) return checked;
  return accepted([
    passwordSet(user, change.next, 'user', rules, now),
    ...(session.restricted === undefined ? [] : [{ type: 'restriction-lifted', session: session.id } as const]),
  ]);
}

export interface PasswordReset {
  /** The administrator's session. */
  readonly session: SessionId;
  readonly user: string;
  /** Undefined: a temporary password is made. */
  readonly next: Secret | undefined;
}

/**
 * The participant's Administrator resets a password: dcass-facts.md 1.3 (SEED, A). ASSUMED:
 * it also unlocks, and the next login must change the password (D).
 */
export function decidePasswordReset(
  state: ClearingState,
  reset: PasswordReset,
  now: Instant,
): Outcome<
  { readonly user: UserId; readonly temporary: Secret; readonly events: readonly ClearingEvent[] },
  SessionRejection
> {
  const target = administeredUser(state, reset.session, reset.user);
  if (!target.ok) return target;
  return resetBy('administrator', state, target.value, reset.next, now);
}

/** Resets without an administrator: HKEX's own desk, by the form of Appendix B or by the scenario. */
export function resetBy(
  by: 'administrator' | 'exchange',
  state: ClearingState,
  user: User,
  next: Secret | undefined,
  now: Instant,
): Outcome<
  { readonly user: UserId; readonly temporary: Secret; readonly events: readonly ClearingEvent[] },
  SessionRejection
> {
  const rules = state.passwordRules[user.kind];
  if (next) {
    const checked = checkNewPassword(rules, user, next);
    if (!checked.ok) return checked;
  }
  const temporary = next ?? temporaryPassword(rules, `${user.id}/${state.next.temporaryPassword}`);
  return accepted({
    user: user.id,
    temporary,
    events: [
      { ...passwordSet(user, temporary, by, rules, now), mustChange: true },
      ...(user.locked ? [{ type: 'user-unlocked', user: user.id } as const] : []),
      ...endSessionsOf(state, user.id, 'password-reset', now),
    ],
  });
}

/** The user whom this administrator's session may act upon. */
export function administeredUser(
  state: ClearingState,
  session: SessionId,
  id: string,
): Outcome<User, SessionRejection> {
  const own = ownUser(state, session, id);
  if (!own.ok) return own;
  const user = own.value;
  // ASSUMED: an Administrator mends Online and OAPI users; another Administrator's password is HKEX's to
  // reset (dcass-facts.md 1.3, last line, D).
  if (user.kind === 'administrator')
    return rejected({ code: 'administrator-may-not-reset', user: user.id, kind: user.kind });
  return accepted(user);
}

/** A user of the administrator's own participant. */
export function ownUser(state: ClearingState, session: SessionId, id: string): Outcome<User, SessionRejection> {
  const administrator = administratorOf(state, session);
  if (!administrator.ok) return administrator;
  const user = state.users.get(id as UserId);
  if (!user) return rejected({ code: 'unknown-user', user: id });
  if (user.participant !== administrator.value.participant) {
    return rejected({ code: 'user-of-another-participant', user: user.id, administrator: administrator.value.id });
  }
  return accepted(user);
}

export function administratorOf(state: ClearingState, id: SessionId): Outcome<User, SessionRejection> {
  const session = state.sessions.get(id);
  const user = session && state.users.get(session.user);
  if (!session || !user) return rejected({ code: 'not-logged-in' });
  if (session.restricted) {
    return rejected({
      code: 'password-change-required',
      user: user.id,
      reason: session.restricted,
      expiredAt: user.passwordExpiresAt,
    });
  }
  if (user.kind !== 'administrator') return rejected({ code: 'not-an-administrator', user: user.id, kind: user.kind });
  return accepted(user);
}

export function endSessionsOf(
  state: ClearingState,
  user: UserId,
  reason: SessionEndReason,
  at: Instant,
): readonly ClearingEvent[] {
  return sessionsOf(state, user).map((session) => ({ type: 'session-ended', session, reason, at }));
}

/** A password that the rules accept, the same for the same name: runs repeat, and no real chance is needed. */
export function temporaryPassword(rules: PasswordRules, name: string): Secret {
  // Characters that people confuse when they read a password aloud are left out.
  const random = seededRandom(`temporary-password/${name}`);
  const special = [...'#*+-=:!?'].filter((c) => rules.accepted.includes(c));
  const draw = (letters: string | readonly string[], count: number): string =>
    Array.from({ length: count }, () => random.pick([...letters])).join('');
  const length = Math.min(rules.lengthMax, Math.max(rules.lengthMin, 12));
  const middle = random.pick(special.length > 0 ? special : [...rules.accepted]);
  return new Secret(
    draw('ABCDEFGHJKLMNPQRSTUVWXYZ', 1) + draw('abcdefghjkmnpqrstuvwxyz', length - 6) + middle + draw('23456789', 4),
  );
}

function passwordSet(
  user: User,
  password: Secret,
  by: 'user' | 'administrator' | 'exchange',
  rules: PasswordRules,
  now: Instant,
): Extract<ClearingEvent, { type: 'password-set' }> {
  return {
    type: 'password-set',
    user: user.id,
    password,
    by,
    at: now,
    expiresAt: rules.lifetimeDays === undefined ? undefined : plusMs(now, rules.lifetimeDays * DAY_MS),
    mustChange: false,
    remembered: rules.remembered,
  };
}
