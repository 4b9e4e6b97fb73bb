import type { BusinessDate, Instant } from '../time/instant.ts';
import type { Account } from './account.ts';
import { applyEvent } from './apply-event.ts';
import { decideDeal } from './decide-deal.ts';
import { decideFunction, type FunctionRequest } from './decide-function.ts';
import { decideFailedLogin, decideLogin, expiresInDays, type LoginRequest } from './decide-login.ts';
import {
  administeredUser,
  administratorOf,
  decidePasswordChange,
  decidePasswordReset,
  endSessionsOf,
  resetBy,
  type PasswordChange,
  type PasswordReset,
} from './decide-password.ts';
import type { Trade } from './deal.ts';
import type { ClearingEvent } from './event.ts';
import { initialState } from './initial-state.ts';
import { isCommonReport, makeReport } from './make-report.ts';
import type { ClearingMessage } from './message.ts';
import type { CustomerCode, Participant } from './participant.ts';
import type { Phase, PlannedSession } from './phase.ts';
import type { Position } from './position.ts';
import { accepted, rejected, type Outcome, type SessionId } from './rejection.ts';
import type { Report, ReportCode } from './report.ts';
import type { Secret } from './secret.ts';
import type { Series, SeriesName } from './series.ts';
import type { LoginAccepted, SessionEndReason, UserSession } from './session.ts';
import { bookOf, type Book, type ClearingState } from './state.ts';
import type { User, UserId } from './user.ts';
import { toUserView, type UserView } from './user-view.ts';
import type { DealDefinition, WorldDefinition } from './world.ts';

/**
 * The clearing state behind its commands and enquiries. Each command decides, then applies, without
 * an `await` in between: Node's single thread is the one writer. What happened is told to the
 * listeners in order; the journal is the first of them.
 */
export class ClearingCore {
  readonly #state: ClearingState;
  readonly #now: () => Instant;
  readonly #listeners = new Set<(event: ClearingEvent) => void>();

  constructor(world: WorldDefinition, now: () => Instant) {
    this.#state = initialState(world);
    this.#now = now;
  }

  now(): Instant {
    return this.#now();
  }

