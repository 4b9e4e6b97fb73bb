import type { Instant } from '../time/instant.ts';
import type { PlannedSession, Phase } from './phase.ts';
import type { UserId, UserKind } from './user.ts';

/**
 * Every refusal that the clearing model gives: facts, with the fields that a person needs. A window
 * turns them into its own words with an exhaustive switch. Listed in docs/reference/errors.md.
 */
export type Rejection =
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
  | { readonly code: 'function-not-available'; readonly functionName: string; readonly phase: Phase }
  | { readonly code: 'function-not-simulated'; readonly functionName: string }
  | { readonly code: 'unknown-series'; readonly series: string }
  | { readonly code: 'unknown-account'; readonly account: string }
  | { readonly code: 'unknown-participant'; readonly participant: string }
  | { readonly code: 'quantity-not-positive'; readonly quantity: number };

/** A logged-in session of a user at a window: `online-7`, `oapi-3`. */
export type SessionId = string & { readonly __unit: 'session id' };

/** Either a value, or the refusal that the real system would give. Nothing is thrown. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly rejection: Rejection };

export function accepted<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function rejected(rejection: Rejection): { readonly ok: false; readonly rejection: Rejection } {
  return { ok: false, rejection };
}
