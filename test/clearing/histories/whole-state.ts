import { Secret } from '../../../src/clearing/secret.ts';
import { instrumentTypeOf, type SeriesName } from '../../../src/clearing/series.ts';
import type { ClearingState } from '../../../src/clearing/state.ts';
import { TradeBook } from '../../../src/clearing/trade-book.ts';
import type { BusinessDate, CalendarDate } from '../../../src/time/instant.ts';

/**
 * Everything in a state, to compare: whatever fields it has, with the order of maps, what is hidden in classes, and
 * the difference between undefined and not there, or 0 and -0. It knows nothing of snapshots.
 */
export function wholeState(state: ClearingState): unknown {
  return plain(state, state);
}

/** The same of any value; a trade book needs its state. */
export function plain(value: unknown, state: ClearingState): unknown {
  if (value === undefined) return '(undefined)';
  if (typeof value === 'number') return Object.is(value, -0) ? '(-0)' : Number.isFinite(value) ? value : `(${value})`;
  if (typeof value === 'function') return '(function)';
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Secret) return { secret: value.reveal() };
  if (value instanceof Map) return { map: [...value].map((pair) => plain(pair, state)) };
  if (value instanceof TradeBook) return tradeBook(value, state);
  if (Array.isArray(value)) return value.map((each) => plain(each, state));
  if (Object.getPrototypeOf(value) !== Object.prototype)
    throw new Error(`cannot look into a ${value.constructor.name}`);
  // The order in which an object's fields were set means nothing.
  const names = Object.keys(value).toSorted();
  const fields = names.map((name) => [name, plain(value[name as keyof typeof value], state)]);
  return 'isBusinessDay' in value ? calendarOf(value as ClearingState['calendar']) : Object.fromEntries(fields);
}

function tradeBook(book: TradeBook, state: ClearingState): unknown {
  const all = book.all();
  const numbers = (trades: readonly { readonly number: number }[]): readonly number[] =>
    trades.map((each) => each.number);
  const types = new Set([...state.series.values()].map(instrumentTypeOf));
  const series = new Set(all.map((trade) => trade.series));
  const accounts = new Set(all.map((trade) => trade.account));
  const dates = new Set(all.map((trade) => trade.clearingDate));
  const whole = { first: 1, last: 0, limit: Number.MAX_SAFE_INTEGER };
  return {
    size: book.size,
    all: all.map((trade) => plain(trade, state)),
    found: all.map((trade) => book.get(trade.number) === trade),
    bySeries: [...series].map((name) => [name, numbers(book.ofSeries(name))]),
    byAccount: [...accounts].map((id) => [id, numbers(book.ofAccount(id))]),
    bySequence: [...types].flatMap((type) =>
      [...dates].map((date) => [
        type,
        date,
        book.lastSequence(type, date),
        numbers(book.inSequence(type, date, whole)),
      ]),
    ),
    beginning: numbers(book.beginningWith('H', 'O')),
    between: [...types].map((type) =>
      numbers(
        book.betweenDates(type, {
          ...whole,
          from: '2019-01-01' as BusinessDate,
          to: '2019-12-31' as BusinessDate,
        }),
      ),
    ),
    absent: [book.get(0), book.ofSeries('' as SeriesName).length],
  };
}

function calendarOf(calendar: ClearingState['calendar']): unknown {
  const days = Array.from({ length: 30 }, (_, i) => `2019-05-${String(i + 1).padStart(2, '0')}` as CalendarDate);
  return days.map((day) => [day, calendar.isBusinessDay(day), calendar.next(day), calendar.previous(day)]);
}
