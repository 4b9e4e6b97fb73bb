import { test } from 'vitest';
import type { Trade, TradeType } from '../../../src/clearing/deal.ts';
import type { Position } from '../../../src/clearing/position.ts';
import { instrumentTypeOf, type Series, type SeriesName } from '../../../src/clearing/series.ts';
import { bookOf, closingPosition, positionKey, type Book, type Counters } from '../../../src/clearing/state.ts';
import { adjustments, keyOf } from './exposures.ts';
import type { Place } from './place.ts';
import { overEvents, overHistories } from './run.ts';

/** Trades that stand for contracts of their participant; all others take something back, or follow from something. */
const STANDS: readonly TradeType[] = ['standard', 'transitory', 'overtaking', 'take-up', 'average-price'];

function books(place: Place): readonly Book[] {
  return [...place.whole.books.values()];
}

function total(rows: readonly { readonly quantity: number }[]): number {
  return rows.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** What trades that came from it have taken away from a trade. */
function taken(book: Book, { number }: Trade): number {
  const takes = (trade: Trade): boolean =>
    trade.originalTrade === number && ['reversing', 'give-up'].includes(trade.type);
  return total(book.trades.all().filter(takes));
}

// Goal: every trade's parts sum.
// Method: what remains of a trade, and what the trades that came from it took, is the trade; what give-ups ask for is held.
test('every trade is what remains of it and what was given up, re-booked or annulled of it', () => {
  overHistories(250, (place) => {
    const wrong: unknown[] = [];
    const giveUps = [...place.whole.giveUps.values()];
    for (const book of books(place)) {
      for (const trade of book.trades.all()) {
        // The trades in APT are intermediate: nothing remains of them, and one deal gives all of them back.
        const stands = STANDS.includes(trade.type) && trade.account !== 'APT';
        const gone = stands ? taken(book, trade) : trade.quantity;
        const own = giveUps.filter((each) => each.trade === trade.number && each.giver === trade.participant);
        const asked = total(own.filter(({ state }) => state === 'holding'));
        const given = total(own.filter(({ state }) => state === 'confirmed'));
        const holder = trade.heldBy === undefined ? undefined : book.rectifications.get(trade.heldBy);
        const isHeld = holder?.state === 'holding' && holder.trade === trade.number;
        const ended = trade.state !== 'active';
        const right =
          trade.quantity === trade.remainingQuantity + gone &&
          trade.heldQuantity === asked &&
          (trade.heldBy === undefined || isHeld) &&
          (!stands || ended === (trade.remainingQuantity === 0)) &&
          trade.giveUpState === (asked > 0 ? 'holding' : given > 0 ? 'given-up' : 'none');
        if (!right) wrong.push({ trade, gone, asked, given, isHeld });
      }
    }
    return wrong;
  });
});

// Goal: what was asked for is what was made.
// Method: the parts of give-ups and rectifications against the trades that came of them; an average's value is exact.
test('what was taken up, re-booked and averaged adds up to what it was made of', () => {
  overHistories(80, (place) => {
    const wrong: unknown[] = [];
    for (const giveUp of place.whole.giveUps.values()) {
      const takenUp = bookOf(place.whole, giveUp.taker)
        .trades.all()
        .filter((trade) => trade.type === 'take-up' && trade.originalTrade === giveUp.trade);
      const all = [...place.whole.giveUps.values()].filter(
        (each) => each.trade === giveUp.trade && each.taker === giveUp.taker && each.state === 'confirmed',
      );
      if (total(giveUp.parts) !== (giveUp.state === 'confirmed' ? giveUp.quantity : 0)) wrong.push(giveUp);
      if (total(takenUp) !== total(all)) wrong.push({ giveUp, takenUp });
    }
    for (const book of books(place)) {
      for (const rectification of book.rectifications.values()) {
        const { state, parts, trade } = rectification;
        const isWaiting = book.trades.get(trade)?.heldBy === rectification.number;
        if (isWaiting !== (state === 'holding') || total(parts) === 0) wrong.push(rectification);
      }
      for (const average of book.averagePriceTrades.values()) {
        const inDeals = average.members.flatMap((member) =>
          book.trades
            .all()
            .filter(
              ({ originalTrade, deal, type }) =>
                originalTrade === member &&
                type === 'reversing' &&
                place.whole.deals.get(deal)?.reason === 'average-price',
            ),
        );
        const value = inDeals.reduce((sum, { price, quantity }) => sum + BigInt(price) * BigInt(quantity), 0n);
        const kept = BigInt(average.averagePrice) * BigInt(average.quantity) + BigInt(average.valueDifference);
        const made = book.trades.get(average.trade);
        const right = made?.quantity === average.quantity && made.price === average.averagePrice;
        if (value !== kept || total(inDeals) !== average.quantity || !right) wrong.push(average);
      }
    }
    return wrong;
  });
});

// Goal: a net-down can be undone as far as it was not, and what is exercised is counted once.
// Method: the counts of a position against the records of the day.
test('what a position says to be closed out, exercised and assigned on this date is what the records of the date say', () => {
  overHistories(80, (place) => {
    const wrong: unknown[] = [];
    const { businessDate, endedDate } = place.whole;
    for (const book of books(place)) {
      for (const position of book.positions.values()) {
        const { account, series } = position;
        const of = (each: { readonly account: string; readonly series: string }): boolean =>
          each.account === account && each.series === series;
        const closedOut = [...book.closeOuts.values()]
          .filter((each) => of(each) && each.businessDate === businessDate)
          .reduce((sum, { quantity, restored }) => sum + quantity - restored, 0);
        const exercised = total(
          [...book.exercises.values()].filter(
            (each) => of(each) && each.state === 'exercised' && each.businessDate === businessDate,
          ),
        );
        const atDayEnd = endedDate === businessDate ? exercised : 0;
        if (position.closedOut !== closedOut || position.exercised !== atDayEnd)
          wrong.push({ position, closedOut, exercised });
      }
      for (const closeOut of book.closeOuts.values()) {
        if (closeOut.restored > closeOut.quantity || closeOut.quantity <= 0) wrong.push(closeOut);
      }
    }
    return wrong;
  });
});

// Goal: every exercised contract finds a writer.
// Method: the exercises and assignments that were told, by series: as many, but for what the rest of the market has.
test('in each series as many contracts are assigned as exercised, and no writer is assigned more than it wrote', () => {
  overHistories(80, (place, _of, step) => {
    if (step?.what !== 'end-day' && step?.what !== 'next-day') return [];
    const wrong: unknown[] = [];
    for (const series of place.whole.series.keys()) {
      const told = adjustments(place).filter((event) => event.series === series);
      const sum = (of: 'held' | 'written' | 'exercised' | 'assigned', reason: string): number =>
        told.filter((event) => event.reason === reason).reduce((all, { change }) => all + (change[of] ?? 0), 0);
      // Contracts that left by an adjustment, not by a deal, have their other side outside of the world.
      const exercisedInside = sum('exercised', 'exercise') + sum('held', 'exercise');
      const assignedInside = sum('assigned', 'assignment') + sum('written', 'assignment');
      if (exercisedInside !== assignedInside) wrong.push({ series, exercisedInside, assignedInside });
      const outside = Math.max(-sum('held', 'exercise'), -sum('written', 'assignment'));
      if (outside < 0) wrong.push({ series, outside });
    }
    return wrong;
  });
});

// Goal: nobody exercises what was not held, nor delivers what was not written.
// Method: each exercise and assignment against the closing positions as they were when the first of them was made.
test('at day end no account exercises more than it held, nor is assigned more than it had written', () => {
  const before = new WeakMap<Place, Closings>();
  overEvents(150, (place, _of, event) => {
    const isOfExercise =
      (event.type === 'deal-made' && event.deal.reason === 'exercise') ||
      (event.type === 'position-adjusted' && ['exercise', 'assignment'].includes(event.reason));
    if (!isOfExercise) before.set(place, closingsOf(place));
    const told = event.type === 'position-adjusted' ? event : undefined;
    if (!told || !isOfExercise) return [];
    const was = before.get(place)?.get(keyOf(told));
    const { exercised = 0, assigned = 0 } = told.change;
    return exercised > (was?.held ?? 0) || assigned > (was?.written ?? 0) ? [{ told, was }] : [];
  });
});

type Closings = ReadonlyMap<string, Position>;

function closingsOf(place: Place): Closings {
  const all = books(place).flatMap((book) =>
    [...book.positions.keys()].map((key) => closingPosition(book, key) as Position),
  );
  return new Map(all.map((position) => [keyOf(position), position]));
}

// Goal: numbers tell whether something is missing, which is what programs ask for.
// Method: every kind of number is 1, 2, 3 … without gaps, and the next one follows; sequence numbers in their order.
test('numbers are without gaps, and so are the sequence numbers of each participant, instrument type and clearing date', () => {
  overHistories(100, (place) => {
    const { whole } = place;
    const numbersOf = (rowsOf: (book: Book) => Iterable<{ readonly number: number }>): readonly number[] =>
      books(place).flatMap((book) => [...rowsOf(book)].map(({ number }) => number));
    const numbers: Partial<Record<keyof Counters, readonly number[]>> = {
      deal: [...whole.deals.keys()],
      trade: numbersOf((book) => book.trades.all()),
      giveUp: [...whole.giveUps.keys()],
      rectification: numbersOf((book) => book.rectifications.values()),
      closeOut: numbersOf((book) => book.closeOuts.values()),
      exercise: numbersOf((book) => book.exercises.values()),
      delivery: numbersOf((book) => book.deliveries),
      message: whole.messages.map(({ number }) => number),
    };
    const wrong: unknown[] = [];
    for (const [kind, found] of Object.entries(numbers)) {
      const next = whole.next[kind as keyof Counters];
      if (!isRow(found.toSorted((a, b) => a - b)) || next !== found.length + 1) wrong.push({ kind, found, next });
    }
    for (const book of books(place)) {
      const rows = new Map<string, number[]>();
      for (const { series, clearingDate, sequence } of book.trades.all()) {
        const key = `${instrumentTypeOf(whole.series.get(series) as Series)} ${clearingDate}`;
        rows.set(key, [...(rows.get(key) ?? []), sequence]);
      }
      for (const [key, sequences] of rows) if (!isRow(sequences)) wrong.push({ key, sequences });
    }
    return wrong;
  });
});

// Goal: the closing position is the position, but for the T+1 session.
// Method: where no trade of the next date touched an account and series, there is only one position.
test('closing and current positions are the same where no trade belongs to the next date', () => {
  overHistories(80, (place) => {
    const wrong: unknown[] = [];
    for (const book of books(place)) {
      const ofNextDate = new Set(
        book.trades
          .all()
          .filter(({ clearingDate }) => clearingDate > place.whole.businessDate)
          .map(({ account, series }) => positionKey(account, series)),
      );
      for (const key of book.atClose.keys()) if (!ofNextDate.has(key)) wrong.push(book.atClose.get(key));
      for (const [key, position] of book.positions) {
        if (!ofNextDate.has(key) && closingPosition(book, key) !== position) wrong.push(position);
      }
    }
    return wrong;
  });
});

// Goal: the Daily account is empty at day end (UG2), and nobody holds what has expired.
// Method: after each day end, its closing positions; what a pending give-up or rectification holds may stay.
test('at day end the Daily account is empty but for what waits for an answer, and nothing is left of an expired series', () => {
  overEvents(150, (place, _of, event) => {
    if (event.type !== 'day-ended') return [];
    const wrong: unknown[] = [];
    const { businessDate, settings, series } = place.whole;
    for (const book of books(place)) {
      for (const key of book.positions.keys()) {
        const closing = closingPosition(book, key) as Position;
        const left = closing.held + closing.written;
        const { account } = closing;
        const expired = (series.get(closing.series)?.expiryDate ?? '') <= businessDate;
        if (expired && left > 0) wrong.push(closing);
        if (account === 'DAILY' && settings.dailyAtDayEnd === 'sink' && book.accounts.has('SINK' as never)) {
          const mayStay = waiting(book, account, closing.series);
          if (left > mayStay) wrong.push({ closing, mayStay });
        }
      }
    }
    return wrong;
  });
});

/** Contracts of an account and series that a pending give-up or rectification holds. */
function waiting(book: Book, account: string, series: SeriesName): number {
  return book.trades
    .ofSeries(series)
    .filter((trade) => trade.account === account)
    .reduce((sum, trade) => sum + (trade.heldBy === undefined ? trade.heldQuantity : trade.remainingQuantity), 0);
}

// Goal: history is what was, not what is.
// Method: the closing positions just before a roll against the history just after it.
test('when the date rolls, the closing positions become the history of the date, and what counts per day starts at zero', () => {
  const closings = new WeakMap<Place, ReadonlyMap<string, string>>();
  overEvents(80, (place, _of, event) => {
    const wrong: unknown[] = [];
    if (event.type === 'business-date-rolled') {
      for (const book of books(place)) {
        const was = closings.get(place)?.get(book.participant.code) ?? '[]';
        const is = printed([...(book.history.get(event.from)?.values() ?? [])]);
        if (is !== was) wrong.push({ of: book.participant.code, was, is });
        wrong.push(
          ...[...book.positions.values()].filter((each) => each.closedOut + each.exercised + each.assigned > 0),
        );
        wrong.push(...book.atClose.values());
      }
    }
    const all = [...closingsOf(place).values()];
    const own = (book: Book): readonly Position[] => all.filter((each) => each.participant === book.participant.code);
    closings.set(place, new Map(books(place).map((book) => [book.participant.code, printed(own(book))])));
    return wrong;
  });
});

function printed(positions: readonly Position[]): string {
  const rows = positions.filter(
    ({ held, written, closedOut, exercised, assigned }) => held + written + closedOut + exercised + assigned > 0,
  );
  return JSON.stringify(rows.toSorted((a, b) => (a.account + a.series < b.account + b.series ? -1 : 1)));
}

function isRow(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => number === i + 1);
}
