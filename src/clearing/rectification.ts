import type { BusinessDate, Instant } from '../time/instant.ts';
import type { TradePart } from './give-up.ts';
import type { CustomerCode } from './participant.ts';
import type { SeriesName } from './series.ts';
import type { UserId } from './user.ts';

/** ASSUMED: HKEX's rectification states are not public. */
export type RectificationState = 'holding' | 'confirmed' | 'rejected';

/** A trade re-booked into parts: CD28, and CC11 where it is held until somebody confirms it (oapi-facts.md 4.2, C). */
export interface Rectification {
  readonly number: number;
  readonly participant: CustomerCode;
  readonly trade: number;
  readonly series: SeriesName;
  readonly parts: readonly TradePart[];
  readonly state: RectificationState;
  readonly requestedBy: UserId | undefined;
  readonly decidedBy: UserId | undefined;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly clearingDate: BusinessDate;
}

/** Trades of one series and side made into one at their average price: CD32 (dcass-facts.md 6.1 and 2.1). */
export interface AveragePriceTrade {
  /** The number of the average price trade itself. */
  readonly trade: number;
  readonly participant: CustomerCode;
  readonly series: SeriesName;
  /** The trades that went into it. */
  readonly members: readonly number[];
  readonly quantity: number;
  /** Rounded: integer in price decimals. */
  readonly averagePrice: number;
  /** Sum of price times quantity of the members, less average price times quantity: what rounding left, in price units times contracts. */
  readonly valueDifference: number;
  readonly createdAt: Instant;
  readonly clearingDate: BusinessDate;
}
