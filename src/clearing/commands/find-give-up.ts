import type { GiveUp } from '../give-up.ts';
import type { CustomerCode } from '../participant.ts';
import type { PostTradeRejection } from '../post-trade-rejection.ts';
import { accepted, rejected, type Outcome } from '../rejection.ts';
import type { ClearingState } from '../state.ts';

/**
 * A give-up that waits for an answer, for one of its two participants: to anybody else it is unknown.
 * @param by who may do what is asked for
 */
export function findPendingGiveUp(
  state: ClearingState,
  participant: CustomerCode,
  number: number,
  by: 'taker' | 'giver or taker',
): Outcome<GiveUp, PostTradeRejection> {
  const giveUp = state.giveUps.get(number);
  if (!giveUp || (participant !== giveUp.giver && participant !== giveUp.taker)) {
    return rejected({ code: 'unknown-give-up', giveUp: number });
  }
  if (by === 'taker' && participant !== giveUp.taker) {
    return rejected({ code: 'not-the-taker', giveUp: number, taker: giveUp.taker });
  }
  if (giveUp.state !== 'holding') return rejected({ code: 'give-up-not-pending', giveUp: number, state: giveUp.state });
  return accepted(giveUp);
}
