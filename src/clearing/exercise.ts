import type { BusinessDate, Instant } from '../time/instant.ts';
import type { AccountId } from './account.ts';
import type { CustomerCode } from './participant.ts';
import type { SeriesName } from './series.ts';
import type { UserId } from './user.ts';

/** ASSUMED: HKEX's states of an exercise request are not public. */
export type ExerciseState = 'holding' | 'annulled' | 'exercised';

/** A request to exercise held options, or an exercise that day end made by itself. */
export interface Exercise {
  readonly number: number;
  readonly kind: 'request' | 'automatic';
  readonly participant: CustomerCode;
  readonly account: AccountId;
  readonly series: SeriesName;
  /** Contracts. */
  readonly quantity: number;
  readonly state: ExerciseState;
  readonly user: UserId | undefined;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly businessDate: BusinessDate;
}

/** What has to be delivered or paid after an exercise, an assignment or the expiry of a future. */
export interface Delivery {
  readonly number: number;
  readonly participant: CustomerCode;
  readonly account: AccountId;
  readonly series: SeriesName;
  readonly cause: 'exercise' | 'assignment' | 'expiry';
  /** Contracts. */
  readonly quantity: number;
  /** Shares to receive (positive) or to deliver (negative); 0 where it settles in cash only. */
  readonly shares: number;
  /** Money to receive (positive) or to pay (negative), in HK cents. */
  readonly amountCents: number;
  readonly businessDate: BusinessDate;
  readonly dueDate: BusinessDate;
}
