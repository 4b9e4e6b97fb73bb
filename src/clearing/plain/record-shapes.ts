import type { AccountAccess, Account, AccountState, AccountType } from '../account.ts';
import type { CloseOut } from '../close-out.ts';
import type { Deal, DealReason, OpenClose, Side, Trade, TradeReference, TradeType } from '../deal.ts';
import type { Delivery, Exercise, ExerciseState } from '../exercise.ts';
import type { DeliveryRecord, GiveUpRecord, InformationSignal, TradeChange } from '../feed/records.ts';
import type { GiveUp, GiveUpState, TradePart } from '../give-up.ts';
import type { ClearingMessage } from '../message.ts';
import type { ClearingHouse, Participant } from '../participant.ts';
import type { Phase } from '../phase.ts';
import type { Position } from '../position.ts';
import type { AveragePriceTrade, Rectification, RectificationState } from '../rectification.ts';
import { DAMAGES, type ReportDamage } from '../damage.ts';
import { REPORT_CODES, REPORT_MAKINGS, type Report } from '../report.ts';
import { finite, flag, list, maybe, oneOf, oneOfThese, record, text, whole, type Shape } from './shape.ts';

// What a book and the state hold, field by field: a field that is added to one of these types and forgotten here does
// not compile. Snapshots and the events of the journal are written and read by it.

const side = oneOf<Side>({ buy: true, sell: true });
const openClose = oneOf<OpenClose>({ default: true, open: true, close: true });
const reference = record<TradeReference>({ participant: text(), trade: whole() });
const clearingHouse = oneOf<ClearingHouse>({ HKCC: true, SEOCH: true });

export const phase = oneOf<Phase>({ closed: true, 'enquiry-only': true, normal: true });
export const accountState = oneOf<AccountState>({ active: true, inactive: true });
export const accountAccess = oneOf<AccountAccess>({ full: true, 'no-exercise': true, 'read-only': true });
export const accountType = oneOf<AccountType>({
  house: true,
  'market-maker': true,
  'omnibus-client': true,
  'individual-client': true,
  'client-offset-claim': true,
  daily: true,
  sink: true,
  apt: true,
  transitory: true,
});

export const participant = record<Participant>({
  code: text(),
  name: text(),
  clearingHouses: list(clearingHouse),
  authorisedRanges: maybe<readonly string[]>(list(text())),
});

export const account = record<Account>({
  participant: text(),
  id: text(),
  type: accountType,
  state: accountState,
  access: accountAccess,
});

export const deal = record<Deal>({
  number: whole(),
  reason: oneOf<DealReason>({
    match: true,
    rectification: true,
    'transfer-from-transitory': true,
    'average-price': true,
    'give-up': true,
    annulment: true,
    'position-transfer': true,
    exercise: true,
    'day-end': true,
  }),
  series: text(),
  quantity: whole(),
  price: whole(),
  original: maybe(whole()),
  buy: reference,
  sell: reference,
  annulled: flag,
});

const tradeState = oneOf<Trade['state']>({ active: true, rectified: true, annulled: true });
const tradeGiveUpState = oneOf<Trade['giveUpState']>({ none: true, holding: true, 'given-up': true });

export const trade = record<Trade>({
  number: whole(),
  deal: whole(),
  sequence: whole(),
  series: text(),
  participant: text(),
  account: text(),
  side,
  quantity: whole(),
  remainingQuantity: whole(),
  heldQuantity: whole(),
  heldBy: maybe(whole()),
  price: whole(),
  type: oneOf<TradeType>({
    standard: true,
    transitory: true,
    overtaking: true,
    reversing: true,
    transfer: true,
    exercise: true,
    assign: true,
    closing: true,
    'give-up': true,
    'take-up': true,
    'average-price': true,
  }),
  state: tradeState,
  openClose,
  customerInfo: text(),
  giveUpMember: maybe(text()),
  giveUpState: tradeGiveUpState,
  originalTrade: maybe(whole()),
  user: maybe(text()),
  createdAt: finite(),
  asOfAt: finite(),
  modifiedAt: finite(),
  clearingDate: text(),
});

const part = record<TradePart>({ account: text(), quantity: whole(), openClose, customerInfo: text() });

