import { startOfDay, type BusinessDate, type CalendarDate, type Instant } from '../time/instant.ts';
import type { InformationKind, InformationSignal } from './feed/records.ts';
import type { AccountAccess, AccountId, AccountState } from './account.ts';
import { commandContent } from './command-content.ts';
import { COMMANDS, decideCommand } from './commands/catalogue.ts';
import type { Command, CommandName } from './commands/command.ts';
import { CoreEnquiries } from './core-enquiries.ts';
import { DAY_END } from './day/day-end.ts';
import { decideRoll } from './day/roll.ts';
import { decideAnnulment } from './decide-annulment.ts';
import { decideDeal } from './decide-deal.ts';
import type { ClearingEvent } from './event.ts';
import { isCommonReport, isReportOf, madeAt, makeReport, participantsWithoutReports } from './make-report.ts';
import type { ClearingMessage } from './message.ts';
import type { CustomerCode } from './participant.ts';
import type { Phase } from './phase.ts';
import { accepted, rejected, type Outcome, type SessionId } from './rejection.ts';
import type { Report, ReportCode, ReportMade, ReportSpec } from './report.ts';
import { startingState, type StateSnapshot } from './snapshot.ts';
import type { UserSession } from './session.ts';
import type { UserId } from './user.ts';
import type { DealDefinition, WorldDefinition } from './world.ts';

/** A post-trade command that was carried out. */
export interface CommandDone {
  readonly at: Instant;
  readonly participant: CustomerCode;
  /** Undefined where HKEX or a scenario input it for the participant. */
  readonly user: UserId | undefined;
  readonly command: Command;
  /** What it is about, without DCASS's own numbers: see commandContent. */
  readonly content: string;
}

/** What is done with a report on purpose. */
export type TreatReport = (
  code: ReportCode,
  participant: CustomerCode | undefined,
  made: ReportMade,
) => Pick<ReportSpec, 'withheld' | 'damage'>;

/** The clearing state behind its commands and enquiries: what a window, a scenario and a test hold. */
export class ClearingCore extends CoreEnquiries {
  readonly #commanded = new Set<(done: CommandDone) => void>();

  /** Starts from a world, or goes on from a snapshot. @throws SimError SIM_SNAPSHOT_INVALID */
  constructor(start: WorldDefinition | StateSnapshot, now: () => Instant) {
    super(startingState(start), now);
  }

  /** A post-trade command of a logged-in user: may the user issue it now, and does the model allow it? */
  command(session: SessionId, command: Command): Outcome<readonly ClearingEvent[]> {
    return this.together(() => {
      const done = this.#carryOut(this.tryCommand(session, command));
      const user = this.user(session);
      if (done.ok && user) this.#tellCommand(user.participant, user.id, command);
      return done;
    });
  }

