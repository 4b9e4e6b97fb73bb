import type { Instant } from '../../time/instant.ts';
import type { ClearingEvent, PositionChange } from '../event.ts';
import type { CustomerCode } from '../participant.ts';
import type { Report } from '../report.ts';
import {
  accountAccess,
  accountState,
  averagePriceTrade,
  closeOut,
  deal,
  delivery,
  exercise,
  giveUp,
  message,
  phase,
  rectification,
  reportInJournal,
  signal,
  trade,
} from './record-shapes.ts';
import {
  finite,
  flag,
  list,
  maybe,
  Misshapen,
  oneOf,
  partial,
  record,
  secret,
  text,
  whole,
  type Shape,
} from './shape.ts';
import { functions, loginAttempt, session, sessionEndReason } from './user-shapes.ts';

/** An event as the journal has it: a report comes without its text, which the state at that moment gives. */
export type EventInJournal =
  | Exclude<ClearingEvent, { type: 'report-started' }>
  | { readonly type: 'report-started'; readonly report: Omit<Report, 'text' | 'undamaged'> };

type OfType<Type extends ClearingEvent['type']> = Extract<EventInJournal, { type: Type }>;

const user = <Type extends 'user-locked' | 'user-unlocked' | 'user-suspended' | 'user-reinstated'>(type: Type) =>
  record<{ readonly type: Type; readonly user: OfType<Type>['user'] }>({ type: only(type), user: text() });

const namedReport = {
  participant: maybe(text<CustomerCode>()),
  fileName: text(),
  folderDate: text(),
  at: finite<Instant>(),
};

const listOfTrades = list(trade);

const trades: Shape<OfType<'deal-made'>['trades']> = {
  write: listOfTrades.write,
  read: (plain, vault) => {
    const [buy, sell, ...more] = listOfTrades.read(plain, vault);
    if (buy && sell && more.length === 0) return [buy, sell];
    throw new Misshapen('the two trades of the deal are expected');
  },
};

/** Every kind of event, field by field; one that is forgotten here does not compile. */
const EVENT_SHAPES: { readonly [Type in ClearingEvent['type']]: Shape<OfType<Type>> } = {
  'phase-changed': record({ type: only('phase-changed'), phase, at: finite() }),
  'input-cutoff-lifted': record({ type: only('input-cutoff-lifted'), businessDate: text() }),
  'business-date-set': record({ type: only('business-date-set'), businessDate: text() }),
  'logged-in': record({ type: only('logged-in'), session }),
  'login-failed': record({ type: only('login-failed'), user: text(), failedLogins: whole(), attempt: loginAttempt }),
  'session-ended': record({ type: only('session-ended'), session, reason: sessionEndReason, at: finite() }),
  'restriction-lifted': record({ type: only('restriction-lifted'), session: text() }),
  'password-set': record({
    type: only('password-set'),
    user: text(),
    password: secret,
    by: oneOf({ user: true, administrator: true, exchange: true }),
    at: finite(),
    expiresAt: maybe(finite()),
    mustChange: flag,
    remembered: whole(),
  }),
  'password-expired': record({ type: only('password-expired'), user: text(), at: finite() }),
  'user-locked': user('user-locked'),
  'user-unlocked': user('user-unlocked'),
  'user-suspended': user('user-suspended'),
  'user-reinstated': user('user-reinstated'),
  'user-functions-changed': record({ type: only('user-functions-changed'), user: text(), functions }),
  'deal-matched': record({ type: only('deal-matched'), deal, trades }),
  'deal-made': record({ type: only('deal-made'), deal, trades }),
  'deal-annulled': record({ type: only('deal-annulled'), deal: whole(), at: finite() }),
  'trade-changed': record({ type: only('trade-changed'), trade }),
  'give-up-changed': record({ type: only('give-up-changed'), giveUp }),
  'rectification-changed': record({ type: only('rectification-changed'), rectification }),
  'average-price-trade-made': record({ type: only('average-price-trade-made'), averagePriceTrade }),
  'close-out-changed': record({ type: only('close-out-changed'), closeOut }),
  'exercise-changed': record({ type: only('exercise-changed'), exercise }),
  'delivery-made': record({ type: only('delivery-made'), delivery }),
  'position-adjusted': record({
    type: only('position-adjusted'),
    participant: text(),
    account: text(),
    series: text(),
    reason: oneOf<OfType<'position-adjusted'>['reason']>({
      'net-down': true,
      restore: true,
      'deny-exercise': true,
      cover: true,
      exercise: true,
      assignment: true,
      expiry: true,
    }),
    change: partial<PositionChange>({
      held: whole(),
      written: whole(),
      closedOut: whole(),
      exercised: whole(),
      assigned: whole(),
      denied: whole(),
      covered: whole(),
    }),
    at: finite(),
  }),
  'account-changed': record({
    type: only('account-changed'),
    participant: text(),
    account: text(),
    state: accountState,
    access: accountAccess,
  }),
  'price-set': record({ type: only('price-set'), of: text(), price: whole() }),
  'day-ended': record({ type: only('day-ended'), businessDate: text(), at: finite() }),
  'business-date-rolled': record({ type: only('business-date-rolled'), from: text(), to: text(), at: finite() }),
  'message-sent': record({ type: only('message-sent'), message }),
  'information-ready': record({ type: only('information-ready'), signal }),
  'report-started': record({ type: only('report-started'), report: reportInJournal }),
  'report-completed': record({ type: only('report-completed'), ...namedReport }),
  'report-released': record({ type: only('report-released'), ...namedReport }),
  'report-republished': record({ type: only('report-republished'), ...namedReport, newName: text() }),
};

/** The shape of the events of one type. */
export function eventShape(type: ClearingEvent['type']): Shape<EventInJournal> {
  // Each type is paired with its own event, which the compiler cannot follow through the index.
  return EVENT_SHAPES[type] as Shape<EventInJournal>;
}

export function isEventType(type: string): type is ClearingEvent['type'] {
  return Object.hasOwn(EVENT_SHAPES, type);
}

function only<Type extends string>(type: Type): Shape<Type> {
  return oneOf({ [type]: true } as Record<Type, true>);
}
