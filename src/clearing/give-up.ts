import type { BusinessDate, Instant } from '../time/instant.ts';
import type { AccountId } from './account.ts';
import type { OpenClose, Side } from './deal.ts';
import type { CustomerCode } from './participant.ts';
import type { SeriesName } from './series.ts';
import type { UserId } from './user.ts';

/** ASSUMED: HKEX's give-up states are not public. `cancelled` by the giver, `lapsed` at day end. */
export type GiveUpState = 'holding' | 'confirmed' | 'rejected' | 'cancelled' | 'lapsed';

/** Where a part of what is taken up, or re-booked, goes. */
export interface TradePart {
  readonly account: AccountId;
  /** Contracts. */
  readonly quantity: number;
  readonly openClose: OpenClose;
  readonly customerInfo: string;
}

/** A request to give up a trade, or a part of it, to another participant: dcass-facts.md 6.2 (C). */
export interface GiveUp {
  readonly number: number;
  /** Who executed the trade and gives it up. */
  readonly giver: CustomerCode;
  readonly taker: CustomerCode;
  /** The giver's trade and its account. */
  readonly trade: number;
  readonly account: AccountId;
  /** The account that the giver proposes to the taker. */
  readonly takerAccount: AccountId | undefined;
  readonly series: SeriesName;
  /** The side of the trade that is given up: the taker gets the same. */
  readonly side: Side;
  readonly price: number;
  readonly quantity: number;
  /** Integer, as the giver typed it: who charges it, and how, is outside DCASS. */
  readonly commission: number;
  /** At most 30 characters. */
  readonly text: string;
  readonly state: GiveUpState;
  /** What the taker made of it, once confirmed. */
  readonly parts: readonly TradePart[];
  readonly requestedBy: UserId | undefined;
  readonly decidedBy: UserId | undefined;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly clearingDate: BusinessDate;
}
