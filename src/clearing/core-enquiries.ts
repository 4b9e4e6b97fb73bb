import type { BusinessCalendar } from '../time/calendar.ts';
import type { BusinessDate } from '../time/instant.ts';
import type { Account } from './account.ts';
import type { CloseOut } from './close-out.ts';
import { CoreSessions } from './core-sessions.ts';
import type { Deal, Trade } from './deal.ts';
import { ownSessions } from './decide-forced-logout.ts';
import { administratorOf } from './decide-password.ts';
import type { Delivery, Exercise } from './exercise.ts';
import type { DeliveryRecord, GiveUpRecord, InformationSignal, TradeChange } from './feed/records.ts';
import { betweenDates, inSequence } from './feed/sequence-log.ts';
import type { GiveUp } from './give-up.ts';
import type { ClearingMessage } from './message.ts';
import { openInterest, type OpenInterest } from './open-interest.ts';
import type { CustomerCode, Participant } from './participant.ts';
import type { Phase, PlannedSession } from './phase.ts';
import type { Position } from './position.ts';
import type { AveragePriceTrade, Rectification } from './rectification.ts';
import { accepted, rejected, type Outcome, type SessionId, type SessionRejection } from './rejection.ts';
import type { Report } from './report.ts';
import type { Secret } from './secret.ts';
import type { Series, SeriesName } from './series.ts';
import type { UserSession } from './session.ts';
import type { ClearingSettings } from './settings.ts';
import { bookOf, type Book } from './state.ts';
import type { TradeBook } from './trade-book.ts';
import type { UserId } from './user.ts';
import { toUserView, type UserView } from './user-view.ts';

type SequenceRange = Parameters<TradeBook['inSequence']>[2];
type DatesRange = Parameters<TradeBook['betweenDates']>[1];

/** What can be read: by a session's user, of the own participant; and by the windows themselves. */
export class CoreEnquiries extends CoreSessions {
  // Enquiries: each returns the rows of the session user's own participant.

  trades(session: SessionId): Outcome<readonly Trade[], SessionRejection> {
    return this.enquire(session, 'Trades', (book) => book.trades.all());
  }

  positions(session: SessionId): Outcome<readonly Position[], SessionRejection> {
    return this.enquire(session, 'Positions', (book) => [...book.positions.values()]);
  }

  accounts(session: SessionId): Outcome<readonly Account[], SessionRejection> {
    return this.enquire(session, 'Accounts', (book) => [...book.accounts.values()]);
  }

  messages(session: SessionId): Outcome<readonly ClearingMessage[], SessionRejection> {
    return this.enquire(session, 'Messages', (book) =>
      this.state.messages.filter((message) => message.to === undefined || message.to === book.participant.code),
    );
  }

  /** One trade of the own participant; undefined when it has no such trade. */
  trade(session: SessionId, number: number): Outcome<Trade | undefined, SessionRejection> {
    return this.enquire(session, 'Trades', (book) => book.trades.get(number));
  }

  /** Own trades whose series and account begin so; see `TradeBook.beginningWith`. */
  tradesBeginningWith(
    session: SessionId,
    of: { readonly series: string; readonly account: string },
  ): Outcome<readonly Trade[], SessionRejection> {
    return this.enquire(session, 'Trades', (book) => book.trades.beginningWith(of.series, of.account));
  }

  /** Trades by sequence number, see `TradeBook.inSequence`. */
  tradesInSequence(
    session: SessionId,
    instrumentType: string,
    date: BusinessDate,
    range: { readonly first: number; readonly last: number; readonly limit: number },
  ): Outcome<readonly Trade[], SessionRejection> {
    return this.enquire(session, 'Trades', (book) => book.trades.inSequence(instrumentType, date, range));
  }

  /** Trades by sequence number over several dates, see `TradeBook.betweenDates`. */
  tradesBetweenDates(
    session: SessionId,
    instrumentType: string,
    range: Parameters<TradeBook['betweenDates']>[1],
  ): Outcome<readonly Trade[], SessionRejection> {
    return this.enquire(session, 'Trades', (book) => book.trades.betweenDates(instrumentType, range));
  }

  /** Changes of trades by sequence number, on the business date on which they happened; see `inSequence`. */
  tradeChangesInSequence(
    session: SessionId,
    instrumentType: string,
    date: BusinessDate,
    range: SequenceRange,
  ): Outcome<readonly TradeChange[], SessionRejection> {
    return this.enquire(session, 'Trades', (book) => inSequence(book.tradeChanges, instrumentType, date, range));
  }

  giveUpsInSequence(
    session: SessionId,
    instrumentType: string,
    date: BusinessDate,
    range: SequenceRange,
  ): Outcome<readonly GiveUpRecord[], SessionRejection> {
    return this.enquire(session, 'Give-ups', (book) => inSequence(book.giveUpRecords, instrumentType, date, range));
  }

  giveUpsBetweenDates(
    session: SessionId,
    instrumentType: string,
    range: DatesRange,
  ): Outcome<readonly GiveUpRecord[], SessionRejection> {
    return this.enquire(session, 'Give-ups', (book) => betweenDates(book.giveUpRecords, instrumentType, range));
  }

  deliveriesInSequence(
    session: SessionId,
    instrumentType: string,
    date: BusinessDate,
    range: SequenceRange,
  ): Outcome<readonly DeliveryRecord[], SessionRejection> {
    return this.enquire(session, 'Deliveries', (book) => inSequence(book.deliveryRecords, instrumentType, date, range));
  }

  deliveriesBetweenDates(
    session: SessionId,
    instrumentType: string,
    range: DatesRange,
  ): Outcome<readonly DeliveryRecord[], SessionRejection> {
    return this.enquire(session, 'Deliveries', (book) => betweenDates(book.deliveryRecords, instrumentType, range));
  }

