import type { Instant } from '../time/instant.ts';
import type { CommandName } from './commands/command.ts';
import type { CustomerCode } from './participant.ts';
import type { Secret } from './secret.ts';
import type { LoginAttempt } from './session.ts';

/** `BU_Cxxx1xx`, `BU_Cxxx2xx`, `BO_Cxxx8xx` or `BO_Cxxx9xx`: dcass-facts.md 1.1, sureness A. */
export type UserId = string & { readonly __unit: 'user id' };

export type UserKind = 'online' | 'administrator' | 'oapi';

/** A user of one clearing participant. */
export interface User {
  readonly id: UserId;
  readonly kind: UserKind;
  readonly participant: CustomerCode;
  readonly password: Secret;
  readonly passwordSetAt: Instant;
  /** Instant from which the password is expired; undefined when it never expires. */
  readonly passwordExpiresAt: Instant | undefined;
  /** True after a reset by somebody else: the next login must change the password. */
  readonly mustChangePassword: boolean;
  /** Earlier passwords, newest first, as many as the rules remember. */
  readonly earlierPasswords: readonly Secret[];
  readonly failedLogins: number;
  readonly locked: boolean;
  readonly suspended: boolean;
  /** The post-trade functions that the user has; undefined: all. */
  readonly functions: readonly CommandName[] | undefined;
  readonly lastLogin: LoginAttempt | undefined;
  /** The last wrong password: ASSUMED, what is refused for another reason is not kept (X). */
  readonly lastFailedLogin: LoginAttempt | undefined;
}

/** What a person asks first about a user; `ready.files.users` and the user page print it. */
export type UserState = 'active' | 'expiring' | 'expired' | 'change-required' | 'locked' | 'suspended';

export interface UserIdParts {
  readonly kind: UserKind;
  readonly participant: CustomerCode;
}

/** Reads kind and customer code out of a user id; undefined when the id follows none of the patterns. */
export function parseUserId(text: string): UserIdParts | undefined {
  const match = /^(BU|BO)_(C[A-Z0-9]{3})(\d)\d\d$/.exec(text);
  if (!match) return undefined;
  const [, prefix, code, digit] = match as unknown as [string, string, string, string];
  const kind = kindOf(prefix, digit);
  return kind && { kind, participant: code as CustomerCode };
}

/**
 * A typed user name as the journal may have it. People type a password into the wrong field; whatever is not
 * at least near a user id stays out.
 */
export function toRecordedUser(typed: string): string {
  return /^(BU|BO)_\w{1,12}$/i.test(typed) ? typed : '(not a user id)';
}

function kindOf(prefix: string, digit: string): UserKind | undefined {
  if (prefix === 'BU') return digit === '1' ? 'online' : digit === '2' ? 'administrator' : undefined;
  return digit === '8' || digit === '9' ? 'oapi' : undefined;
}
