import type { AccountAccess, AccountState, AccountType, PositionKeeping } from '../../../clearing/account.ts';
import type { OpenClose, Side, TradeGiveUpState, TradeState, TradeType } from '../../../clearing/deal.ts';
import type { Delivery, Exercise, ExerciseState } from '../../../clearing/exercise.ts';
import type { GiveUpState } from '../../../clearing/give-up.ts';
import type { RectificationState } from '../../../clearing/rectification.ts';
import type { SeriesKind } from '../../../clearing/series.ts';
import type { LoginWindow } from '../../../clearing/session.ts';
import type { UserKind, UserState } from '../../../clearing/user.ts';

type WordFor<Value extends string> = Readonly<Record<Value, string>>;

/** A word for each value of the model. */
export const words = {
  sides: { buy: 'Buy', sell: 'Sell' } satisfies WordFor<Side>,
  sidesInText: { buy: 'buy', sell: 'sell' } satisfies WordFor<Side>,
  openClose: { default: 'Default', open: 'Open', close: 'Close' } satisfies WordFor<OpenClose>,
  openCloseStates: { default: 'default', open: 'open', close: 'close' } satisfies WordFor<OpenClose>,
  tradeTypes: {
    standard: 'standard',
    transitory: 'transitory',
    overtaking: 'overtaking',
    reversing: 'reversing',
    transfer: 'transfer',
    exercise: 'exercise',
    assign: 'assign',
    closing: 'closing',
    'give-up': 'give-up',
    'take-up': 'take-up',
    'average-price': 'average-price',
  } satisfies WordFor<TradeType>,
  tradeStates: { active: 'active', rectified: 'rectified', annulled: 'annulled' } satisfies WordFor<TradeState>,
  giveUpHolding: 'give-up holding',
  givenUp: 'given up',
  /** A trade's state and that of its give-up. */
  both: (state: string, giveUp: string) => `${state}, ${giveUp}`,
  tradeGiveUpStates: { none: 'none', holding: 'holding', 'given-up': 'given-up' } satisfies WordFor<TradeGiveUpState>,
  /** `overtaking of 3`. */
  ofTrade: (type: string, trade: number) => `${type} of ${trade}`,
  /** `give-up of 1 to CXYZ`. */
  toMember: (type: string, member: string) => `${type} to ${member}`,
  fromMember: (type: string, member: string) => `${type} from ${member}`,
  giveUpStates: {
    holding: 'holding',
    confirmed: 'confirmed',
    rejected: 'rejected',
    cancelled: 'cancelled',
    lapsed: 'lapsed',
  } satisfies WordFor<GiveUpState>,
  directions: { sent: 'Sent', received: 'Received' },
  rectificationStates: {
    holding: 'holding',
    confirmed: 'confirmed',
    rejected: 'rejected',
  } satisfies WordFor<RectificationState>,
  /** Of an assignment too, which has no states. */
  exerciseStates: {
    holding: 'holding',
    annulled: 'annulled',
    exercised: 'exercised',
    assigned: 'assigned',
  } satisfies WordFor<ExerciseState | 'assigned'>,
  exerciseKinds: {
    request: 'Request',
    automatic: 'Automatic',
    assignment: 'Assignment',
  } satisfies WordFor<Exercise['kind'] | 'assignment'>,
  causes: { exercise: 'exercise', assignment: 'assignment', expiry: 'expiry' } satisfies WordFor<Delivery['cause']>,
  seriesKinds: { future: 'Future', call: 'Call', put: 'Put' } satisfies WordFor<SeriesKind>,

  // dcass-facts.md 6.1 (UG2, B): the eight account types.
  accountTypes: {
    house: 'House',
    'market-maker': 'Market maker',
    'omnibus-client': 'Omnibus client',
    'individual-client': 'Individual client',
    'client-offset-claim': 'Client offset claim (COCA)',
    daily: 'Daily',
    sink: 'Sink',
    apt: 'Average price trade (APT)',
    transitory: 'Transitory',
  } satisfies WordFor<AccountType>,
  /** As a sentence names them. */
  accountTypesInText: {
    house: 'house',
    'market-maker': 'market-maker',
    'omnibus-client': 'omnibus-client',
    'individual-client': 'individual-client',
    'client-offset-claim': 'client-offset-claim',
    daily: 'daily',
    sink: 'sink',
    apt: 'apt',
    transitory: 'transitory',
  } satisfies WordFor<AccountType>,
  positionKeeping: { net: 'net', gross: 'gross' } satisfies WordFor<PositionKeeping>,
  accountStates: { active: 'active', inactive: 'inactive' } satisfies WordFor<AccountState>,
  accountAccess: {
    full: 'full',
    'no-exercise': 'no-exercise',
    'read-only': 'read-only',
  } satisfies WordFor<AccountAccess>,

  // dcass-facts.md 1.1 (SEED, A): the three types' own names.
  userKinds: {
    online: 'DCASS Online User',
    administrator: 'DCASS Administrator',
    oapi: 'DCASS OAPI User',
  } satisfies WordFor<UserKind>,
  userStates: {
    active: 'Active',
    expiring: 'Password expires soon',
    expired: 'Password expired',
    'change-required': 'Must change password',
    locked: 'Locked',
    suspended: 'Suspended',
  } satisfies WordFor<UserState>,
  windows: { online: 'DCASS Online', oapi: 'OAPI' } satisfies WordFor<LoginWindow>,
};
