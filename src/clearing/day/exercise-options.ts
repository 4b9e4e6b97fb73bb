import type { Instant } from '../../time/instant.ts';
import type { ClearingEvent } from '../event.ts';
import type { Exercise } from '../exercise.ts';
import { Plan } from '../plan.ts';
import { closingPosition, positionKey, seriesOf, type Book, type ClearingState } from '../state.ts';
import { isExercisedAutomatically } from './option-value.ts';

/**
 * A part of the day end: pending requests are exercised, then, by themselves, the held options that expire on this
 * business date and are enough in the money, less those denied and those requested. Without a known price of the
 * underlying nothing is exercised by itself (ASSUMED: there is no price feed; a scenario sets prices). The contracts
 * leave their positions when they are assigned.
 */
export function exerciseOptions(state: ClearingState, now: Instant): readonly ClearingEvent[] {
  const plan = new Plan(state, now, undefined);
  for (const book of state.books.values()) {
    const requested = exerciseRequests(plan, state, book, now);
    exerciseByItself(plan, state, book, { requested, now });
  }
  return plan.events;
}

// ASSUMED: a request does not keep its contracts from being sold or transferred. When the day ends it takes what is
// still held, the oldest request first, and is annulled when there is nothing.
function exerciseRequests(plan: Plan, state: ClearingState, book: Book, now: Instant): ReadonlyMap<string, number> {
  const requested = new Map<string, number>();
  for (const exercise of book.exercises.values()) {
    if (exercise.state !== 'holding' || exercise.businessDate > state.businessDate) continue;
    const key = positionKey(exercise.account, exercise.series);
    const before = requested.get(key) ?? 0;
    const quantity = Math.min(exercise.quantity, (closingPosition(book, key)?.held ?? 0) - before);
    requested.set(key, before + quantity);
    const outcome: Partial<Exercise> = quantity > 0 ? { state: 'exercised', quantity } : { state: 'annulled' };
    const exercised = { ...exercise, ...outcome, modifiedAt: now, businessDate: state.businessDate };
    plan.add({ type: 'exercise-changed', exercise: exercised });
  }
  return requested;
}

function exerciseByItself(
  plan: Plan,
  state: ClearingState,
  book: Book,
  { requested, now }: { readonly requested: ReadonlyMap<string, number>; readonly now: Instant },
): void {
  const { businessDate } = state;
  for (const key of book.positions.keys()) {
    const position = closingPosition(book, key);
    if (!position || position.held === 0 || !isDueByItself(state, position.series)) continue;
    const { participant, account, series, held, denied } = position;
    const quantity = held - denied - (requested.get(key) ?? 0);
    if (quantity <= 0) continue;
    plan.add({
      type: 'exercise-changed',
      exercise: {
        number: plan.number('exercise'),
        kind: 'automatic',
        participant,
        account,
        series,
        quantity,
        state: 'exercised',
        user: undefined,
        createdAt: now,
        modifiedAt: now,
        businessDate,
      },
    });
  }
}

/** Whether the day end exercises this series by itself: an option on its last day, enough in the money. */
export function isDueByItself(state: ClearingState, name: Exercise['series']): boolean {
  const series = seriesOf(state, name);
  if (series.kind === 'future' || series.expiryDate !== state.businessDate) return false;
  const price = state.prices.get(series.instrumentClass.code);
  return price !== undefined && isExercisedAutomatically(series, price, state.settings);
}
