import type { AccountId } from './account.ts';
import { POSITION_KEEPING } from './account.ts';
import type { Deal, Trade } from './deal.ts';
import type { ClearingEvent, PositionChange } from './event.ts';
import type { CustomerCode } from './participant.ts';
import { bookTrade, noPosition, type Position } from './position.ts';
import { instrumentTypeOf, type SeriesName } from './series.ts';
import { bookOf, positionKey, seriesOf, type Book, type ClearingState } from './state.ts';
import type { Instant } from '../time/instant.ts';

/** A new deal: both trades go into their books and move their positions. */
export function applyDeal(state: ClearingState, deal: Deal, trades: readonly [Trade, Trade]): void {
  state.deals.set(deal.number, deal);
  state.next.deal = Math.max(state.next.deal, deal.number + 1);
  for (const trade of trades) {
    state.next.trade = Math.max(state.next.trade, trade.number + 1);
    bookOf(state, trade.participant).trades.add(trade, instrumentTypeOf(seriesOf(state, trade.series)));
  }
  moveByTrades(state, trades);
}

// What takes a trade back moves before the trade that overtakes it, which then finds what it may close; where both take
// back, the last movement of the match goes first. In one account they are one movement: a re-booking inside it takes
// nothing away that was covered or denied.
function moveByTrades(state: ClearingState, [buy, sell]: readonly [Trade, Trade]): void {
  const sellIsFirst = sell.type === 'reversing' && buy.type !== 'reversing';
  const [first, second] = sellIsFirst ? [sell, buy] : [buy, sell];
  if (first.participant === second.participant && first.account === second.account) {
    moveByTrade(state, first, second);
  } else {
    moveByTrade(state, first);
    moveByTrade(state, second);
  }
}

function moveByTrade(state: ClearingState, trade: Trade, then?: Trade): void {
  const book = bookOf(state, trade.participant);
  const keeping = POSITION_KEEPING[accountTypeOf(book, trade.account)];
  const move = (before: Position): Position => {
    const after = bookTrade(before, trade.side, trade.quantity, keeping, trade.openClose);
    return {
      ...before,
      ...(then ? bookTrade(after, then.side, then.quantity, keeping, then.openClose) : after),
      modifiedAt: trade.createdAt,
    };
  };
  changePosition(book, trade, trade.createdAt, move, trade.clearingDate > state.businessDate);
}

/** A change of quantities that no trade makes: net-down, restore, cover, deny, expiry. */
export function applyAdjustment(
  state: ClearingState,
  event: Extract<ClearingEvent, { type: 'position-adjusted' }>,
): void {
  const move = (before: Position): Position => ({ ...before, ...added(before, event.change), modifiedAt: event.at });
  changePosition(bookOf(state, event.participant), event, event.at, move, false);
}

function added(before: Position, change: PositionChange): Partial<Position> {
  return Object.fromEntries(
    (Object.keys(change) as (keyof PositionChange)[]).map((name) => [name, before[name] + (change[name] ?? 0)]),
  );
}

// What belongs to the next business date leaves the closing position as it was before; everything else moves both.
// No more can be covered than is written, nor denied than is held: whatever takes contracts away takes that with it.
function changePosition(
  book: Book,
  of: { readonly participant: CustomerCode; readonly account: AccountId; readonly series: SeriesName },
  at: Instant,
  move: (before: Position) => Position,
  isOfNextDate: boolean,
): void {
  const key = positionKey(of.account, of.series);
  const before = book.positions.get(key) ?? noPosition(of, at);
  const closing = book.atClose.get(key);
  if (isOfNextDate && closing === undefined) book.atClose.set(key, before);
  else if (!isOfNextDate && closing !== undefined) book.atClose.set(key, fitting(move(closing)));
  book.positions.set(key, fitting(move(before)));
}

// What is taken from a position that does not have it (because the T+1 session has sold it already) is owed: taking
// held contracts that are not there leaves written ones, and the other way round.
function fitting(unfit: Position): Position {
  const position = unfit.held < 0 || unfit.written < 0 ? owing(unfit) : unfit;
  const { held, written, denied, covered } = position;
  // Mostly nothing is denied or covered, and a world may book a million trades.
  if (denied === 0 && covered === 0) return position;
  return { ...position, denied: within(denied, held), covered: within(covered, written) };
}

function owing(position: Position): Position {
  const { held, written } = position;
  return {
    ...position,
    held: Math.max(held, 0) + Math.max(-written, 0),
    written: Math.max(written, 0) + Math.max(-held, 0),
  };
}

function within(quantity: number, most: number): number {
  return Math.max(0, Math.min(quantity, most));
}

function accountTypeOf(book: Book, id: AccountId): keyof typeof POSITION_KEEPING {
  const account = book.accounts.get(id);
  if (!account) throw new Error(`a trade is in the account ${id}, which ${book.participant.code} does not have`);
  return account.type;
}
