import type { BusinessCalendar } from '../time/calendar.ts';
import type { BusinessDate, Instant } from '../time/instant.ts';
import type { Account, AccountId } from './account.ts';
import type { CloseOut } from './close-out.ts';
import type { Deal } from './deal.ts';
import type { Delivery, Exercise } from './exercise.ts';
import type { DeliveryRecord, GiveUpRecord, InformationSignal, TradeChange } from './feed/records.ts';
import type { SequenceLog } from './feed/sequence-log.ts';
import type { GiveUp } from './give-up.ts';
import type { ClearingMessage } from './message.ts';
import type { CustomerCode, Participant } from './participant.ts';
import type { PasswordRules } from './password-rules.ts';
import type { Phase, PlannedSession } from './phase.ts';
import type { Position } from './position.ts';
import type { AveragePriceTrade, Rectification } from './rectification.ts';
import type { SessionId } from './rejection.ts';
import type { Report } from './report.ts';
import type { ReportingRules } from './reports/template.ts';
import type { Series, SeriesName } from './series.ts';
import type { SessionBook } from './session-book.ts';
import type { SessionEndReason } from './session.ts';
import type { ClearingSettings } from './settings.ts';
import type { TradeBook } from './trade-book.ts';
import type { User, UserId, UserKind } from './user.ts';

/**
 * Everything that DCASS knows, once. Only `applyEvent` changes it. Numbers are counters in here, so
 * that a restored snapshot continues with the next one.
 */
export interface ClearingState {
  readonly settings: ClearingSettings;
  /** What the user says of reports, with the templates that take the place of ours. */
  readonly reporting: ReportingRules;
  /** Made from the settings' holidays. */
  readonly calendar: BusinessCalendar;
  phase: Phase;
  businessDate: BusinessDate;
  /** The business date whose day end has been run last. */
  endedDate: BusinessDate | undefined;
  /** The business date for which HKEX takes input after its cutoff. */
  cutoffLiftedFor: BusinessDate | undefined;
  readonly plannedSessions: readonly PlannedSession[];
  readonly passwordRules: Readonly<Record<UserKind, PasswordRules>>;
  readonly users: Map<UserId, User>;
  readonly series: Map<SeriesName, Series>;
  /** Settlement prices of series, and prices of underlyings by their class code; integers in the class's price decimals. */
  readonly prices: Map<string, number>;
  /** The same as they were when the business date rolled; empty before the first roll. */
  readonly previousPrices: Map<string, number>;
  readonly books: Map<CustomerCode, Book>;
  readonly deals: Map<number, Deal>;
  /** Two participants share a give-up; every other record belongs to one book. */
  readonly giveUps: Map<number, GiveUp>;
  readonly sessions: SessionBook;
  /** Why a session ended, so that its client can be told; the oldest are forgotten. */
  readonly endedSessions: Map<SessionId, SessionEndReason>;
  readonly messages: ClearingMessage[];
  /** Oldest first. */
  readonly signals: InformationSignal[];
  readonly reports: Report[];
  readonly next: Counters;
}

/** The next number of each kind of thing. */
export interface Counters {
  session: number;
  deal: number;
  trade: number;
  giveUp: number;
  rectification: number;
  closeOut: number;
  exercise: number;
  delivery: number;
  message: number;
  temporaryPassword: number;
}

/** One participant's own rows. A query reads one book, so it costs what it returns and no more. */
export interface Book {
  readonly participant: Participant;
  readonly accounts: Map<AccountId, Account>;
  readonly trades: TradeBook;
  /** By {@link positionKey}; with the trades of the T+1 session. */
  readonly positions: Map<string, Position>;
  /**
   * Positions of the business date without its T+1 session, where that makes a difference: the day end
   * and its reports go by these. By {@link positionKey}; see {@link closingPosition}.
   */
  readonly atClose: Map<string, Position>;
  /** Closing positions of earlier business dates, by {@link positionKey}. */
  readonly history: Map<BusinessDate, ReadonlyMap<string, Position>>;
  readonly rectifications: Map<number, Rectification>;
  readonly averagePriceTrades: Map<number, AveragePriceTrade>;
  readonly closeOuts: Map<number, CloseOut>;
  readonly exercises: Map<number, Exercise>;
  readonly deliveries: Delivery[];
  /** Numbers of the give-ups that this participant sent or received. */
  readonly giveUps: number[];
  // What it is told, numbered: see feed/records.ts.
  readonly tradeChanges: SequenceLog<TradeChange>;
  readonly giveUpRecords: SequenceLog<GiveUpRecord>;
  readonly deliveryRecords: SequenceLog<DeliveryRecord>;
}

export function positionKey(account: string, series: string): string {
  return `${account}\n${series}`;
}

/** The position with which the business date ends: the trades of its T+1 session belong to the next one. */
export function closingPosition(book: Book, key: string): Position | undefined {
  return book.atClose.get(key) ?? book.positions.get(key);
}

/** All closing positions of a book, in the order of `positions`. */
export function closingPositions(book: Book): readonly Position[] {
  return [...book.positions].map(([key, position]) => book.atClose.get(key) ?? position);
}

/** The user's participant's book. Throws for an unknown code: the state holds one for each participant. */
export function bookOf(state: ClearingState, code: CustomerCode): Book {
  const book = state.books.get(code);
  if (!book) throw new Error(`no book for participant ${code}`);
  return book;
}

/** The series of a name that is known to exist. */
export function seriesOf(state: ClearingState, name: SeriesName): Series {
  const series = state.series.get(name);
  if (!series) throw new Error(`no series ${name}`);
  return series;
}

export function isPasswordExpired(user: User, now: Instant): boolean {
  return user.passwordExpiresAt !== undefined && now >= user.passwordExpiresAt;
}
