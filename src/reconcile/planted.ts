import type { CalendarDate } from '../time/instant.ts';
import type { Random } from '../time/random.ts';
import type { PositionRow, TradeRow } from './books.ts';

/** A break between a participant's own records and DCASS, planted by the seed. */
export interface Planted<Row> {
  readonly list: 'trades' | 'positions';
  /** `missing`: the participant lacks the row. `extra`: DCASS lacks it. Else: what is wrong in it. */
  readonly kind: string;
  readonly dcass: Row | undefined;
  readonly own: Row | undefined;
}

export type PlantedBreak = Planted<TradeRow> | Planted<PositionRow>;

/** What a row of this participant can be about. */
export interface Reach {
  /** At least one. */
  readonly accounts: readonly string[];
  /** Those that its clearing houses clear; `price`: a decimal text that is likely for it. */
  readonly series: readonly { readonly name: string; readonly price: string }[];
  readonly businessDate: string;
  readonly holidays: readonly CalendarDate[];
}

/** Takes one out of the list by chance; undefined when none is left. */
export function takeOne<T>(list: T[], random: Random): T | undefined {
  if (list.length === 0) return undefined;
  const at = random.integer(list.length);
  const [taken, last] = [list[at], list.pop()];
  if (at < list.length) list[at] = last as T;
  return taken;
}