  /** Every post-trade command that is carried out, after its events. */
  onCommand(listener: (done: CommandDone) => void): Disposable {
    this.#commanded.add(listener);
    return { [Symbol.dispose]: () => void this.#commanded.delete(listener) };
  }

  #tellCommand(participant: CustomerCode, user: UserId | undefined, command: Command): void {
    if (this.#commanded.size === 0) return;
    const content = commandContent(this.state, participant, command);
    for (const listener of this.#commanded) listener({ at: this.now(), participant, user, command, content });
  }

  /** What {@link command} would do now; nothing is done. The numbers in the events are given out only then. */
  tryCommand(session: SessionId, command: Command): Outcome<readonly ClearingEvent[]> {
    const checked = this.checkCommand(session, command.do);
    if (!checked.ok) return checked;
    const user = this.user(session);
    if (!user) return rejected({ code: 'not-logged-in' });
    return decideCommand(this.state, command, { now: this.now(), participant: user.participant, user: user.id });
  }

  /** Whether the user may issue such a command now. */
  checkCommand(session: SessionId, name: CommandName): Outcome<UserSession> {
    const { functionName, phases, userKinds } = COMMANDS[name];
    return this.checkFunction({ session, functionName, kind: 'post-trade', command: name, phases, userKinds });
  }

  /** A post-trade command that HKEX inputs on a participant's behalf, or that a scenario's other side issues. */
  commandFor(participant: CustomerCode, command: Command): Outcome<readonly ClearingEvent[]> {
    if (!this.state.books.has(participant)) return rejected({ code: 'unknown-participant', participant });
    return this.together(() => {
      const decision = decideCommand(this.state, command, { now: this.now(), participant, user: undefined });
      const done = this.#carryOut(decision);
      if (done.ok) this.#tellCommand(participant, undefined, command);
      return done;
    });
  }

  // What HKEX, the trading system and the day itself do.

  /** Opens or closes DCASS. Closing ends every session. */
  setPhase(phase: Phase): void {
    const at = this.now();
    if (this.state.phase !== phase) this.apply([{ type: 'phase-changed', phase, at }]);
    if (phase !== 'closed') return;
    this.apply(
      this.sessions().map((session) => ({ type: 'session-ended', session, reason: 'session-closed', at }) as const),
    );
  }

  setBusinessDate(businessDate: BusinessDate): void {
    this.apply([{ type: 'business-date-set', businessDate }]);
  }

  /** HKEX takes input for the current business date until its day end, whatever the clock says. */
  liftInputCutoff(): void {
    this.apply([{ type: 'input-cutoff-lifted', businessDate: this.state.businessDate }]);
  }

  matchDeal(deal: DealDefinition): Outcome<ClearingEvent> {
    const decision = decideDeal(this.state, deal);
    if (decision.ok) this.apply([decision.value]);
    return decision;
  }

  sendMessage(to: CustomerCode | undefined, text: string): void {
    const message: ClearingMessage = { number: this.state.next.message, sentAt: this.now(), to, text };
    this.apply([{ type: 'message-sent', message }]);
  }

  /** HKEX annuls a match. */
  annulDeal(deal: number): Outcome<readonly ClearingEvent[]> {
    return this.#carryOut(decideAnnulment(this.state, deal, this.now()));
  }

  /** The settlement price of a series, or the price of an underlying by its class code: an integer in price decimals. */
  setPrice(of: string, price: number): Outcome<readonly ClearingEvent[]> {
    if (!Number.isSafeInteger(price) || price <= 0) return rejected({ code: 'price-not-positive', price });
    const known =
      this.state.series.has(of as never) ||
      [...this.state.series.values()].some((each) => each.instrumentClass.code === of);
    if (!known) return rejected({ code: 'unknown-series', series: of });
    return this.#carryOut(accepted([{ type: 'price-set', of, price }]));
  }

  /** HKEX changes an account's state, or what its participant may do with it; what is undefined stays. */
  changeAccount(
    participant: CustomerCode,
    id: AccountId,
    change: { readonly state: AccountState | undefined; readonly access: AccountAccess | undefined },
  ): Outcome<readonly ClearingEvent[]> {
    const book = this.state.books.get(participant);
    if (!book) return rejected({ code: 'unknown-participant', participant });
    const account = book.accounts.get(id);
    if (!account) return rejected({ code: 'unknown-account', account: id });
    const { state = account.state, access = account.access } = change;
    return this.#carryOut(accepted([{ type: 'account-changed', participant, account: id, state, access }]));
  }

  /** The clearing date of a match at this moment: from 17:15 of the business date on, the next one. */
  clearingDateNow(): BusinessDate {
    const { businessDate, calendar, settings } = this.state;
    const afterHours = startOfDay(businessDate) + settings.afterHoursFromMs;
    return this.now() >= afterHours ? calendar.next(businessDate) : businessDate;
  }

  /** Runs the day end of the current business date: exercise, assignment, expiry, Sink. Once a day. */
  endDay(): Outcome<BusinessDate> {
    const { businessDate } = this.state;
    if (this.state.endedDate === businessDate) return rejected({ code: 'day-ended', businessDate });
    for (const step of DAY_END) this.apply(step(this.state, this.now()));
    // ASSUMED: the end of the day is signalled; HKEX's occasions are not public.
    this.signalInformation('day-end');
    return accepted(businessDate);
  }

  /** Tells everybody that something can be fetched now (BI7). */
  signalInformation(kind: InformationKind): InformationSignal {
    const { businessDate, signals } = this.state;
    const number = signals.filter((each) => each.businessDate === businessDate).length + 1;
    const signal: InformationSignal = { number, kind, businessDate, at: this.now() };
    this.apply([{ type: 'information-ready', signal }]);
    return signal;
  }

  /** The business date rolls to the next one. */
  rollBusinessDate(to?: CalendarDate): Outcome<readonly ClearingEvent[]> {
    return this.#carryOut(decideRoll(this.state, to, this.now()));
  }

  /**
   * Begins to write a report for each of `participants` whose clearing house has it, or once for all when the report
   * is common. `made`: the time of the business date; undefined: what the clock and the day end say. `treat` says
   * which of them are withheld or damaged.
   */
  startReports(
    code: ReportCode,
    participants: readonly CustomerCode[],
    made?: ReportMade,
    treat: TreatReport = () => ({}),
  ): readonly Report[] {
    const whose = isCommonReport(code)
      ? [undefined]
      : participants.filter((participant) => isReportOf(this.state, code, participant));
    const at = made ?? madeAt(this.state, code, this.now());
    return whose.map((participant) =>
      this.#startReport({ code, participant, made: at, ...treat(code, participant, at) }),
    );
  }

  /** Begins to tell those participants to whom nothing of this business date has been published that it has no reports. */
  startNoReports(businessDate: BusinessDate): readonly Report[] {
    return participantsWithoutReports(this.state, businessDate).map((participant) =>
      this.#startReport({ code: 'no-reports', participant, businessDate, made: 'day-end' }),
    );
  }

  #startReport(spec: ReportSpec): Report {
    const report = makeReport(this.state, spec, this.now());
    this.apply([{ type: 'report-started', report }]);
    return report;
  }

  /** The report is complete under its own name. */
  completeReport(report: Pick<Report, 'participant' | 'fileName' | 'folderDate'>): void {
    const { participant, fileName, folderDate } = report;
    this.apply([{ type: 'report-completed', participant, fileName, folderDate, at: this.now() }]);
  }

  /** A report that was withheld comes to the report server, under its temporary name first. */
  releaseReport(report: Report): void {
    const { participant, fileName, folderDate } = report;
    this.apply([{ type: 'report-released', participant, fileName, folderDate, at: this.now() }]);
  }

  /** Begins to write a report once more, as it should have been, as `newName`. @returns the new one */
  republishReport(
    report: Pick<Report, 'participant' | 'fileName' | 'folderDate'>,
    newName: string,
  ): Report | undefined {
    const { participant, fileName, folderDate } = report;
    this.apply([{ type: 'report-republished', participant, fileName, folderDate, newName, at: this.now() }]);
    return this.state.reports.at(-1);
  }

  /** All reports, in the order in which they were begun. */
  allReports(): readonly Report[] {
    return this.state.reports;
  }

  #carryOut(decision: Outcome<readonly ClearingEvent[]>): Outcome<readonly ClearingEvent[]> {
    if (decision.ok) this.apply(decision.value);
    return decision;
  }
}