  onEvent(listener: (event: ClearingEvent) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  // Sessions and passwords

  login(request: LoginRequest): Outcome<LoginAccepted> {
    const now = this.#now();
    const decision = decideLogin(this.#state, request, now);
    if (!decision.ok) {
      const user =
        decision.rejection.code === 'wrong-password' ? this.#state.users.get(decision.rejection.user) : undefined;
      if (user) this.#apply(decideFailedLogin(this.#state, user));
      return decision;
    }
    this.#apply(decision.events);
    const user = this.#state.users.get(decision.session.user);
    return accepted({
      session: decision.session,
      expiresInDays:
        user && decision.session.restricted === undefined ? expiresInDays(this.#state, user, now) : undefined,
    });
  }

  /** Ends a session; does nothing when it has ended already. */
  endSession(id: SessionId, reason: SessionEndReason): void {
    const session = this.#state.sessions.get(id);
    if (session) this.#apply([{ type: 'session-ended', session, reason, at: this.#now() }]);
  }

  session(id: SessionId): UserSession | undefined {
    return this.#state.sessions.get(id);
  }

  sessions(): readonly UserSession[] {
    return [...this.#state.sessions.values()];
  }

  sessionEnd(id: SessionId): SessionEndReason | undefined {
    return this.#state.endedSessions.get(id);
  }

  user(id: SessionId): User | undefined {
    const session = this.#state.sessions.get(id);
    return session && this.#state.users.get(session.user);
  }

  changePassword(change: PasswordChange): Outcome<UserSession> {
    const decision = decidePasswordChange(this.#state, change, this.#now());
    if (!decision.ok) {
      // A session is no way around the lock-out: a wrong current password counts like a wrong login.
      const user =
        decision.rejection.code === 'wrong-password' ? this.#state.users.get(decision.rejection.user) : undefined;
      if (user) {
        this.#apply(decideFailedLogin(this.#state, user));
        if (this.#state.users.get(user.id)?.locked)
          this.#apply(endSessionsOf(this.#state, user.id, 'user-locked', this.#now()));
      }
      return decision;
    }
    this.#apply(decision.value);
    const session = this.#state.sessions.get(change.session);
    return session ? accepted(session) : rejected({ code: 'not-logged-in' });
  }

  resetPassword(reset: PasswordReset): Outcome<{ readonly user: UserId; readonly temporary: Secret }> {
    return this.#applyReset(decidePasswordReset(this.#state, reset, this.#now()));
  }

  unlockUser(request: { readonly session: SessionId; readonly user: string }): Outcome<UserId> {
    const target = administeredUser(this.#state, request.session, request.user);
    if (!target.ok) return target;
    if (target.value.locked) this.#apply([{ type: 'user-unlocked', user: target.value.id }]);
    return accepted(target.value.id);
  }

  checkFunction(request: FunctionRequest): Outcome<UserSession> {
    return decideFunction(this.#state, request, this.#now());
  }

  // Enquiries: each returns the rows of the session user's own participant.

  trades(session: SessionId): Outcome<readonly Trade[]> {
    return this.#enquire(session, 'Trades', (book) => book.trades);
  }

  positions(session: SessionId): Outcome<readonly Position[]> {
    return this.#enquire(session, 'Positions', (book) => [...book.positions.values()]);
  }

  accounts(session: SessionId): Outcome<readonly Account[]> {
    return this.#enquire(session, 'Accounts', (book) => [...book.accounts.values()]);
  }

  messages(session: SessionId): Outcome<readonly ClearingMessage[]> {
    return this.#enquire(session, 'Messages', (book) =>
      this.#state.messages.filter((message) => message.to === undefined || message.to === book.participant.code),
    );
  }

  /** The users of the administrator's own participant. */
  users(session: SessionId): Outcome<readonly UserView[]> {
    const administrator = administratorOf(this.#state, session);
    if (!administrator.ok) return administrator;
    const checked = this.checkFunction({ session, functionName: 'Users', kind: 'enquiry' });
    if (!checked.ok) return checked;
    return accepted(this.usersOf(administrator.value.participant));
  }

  // What windows and the control API may know without a session.

  phase(): Phase {
    return this.#state.phase;
  }

  plannedSessions(): readonly PlannedSession[] {
    return this.#state.plannedSessions;
  }

  businessDate(): BusinessDate {
    return this.#state.businessDate;
  }

  participants(): readonly Participant[] {
    return [...this.#state.books.values()].map((book) => book.participant);
  }

  participant(code: CustomerCode): Participant | undefined {
    return this.#state.books.get(code)?.participant;
  }

  book(code: CustomerCode): Book | undefined {
    return this.#state.books.get(code);
  }

  series(name: SeriesName): Series | undefined {
    return this.#state.series.get(name);
  }

  allSeries(): readonly Series[] {
    return [...this.#state.series.values()];
  }

  usersOf(participant: CustomerCode): readonly UserView[] {
    const now = this.#now();
    return [...this.#state.users.values()]
      .filter((user) => user.participant === participant)
      .map((user) => toUserView(user, this.#state.passwordRules[user.kind], now));
  }

  /** The user's password, for the user list that a starting simulator hands to its own operator. */
  passwordOf(user: UserId): Secret | undefined {
    return this.#state.users.get(user)?.password;
  }

  /** Own and common reports of a participant, also those still being written. */
  reports(participant: CustomerCode): readonly Report[] {
    return this.#state.reports.filter(
      (report) => report.participant === undefined || report.participant === participant,
    );
  }

  // What HKEX, the trading system and the day itself do.

  /** Opens or closes DCASS. Closing ends every session. */
  setPhase(phase: Phase): void {
    const at = this.#now();
    if (this.#state.phase !== phase) this.#apply([{ type: 'phase-changed', phase, at }]);
    if (phase !== 'closed') return;
    this.#apply(
      this.sessions().map((session) => ({ type: 'session-ended', session, reason: 'session-closed', at }) as const),
    );
  }

  setBusinessDate(businessDate: BusinessDate): void {
    this.#apply([{ type: 'business-date-set', businessDate }]);
  }

  matchDeal(deal: DealDefinition): Outcome<ClearingEvent> {
    const decision = decideDeal(this.#state, deal);
    if (decision.ok) this.#apply([decision.value]);
    return decision;
  }

  sendMessage(to: CustomerCode | undefined, text: string): void {
    const message: ClearingMessage = { number: this.#state.next.message, sentAt: this.#now(), to, text };
    this.#apply([{ type: 'message-sent', message }]);
  }

  expirePassword(id: UserId): Outcome<UserId> {
    return this.#changeUser(id, () => [{ type: 'password-expired', user: id, at: this.#now() }]);
  }

  resetPasswordByExchange(
    id: UserId,
    next: Secret | undefined,
  ): Outcome<{ readonly user: UserId; readonly temporary: Secret }> {
    const user = this.#state.users.get(id);
    if (!user) return rejected({ code: 'unknown-user', user: id });
    return this.#applyReset(resetBy('exchange', this.#state, user, next, this.#now()));
  }

  lockUser(id: UserId): Outcome<UserId> {
    return this.#changeUser(id, () => [
      { type: 'user-locked', user: id },
      ...endSessionsOf(this.#state, id, 'user-locked', this.#now()),
    ]);
  }

  unlockUserByExchange(id: UserId): Outcome<UserId> {
    return this.#changeUser(id, () => [{ type: 'user-unlocked', user: id }]);
  }

  suspendUser(id: UserId): Outcome<UserId> {
    return this.#changeUser(id, () => [
      { type: 'user-suspended', user: id },
      ...endSessionsOf(this.#state, id, 'user-suspended', this.#now()),
    ]);
  }

  reinstateUser(id: UserId): Outcome<UserId> {
    return this.#changeUser(id, () => [{ type: 'user-reinstated', user: id }]);
  }

  /** Begins to write a report for each of `participants`, or once for all when the report is common. */
  startReports(code: ReportCode, participants: readonly CustomerCode[]): readonly Report[] {
    const now = this.#now();
    const reports = isCommonReport(code)
      ? [makeReport(this.#state, code, undefined, now)]
      : participants.map((participant) => makeReport(this.#state, code, participant, now));
    this.#apply(reports.map((report) => ({ type: 'report-started', report }) as const));
    return reports;
  }

  /** The report is complete under its own name. */
  completeReport(report: Report): void {
    this.#apply([
      { type: 'report-completed', fileName: report.fileName, folderDate: report.folderDate, at: this.#now() },
    ]);
  }

  #changeUser(id: UserId, events: () => readonly ClearingEvent[]): Outcome<UserId> {
    if (!this.#state.users.has(id)) return rejected({ code: 'unknown-user', user: id });
    this.#apply(events());
    return accepted(id);
  }

  #applyReset(
    decision: Outcome<{ readonly user: UserId; readonly temporary: Secret; readonly events: readonly ClearingEvent[] }>,
  ): Outcome<{ readonly user: UserId; readonly temporary: Secret }> {
    if (!decision.ok) return decision;
    this.#apply(decision.value.events);
    return accepted({ user: decision.value.user, temporary: decision.value.temporary });
  }

  #enquire<T>(session: SessionId, functionName: string, read: (book: Book) => T): Outcome<T> {
    const checked = this.checkFunction({ session, functionName, kind: 'enquiry' });
    if (!checked.ok) return checked;
    const user = this.#state.users.get(checked.value.user);
    if (!user) return rejected({ code: 'not-logged-in' });
    return accepted(read(bookOf(this.#state, user.participant)));
  }

  #apply(events: readonly ClearingEvent[]): void {
    for (const event of events) {
      applyEvent(this.#state, event);
      for (const listener of this.#listeners) listener(event);
    }
  }
}
