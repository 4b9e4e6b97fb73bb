import type { CustomerCode } from './participant.ts';
import type { BookRows } from './plain/state-shapes.ts';
import { Misshapen } from './plain/shape.ts';
import { instrumentTypeOf, type Series, type SeriesName } from './series.ts';
import type { Book, ClearingState, Counters } from './state.ts';
import { TradeBook } from './trade-book.ts';

// Whether the rows of a snapshot belong together: each is of the right shape by now, but one may be missing.

/** The book with the ways to find its trades. */
export function fittingBook(rows: BookRows, series: ReadonlyMap<SeriesName, Series>): Book {
  const { code } = rows.participant;
  const within = (list: string, place: number, problem: string): Misshapen =>
    new Misshapen(problem).within(place).within(list).within(code).within('books');

  const trades = new TradeBook();
  for (const [i, trade] of rows.trades.entries()) {
    const problem = rowProblem(rows, series, trade);
    if (problem !== undefined) throw within('trades', i, problem);
    if (trades.get(trade.number)) throw within('trades', i, `trade ${trade.number} is here twice`);
    const instrumentType = instrumentTypeOf(series.get(trade.series) as Series);
    const sequence = trades.lastSequence(instrumentType, trade.clearingDate) + 1;
    if (trade.sequence !== sequence) {
      const of = `of instrument type ${instrumentType} and ${trade.clearingDate}`;
      throw within('trades', i, `sequence number ${sequence} ${of} is expected, ${trade.sequence} was found`);
    }
    trades.add(trade, instrumentType);
  }
  for (const list of ['positions', 'atClose'] as const) {
    for (const [i, position] of [...rows[list].values()].entries()) {
      const problem = rowProblem(rows, series, position);
      if (problem !== undefined) throw within(list, i, problem);
    }
  }
  for (const list of ['tradeChanges', 'giveUpRecords', 'deliveryRecords'] as const) {
    for (const [key, records] of rows[list]) {
      for (const [i, { sequence }] of records.entries()) {
        if (sequence !== i + 1)
          throw within(list, i, `sequence number ${i + 1} of ${key} is expected, ${sequence} was found`);
      }
    }
  }
  return { ...rows, trades };
}

export function fittingUsers({ users, books, sessions }: ClearingState): void {
  for (const [i, user] of [...users.values()].entries()) {
    if (!books.has(user.participant)) {
      throw new Misshapen(`there is no participant ${user.participant}`).within(i).within('users');
    }
  }
  for (const [i, session] of [...sessions.values()].entries()) {
    if (!users.has(session.user)) throw new Misshapen(`there is no user ${session.user}`).within(i).within('sessions');
  }
}

/** A deal and its two trades have each other. */
export function fittingDeals({ deals, books }: ClearingState): void {
  for (const [i, { number, buy, sell }] of [...deals.values()].entries()) {
    for (const { participant, trade } of [buy, sell]) {
      if (books.get(participant)?.trades.get(trade)?.deal === number) continue;
      throw new Misshapen(`${participant} has no trade ${trade} of it`).within(i).within('deals');
    }
  }
  for (const [code, { trades }] of books) {
    for (const [i, { deal }] of trades.all().entries()) {
      if (deals.has(deal)) continue;
      throw new Misshapen(`there is no deal ${deal}`).within(i).within('trades').within(code).within('books');
    }
  }
}

/** A number that was used must not be used again. */
export function fittingCounters({ next, deals, giveUps, books, messages }: ClearingState): void {
  const used: Partial<Record<keyof Counters, readonly number[]>> = {
    deal: [...deals.keys()],
    giveUp: [...giveUps.keys()],
    message: messages.map(({ number }) => number),
  };
  for (const [kind, numbers] of Object.entries(used)) checkCounter(next, kind as keyof Counters, numbers);
  for (const book of books.values()) {
    checkCounter(
      next,
      'trade',
      book.trades.all().map(({ number }) => number),
    );
    checkCounter(next, 'rectification', book.rectifications.keys());
    checkCounter(next, 'closeOut', book.closeOuts.keys());
    checkCounter(next, 'exercise', book.exercises.keys());
    checkCounter(
      next,
      'delivery',
      book.deliveries.map(({ number }) => number),
    );
  }
}

function checkCounter(next: Counters, kind: keyof Counters, used: Iterable<number>): void {
  for (const number of used) {
    if (number >= next[kind]) {
      throw new Misshapen(`the next number is ${next[kind]}, but ${number} is used`).within(kind).within('next');
    }
  }
}

function rowProblem(
  { participant, accounts }: BookRows,
  series: ReadonlyMap<SeriesName, Series>,
  row: { readonly participant: CustomerCode; readonly account: string; readonly series: SeriesName },
): string | undefined {
  if (row.participant !== participant.code) return `it is of ${row.participant}, in the book of ${participant.code}`;
  if (!series.has(row.series)) return `there is no series ${row.series}`;
  return accounts.has(row.account as never) ? undefined : `there is no account ${row.account}`;
}
