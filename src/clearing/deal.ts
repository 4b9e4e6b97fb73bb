import type { BusinessDate, Instant } from '../time/instant.ts';
import type { AccountId } from './account.ts';
import type { CustomerCode } from './participant.ts';
import type { SeriesName } from './series.ts';

export type Side = 'buy' | 'sell';

/** oapi-facts.md 4.2: the trade types that public code shows. This first part of the model makes standard ones only. */
export type TradeType = 'standard';

export type TradeState = 'active';

/** One side of a deal, in one account. A deal, the match, has two trades: dcass-facts.md 6.2. */
export interface Trade {
  readonly number: number;
  readonly deal: number;
  readonly series: SeriesName;
  readonly participant: CustomerCode;
  readonly account: AccountId;
  readonly side: Side;
  /** Contracts. */
  readonly quantity: number;
  /** Contracts that no give-up or rectification has taken yet. */
  readonly remainingQuantity: number;
  /** Integer in the class's price decimals. */
  readonly price: number;
  readonly type: TradeType;
  readonly state: TradeState;
  /** The participant's own note, at most 15 characters. */
  readonly customerInfo: string;
  readonly createdAt: Instant;
  /** The business date to which the trade belongs; trades after 17:15 carry the next one. */
  readonly clearingDate: BusinessDate;
}