  /** What was signalled on a business date, oldest first. */
  signals(session: SessionId, date: BusinessDate): Outcome<readonly InformationSignal[], SessionRejection> {
    return this.enquire(session, 'Signals', () => this.state.signals.filter((each) => each.businessDate === date));
  }

  /** Closing positions of an earlier business date; of the current one and later ones, the positions as they are. */
  positionsOf(session: SessionId, date: BusinessDate): Outcome<readonly Position[], SessionRejection> {
    return this.enquire(session, 'Positions', (book) =>
      date >= this.state.businessDate ? [...book.positions.values()] : [...(book.history.get(date)?.values() ?? [])],
    );
  }

  /** Open interest of the market on a business date that is kept. The figures name no other participant. */
  openInterest(session: SessionId, date: BusinessDate): Outcome<readonly OpenInterest[], SessionRejection> {
    return this.enquire(session, 'Open interest', ({ participant }) =>
      openInterest(this.state.books.values(), { date, current: this.state.businessDate, own: participant.code }),
    );
  }

  /** The business dates whose positions are kept, oldest first; the last one is the current one. */
  positionDates(session: SessionId): Outcome<readonly BusinessDate[], SessionRejection> {
    return this.enquire(session, 'Positions', (book) => [...book.history.keys(), this.state.businessDate]);
  }

  /** Sent and received. */
  giveUps(session: SessionId): Outcome<readonly GiveUp[], SessionRejection> {
    return this.enquire(session, 'Give-ups', (book) =>
      book.giveUps.flatMap((number) => this.state.giveUps.get(number) ?? []),
    );
  }

  rectifications(session: SessionId): Outcome<readonly Rectification[], SessionRejection> {
    return this.enquire(session, 'Rectifications', (book) => [...book.rectifications.values()]);
  }

  averagePriceTrades(session: SessionId): Outcome<readonly AveragePriceTrade[], SessionRejection> {
    return this.enquire(session, 'Average price trades', (book) => [...book.averagePriceTrades.values()]);
  }

  closeOuts(session: SessionId): Outcome<readonly CloseOut[], SessionRejection> {
    return this.enquire(session, 'Close-outs', (book) => [...book.closeOuts.values()]);
  }

  exercises(session: SessionId): Outcome<readonly Exercise[], SessionRejection> {
    return this.enquire(session, 'Exercises', (book) => [...book.exercises.values()]);
  }

  deliveries(session: SessionId): Outcome<readonly Delivery[], SessionRejection> {
    return this.enquire(session, 'Deliveries', (book) => book.deliveries);
  }

  /** The users of the administrator's own participant. */
  users(session: SessionId): Outcome<readonly UserView[], SessionRejection> {
    const administrator = administratorOf(this.state, session);
    if (!administrator.ok) return administrator;
    const checked = this.checkFunction({ session, functionName: 'Users', kind: 'enquiry' });
    if (!checked.ok) return checked;
    return accepted(this.usersOf(administrator.value.participant));
  }

  /** Who of the administrator's own participant is logged in now. */
  ownSessions(session: SessionId): Outcome<readonly UserSession[], SessionRejection> {
    return ownSessions(this.state, session);
  }

  // What windows and the control API may know without a session.

  phase(): Phase {
    return this.state.phase;
  }

  plannedSessions(): readonly PlannedSession[] {
    return this.state.plannedSessions;
  }

  businessDate(): BusinessDate {
    return this.state.businessDate;
  }

  calendar(): BusinessCalendar {
    return this.state.calendar;
  }

  participants(): readonly Participant[] {
    return [...this.state.books.values()].map((book) => book.participant);
  }

  participant(code: CustomerCode): Participant | undefined {
    return this.state.books.get(code)?.participant;
  }

  book(code: CustomerCode): Book | undefined {
    return this.state.books.get(code);
  }

  series(name: SeriesName): Series | undefined {
    return this.state.series.get(name);
  }

  allSeries(): readonly Series[] {
    return [...this.state.series.values()];
  }

  giveUp(number: number): GiveUp | undefined {
    return this.state.giveUps.get(number);
  }

  deal(number: number): Deal | undefined {
    return this.state.deals.get(number);
  }

  /** Settlement price of a series, or price of an underlying by its class code. */
  price(of: string): number | undefined {
    return this.state.prices.get(of);
  }

  settings(): ClearingSettings {
    return this.state.settings;
  }

  usersOf(participant: CustomerCode): readonly UserView[] {
    const now = this.now();
    return [...this.state.users.values()]
      .filter((user) => user.participant === participant)
      .map((user) => toUserView(user, this.state.passwordRules[user.kind], now));
  }

  /** The user's password, for the user list that a starting simulator hands to its own operator. */
  passwordOf(user: UserId): Secret | undefined {
    return this.state.users.get(user)?.password;
  }

  /** Own and common reports of a participant, also those still being written; not those that are withheld. */
  reports(participant: CustomerCode): readonly Report[] {
    return this.state.reports.filter(
      (report) => !report.withheld && (report.participant === undefined || report.participant === participant),
    );
  }

  protected enquire<T>(
    session: SessionId,
    functionName: string,
    read: (book: Book) => T,
  ): Outcome<T, SessionRejection> {
    const checked = this.checkFunction({ session, functionName, kind: 'enquiry' });
    if (!checked.ok) return checked;
    const user = this.state.users.get(checked.value.user);
    if (!user) return rejected({ code: 'not-logged-in' });
    return accepted(read(bookOf(this.state, user.participant)));
  }
}
