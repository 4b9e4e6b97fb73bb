import type { BusinessDate, Instant } from '../time/instant.ts';
import type { AccountAccess, AccountId, AccountState } from './account.ts';
import type { CloseOut } from './close-out.ts';
import type { CommandName } from './commands/command.ts';
import type { Deal, Trade } from './deal.ts';
import type { Delivery, Exercise } from './exercise.ts';
import type { InformationSignal } from './feed/records.ts';
import type { GiveUp } from './give-up.ts';
import type { ClearingMessage } from './message.ts';
import type { CustomerCode } from './participant.ts';
import type { Phase } from './phase.ts';
import type { AveragePriceTrade, Rectification } from './rectification.ts';
import type { Report } from './report.ts';
import type { Secret } from './secret.ts';
import type { LoginAttempt, SessionEndReason, UserSession } from './session.ts';
import type { SessionId } from './rejection.ts';
import type { SeriesName } from './series.ts';
import type { UserId } from './user.ts';

/**
 * What has happened to the clearing state: the only thing that changes it. Every event goes to the
 * journal as `clearing.<type>`; secrets in it print as a placeholder.
 */
export type ClearingEvent =
  | { readonly type: 'phase-changed'; readonly phase: Phase; readonly at: Instant }
  | { readonly type: 'business-date-set'; readonly businessDate: BusinessDate }
  | { readonly type: 'input-cutoff-lifted'; readonly businessDate: BusinessDate }
  | { readonly type: 'logged-in'; readonly session: UserSession }
  | {
      readonly type: 'login-failed';
      readonly user: UserId;
      readonly failedLogins: number;
      readonly attempt: LoginAttempt;
    }
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
  /** The post-trade functions that a user has from now on; undefined: all. */
  | {
      readonly type: 'user-functions-changed';
      readonly user: UserId;
      readonly functions: readonly CommandName[] | undefined;
    }
  // The trading system's match, and the deals that post-trade functions and the day end make.
  | { readonly type: 'deal-matched'; readonly deal: Deal; readonly trades: readonly [Trade, Trade] }
  | { readonly type: 'deal-made'; readonly deal: Deal; readonly trades: readonly [Trade, Trade] }
  | { readonly type: 'deal-annulled'; readonly deal: number; readonly at: Instant }
  /** New values of a trade that the book has: its quantities, state, holds. */
  | { readonly type: 'trade-changed'; readonly trade: Trade }
  // Each record comes whole: the first one makes it, a later one of the same number replaces it.
  | { readonly type: 'give-up-changed'; readonly giveUp: GiveUp }
  | { readonly type: 'rectification-changed'; readonly rectification: Rectification }
  | { readonly type: 'average-price-trade-made'; readonly averagePriceTrade: AveragePriceTrade }
  | { readonly type: 'close-out-changed'; readonly closeOut: CloseOut }
  | { readonly type: 'exercise-changed'; readonly exercise: Exercise }
  | { readonly type: 'delivery-made'; readonly delivery: Delivery }
  | {
      readonly type: 'position-adjusted';
      readonly participant: CustomerCode;
      readonly account: AccountId;
      readonly series: SeriesName;
      readonly reason: 'net-down' | 'restore' | 'deny-exercise' | 'cover' | 'exercise' | 'assignment' | 'expiry';
      /** What is added to (or taken from) each quantity of the position, and of the closing one where that differs. */
      readonly change: PositionChange;
      readonly at: Instant;
    }
  | {
      readonly type: 'account-changed';
      readonly participant: CustomerCode;
      readonly account: AccountId;
      readonly state: AccountState;
      readonly access: AccountAccess;
    }
  /** The settlement price of a series, or the price of an underlying by its class code. */
  | { readonly type: 'price-set'; readonly of: string; readonly price: number }
  | { readonly type: 'day-ended'; readonly businessDate: BusinessDate; readonly at: Instant }
  /** The next business date begins; what is per day starts anew. */
  | {
      readonly type: 'business-date-rolled';
      readonly from: BusinessDate;
      readonly to: BusinessDate;
      readonly at: Instant;
    }
  | { readonly type: 'message-sent'; readonly message: ClearingMessage }
  /** Everybody is told that something can be fetched now. */
  | { readonly type: 'information-ready'; readonly signal: InformationSignal }
  | { readonly type: 'report-started'; readonly report: Report }
  | ({ readonly type: 'report-completed' } & NamedReport)
  /** One that was withheld comes to the report server. */
  | ({ readonly type: 'report-released' } & NamedReport)
  /** One that was published is written once more, as it should have been. */
  | ({ readonly type: 'report-republished'; readonly newName: string } & NamedReport);

interface NamedReport {
  /** Two participants' files may have the same name. */
  readonly participant: CustomerCode | undefined;
  readonly fileName: string;
  readonly folderDate: string;
  readonly at: Instant;
}

export type PositionChange = Partial<
  Readonly<Record<'held' | 'written' | 'closedOut' | 'exercised' | 'assigned' | 'denied' | 'covered', number>>
>;
