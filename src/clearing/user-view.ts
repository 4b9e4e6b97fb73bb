import { DAY_MS, type Instant } from '../time/instant.ts';
import type { CommandName } from './commands/command.ts';
import type { PasswordRules } from './password-rules.ts';
import type { LoginAttempt } from './session.ts';
import type { User, UserId, UserKind, UserState } from './user.ts';

/** A user as an administrator sees it: never the password. */
export interface UserView {
  readonly id: UserId;
  readonly kind: UserKind;
  readonly state: UserState;
  readonly passwordExpiresAt: Instant | undefined;
  readonly lastLogin: LoginAttempt | undefined;
  readonly lastFailedLogin: LoginAttempt | undefined;
  readonly failedLogins: number;
  /** Post-trade functions; undefined: all that the kind of user has. */
  readonly functions: readonly CommandName[] | undefined;
}

export function toUserView(user: User, rules: PasswordRules, now: Instant): UserView {
  return {
    id: user.id,
    kind: user.kind,
    state: userStateOf(user, rules, now),
    passwordExpiresAt: user.passwordExpiresAt,
    lastLogin: user.lastLogin,
    lastFailedLogin: user.lastFailedLogin,
    failedLogins: user.failedLogins,
    functions: user.functions,
  };
}

/** The one word for a user, by what stops a login first. */
export function userStateOf(user: User, rules: PasswordRules, now: Instant): UserState {
  if (user.locked) return 'locked';
  if (user.suspended) return 'suspended';
  if (user.mustChangePassword) return 'change-required';
  if (user.passwordExpiresAt === undefined) return 'active';
  if (now >= user.passwordExpiresAt) return 'expired';
  return user.passwordExpiresAt - now <= rules.warningDays * DAY_MS ? 'expiring' : 'active';
}
