import type { BusinessDate } from '../../time/instant.ts';
import { type Account, type AccountId, type AccountType } from '../account.ts';
import type { Trade } from '../deal.ts';
import type { TradePart } from '../give-up.ts';
import type { PostTradeRejection } from '../post-trade-rejection.ts';
import { accepted, rejected, type Outcome } from '../rejection.ts';
import type { SeriesName } from '../series.ts';
import { seriesOf, type Book, type ClearingState } from '../state.ts';

type Found<T> = Outcome<T, PostTradeRejection>;

/** An own account in which post-trade input may be done: it exists, is active, may be written, and is of an allowed type. */
export function findAccount(
  book: Book,
  id: AccountId,
  rules: {
    readonly allowed?: readonly AccountType[];
    readonly needed?: 'write' | 'exercise';
    readonly part?: number;
  } = {},
): Found<Account> {
  const { allowed, needed = 'write' } = rules;
  const at = rules.part === undefined ? {} : { part: rules.part };
  const account = book.accounts.get(id);
  if (!account) return rejected({ code: 'unknown-account', account: id, ...at });
  const { type, state, access } = account;
  if (state !== 'active') return rejected({ code: 'account-not-active', account: id, state, ...at });
  if (access === 'read-only' || (needed === 'exercise' && access === 'no-exercise')) {
    return rejected({ code: 'no-account-access', account: id, access, needed, ...at });
  }
  if (allowed && !allowed.includes(type)) {
    return rejected({ code: 'account-type-not-allowed', account: id, type, allowed, ...at });
  }
  return accepted(account);
}

/** An own trade that can still be changed: active, and without a rectification that waits. */
export function findActiveTrade(book: Book, number: number): Found<Trade> {
  const trade = book.trades.get(number);
  if (!trade) return rejected({ code: 'unknown-trade', trade: number });
  if (trade.state !== 'active') return rejected({ code: 'trade-not-active', trade: number, state: trade.state });
  if (trade.heldBy !== undefined) {
    return rejected({ code: 'rectification-pending', trade: number, rectification: trade.heldBy });
  }
  return accepted(trade);
}

/** Nothing can be done any more with a series that expired before the business date `date`. */
export function expiredTrouble(
  state: ClearingState,
  name: SeriesName,
  date: BusinessDate,
): PostTradeRejection | undefined {
  const { expiryDate, lastTradingDay } = seriesOf(state, name);
  return expiryDate < date ? { code: 'series-expired', series: name, lastTradingDay } : undefined;
}

/** A whole number of contracts above zero. */
export function quantityTrouble(quantity: number, part?: number): PostTradeRejection | undefined {
  if (Number.isSafeInteger(quantity) && quantity > 0) return undefined;
  return { code: 'quantity-not-positive', quantity, ...(part === undefined ? {} : { part }) };
}

/** The lengths are the family's fields: customer info 15, give-up text 30 characters (oapi-facts.md Appendix A). */
export function textTrouble(
  field: 'customer info' | 'give-up text',
  text: string,
  part?: number,
): PostTradeRejection | undefined {
  const lengthMax = field === 'customer info' ? 15 : 30;
  const problem = text.length > lengthMax ? 'too-long' : /^[ -~]*$/.test(text) ? undefined : 'not-printable';
  if (problem === undefined) return undefined;
  return {
    code: 'text-not-allowed',
    field,
    problem,
    length: text.length,
    lengthMax,
    ...(part === undefined ? {} : { part }),
  };
}

/**
 * What is wrong with a list of parts, by precedence: their number; then part by part quantity, account, text; then
 * the sum. `book` is the one whose accounts they name.
 */
export function partsTrouble(
  book: Book,
  parts: readonly TradePart[],
  rules: {
    readonly partsMax: number;
    readonly expected: number;
    readonly lessAllowed: boolean;
    readonly allowed: readonly AccountType[];
  },
): PostTradeRejection | undefined {
  if (parts.length === 0) return { code: 'no-parts' };
  if (parts.length > rules.partsMax) {
    return { code: 'too-many-parts', parts: parts.length, partsMax: rules.partsMax };
  }
  for (const [i, { quantity, account, customerInfo }] of parts.entries()) {
    const part = i + 1;
    const trouble = quantityTrouble(quantity, part);
    if (trouble) return trouble;
    const found = findAccount(book, account, { allowed: rules.allowed, part });
    if (!found.ok) return found.rejection;
    const text = textTrouble('customer info', customerInfo, part);
    if (text) return text;
  }
  const sum = parts.reduce((total, part) => total + part.quantity, 0);
  if (sum > rules.expected || (sum < rules.expected && !rules.lessAllowed)) {
    return { code: 'parts-do-not-add-up', sum, expected: rules.expected, lessAllowed: rules.lessAllowed };
  }
  return undefined;
}
