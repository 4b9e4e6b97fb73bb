import fc from 'fast-check';
import type { ClearingEvent } from '../../../src/clearing/event.ts';
import { histories } from './scale.ts';
import type { Place } from './place.ts';
import { begin, history, take, type History, type Step } from './step.ts';

/**
 * Runs random histories and looks after every step. `look` gives what is wrong, in words; the first history that has
 * something wrong is made as small as it can be, and printed with its seed.
 */
export function overHistories(
  count: number,
  look: (place: Place, of: History, step: Step | undefined) => readonly unknown[],
): void {
  fc.assert(
    fc.property(history, (of) => {
      const place = begin(of);
      stop(look(place, of, undefined), undefined);
      for (const step of of.steps) {
        const before = place.events.length;
        take(place, step);
        // Nothing happened, so that nothing can have become wrong.
        if (place.events.length > before) stop(look(place, of, step), step);
      }
    }),
    histories(count),
  );
}

/** The same after every event, also those in the middle of a step. */
export function overEvents(
  count: number,
  look: (place: Place, of: History, event: ClearingEvent) => readonly unknown[],
): void {
  const watched = new WeakMap<Place, readonly unknown[]>();
  overHistories(count, (place, of, step) => {
    if (step === undefined) {
      place.onEvent((event) => {
        const wrong = look(place, of, event);
        if (wrong.length > 0 && !watched.has(place)) watched.set(place, wrong);
      });
    }
    return watched.get(place) ?? [];
  });
}

function stop(wrong: readonly unknown[], step: Step | undefined): void {
  if (wrong.length > 0)
    throw new Error(`after ${step?.what ?? 'the beginning'}: ${JSON.stringify(wrong, undefined, 1)}`);
}
