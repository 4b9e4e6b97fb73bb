import type { BusinessDate, CalendarDate, Instant } from '../time/instant.ts';
import type { AccountAccess, AccountState, AccountType, PositionKeeping } from './account.ts';
import type { Side, TradeState, TradeType } from './deal.ts';
import type { ExerciseState } from './exercise.ts';
import type { GiveUpState } from './give-up.ts';
import type { RectificationState } from './rectification.ts';
import type { UserId } from './user.ts';

/**
 * Why the model refuses a deal or a post-trade command. `part` counts from 1 where a command has several. What belongs
 * to another participant is unknown: an answer must not tell that it exists.
 */
export type PostTradeRejection =
  // When
  | {
      readonly code: 'after-input-cutoff';
      readonly clearingDate: BusinessDate;
      /** Which session's input is over. */
      readonly session: 'T' | 'T+1';
      readonly cutoff: Instant;
    }
  | { readonly code: 'day-ended'; readonly businessDate: BusinessDate }
  | { readonly code: 'day-not-ended'; readonly businessDate: BusinessDate }
  | { readonly code: 'not-the-next-business-date'; readonly date: CalendarDate; readonly next: BusinessDate }
  // Names
  | { readonly code: 'unknown-series'; readonly series: string }
  | { readonly code: 'unknown-account'; readonly account: string; readonly part?: number }
  | { readonly code: 'unknown-participant'; readonly participant: string }
  | { readonly code: 'unknown-trade'; readonly trade: number }
  | { readonly code: 'unknown-deal'; readonly deal: number }
  | { readonly code: 'unknown-give-up'; readonly giveUp: number }
  | { readonly code: 'unknown-rectification'; readonly rectification: number }
  | { readonly code: 'unknown-close-out'; readonly closeOut: number }
  | { readonly code: 'unknown-exercise'; readonly exercise: number }
  // Quantities and texts
  | { readonly code: 'quantity-not-positive'; readonly quantity: number; readonly part?: number }
  | { readonly code: 'price-not-positive'; readonly price: number }
  | { readonly code: 'commission-not-allowed'; readonly commission: number; readonly commissionMax: number }
  | { readonly code: 'no-parts' }
  | { readonly code: 'too-many-parts'; readonly parts: number; readonly partsMax: number }
  | {
      readonly code: 'parts-do-not-add-up';
      readonly sum: number;
      readonly expected: number;
      /** Whether less than expected would do. */
      readonly lessAllowed: boolean;
    }
  | {
      readonly code: 'text-not-allowed';
      readonly field: 'customer info' | 'give-up text';
      readonly problem: 'too-long' | 'not-printable';
      readonly length: number;
      readonly lengthMax: number;
      readonly part?: number;
    }
  // Accounts
  | {
      readonly code: 'account-not-active';
      readonly account: string;
      readonly state: AccountState;
      readonly part?: number;
    }
  | {
      readonly code: 'no-account-access';
      readonly account: string;
      readonly access: AccountAccess;
      readonly needed: 'write' | 'exercise';
      readonly part?: number;
    }
  | {
      readonly code: 'account-type-not-allowed';
      readonly account: string;
      readonly type: AccountType;
      readonly allowed: readonly AccountType[];
      readonly part?: number;
    }
  | { readonly code: 'same-account'; readonly account: string }
  | { readonly code: 'account-not-gross'; readonly account: string; readonly keeping: PositionKeeping }
  // Trades
  | { readonly code: 'trade-not-active'; readonly trade: number; readonly state: TradeState }
  | {
      readonly code: 'trade-too-old';
      readonly trade: number;
      readonly clearingDate: BusinessDate;
      readonly businessDate: BusinessDate;
    }
  | {
      readonly code: 'trade-type-not-allowed';
      readonly trade: number;
      readonly type: TradeType;
      readonly allowed: readonly TradeType[];
    }
  | { readonly code: 'rectification-pending'; readonly trade: number; readonly rectification: number }
  | { readonly code: 'give-up-pending'; readonly trade: number; readonly held: number }
  | {
      readonly code: 'not-enough-remaining';
      readonly trade: number;
      readonly remaining: number;
      /** Of these, how many pending give-ups ask for. */
      readonly held: number;
      readonly asked: number;
    }
  | { readonly code: 'trade-not-in-transitory-account'; readonly trade: number; readonly account: string }
  | { readonly code: 'rectification-changes-nothing'; readonly trade: number }
  | {
      readonly code: 'rectification-not-pending';
      readonly rectification: number;
      readonly state: RectificationState;
    }
  | { readonly code: 'own-request'; readonly rectification: number; readonly user: UserId }
  | {
      readonly code: 'deal-not-annullable';
      readonly deal: number;
      readonly reason: 'annulled-already' | 'not-a-match' | 'trades-not-whole' | 'old';
    }
  // Average price
  | { readonly code: 'too-few-trades'; readonly trades: number; readonly tradesMin: number }
  | { readonly code: 'too-many-trades'; readonly trades: number; readonly tradesMax: number }
  | { readonly code: 'trade-named-twice'; readonly trade: number }
  | {
      readonly code: 'trades-differ';
      readonly trade: number;
      readonly field: 'series' | 'side' | 'account' | 'clearing date';
      readonly found: string;
      readonly expected: string;
    }
  | { readonly code: 'no-average-price-account'; readonly participant: string }
  // Give-ups
  | { readonly code: 'give-up-to-oneself'; readonly participant: string }
  | {
      readonly code: 'not-in-clearing-house';
      readonly participant: string;
      readonly clearingHouse: 'HKCC' | 'SEOCH';
      readonly series: string;
    }
  | { readonly code: 'give-up-not-pending'; readonly giveUp: number; readonly state: GiveUpState }
  | { readonly code: 'not-the-taker'; readonly giveUp: number; readonly taker: string }
  // Positions
  | { readonly code: 'series-expired'; readonly series: string; readonly lastTradingDay: CalendarDate }
  | { readonly code: 'no-position'; readonly account: string; readonly series: string }
  | {
      readonly code: 'not-enough-position';
      readonly account: string;
      readonly series: string;
      readonly side: 'held' | 'written';
      readonly available: number;
      readonly asked: number;
      readonly part?: number;
    }
  | { readonly code: 'net-down-not-allowed'; readonly series: string; readonly kind: 'future' }
  | {
      readonly code: 'final-held-differs';
      readonly account: string;
      readonly series: string;
      readonly finalHeld: number;
      readonly expected: number;
    }
  | { readonly code: 'position-named-twice'; readonly account: string; readonly series: string }
  | {
      readonly code: 'close-out-of-another-date';
      readonly closeOut: number;
      readonly date: BusinessDate;
      readonly businessDate: BusinessDate;
    }
  | { readonly code: 'not-enough-closed-out'; readonly closeOut: number; readonly left: number; readonly asked: number }
  | {
      readonly code: 'cover-not-possible';
      readonly series: string;
      readonly reason: 'not-a-call' | 'not-stock' | 'more-than-written' | 'below-zero';
    }
  // Exercise
  | {
      readonly code: 'exercise-not-possible';
      readonly series: string;
      readonly reason: 'not-an-option' | 'european' | 'expired';
    }
  | {
      readonly code: 'deny-quantity';
      readonly account: string;
      readonly series: string;
      readonly quantity: number;
      readonly held: number;
    }
  | { readonly code: 'exercise-not-pending'; readonly exercise: number; readonly state: ExerciseState };

/** For refusals that name one side of a position. */
export function sideOfPosition(side: Side): 'held' | 'written' {
  return side === 'buy' ? 'held' : 'written';
}
