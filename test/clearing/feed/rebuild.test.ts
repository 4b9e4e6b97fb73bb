import { test } from 'vitest';
import type { Notice } from '../../../src/clearing/feed/notices.ts';
import type { GiveUp } from '../../../src/clearing/give-up.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import { instrumentTypeOf } from '../../../src/clearing/series.ts';
import { positionKey, type Book } from '../../../src/clearing/state.ts';
import type { Place } from '../histories/place.ts';
import { overHistories } from '../histories/run.ts';

/** What a participant knows that was told everything, and asks nothing. */
class Told {
  readonly trades = new Map<number, readonly unknown[]>();
  readonly positions = new Map<string, string>();
  readonly giveUps = new Map<number, GiveUp>();
  /** The last number heard, by kind, instrument type and date. */
  readonly last = new Map<string, number>();
  readonly gaps: string[] = [];

  constructor(book: Book, giveUps: ReadonlyMap<number, GiveUp>) {
    for (const trade of book.trades.all()) {
      this.trades.set(trade.number, [trade.state, trade.remainingQuantity, trade.giveUpState]);
    }
    for (const [key, { held, written }] of book.positions) this.positions.set(key, `${held} ${written}`);
    for (const number of book.giveUps) this.giveUps.set(number, giveUps.get(number) as GiveUp);
    for (const [kind, log] of [
      ['trade-change', book.tradeChanges],
      ['give-up', book.giveUpRecords],
      ['delivery', book.deliveryRecords],
    ] as const) {
      for (const [key, records] of log) this.last.set(`${kind} ${key}`, records.length);
    }
  }

  hear(notice: Notice, place: Place): void {
    const typeOf = (series: string): string => {
      const known = place.whole.series.get(series as never);
      return known ? instrumentTypeOf(known) : '';
    };
    const number = (series: string, sequence: number): void => {
      const key = `${notice.kind} ${typeOf(series)}|${place.whole.businessDate}`;
      const expected = (this.last.get(key) ?? 0) + 1;
      if (sequence !== expected) this.gaps.push(`${key}: ${sequence} after ${expected - 1}`);
      this.last.set(key, sequence);
    };
    if (notice.kind === 'trade') {
      const { trade } = notice;
      this.trades.set(trade.number, [trade.state, trade.remainingQuantity, trade.giveUpState]);
    } else if (notice.kind === 'trade-change') {
      const { change } = notice;
      number(change.series, change.sequence);
      this.trades.set(change.trade, [change.state, change.remainingQuantity, change.giveUpState]);
    } else if (notice.kind === 'give-up') {
      number(notice.record.giveUp.series, notice.record.sequence);
      this.giveUps.set(notice.record.giveUp.number, notice.record.giveUp);
    } else if (notice.kind === 'position') {
      const { account, series, held, written } = notice.position;
      this.positions.set(positionKey(account, series), `${held} ${written}`);
    } else if (notice.kind === 'delivery') {
      number(notice.record.delivery.series, notice.record.sequence);
    }
  }
}

function differences(book: Book, told: Told, place: Place): readonly string[] {
  const wrong = [...told.gaps];
  for (const trade of book.trades.all()) {
    const is = JSON.stringify([trade.state, trade.remainingQuantity, trade.giveUpState]);
    const heard = JSON.stringify(told.trades.get(trade.number));
    if (is !== heard) wrong.push(`trade ${trade.number}: ${is}, told ${heard}`);
  }
  if (told.trades.size !== book.trades.size) wrong.push(`${book.trades.size} trades, told ${told.trades.size}`);
  const keys = new Set([...told.positions.keys(), ...book.positions.keys()]);
  for (const key of keys) {
    const position = book.positions.get(key);
    const is = `${position?.held ?? 0} ${position?.written ?? 0}`;
    const heard = told.positions.get(key) ?? '0 0';
    if (is !== heard) wrong.push(`position ${key}: ${is}, told ${heard}`);
  }
  for (const number of book.giveUps) {
    if (told.giveUps.get(number) !== place.whole.giveUps.get(number)) wrong.push(`give-up ${number}`);
  }
  return wrong;
}

// Goal: broadcasts are enough to stay right.
// Method: each participant's trades, positions and give-ups are kept from the notices alone and compared with its book
// after every step; every numbered notice must have the number after the last one.
test('who is told everything knows its trades, positions and give-ups, and hears every number once and in order', () => {
  const listeners = new WeakMap<Place, Map<CustomerCode, Told>>();
  overHistories(120, (place, _of, step) => {
    if (step === undefined) {
      const { books, giveUps } = place.whole;
      const told = new Map([...books].map(([code, book]) => [code, new Told(book, giveUps)]));
      listeners.set(place, told);
      place.onNotice((notice) => {
        if (notice.participant !== undefined) told.get(notice.participant)?.hear(notice, place);
      });
      return [];
    }
    const told = listeners.get(place);
    return [...place.whole.books].flatMap(([code, book]) =>
      differences(book, told?.get(code) as Told, place).map((each) => `${code}: ${each}`),
    );
  });
});
