import type { Instant } from '../time/instant.ts';
import type { PlannedSession, Phase } from './phase.ts';
import type { PostTradeRejection } from './post-trade-rejection.ts';
import type { UserId, UserKind } from './user.ts';

/**
 * Every refusal that the clearing model gives: facts, with the fields that a person needs. A window
 * turns them into its own words with an exhaustive switch. Listed in docs/reference/errors.md.
 */
export type Rejection = SessionRejection | PostTradeRejection;

/** Refusals about who is asking, with what password, and when. */
export type SessionRejection =
  | {
      readonly code: 'session-not-open';
      readonly session: PlannedSession | undefined;
      readonly when: 'before' | 'after' | 'never';
    }
  | { readonly code: 'unknown-user'; readonly user: string }
  | {
      readonly code: 'wrong-user-kind';
      readonly user: UserId;
      readonly kind: UserKind;
      readonly allowed: readonly UserKind[];
    }
  | { readonly code: 'user-locked'; readonly user: UserId }
  | { readonly code: 'user-suspended'; readonly user: UserId }
  | { readonly code: 'wrong-password'; readonly user: UserId }
  | {
      readonly code: 'address-not-authorised';
      readonly user: UserId;
      readonly address: string;
      readonly authorised: readonly string[];
    }
  | {
      readonly code: 'user-already-logged-in';
      readonly user: UserId;
      readonly session: SessionId;
      readonly gateway: string;
    }
  | { readonly code: 'too-many-sessions-of-user'; readonly user: UserId; readonly sessionsMax: number }
  | { readonly code: 'session-at-another-gateway'; readonly user: UserId; readonly gateway: string }
  | { readonly code: 'gateway-full'; readonly gateway: string; readonly sessionsMax: number }
  | { readonly code: 'not-logged-in' }
  | {
      readonly code: 'password-change-required';
      readonly user: UserId;
      readonly reason: 'expired' | 'reset';
      readonly expiredAt: Instant | undefined;
    }
  | {
      readonly code: 'new-password-length';
      readonly length: number;
      readonly lengthMin: number;
      readonly lengthMax: number;
    }
  | { readonly code: 'new-password-composition'; readonly missing: readonly ('letter' | 'digit' | 'special')[] }
  | { readonly code: 'new-password-character'; readonly position: number; readonly accepted: string }
  | { readonly code: 'new-password-used-before'; readonly remembered: number }
  | { readonly code: 'not-an-administrator'; readonly user: UserId; readonly kind: UserKind }
  | { readonly code: 'user-of-another-participant'; readonly user: UserId; readonly administrator: UserId }
  | { readonly code: 'administrator-may-not-reset'; readonly user: UserId; readonly kind: UserKind }
  | { readonly code: 'unknown-session'; readonly session: string }
  | { readonly code: 'own-session'; readonly session: SessionId }
  | { readonly code: 'function-not-available'; readonly functionName: string; readonly phase: Phase }
  | {
      readonly code: 'function-not-for-user';
      readonly functionName: string;
      readonly user: UserId;
      readonly kind: UserKind;
      readonly allowed: readonly UserKind[];
    }
  | { readonly code: 'function-not-in-profile'; readonly functionName: string; readonly user: UserId }
  | { readonly code: 'no-access-profile'; readonly user: UserId }
  | { readonly code: 'function-not-simulated'; readonly functionName: string };

const SESSION_CODES: Readonly<Record<SessionRejection['code'], true>> = {
  'session-not-open': true,
  'unknown-user': true,
  'wrong-user-kind': true,
  'user-locked': true,
  'user-suspended': true,
  'wrong-password': true,
  'address-not-authorised': true,
  'user-already-logged-in': true,
  'too-many-sessions-of-user': true,
  'session-at-another-gateway': true,
  'gateway-full': true,
  'not-logged-in': true,
  'password-change-required': true,
  'new-password-length': true,
  'new-password-composition': true,
  'new-password-character': true,
  'new-password-used-before': true,
  'not-an-administrator': true,
  'user-of-another-participant': true,
  'administrator-may-not-reset': true,
  'unknown-session': true,
  'own-session': true,
  'function-not-available': true,
  'function-not-for-user': true,
  'function-not-in-profile': true,
  'no-access-profile': true,
  'function-not-simulated': true,
};

export function isSessionRejection(rejection: Rejection): rejection is SessionRejection {
  return rejection.code in SESSION_CODES;
}

/** A logged-in session of a user at a window: `online-7`, `oapi-3`. */
export type SessionId = string & { readonly __unit: 'session id' };

/** Either a value, or the refusal that the real system would give. Nothing is thrown. */
export type Outcome<T, R = Rejection> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly rejection: R };

export function accepted<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function rejected<R extends Rejection>(rejection: R): { readonly ok: false; readonly rejection: R } {
  return { ok: false, rejection };
}