export const giveUp = record<GiveUp>({
  number: whole(),
  giver: text(),
  taker: text(),
  trade: whole(),
  account: text(),
  takerAccount: maybe(text()),
  series: text(),
  side,
  price: whole(),
  quantity: whole(),
  commission: whole(),
  text: text(),
  state: oneOf<GiveUpState>({ holding: true, confirmed: true, rejected: true, cancelled: true, lapsed: true }),
  parts: list(part),
  requestedBy: maybe(text()),
  decidedBy: maybe(text()),
  createdAt: finite(),
  modifiedAt: finite(),
  clearingDate: text(),
});

export const rectification = record<Rectification>({
  number: whole(),
  participant: text(),
  trade: whole(),
  series: text(),
  parts: list(part),
  state: oneOf<RectificationState>({ holding: true, confirmed: true, rejected: true }),
  requestedBy: maybe(text()),
  decidedBy: maybe(text()),
  createdAt: finite(),
  modifiedAt: finite(),
  clearingDate: text(),
});

export const averagePriceTrade = record<AveragePriceTrade>({
  trade: whole(),
  participant: text(),
  series: text(),
  members: list(whole()),
  quantity: whole(),
  averagePrice: whole(),
  valueDifference: finite(),
  createdAt: finite(),
  clearingDate: text(),
});

export const closeOut = record<CloseOut>({
  number: whole(),
  participant: text(),
  account: text(),
  series: text(),
  quantity: whole(),
  restored: whole(),
  user: maybe(text()),
  createdAt: finite(),
  modifiedAt: finite(),
  businessDate: text(),
});

export const exercise = record<Exercise>({
  number: whole(),
  kind: oneOf({ request: true, automatic: true }),
  participant: text(),
  account: text(),
  series: text(),
  quantity: whole(),
  state: oneOf<ExerciseState>({ holding: true, annulled: true, exercised: true }),
  user: maybe(text()),
  createdAt: finite(),
  modifiedAt: finite(),
  businessDate: text(),
});

export const delivery = record<Delivery>({
  number: whole(),
  participant: text(),
  account: text(),
  series: text(),
  cause: oneOf({ exercise: true, assignment: true, expiry: true }),
  quantity: whole(),
  shares: finite(),
  amountCents: finite(),
  businessDate: text(),
  dueDate: text(),
});

export const position = record<Position>({
  participant: text(),
  account: text(),
  series: text(),
  held: whole(),
  written: whole(),
  closedOut: whole(),
  exercised: whole(),
  assigned: whole(),
  denied: whole(),
  covered: whole(),
  modifiedAt: finite(),
});

export const message = record<ClearingMessage>({ number: whole(), sentAt: finite(), to: maybe(text()), text: text() });

const reportWithoutText = {
  code: oneOfThese(REPORT_CODES),
  participant: maybe(text()),
  made: oneOfThese(REPORT_MAKINGS),
  fileName: text(),
  businessDate: text(),
  folderDate: text(),
  startedAt: finite(),
  completedAt: maybe(finite()),
  withheld: flag,
  damage: maybe(record<ReportDamage>({ how: oneOfThese(DAMAGES), seed: text() })),
  unfit: whole(),
} satisfies { readonly [Name in Exclude<keyof Report, 'text' | 'undamaged'>]: Shape<Report[Name]> };

export const report = record<Report>({ ...reportWithoutText, undamaged: maybe(text()), text: text() });

/** As the journal has it: the text is made again from the state. */
export const reportInJournal = record<Omit<Report, 'text' | 'undamaged'>>(reportWithoutText);

export const tradeChange = record<TradeChange>({
  sequence: whole(),
  trade: whole(),
  series: text(),
  clearingDate: text(),
  state: tradeState,
  remainingQuantity: whole(),
  giveUpState: tradeGiveUpState,
  modifiedAt: finite(),
});

export const giveUpRecord = record<GiveUpRecord>({ sequence: whole(), giveUp });
export const deliveryRecord = record<DeliveryRecord>({ sequence: whole(), delivery });

export const signal = record<InformationSignal>({
  number: whole(),
  kind: oneOf({ 'settlement-prices': true, reports: true, 'day-end': true }),
  businessDate: text(),
  at: finite(),
});
