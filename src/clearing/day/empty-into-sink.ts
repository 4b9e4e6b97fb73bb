import type { Instant } from '../../time/instant.ts';
import type { Account } from '../account.ts';
import type { Side, Trade } from '../deal.ts';
import type { ClearingEvent } from '../event.ts';
import { Plan, type TradeTerms } from '../plan.ts';
import type { Position } from '../position.ts';
import { rebook } from '../rebook.ts';
import type { SeriesName } from '../series.ts';
import { closingPosition, positionKey, type Book, type ClearingState } from '../state.ts';

/**
 * A part of the day end: what is left in Daily accounts goes to the Sink account (UG2, B: it must be emptied by then),
 * and so does what waits in transitory ones (ASSUMED; both are settings). Trades are re-booked one by one, so that Sink
 * has them whole and they can be rectified out of it; what no trade explains is moved as a position. Trades of the T+1
 * session stay.
 *
 * ASSUMED: without a Sink account everything stays, and a message tells the participant. Contracts that a pending
 * give-up or rectification holds stay too, until it is answered.
 */
export function emptyIntoSink(state: ClearingState, now: Instant): readonly ClearingEvent[] {
  const plan = new Plan(state, now, undefined);
  for (const book of state.books.values()) {
    const accounts = [...book.accounts.values()];
    const sink = accounts.find(({ type }) => type === 'sink');
    for (const from of accounts.filter((account) => isEmptied(state, account))) {
      const left = contractsLeft(state, book, from);
      if (left.size === 0) continue;
      if (sink) move(plan, state, left, { book, from, sink, now });
      else tell(plan, state, from, now);
    }
  }
  return plan.events;
}

function isEmptied({ settings }: ClearingState, { type }: Account): boolean {
  if (type === 'daily') return settings.dailyAtDayEnd === 'sink';
  return type === 'transitory' && settings.transitoryAtDayEnd === 'sink';
}

/** What has to go, by series: bought and sold contracts that are in the closing position. */
type Left = Map<SeriesName, Record<Side, number>>;

// Of a series that expires today nothing is left at close: that part of the day end runs before.
function contractsLeft(state: ClearingState, book: Book, { id }: Account): Left {
  const left: Left = new Map();
  for (const { account, series } of book.positions.values()) {
    if (account !== id) continue;
    const closing = closingPosition(book, positionKey(id, series)) as Position;
    left.set(series, { buy: closing.held, sell: closing.written });
  }
  for (const trade of book.trades.ofAccount(id)) {
    const of = left.get(trade.series);
    if (of && isOfToday(state, trade)) of[trade.side] = Math.max(0, of[trade.side] - pending(trade));
  }
  for (const [series, { buy, sell }] of left) if (buy + sell === 0) left.delete(series);
  return left;
}

function isOfToday(state: ClearingState, trade: Trade): boolean {
  return trade.state === 'active' && trade.clearingDate <= state.businessDate;
}

// Contracts that wait for somebody's answer.
function pending({ heldBy, heldQuantity, remainingQuantity }: Trade): number {
  return heldBy === undefined ? heldQuantity : remainingQuantity;
}

interface Move {
  readonly book: Book;
  readonly from: Account;
  readonly sink: Account;
  readonly now: Instant;
}

function move(plan: Plan, state: ClearingState, left: Left, { book, from, sink, now }: Move): void {
  const how: Parameters<typeof rebook>[3] = { reason: 'day-end', clearingDate: state.businessDate, now };
  const trades = book.trades.ofAccount(from.id).filter((trade) => isOfToday(state, trade));
  // Those of the day come first: of earlier ones, only what they brought before may still be there.
  trades.sort((a, b) => (a.clearingDate === b.clearingDate ? 0 : a.clearingDate < b.clearingDate ? 1 : -1));
  for (const trade of trades) {
    const of = left.get(trade.series);
    // A trade that closed contracts brought none.
    if (!of || trade.openClose === 'close') continue;
    const quantity = Math.min(trade.remainingQuantity - pending(trade), of[trade.side]);
    if (quantity <= 0) continue;
    of[trade.side] -= quantity;
    rebook(plan, trade, [{ account: sink.id, quantity, openClose: 'open', customerInfo: trade.customerInfo }], how);
  }
  for (const [series, of] of left) {
    for (const side of ['buy', 'sell'] as const) {
      if (of[side] > 0) moveRest(plan, state, { from, sink }, { series, side, quantity: of[side] });
    }
  }
}

// What was bought is sold out of the one account and bought into the other; what was sold, the other way round.
function moveRest(
  plan: Plan,
  state: ClearingState,
  { from, sink }: Pick<Move, 'from' | 'sink'>,
  { series, side, quantity }: { readonly series: SeriesName; readonly side: Side; readonly quantity: number },
): void {
  const both = { participant: from.participant, type: 'transfer', customerInfo: '', remains: false } as const;
  const out: TradeTerms = { ...both, account: from.id, openClose: 'close' };
  const into: TradeTerms = { ...both, account: sink.id, openClose: 'open' };
  plan.deal({
    reason: 'day-end',
    series,
    quantity,
    // ASSUMED: at the settlement price, or 0 while there is none, as position transfers are.
    price: state.prices.get(series) ?? 0,
    clearingDate: state.businessDate,
    ...(side === 'buy' ? { buy: into, sell: out } : { buy: out, sell: into }),
  });
}

function tell(plan: Plan, state: ClearingState, { participant, id }: Account, now: Instant): void {
  const text = `${id} was not empty at the day end of ${state.businessDate}, and there is no Sink account: it stays.`;
  plan.add({
    type: 'message-sent',
    message: { number: plan.number('message'), sentAt: now, to: participant, text },
  });
}
