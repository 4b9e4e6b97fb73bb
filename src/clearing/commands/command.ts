import type { AccountId } from '../account.ts';
import type { TradePart } from '../give-up.ts';
import type { CustomerCode } from '../participant.ts';
import type { SeriesName } from '../series.ts';

/**
 * What a clearing participant can ask for: the post-trade functions, dcass-facts.md 2.1 and oapi-facts.md 4.2. The
 * windows check shapes and lengths of fields; everything else is decided here. Quantities are contracts.
 */
export type Command =
  | RectifyTrade
  | ConfirmRectification
  | RejectRectification
  | TransferFromTransitory
  | MakeAveragePriceTrade
  | RequestGiveUp
  | TakeUp
  | RejectGiveUp
  | TransferPosition
  | NetDownPosition
  | RestorePosition
  | CoverPosition
  | RequestExercise
  | AnnulExercise
  | DenyExercise;

export type CommandName = Command['do'];

/** CD28: re-books a trade into up to 100 parts. Less than what remains may be named; the rest stays. */
export interface RectifyTrade {
  readonly do: 'rectify-trade';
  readonly trade: number;
  readonly parts: readonly TradePart[];
}

/** CC11 with confirm. */
export interface ConfirmRectification {
  readonly do: 'confirm-rectification';
  readonly rectification: number;
}

/** CC11 with reject. */
export interface RejectRectification {
  readonly do: 'reject-rectification';
  readonly rectification: number;
}

/** CD5: moves a trade out of the transitory account. */
export interface TransferFromTransitory {
  readonly do: 'transfer-from-transitory';
  readonly trade: number;
  readonly parts: readonly TradePart[];
}

/** CD32: makes one trade at the average price of several, in the account in which they are. */
export interface MakeAveragePriceTrade {
  readonly do: 'make-average-price-trade';
  readonly trades: readonly number[];
}

/** CD35. */
export interface RequestGiveUp {
  readonly do: 'request-give-up';
  readonly trade: number;
  readonly to: CustomerCode;
  /** The account that is proposed to the taker, who decides. */
  readonly takerAccount?: AccountId | undefined;
  readonly quantity: number;
  readonly commission: number;
  readonly text: string;
}

/** CC38: takes a give-up into up to 50 parts, which add up to it. */
export interface TakeUp {
  readonly do: 'take-up';
  readonly giveUp: number;
  readonly parts: readonly TradePart[];
}

/** CC40: the taker rejects; the giver cancels. */
export interface RejectGiveUp {
  readonly do: 'reject-give-up';
  readonly giveUp: number;
  readonly text: string;
}

/** CD34: moves contracts between two accounts of one participant. */
export interface TransferPosition {
  readonly do: 'transfer-position';
  readonly series: SeriesName;
  readonly from: AccountId;
  readonly to: AccountId;
  readonly held: number;
  readonly written: number;
}

/** CD54: takes away as many held as written contracts of gross positions. All or none of the items. */
export interface NetDownPosition {
  readonly do: 'net-down-position';
  readonly items: readonly {
    readonly account: AccountId;
    readonly series: SeriesName;
    readonly quantity: number;
    /** What shall be held afterwards, where the client says so: a check. */
    readonly finalHeld?: number | undefined;
  }[];
}

/** CD55: undoes a net-down of the same business date, or a part of it. */
export interface RestorePosition {
  readonly do: 'restore-position';
  readonly closeOut: number;
  readonly quantity: number;
}

/** Sets how many written stock calls the underlying covers. */
export interface CoverPosition {
  readonly do: 'cover-position';
  readonly account: AccountId;
  readonly series: SeriesName;
  /** The new quantity, not a change. */
  readonly quantity: number;
}

/** CC13. */
export interface RequestExercise {
  readonly do: 'request-exercise';
  readonly account: AccountId;
  readonly series: SeriesName;
  readonly quantity: number;
}

/** CC15. */
export interface AnnulExercise {
  readonly do: 'annul-exercise';
  readonly exercise: number;
}

/** CC14: sets how many held contracts automatic exercise leaves alone. */
export interface DenyExercise {
  readonly do: 'deny-exercise';
  readonly account: AccountId;
  readonly series: SeriesName;
  /** The new quantity, not a change. */
  readonly quantity: number;
}
