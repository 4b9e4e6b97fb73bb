import type { Instant } from '../../time/instant.ts';
import type { ClearingEvent } from '../event.ts';
import type { CustomerCode } from '../participant.ts';
import { Plan } from '../plan.ts';
import type { Outcome } from '../rejection.ts';
import type { ClearingState } from '../state.ts';
import type { UserId } from '../user.ts';

/** Who asks, and when. */
export interface CommandContext {
  readonly now: Instant;
  readonly participant: CustomerCode;
  /** Undefined: HKEX inputs it on the participant's behalf, or the scenario does. */
  readonly user: UserId | undefined;
}

/** Decides a command: the events that carry it out, or the refusal. The state stays as it is. */
export type Decide<C> = (
  state: ClearingState,
  command: C,
  context: CommandContext,
) => Outcome<readonly ClearingEvent[]>;

export function planFor(state: ClearingState, context: CommandContext): Plan {
  return new Plan(state, context.now, context.user);
}
