import type { ClearingEvent } from '../../../src/clearing/event.ts';
import type { Position } from '../../../src/clearing/position.ts';
import { closingPosition, type Book } from '../../../src/clearing/state.ts';
import type { Place } from './place.ts';
import type { Beginning } from './world.ts';

type Adjustment = Extract<ClearingEvent, { type: 'position-adjusted' }>;

/** Bought less sold, by key. */
export type Exposures = ReadonlyMap<string, number>;

export function keyOf(of: { readonly participant: string; readonly account: string; readonly series: string }): string {
  return `${of.participant} ${of.account} ${of.series}`;
}

/**
 * What each account must have in each series, counted without the model's positions: what it began with, every trade
 * that was ever made in it, and every adjustment that was told. `now` is with the T+1 session, `at close` without it.
 */
export function countedExposures(place: Place, { positions }: Beginning, when: 'now' | 'at close'): Exposures {
  const counted = new Map<string, number>();
  const add = (key: string, contracts: number): void => void counted.set(key, (counted.get(key) ?? 0) + contracts);
  for (const each of positions) add(keyOf(each), each.held - each.written);
  for (const book of place.whole.books.values()) {
    for (const trade of book.trades.all()) {
      if (when === 'at close' && trade.clearingDate > place.whole.businessDate) continue;
      add(keyOf(trade), trade.side === 'buy' ? trade.quantity : -trade.quantity);
    }
  }
  for (const event of adjustments(place)) add(keyOf(event), (event.change.held ?? 0) - (event.change.written ?? 0));
  for (const [key, contracts] of counted) if (contracts === 0) counted.delete(key);
  return counted;
}

/** What the model says that they have. */
export function keptExposures(place: Place, when: 'now' | 'at close'): Exposures {
  const kept = new Map<string, number>();
  for (const book of place.whole.books.values()) {
    for (const key of new Set([...book.positions.keys(), ...book.atClose.keys()])) {
      const position = when === 'now' ? book.positions.get(key) : closingPosition(book, key);
      if (position && position.held !== position.written) kept.set(keyOf(position), position.held - position.written);
    }
  }
  return kept;
}

export function adjustments(place: Place): readonly Adjustment[] {
  return place.events.filter((event) => event.type === 'position-adjusted');
}

/** Every position that a book has, the closing ones and those of earlier dates included. */
export function everyPosition(book: Book): readonly Position[] {
  return [book.positions, book.atClose, ...book.history.values()].flatMap((map) => [...map.values()]);
}
