import type { BusinessDate, Instant } from '../time/instant.ts';
import type { Account } from './account.ts';
import type { Trade } from './deal.ts';
import type { ClearingMessage } from './message.ts';
import type { CustomerCode, Participant } from './participant.ts';
import type { PasswordRules } from './password-rules.ts';
import type { Phase, PlannedSession } from './phase.ts';
import type { Position } from './position.ts';
import type { SessionId } from './rejection.ts';
import type { Report } from './report.ts';
import type { Series, SeriesName } from './series.ts';
import type { SessionEndReason, UserSession } from './session.ts';
import type { User, UserId, UserKind } from './user.ts';

/**
 * Everything that DCASS knows, once. Only `applyEvent` changes it. Numbers are counters in here, so
 * that a restored snapshot continues with the next one.
 */
export interface ClearingState {
  phase: Phase;
  businessDate: BusinessDate;
  readonly plannedSessions: readonly PlannedSession[];
  readonly passwordRules: Readonly<Record<UserKind, PasswordRules>>;
  readonly users: Map<UserId, User>;
  readonly series: Map<SeriesName, Series>;
  readonly books: Map<CustomerCode, Book>;
  readonly sessions: Map<SessionId, UserSession>;
  /** Why a session ended, so that its client can be told; the oldest are forgotten. */
  readonly endedSessions: Map<SessionId, SessionEndReason>;
  readonly messages: ClearingMessage[];
  readonly reports: Report[];
  readonly next: { session: number; deal: number; trade: number; message: number; temporaryPassword: number };
}

/** One participant's own rows. A query reads one book, so it costs what it returns and no more. */
export interface Book {
  readonly participant: Participant;
  readonly accounts: Map<string, Account>;
  readonly trades: Trade[];
  /** By {@link positionKey}. */
  readonly positions: Map<string, Position>;
}

export function positionKey(account: string, series: string): string {
  return `${account}\n${series}`;
}

/** The user's participant's book. Throws for an unknown code: the state holds one for each participant. */
export function bookOf(state: ClearingState, code: CustomerCode): Book {
  const book = state.books.get(code);
  if (!book) throw new Error(`no book for participant ${code}`);
  return book;
}

export function isPasswordExpired(user: User, now: Instant): boolean {
  return user.passwordExpiresAt !== undefined && now >= user.passwordExpiresAt;
}
