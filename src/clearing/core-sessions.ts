import { accepted, rejected, type Outcome, type SessionId, type SessionRejection } from './rejection.ts';
import { CoreState } from './core-state.ts';
import { decideAccessChange, profiledUser, type AccessChange, type AccessRequest } from './decide-access.ts';
import { decideForcedLogout, type ForcedLogout } from './decide-forced-logout.ts';
import { decideFunction, type FunctionRequest } from './decide-function.ts';
import { decideFailedLogin, decideLogin, expiresInDays, type LoginRequest } from './decide-login.ts';
import {
  administeredUser,
  decidePasswordChange,
  decidePasswordReset,
  endSessionsOf,
  resetBy,
  type PasswordChange,
  type PasswordReset,
} from './decide-password.ts';
import type { ClearingEvent } from './event.ts';
import type { Secret } from './secret.ts';
import type { LoginAccepted, SessionEndReason, UserSession } from './session.ts';
import type { User, UserId } from './user.ts';

/** Users, their sessions and passwords: what the windows, Administrators and HKEX do with them. */
export class CoreSessions extends CoreState {
  login(request: LoginRequest): Outcome<LoginAccepted, SessionRejection> {
    const now = this.now();
    const decision = decideLogin(this.state, request, now);
    if (!decision.ok) {
      const user =
        decision.rejection.code === 'wrong-password' ? this.state.users.get(decision.rejection.user) : undefined;
      const { window, gateway, address } = request;
      if (user) this.apply(decideFailedLogin(this.state, user, { at: now, window, gateway, address }));
      return decision;
    }
    this.apply(decision.events);
    const user = this.state.users.get(decision.session.user);
    return accepted({
      session: decision.session,
      expiresInDays:
        user && decision.session.restricted === undefined ? expiresInDays(this.state, user, now) : undefined,
    });
  }

  /** Ends a session; does nothing when it has ended already. */
  endSession(id: SessionId, reason: SessionEndReason): void {
    const session = this.state.sessions.get(id);
    if (session) this.apply([{ type: 'session-ended', session, reason, at: this.now() }]);
  }

  session(id: SessionId): UserSession | undefined {
    return this.state.sessions.get(id);
  }

  sessions(): readonly UserSession[] {
    return [...this.state.sessions.values()];
  }

  sessionEnd(id: SessionId): SessionEndReason | undefined {
    return this.state.endedSessions.get(id);
  }

  user(id: SessionId): User | undefined {
    const session = this.state.sessions.get(id);
    return session && this.state.users.get(session.user);
  }

  changePassword(change: PasswordChange): Outcome<UserSession, SessionRejection> {
    const decision = decidePasswordChange(this.state, change, this.now());
    if (!decision.ok) {
      // A session is no way around the lock-out: a wrong current password counts like a wrong login.
      const session = this.state.sessions.get(change.session);
      const user =
        decision.rejection.code === 'wrong-password' ? this.state.users.get(decision.rejection.user) : undefined;
      if (session && user) {
        const { window, gateway, address } = session;
        this.together(() => {
          this.apply(decideFailedLogin(this.state, user, { at: this.now(), window, gateway, address }));
          if (this.state.users.get(user.id)?.locked)
            this.apply(endSessionsOf(this.state, user.id, 'user-locked', this.now()));
        });
      }
      return decision;
    }
    this.apply(decision.value);
    const session = this.state.sessions.get(change.session);
    return session ? accepted(session) : rejected({ code: 'not-logged-in' });
  }

  resetPassword(reset: PasswordReset): Outcome<{ readonly user: UserId; readonly temporary: Secret }> {
    return this.#applyReset(decidePasswordReset(this.state, reset, this.now()));
  }

  unlockUser(request: { readonly session: SessionId; readonly user: string }): Outcome<UserId> {
    const target = administeredUser(this.state, request.session, request.user);
    if (!target.ok) return target;
    if (target.value.locked) this.apply([{ type: 'user-unlocked', user: target.value.id }]);
    return accepted(target.value.id);
  }

  /** @returns the session that has ended. */
  forceLogout(logout: ForcedLogout): Outcome<UserSession, SessionRejection> {
    const decision = decideForcedLogout(this.state, logout, this.now());
    if (!decision.ok) return decision;
    this.apply(decision.value.events);
    return accepted(decision.value.ended);
  }

  /** The user whose access profile the administrator looks at. */
  accessProfile(request: AccessRequest): Outcome<User, SessionRejection> {
    return profiledUser(this.state, request);
  }

  changeAccess(change: AccessChange): Outcome<UserId, SessionRejection> {
    const decision = decideAccessChange(this.state, change);
    if (!decision.ok) return decision;
    this.apply(decision.value.events);
    return accepted(decision.value.user.id);
  }

  checkFunction(request: FunctionRequest): Outcome<UserSession, SessionRejection> {
    return decideFunction(this.state, request, this.now());
  }

  // What HKEX does.

  expirePassword(id: UserId): Outcome<UserId> {
    return this.#changeUser(id, () => [{ type: 'password-expired', user: id, at: this.now() }]);
  }

  resetPasswordByExchange(
    id: UserId,
    next: Secret | undefined,
  ): Outcome<{ readonly user: UserId; readonly temporary: Secret }> {
    const user = this.state.users.get(id);
    if (!user) return rejected({ code: 'unknown-user', user: id });
    return this.#applyReset(resetBy('exchange', this.state, user, next, this.now()));
  }

  lockUser(id: UserId): Outcome<UserId> {
    return this.#changeUser(id, () => [
      { type: 'user-locked', user: id },
      ...endSessionsOf(this.state, id, 'user-locked', this.now()),
    ]);
  }

  unlockUserByExchange(id: UserId): Outcome<UserId> {
    return this.#changeUser(id, () => [{ type: 'user-unlocked', user: id }]);
  }

  suspendUser(id: UserId): Outcome<UserId> {
    return this.#changeUser(id, () => [
      { type: 'user-suspended', user: id },
      ...endSessionsOf(this.state, id, 'user-suspended', this.now()),
    ]);
  }

  reinstateUser(id: UserId): Outcome<UserId> {
    return this.#changeUser(id, () => [{ type: 'user-reinstated', user: id }]);
  }

  #changeUser(id: UserId, events: () => readonly ClearingEvent[]): Outcome<UserId> {
    if (!this.state.users.has(id)) return rejected({ code: 'unknown-user', user: id });
    this.apply(events());
    return accepted(id);
  }

  #applyReset(
    decision: Outcome<{ readonly user: UserId; readonly temporary: Secret; readonly events: readonly ClearingEvent[] }>,
  ): Outcome<{ readonly user: UserId; readonly temporary: Secret }> {
    if (!decision.ok) return decision;
    this.apply(decision.value.events);
    return accepted({ user: decision.value.user, temporary: decision.value.temporary });
  }
}
