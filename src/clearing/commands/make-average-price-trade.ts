import type { Account } from '../account.ts';
import { averagePriceOf } from '../average-price.ts';
import type { Trade, TradeType } from '../deal.ts';
import type { Plan, TradeTerms } from '../plan.ts';
import type { PostTradeRejection } from '../post-trade-rejection.ts';
import { rebook } from '../rebook.ts';
import { accepted, rejected, type Outcome } from '../rejection.ts';
import { bookOf, type Book, type ClearingState } from '../state.ts';
import type { MakeAveragePriceTrade } from './command.ts';
import { planFor, type CommandContext, type Decide } from './context.ts';
import { expiredTrouble, findAccount } from './find.ts';
import { findRebookable } from './find-rebookable.ts';
import { dateOfInput, inputEnded } from './input-cutoff.ts';
import { reversingMove, shortageAlong, type Move } from './shortage-along.ts';

/** Fewer have no average; the record has room for 1000 (oapi-facts.md Appendix A, CD32: C). */
const TRADES_MIN = 2;
const TRADES_MAX = 1_000;

/** ASSUMED: as for a rectification, but an average of averages would be rounded twice. */
const MAY_BE_AVERAGED: readonly TradeType[] = ['standard', 'transitory', 'overtaking', 'take-up'];

/** What is averaged: whole trades or what remains of them, all in one account. */
interface Members {
  readonly trades: readonly Trade[];
  readonly first: Trade;
  /** The participant's APT account. */
  readonly through: Account;
}

/**
 * CD32: makes one trade at the average price of several of one series, side, account and day. Each is re-booked into
 * the APT account at its own price, and one deal gives all of them back at the average price: the APT account holds
 * nothing, and what rounding left is stored with the average price trade (dcass-facts.md 6.1, UG2, B). That trade can
 * be rectified, which is how it is allocated.
 *
 * Refusals by precedence: the number of trades, one that is named twice; that all exist; then trade by trade its
 * state, a rectification that waits, its type, a give-up that waits, its age; whether all agree; the series' expiry, the
 * input cutoff; their account, the APT account; then the position.
 */
export const decideMakeAveragePriceTrade: Decide<MakeAveragePriceTrade> = (state, command, context) => {
  const found = findMembers(state, command.trades, context);
  if (!found.ok) return found;
  const plan = planFor(state, context);
  planAverage(plan, state, found.value, context);
  return accepted(plan.events);
};

function findMembers(
  state: ClearingState,
  numbers: readonly number[],
  { participant, now }: CommandContext,
): Outcome<Members, PostTradeRejection> {
  const book = bookOf(state, participant);
  const listed = listTrouble(book, numbers);
  if (listed) return rejected(listed);
  const trades: Trade[] = [];
  for (const number of numbers) {
    const found = findRebookable(book, number, MAY_BE_AVERAGED);
    if (!found.ok) return found;
    const { clearingDate } = found.value;
    const { businessDate } = state;
    // OLDTRDNOTALWAPT: the family averages trades of the same day only (oapi-facts.md 4.2, C).
    if (clearingDate < businessDate) {
      return rejected({ code: 'trade-too-old', trade: number, clearingDate, businessDate });
    }
    trades.push(found.value);
  }
  // The list has two trades at least.
  const first = trades[0] as Trade;
  const { series, account } = first;
  const date = dateOfInput(state, first.clearingDate);
  const trouble = difference(first, trades) ?? expiredTrouble(state, series, date) ?? inputEnded(state, date, now);
  if (trouble) return rejected(trouble);
  const from = findAccount(book, account, { allowed: state.settings.averagePriceAccounts });
  if (!from.ok) return from;
  const through = findAptAccount(book);
  if (!through.ok) return through;
  const shortage = shortageAlong(state, book, { series, date }, movesOf(trades));
  if (shortage) return rejected(shortage);
  return accepted({ trades, first, through: through.value });
}

