import type { ClearingEvent } from './event.ts';
import type { Outcome } from './rejection.ts';
import type { ClearingState } from './state.ts';
import type { Instant } from '../time/instant.ts';

/** HKEX annuls a match: both trades are reversed. */
export function decideAnnulment(
  _state: ClearingState,
  _deal: number,
  _now: Instant,
): Outcome<readonly ClearingEvent[]> {
  throw new Error('not built yet');
}
