import type { Account } from '../clearing/account.ts';
import type { CloseOut } from '../clearing/close-out.ts';
import type { Command, CommandName } from '../clearing/commands/command.ts';
import type { Trade } from '../clearing/deal.ts';
import type { AccessChange, AccessRequest } from '../clearing/decide-access.ts';
import type { ForcedLogout } from '../clearing/decide-forced-logout.ts';
import type { FunctionRequest } from '../clearing/decide-function.ts';
import type { LoginRequest } from '../clearing/decide-login.ts';
import type { PasswordChange, PasswordReset } from '../clearing/decide-password.ts';
import type { ClearingEvent } from '../clearing/event.ts';
import type { Delivery, Exercise } from '../clearing/exercise.ts';
import type { GiveUp } from '../clearing/give-up.ts';
import type { ClearingMessage } from '../clearing/message.ts';
import type { OpenInterest } from '../clearing/open-interest.ts';
import type { CustomerCode, Participant } from '../clearing/participant.ts';
import type { Phase, PlannedSession } from '../clearing/phase.ts';
import type { Position } from '../clearing/position.ts';
import type { AveragePriceTrade, Rectification } from '../clearing/rectification.ts';
import type { Outcome, SessionId } from '../clearing/rejection.ts';
import type { Secret } from '../clearing/secret.ts';
import type { Series, SeriesName } from '../clearing/series.ts';
import type { LoginAccepted, SessionEndReason, UserSession } from '../clearing/session.ts';
import type { UserView } from '../clearing/user-view.ts';
import type { User, UserId } from '../clearing/user.ts';
import type { BusinessCalendar } from '../time/calendar.ts';
import type { BusinessDate, Instant } from '../time/instant.ts';

/** What DCASS Online needs of the clearing core, and no more; the composition root passes the core itself. */
export interface OnlinePort {
  now(): Instant;
  phase(): Phase;
  plannedSessions(): readonly PlannedSession[];
  businessDate(): BusinessDate;
  participant(code: CustomerCode): Participant | undefined;
  series(name: SeriesName): Series | undefined;
  allSeries(): readonly Series[];
  /** Settlement price of a series. */
  price(of: string): number | undefined;
  calendar(): BusinessCalendar;

  login(request: LoginRequest): Outcome<LoginAccepted>;
  endSession(session: SessionId, reason: SessionEndReason): void;
  session(id: SessionId): UserSession | undefined;
  user(session: SessionId): User | undefined;
  changePassword(change: PasswordChange): Outcome<UserSession>;
  resetPassword(reset: PasswordReset): Outcome<{ readonly user: UserId; readonly temporary: Secret }>;
  unlockUser(request: { readonly session: SessionId; readonly user: string }): Outcome<UserId>;
  forceLogout(logout: ForcedLogout): Outcome<UserSession>;
  accessProfile(request: AccessRequest): Outcome<User>;
  changeAccess(change: AccessChange): Outcome<UserId>;
  checkFunction(request: FunctionRequest): Outcome<UserSession>;

  checkCommand(session: SessionId, name: CommandName): Outcome<UserSession>;
  tryCommand(session: SessionId, command: Command): Outcome<readonly ClearingEvent[]>;
  command(session: SessionId, command: Command): Outcome<readonly ClearingEvent[]>;

  positionDates(session: SessionId): Outcome<readonly BusinessDate[]>;
  positionsOf(session: SessionId, date: BusinessDate): Outcome<readonly Position[]>;
  trades(session: SessionId): Outcome<readonly Trade[]>;
  trade(session: SessionId, number: number): Outcome<Trade | undefined>;
  tradesBeginningWith(
    session: SessionId,
    of: { readonly series: string; readonly account: string },
  ): Outcome<readonly Trade[]>;
  openInterest(session: SessionId, date: BusinessDate): Outcome<readonly OpenInterest[]>;
  giveUps(session: SessionId): Outcome<readonly GiveUp[]>;
  rectifications(session: SessionId): Outcome<readonly Rectification[]>;
  averagePriceTrades(session: SessionId): Outcome<readonly AveragePriceTrade[]>;
  closeOuts(session: SessionId): Outcome<readonly CloseOut[]>;
  exercises(session: SessionId): Outcome<readonly Exercise[]>;
  deliveries(session: SessionId): Outcome<readonly Delivery[]>;
  accounts(session: SessionId): Outcome<readonly Account[]>;
  messages(session: SessionId): Outcome<readonly ClearingMessage[]>;
  ownSessions(session: SessionId): Outcome<readonly UserSession[]>;
  users(session: SessionId): Outcome<readonly UserView[]>;

  /** `session-ended` tells when and why: the page says so at the browser's next request. */
  onEvent(listener: (event: ClearingEvent) => void): Disposable;
}