function listTrouble(book: Book, numbers: readonly number[]): PostTradeRejection | undefined {
  if (numbers.length < TRADES_MIN) return { code: 'too-few-trades', trades: numbers.length, tradesMin: TRADES_MIN };
  if (numbers.length > TRADES_MAX) return { code: 'too-many-trades', trades: numbers.length, tradesMax: TRADES_MAX };
  const named = new Set<number>();
  for (const trade of numbers) {
    if (named.has(trade)) return { code: 'trade-named-twice', trade };
    named.add(trade);
  }
  const unknown = numbers.find((number) => !book.trades.get(number));
  return unknown === undefined ? undefined : { code: 'unknown-trade', trade: unknown };
}

const AGREE = [
  { field: 'series', of: (trade: Trade) => trade.series },
  { field: 'side', of: (trade: Trade) => trade.side },
  { field: 'account', of: (trade: Trade) => trade.account },
  { field: 'clearing date', of: (trade: Trade) => trade.clearingDate },
] as const;

/** The first trade that differs from the first one of the list; by field, then by trade. */
function difference(first: Trade, trades: readonly Trade[]): PostTradeRejection | undefined {
  for (const { field, of } of AGREE) {
    const other = trades.find((trade) => of(trade) !== of(first));
    if (other) return { code: 'trades-differ', trade: other.number, field, found: of(other), expected: of(first) };
  }
  return undefined;
}

/** The system books there: whatever its users may do with it, it must only be active. */
function findAptAccount({ accounts, participant }: Book): Outcome<Account, PostTradeRejection> {
  const account = [...accounts.values()].find(({ type }) => type === 'apt');
  if (!account) return rejected({ code: 'no-average-price-account', participant: participant.code });
  const { id, state } = account;
  return state === 'active' ? accepted(account) : rejected({ code: 'account-not-active', account: id, state });
}

function movesOf(trades: readonly Trade[]): readonly Move[] {
  return trades.map((trade) => reversingMove(trade, trade.remainingQuantity));
}

function planAverage(
  plan: Plan,
  state: ClearingState,
  { trades, first, through }: Members,
  { participant, now }: CommandContext,
): void {
  const { series, side, account } = first;
  const clearingDate = dateOfInput(state, first.clearingDate);
  const reason = 'average-price';
  for (const trade of trades) {
    const { remainingQuantity: quantity, customerInfo } = trade;
    const part = { account: through.id, quantity, openClose: 'default', customerInfo } as const;
    rebook(plan, trade, [part], { reason, clearingDate, now, remains: false });
  }
  const average = averagePriceOf(
    trades.map(({ price, remainingQuantity: quantity }) => ({ price, quantity })),
    state.settings.averagePriceRounding,
  );
  // ASSUMED: it opens or closes as its members do, and carries their note, where they agree.
  const openClose = trades.every((trade) => trade.openClose === first.openClose) ? first.openClose : 'default';
  const customerInfo = trades.every((trade) => trade.customerInfo === first.customerInfo) ? first.customerInfo : '';
  const back: TradeTerms = { participant, account, type: 'average-price', openClose, customerInfo, remains: true };
  const out: TradeTerms = {
    participant,
    account: through.id,
    type: 'reversing',
    openClose: 'close',
    customerInfo: '',
    remains: false,
  };
  const { quantity, averagePrice: price, valueDifference } = average;
  const deal = plan.deal({
    reason,
    series,
    quantity,
    price,
    clearingDate,
    ...(side === 'buy' ? { buy: back, sell: out } : { buy: out, sell: back }),
  });
  plan.add({
    type: 'average-price-trade-made',
    averagePriceTrade: {
      trade: deal[side].number,
      participant,
      series,
      members: trades.map(({ number }) => number),
      quantity,
      averagePrice: price,
      valueDifference,
      createdAt: now,
      clearingDate,
    },
  });
}
