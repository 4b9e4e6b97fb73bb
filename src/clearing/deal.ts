import type { BusinessDate, Instant } from '../time/instant.ts';
import type { AccountId } from './account.ts';
import type { CustomerCode } from './participant.ts';
import type { SeriesName } from './series.ts';
import type { UserId } from './user.ts';

export type Side = 'buy' | 'sell';

/**
 * oapi-facts.md 4.2: the trade types that public code shows (C), and three that DCASS or its functions name
 * without a public number: give-up, take-up, average-price. A reversing trade takes another one back, an
 * overtaking one takes its place.
 */
export type TradeType =
  | 'standard'
  | 'transitory'
  | 'overtaking'
  | 'reversing'
  | 'transfer'
  | 'exercise'
  | 'assign'
  | 'closing'
  | 'give-up'
  | 'take-up'
  | 'average-price';

/** oapi-facts.md 4.2: 1 active, 2 rectified (C). ASSUMED: an annulled trade has a state of its own. */
export type TradeState = 'active' | 'rectified' | 'annulled';

/** What a trade does to a gross account. `default` opens there; a net account nets whatever it says. */
export type OpenClose = 'default' | 'open' | 'close';

/** Where the last give-up of a trade stands. */
export type TradeGiveUpState = 'none' | 'holding' | 'given-up';

/** One side of a deal, in one account. A deal, the match, has two trades: dcass-facts.md 6.2. */
export interface Trade {
  readonly number: number;
  readonly deal: number;
  /** 1, 2, 3 … per participant, instrument type and clearing date (oapi-facts.md section 3, C; the restart at each date is ASSUMED). */
  readonly sequence: number;
  readonly series: SeriesName;
  readonly participant: CustomerCode;
  readonly account: AccountId;
  readonly side: Side;
  /** Contracts. */
  readonly quantity: number;
  /** Contracts that no give-up, rectification or average price trade has taken yet. */
  readonly remainingQuantity: number;
  /** Contracts of the remaining ones that pending give-ups ask for. */
  readonly heldQuantity: number;
  /** The rectification that waits for confirmation, if any. */
  readonly heldBy: number | undefined;
  /** Integer in the class's price decimals. */
  readonly price: number;
  readonly type: TradeType;
  readonly state: TradeState;
  readonly openClose: OpenClose;
  /** The participant's own note, at most 15 characters. */
  readonly customerInfo: string;
  /** The other participant of a give-up or take-up trade. */
  readonly giveUpMember: CustomerCode | undefined;
  readonly giveUpState: TradeGiveUpState;
  /** The trade from which this one came. */
  readonly originalTrade: number | undefined;
  /** Who made it by a post-trade function; undefined for the trading system and HKEX. */
  readonly user: UserId | undefined;
  readonly createdAt: Instant;
  /** When the original match was made. */
  readonly asOfAt: Instant;
  readonly modifiedAt: Instant;
  /** The business date to which the trade belongs; trades after 17:15 carry the next one. */
  readonly clearingDate: BusinessDate;
}

/** Why a deal exists. All but `match` are post-trade: an adjustment makes a new deal (dcass-facts.md 6.2, A/B). */
export type DealReason =
  | 'match'
  | 'rectification'
  | 'transfer-from-transitory'
  | 'average-price'
  | 'give-up'
  | 'annulment'
  | 'position-transfer'
  | 'exercise'
  | 'day-end';

export interface TradeReference {
  readonly participant: CustomerCode;
  readonly trade: number;
}

/** What the two trades have in common. */
export interface Deal {
  readonly number: number;
  readonly reason: DealReason;
  readonly series: SeriesName;
  readonly quantity: number;
  readonly price: number;
  /** The deal from which this one came. */
  readonly original: number | undefined;
  readonly buy: TradeReference;
  readonly sell: TradeReference;
  readonly annulled: boolean;
}
