import type { Instant } from '../../time/instant.ts';
import type { ClearingEvent } from '../event.ts';
import type { ClearingState } from '../state.ts';

/** A part of the day end. It is decided on the state that the parts before it have left. */
export type DayEndStep = (state: ClearingState, now: Instant) => readonly ClearingEvent[];

/** In the order in which they run. */
export const DAY_END: readonly DayEndStep[] = [
  (state, now) => [{ type: 'day-ended', businessDate: state.businessDate, at: now }],
];
