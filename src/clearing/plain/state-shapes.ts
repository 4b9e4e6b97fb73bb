import type { BusinessDate } from '../../time/instant.ts';
import type { DeliveryRecord, GiveUpRecord, TradeChange } from '../feed/records.ts';
import type { InstrumentClass } from '../instrument-class.ts';
import type { CustomerCode } from '../participant.ts';
import type { PasswordRules } from '../password-rules.ts';
import type { PlannedSession } from '../phase.ts';
import type { Position } from '../position.ts';
import type { Series, SeriesKey } from '../series.ts';
import type { ClearingSettings } from '../settings.ts';
import { positionKey, type Book, type ClearingState, type Counters } from '../state.ts';
import type { Trade } from '../deal.ts';
import type { UserKind } from '../user.ts';
import {
  account,
  accountType,
  averagePriceTrade,
  closeOut,
  deal,
  delivery,
  deliveryRecord,
  exercise,
  giveUp,
  giveUpRecord,
  message,
  participant,
  phase,
  position,
  rectification,
  report,
  signal,
  trade,
  tradeChange,
} from './record-shapes.ts';
import { reporting } from './reporting-shapes.ts';
import type { SessionId } from '../rejection.ts';
import { SessionBook } from '../session-book.ts';
import type { UserSession } from '../session.ts';
import { finite, list, maybe, Misshapen, oneOf, pairs, record, rowsBy, text, whole, type Shape } from './shape.ts';
import { session, sessionEndReason, user } from './user-shapes.ts';

/** A series that names its class by the code. */
type PlainSeries = Omit<Series, 'instrumentClass'> & { readonly instrumentClass: string };

/** A book as its rows: the ways to find a trade are made anew. */
export type BookRows = Omit<Book, 'trades'> & { readonly trades: readonly Trade[] };

/** The state as its rows: what follows from others is left out, and made anew. */
export type StateRows = Omit<ClearingState, 'calendar' | 'series' | 'books'> & {
  /** The classes of the series, each once. */
  readonly instrumentClasses: readonly InstrumentClass[];
  readonly series: readonly PlainSeries[];
  readonly books: Map<CustomerCode, BookRows>;
};

const rules = record<PasswordRules>({
  lengthMin: whole(),
  lengthMax: whole(),
  accepted: text(),
  lifetimeDays: maybe(finite()),
  warningDays: finite(),
  remembered: whole(),
  failedLoginsMax: whole(),
});

const textOrNumber: Shape<string | number> = {
  write: (value) => value,
  read: (plain) => {
    if (typeof plain === 'string' || Number.isFinite(plain)) return plain as string | number;
    throw new Misshapen('a text or a number is expected');
  },
};

const settings = record<ClearingSettings>({
  holidays: list(text()),
  afterHoursFromMs: finite(),
  inputCutoffMs: finite(),
  afterHoursCutoffMs: finite(),
  serviceFromMs: finite(),
  rectificationHeld: oneOf({ never: true, 'old-trades': true, always: true }),
  rectificationConfirmedBy: oneOf({ 'another-user': true, 'any-user': true }),
  giveUpOldTrades: oneOf({ refused: true, allowed: true }),
  giveUpsAtDayEnd: oneOf({ lapse: true, keep: true }),
  averagePriceRounding: oneOf({ nearest: true, up: true, down: true }),
  averagePriceAccounts: list(accountType),
  netDownFutures: oneOf({ allowed: true, refused: true }),
  automaticExerciseBasisPoints: finite(),
  assignment: oneOf({ random: true, 'pro-rata': true }),
  deliveryDays: whole(),
  dailyAtDayEnd: oneOf({ sink: true, keep: true }),
  transitoryAtDayEnd: oneOf({ sink: true, keep: true }),
  seed: textOrNumber,
});

const kind = oneOf({ future: true, call: true, put: true });

const instrumentClass = record<InstrumentClass>({
  code: text(),
  name: text(),
  clearingHouse: oneOf({ HKCC: true, SEOCH: true }),
  kinds: list(kind),
  underlying: text(),
  exerciseStyle: oneOf({ american: true, european: true }),
  settlement: oneOf({ physical: true, cash: true }),
  market: whole(),
  commodity: whole(),
  contractSize: whole(),
  priceDecimals: whole(),
  strikeDecimals: whole(),
});

const series = record<PlainSeries>({
  name: text(),
  kind,
  instrumentClass: text(),
  strike: whole(),
  lastTradingDay: text(),
  expiryDate: text(),
  key: record<SeriesKey>({
    country: whole(),
    market: whole(),
    instrumentGroup: whole(),
    modifier: whole(),
    commodity: whole(),
    expirationDate: whole(),
    strikePrice: whole(),
  }),
});

const sessions = rowsBy<SessionId, UserSession>((row) => row.id, session);
const positions = rowsBy<string, Position>((row) => positionKey(row.account, row.series), position);

const book = record<BookRows>({
  participant,
  accounts: rowsBy((row) => row.id, account),
  trades: list(trade),
  positions,
  atClose: positions,
  history: pairs<BusinessDate, ReadonlyMap<string, Position>>(text(), positions),
  rectifications: rowsBy((row) => row.number, rectification),
  averagePriceTrades: rowsBy((row) => row.trade, averagePriceTrade),
  closeOuts: rowsBy((row) => row.number, closeOut),
  exercises: rowsBy((row) => row.number, exercise),
  deliveries: list(delivery),
  giveUps: list(whole()),
  tradeChanges: pairs<string, TradeChange[]>(text(), list(tradeChange)),
  giveUpRecords: pairs<string, GiveUpRecord[]>(text(), list(giveUpRecord)),
  deliveryRecords: pairs<string, DeliveryRecord[]>(text(), list(deliveryRecord)),
});

/** Every field of the state and its books; one that is forgotten here does not compile. */
export const stateRows = record<StateRows>({
  settings,
  reporting,
  phase,
  businessDate: text(),
  endedDate: maybe(text()),
  cutoffLiftedFor: maybe(text()),
  plannedSessions: list(
    record<PlannedSession>({
      mode: oneOf({ 'enquiry-only': true, normal: true }),
      opensAt: finite(),
      closesAt: maybe(finite()),
    }),
  ),
  passwordRules: record<Readonly<Record<UserKind, PasswordRules>>>({
    online: rules,
    administrator: rules,
    oapi: rules,
  }),
  users: rowsBy((row) => row.id, user),
  instrumentClasses: list(instrumentClass),
  series: list(series),
  prices: pairs(text(), whole()),
  previousPrices: pairs(text(), whole()),
  books: rowsBy((row) => row.participant.code, book),
  deals: rowsBy((row) => row.number, deal),
  giveUps: rowsBy((row) => row.number, giveUp),
  sessions: { write: sessions.write, read: (plain, vault) => SessionBook.of(sessions.read(plain, vault).values()) },
  endedSessions: pairs(text(), sessionEndReason),
  messages: list(message),
  signals: list(signal),
  reports: list(report),
  next: record<Counters>({
    session: whole(),
    deal: whole(),
    trade: whole(),
    giveUp: whole(),
    rectification: whole(),
    closeOut: whole(),
    exercise: whole(),
    delivery: whole(),
    message: whole(),
    temporaryPassword: whole(),
  }),
});
