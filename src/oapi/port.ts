import type { Account } from '../clearing/account.ts';
import type { Command } from '../clearing/commands/command.ts';
import type { Trade } from '../clearing/deal.ts';
import type { CloseOut } from '../clearing/close-out.ts';
import type { ClearingEvent } from '../clearing/event.ts';
import type { Exercise } from '../clearing/exercise.ts';
import type { GiveUp } from '../clearing/give-up.ts';
import type { ClearingMessage } from '../clearing/message.ts';
import type { OpenInterest } from '../clearing/open-interest.ts';
import type { CustomerCode } from '../clearing/participant.ts';
import type { Notice } from '../clearing/feed/notices.ts';
import type { DeliveryRecord, GiveUpRecord, InformationSignal, TradeChange } from '../clearing/feed/records.ts';
import type { Position } from '../clearing/position.ts';
import type { AveragePriceTrade, Rectification } from '../clearing/rectification.ts';
import type { Outcome, SessionId, SessionRejection } from '../clearing/rejection.ts';
import type { Secret } from '../clearing/secret.ts';
import type { Series, SeriesName } from '../clearing/series.ts';
import type { LoginAccepted, SessionEndReason, UserSession } from '../clearing/session.ts';
import type { ClearingSettings } from '../clearing/settings.ts';
import type { User } from '../clearing/user.ts';
import type { BusinessCalendar } from '../time/calendar.ts';
import type { BusinessDate, Instant } from '../time/instant.ts';

/** `last` 0 is an open end; at most `limit` rows. */
type InSequence<T> = (
  session: SessionId,
  instrumentType: string,
  date: BusinessDate,
  range: { readonly first: number; readonly last: number; readonly limit: number },
) => Outcome<readonly T[]>;

type BetweenDates<T> = (
  session: SessionId,
  instrumentType: string,
  range: {
    readonly from: BusinessDate;
    readonly first: number;
    readonly to: BusinessDate;
    readonly last: number;
    readonly limit: number;
  },
) => Outcome<readonly T[]>;

/** What the OAPI window needs of the clearing model; the composition root passes the core itself. */
export interface OapiPort {
  now(): Instant;
  businessDate(): BusinessDate;
  login(request: {
    readonly user: string;
    readonly password: Secret;
    readonly window: 'oapi';
    readonly gateway: string;
    readonly address: string;
    readonly forced: boolean;
    readonly sessionsMax: number;
    readonly parallelSessions: { readonly max: number; readonly acrossGateways: boolean };
  }): Outcome<LoginAccepted, SessionRejection>;
  /** Does nothing when the session has ended already. */
  endSession(session: SessionId, reason: SessionEndReason): void;
  session(id: SessionId): UserSession | undefined;
  user(session: SessionId): User | undefined;
  changePassword(request: {
    readonly session: SessionId;
    readonly current: Secret;
    readonly next: Secret;
  }): Outcome<UserSession, SessionRejection>;
  checkFunction(request: {
    readonly session: SessionId;
    readonly functionName: string;
    readonly kind: 'enquiry' | 'post-trade';
  }): Outcome<UserSession>;
  /** A post-trade command of the session's user. */
  command(session: SessionId, command: Command): Outcome<readonly ClearingEvent[]>;
  /** The business dates whose positions are kept. */
  positionDates(session: SessionId): Outcome<readonly BusinessDate[]>;
  openInterest(session: SessionId, date: BusinessDate): Outcome<readonly OpenInterest[]>;
  positionsOf(session: SessionId, date: BusinessDate): Outcome<readonly Position[]>;
  // By sequence number: of an instrument type and date, or over several dates.
  tradesInSequence: InSequence<Trade>;
  tradesBetweenDates: BetweenDates<Trade>;
  tradeChangesInSequence: InSequence<TradeChange>;
  giveUpsInSequence: InSequence<GiveUpRecord>;
  giveUpsBetweenDates: BetweenDates<GiveUpRecord>;
  deliveriesInSequence: InSequence<DeliveryRecord>;
  deliveriesBetweenDates: BetweenDates<DeliveryRecord>;
  /** What was signalled on a business date, oldest first. */
  signals(session: SessionId, date: BusinessDate): Outcome<readonly InformationSignal[]>;
  /** Sent and received. */
  giveUps(session: SessionId): Outcome<readonly GiveUp[]>;
  rectifications(session: SessionId): Outcome<readonly Rectification[]>;
  averagePriceTrades(session: SessionId): Outcome<readonly AveragePriceTrade[]>;
  exercises(session: SessionId): Outcome<readonly Exercise[]>;
  trade(session: SessionId, number: number): Outcome<Trade | undefined>;
  /** Net-downs, oldest first. */
  closeOuts(session: SessionId): Outcome<readonly CloseOut[]>;
  accounts(session: SessionId): Outcome<readonly Account[]>;
  /** To all, or to the own participant. */
  messages(session: SessionId): Outcome<readonly ClearingMessage[]>;
  series(name: SeriesName): Series | undefined;
  /** Also those that have expired; the order never changes. */
  allSeries(): readonly Series[];
  /** Every participant and its positions, now and at the end of earlier dates: open interest is the market's. */
  participants(): readonly { readonly code: CustomerCode }[];
  book(code: CustomerCode):
    | {
        readonly positions: ReadonlyMap<string, Position>;
        readonly history: ReadonlyMap<BusinessDate, ReadonlyMap<string, Position>>;
      }
    | undefined;
  calendar(): BusinessCalendar;
  settings(): ClearingSettings;
  onEvent(listener: (event: ClearingEvent) => void): Disposable;
  /** What participants, or all, are to be told. */
  onNotice(listener: (notice: Notice) => void): Disposable;
}
