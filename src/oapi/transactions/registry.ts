import type { NewEntry } from '../../journal/entry.ts';
import type { CompletionCode } from '../completion.ts';
import type { CallContext } from '../gateway-context.ts';
import { businessDateQuery } from './business-date.ts';
import { positionQuery } from './positions.ts';
import { historicalTradeQuery, missingTradeQuery } from './trades.ts';

export interface TransactionAnswer {
  readonly completion: CompletionCode;
  readonly status?: number;
  readonly message?: Buffer;
  readonly outcome: NonNullable<NewEntry['outcome']>;
  /** Why, where the outcome is not ok: a rejection code or a code of the transaction's own. */
  readonly code?: string;
  /** What was found and what is allowed, where the message itself is wrong. */
  readonly problem?: string;
  readonly rows?: number;
  readonly segment?: number;
}

/** A simulated query. The caller has checked session and phase. */
export interface Transaction {
  /** `CQ3`. */
  readonly type: string;
  /** @throws LayoutError where the size of `message` is wrong */
  answer(message: Buffer, call: CallContext): TransactionAnswer;
}

export type Transactions = ReadonlyMap<string, Transaction>;

/** What is simulated so far; anything else is refused with -17 and journalled as unsimulated. */
export const TRANSACTIONS: Transactions = new Map(
  [businessDateQuery, positionQuery, missingTradeQuery, historicalTradeQuery].map((each) => [each.type, each]),
);

/**
 * The clearing transactions that change something: oapi-facts.md 4.1, 4.2 and Appendix A (C), with the
 * CLICK era's CD4, CD5, CD33 and CD36, which HKEX's mix may have. None is simulated yet, but in
 * enquiry-only mode each gets that mode's refusal.
 */
const POST_TRADE = new Set(
  'CC11 CC12 CC13 CC14 CC15 CC22 CC38 CC40 CC42 CC45 CD4 CD5 CD28 CD31 CD32 CD33 CD34 CD35 CD36 CD54 CD55'.split(' '),
);

export function isPostTrade(type: string): boolean {
  return POST_TRADE.has(type);
}
