import type { Instant } from '../../time/instant.ts';
import type { ClearingEvent } from '../event.ts';
import type { ClearingState } from '../state.ts';
import { assignWriters } from './assign-writers.ts';
import { emptyIntoSink } from './empty-into-sink.ts';
import { exerciseOptions } from './exercise-options.ts';
import { expireSeries } from './expire-series.ts';
import { lapseGiveUps } from './lapse-give-ups.ts';
import { makeDeliveries } from './make-deliveries.ts';

/** A part of the day end. It is decided on the state that the parts before it have left. */
export type DayEndStep = (state: ClearingState, now: Instant) => readonly ClearingEvent[];

/**
 * In the order in which they run. Pending give-ups go first, so that nothing holds what Sink takes; expired positions
 * go before Sink, which shall not get any. That the day has ended is told last: whoever waits for it finds all of it.
 */
export const DAY_END: readonly DayEndStep[] = [
  lapseGiveUps,
  exerciseOptions,
  assignWriters,
  makeDeliveries,
  expireSeries,
  emptyIntoSink,
  (state, now) => [{ type: 'day-ended', businessDate: state.businessDate, at: now }],
];
