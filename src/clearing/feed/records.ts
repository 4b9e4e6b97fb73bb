import type { BusinessDate, Instant } from '../../time/instant.ts';
import type { Trade } from '../deal.ts';
import type { Delivery } from '../exercise.ts';
import type { GiveUp } from '../give-up.ts';

// What a participant is told, numbered, so that it notices what it missed and can ask for it: oapi-facts.md section 3
// ("Sequence query", C). ASSUMED: each kind has its own numbers 1, 2, 3 …, by participant, instrument type and the
// business date on which it happened.

/** A trade of the book that was changed, with its values at that time (BD39, CQ39). */
export interface TradeChange {
  readonly sequence: number;
  readonly trade: number;
  readonly series: Trade['series'];
  readonly clearingDate: BusinessDate;
  readonly state: Trade['state'];
  /** Contracts. */
  readonly remainingQuantity: number;
  readonly giveUpState: Trade['giveUpState'];
  readonly modifiedAt: Instant;
}

/** A give-up as it was made or changed: both parties have a record of it, each with its own number (BD29, CQ76). */
export interface GiveUpRecord {
  readonly sequence: number;
  readonly giveUp: GiveUp;
}

/** BD18, CQ52. */
export interface DeliveryRecord {
  readonly sequence: number;
  readonly delivery: Delivery;
}

/** ASSUMED: what HKEX signals is not public; Osaka signals settlement prices (C). */
export type InformationKind = 'settlement-prices' | 'reports' | 'day-end';

/** Something that everybody may fetch now (BI7, UQ9). */
export interface InformationSignal {
  /** 1, 2, 3 … of the business date. */
  readonly number: number;
  readonly kind: InformationKind;
  readonly businessDate: BusinessDate;
  readonly at: Instant;
}
