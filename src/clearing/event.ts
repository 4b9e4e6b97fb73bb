import type { BusinessDate, Instant } from '../time/instant.ts';
import type { Trade } from './deal.ts';
import type { ClearingMessage } from './message.ts';
import type { Phase } from './phase.ts';
import type { Report } from './report.ts';
import type { Secret } from './secret.ts';
import type { SessionEndReason, UserSession } from './session.ts';
import type { SessionId } from './rejection.ts';
import type { UserId } from './user.ts';

/**
 * What has happened to the clearing state: the only thing that changes it. Every event goes to the
 * journal as `clearing.<type>`; secrets in it print as a placeholder.
 */
export type ClearingEvent =
  | { readonly type: 'phase-changed'; readonly phase: Phase; readonly at: Instant }
  | { readonly type: 'business-date-set'; readonly businessDate: BusinessDate }
  | { readonly type: 'logged-in'; readonly session: UserSession }
  | { readonly type: 'login-failed'; readonly user: UserId; readonly failedLogins: number }
  | {
      readonly type: 'session-ended';
      readonly session: UserSession;
      readonly reason: SessionEndReason;
      readonly at: Instant;
    }
  | { readonly type: 'restriction-lifted'; readonly session: SessionId }
  | {
      readonly type: 'password-set';
      readonly user: UserId;
      readonly password: Secret;
      readonly by: 'user' | 'administrator' | 'exchange';
      readonly at: Instant;
      readonly expiresAt: Instant | undefined;
      readonly mustChange: boolean;
      readonly remembered: number;
    }
  | { readonly type: 'password-expired'; readonly user: UserId; readonly at: Instant }
  | { readonly type: 'user-locked'; readonly user: UserId }
  | { readonly type: 'user-unlocked'; readonly user: UserId }
  | { readonly type: 'user-suspended'; readonly user: UserId }
  | { readonly type: 'user-reinstated'; readonly user: UserId }
  | { readonly type: 'deal-matched'; readonly deal: number; readonly trades: readonly [Trade, Trade] }
  | { readonly type: 'message-sent'; readonly message: ClearingMessage }
  | { readonly type: 'report-started'; readonly report: Report }
  | { readonly type: 'report-completed'; readonly fileName: string; readonly folderDate: string; readonly at: Instant };
