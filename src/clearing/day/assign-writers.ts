import type { Instant } from '../../time/instant.ts';
import type { AccountId } from '../account.ts';
import type { ClearingEvent, PositionChange } from '../event.ts';
import type { CustomerCode } from '../participant.ts';
import { Plan } from '../plan.ts';
import type { SeriesName } from '../series.ts';
import { closingPositions, positionKey, type ClearingState } from '../state.ts';
import { drawAssignment } from './draw-assignment.ts';
import { isDueByItself } from './exercise-options.ts';

/** Contracts of a position, or, without one, of somebody who is not in the world. */
interface Lot {
  readonly of: { readonly participant: CustomerCode; readonly account: AccountId } | undefined;
  quantity: number;
}

/** Who is on both sides of a series' exercise, and how many contracts the world has. */
interface Sides {
  readonly exercised: Lot[];
  readonly written: Lot[];
  held: number;
}

/**
 * A part of the day end: the contracts exercised on this business date are assigned to writers of the same series,
 * over the closing positions of all participants, at random (stk_opt_faq_3, B). Each pair of a holder and a writer is
 * a deal: the holder sells by an `exercise` trade, the writer buys by an `assign` trade.
 *
 * A world need not balance, for the rest of the market is not in it. ASSUMED: writers outside of it are assigned only
 * what is more than the world's writers wrote; and when a series is exercised by itself, holders outside of it
 * exercise what the world's participants wrote more than they hold.
 * ASSUMED: the price of such deals is 0, for a trade in options has a premium as its price; the delivery has the strike.
 */
export function assignWriters(state: ClearingState, now: Instant): readonly ClearingEvent[] {
  const plan = new Plan(state, now, undefined);
  for (const [series, sides] of sidesOf(state)) {
    const held = total(sides.exercised);
    const written = total(sides.written);
    const outside = isDueByItself(state, series) ? Math.max(0, written - sides.held) : 0;
    const inWorld = Math.min(held + outside, written);
    const quantities = sides.written.map(({ quantity }) => quantity);
    const drawn = drawAssignment(quantities, inWorld, state.settings, `${state.businessDate}/${series}`);
    const assigned = sides.written.map(({ of }, i): Lot => ({ of, quantity: drawn[i] ?? 0 }));
    settle(plan, state, now, {
      series,
      exercised: [...sides.exercised, { of: undefined, quantity: outside }],
      assigned: [...assigned, { of: undefined, quantity: held + outside - inWorld }],
    });
  }
  return plan.events;
}

// In the order of the world's series, of those that somebody exercises.
function sidesOf(state: ClearingState): ReadonlyMap<SeriesName, Sides> {
  const exercised = exercisedLots(state);
  const sides = new Map<SeriesName, Sides>();
  for (const series of state.series.keys()) {
    const lots = exercised.get(series);
    if (lots || isDueByItself(state, series)) {
      sides.set(series, { exercised: [...(lots?.values() ?? [])], written: [], held: 0 });
    }
  }
  if (sides.size === 0) return sides;
  for (const book of state.books.values()) {
    for (const { participant, account, series, held, written } of closingPositions(book)) {
      const of = sides.get(series);
      if (!of) continue;
      of.held += held;
      if (written > 0) of.written.push({ of: { participant, account }, quantity: written });
    }
  }
  return sides;
}

function exercisedLots(state: ClearingState): ReadonlyMap<SeriesName, ReadonlyMap<string, Lot>> {
  const bySeries = new Map<SeriesName, Map<string, Lot>>();
  for (const book of state.books.values()) {
    for (const { participant, account, series, quantity, state: stands, businessDate } of book.exercises.values()) {
      if (stands !== 'exercised' || businessDate !== state.businessDate) continue;
      const lots = bySeries.get(series) ?? new Map<string, Lot>();
      bySeries.set(series, lots);
      const key = positionKey(participant, account);
      const lot = lots.get(key);
      if (lot) lot.quantity += quantity;
      else lots.set(key, { of: { participant, account }, quantity });
    }
  }
  return bySeries;
}

interface Settlement {
  readonly series: SeriesName;
  readonly exercised: readonly Lot[];
  /** As many contracts. */
  readonly assigned: readonly Lot[];
}

function settle(plan: Plan, state: ClearingState, now: Instant, { series, exercised, assigned }: Settlement): void {
  // What of each lot has nobody of the world on its other side.
  const alone = new Map<Lot, number>();
  for (const { holder, writer, quantity } of pairs(exercised, assigned)) {
    if (holder.of && writer.of) {
      const both = { openClose: 'close', customerInfo: '', remains: false } as const;
      plan.deal({
        reason: 'exercise',
        series,
        quantity,
        price: 0,
        clearingDate: state.businessDate,
        sell: { ...holder.of, ...both, type: 'exercise' },
        buy: { ...writer.of, ...both, type: 'assign' },
      });
    } else {
      const inWorld = holder.of ? holder : writer;
      alone.set(inWorld, (alone.get(inWorld) ?? 0) + quantity);
    }
  }
  const count = (lot: Lot, reason: 'exercise' | 'assignment', change: PositionChange): void => {
    if (lot.of && lot.quantity > 0) plan.add({ type: 'position-adjusted', ...lot.of, series, reason, change, at: now });
  };
  for (const lot of exercised) {
    count(lot, 'exercise', { exercised: lot.quantity, ...taken('held', alone.get(lot)) });
  }
  for (const lot of assigned) {
    count(lot, 'assignment', { assigned: lot.quantity, ...taken('written', alone.get(lot)) });
  }
}

// The deals take the others.
function taken(side: 'held' | 'written', quantity: number | undefined): PositionChange {
  return quantity === undefined ? {} : { [side]: -quantity };
}

interface Pair {
  readonly holder: Lot;
  readonly writer: Lot;
  readonly quantity: number;
}

// Both lists in their order: the clearing house stands between the two, so that who meets whom changes nothing else.
function pairs(exercised: readonly Lot[], assigned: readonly Lot[]): readonly Pair[] {
  const found: Pair[] = [];
  const writers = assigned.values();
  let writer = writers.next().value;
  let writerLeft = writer?.quantity ?? 0;
  for (const holder of exercised) {
    let left = holder.quantity;
    while (left > 0 && writer) {
      const quantity = Math.min(left, writerLeft);
      if (quantity > 0) found.push({ holder, writer, quantity });
      left -= quantity;
      writerLeft -= quantity;
      if (writerLeft > 0) continue;
      writer = writers.next().value;
      writerLeft = writer?.quantity ?? 0;
    }
  }
  return found;
}

function total(lots: readonly Lot[]): number {
  return lots.reduce((sum, { quantity }) => sum + quantity, 0);
}
