import type { Instant } from '../time/instant.ts';
import type { SessionId } from './rejection.ts';
import type { UserId } from './user.ts';

/** The windows at which a user can log in. */
export type LoginWindow = 'online' | 'oapi';

/** Why a session ended. The windows tell their client so, in their own words. */
export type SessionEndReason =
  | 'logged-out'
  | 'session-closed' // the trading day's session ended: 12:00 on 5 May
  | 'idle'
  | 'taken-over' // a forced login of the same user
  | 'connection-lost'
  | 'gateway-stopped'
  | 'user-locked'
  | 'user-suspended'
  | 'password-reset'
  | 'forced-by-administrator';

/** From where somebody logged in, or tried to. */
export interface LoginAttempt {
  readonly at: Instant;
  readonly window: LoginWindow;
  readonly gateway: string;
  /** The client's address. */
  readonly address: string;
}

/** A user who is logged in. `restricted` sessions may only change the password or log out. */
export interface UserSession {
  readonly id: SessionId;
  readonly user: UserId;
  readonly window: LoginWindow;
  /** Name of the gateway: `online-1` to `online-4`, `oapi-1`, `oapi-2`. */
  readonly gateway: string;
  readonly address: string;
  readonly since: Instant;
  readonly restricted: 'expired' | 'reset' | undefined;
}

/** What a window learns from an accepted login. */
export interface LoginAccepted {
  readonly session: UserSession;
  /** Whole days until the password expires, when that is near enough for a warning. */
  readonly expiresInDays: number | undefined;
}
