import { accepted, rejected } from '../rejection.ts';
import { bookOf } from '../state.ts';
import type { RejectRectification } from './command.ts';
import type { Decide } from './context.ts';
import { findPendingRectification } from './find-rectification.ts';
import { dateOfInput, inputEnded } from './input-cutoff.ts';

/**
 * CC11 with reject: a rectification that waited comes to nothing, and the trade is as it was. ASSUMED: whoever asked
 * for it may reject it too, which takes it back.
 *
 * Refusals by precedence: the rectification, its state; the input cutoff.
 */
export const decideRejectRectification: Decide<RejectRectification> = (state, command, context) => {
  const { participant, now, user } = context;
  const found = findPendingRectification(bookOf(state, participant), command.rectification);
  if (!found.ok) return found;
  const { rectification, trade } = found.value;
  const trouble = inputEnded(state, dateOfInput(state, trade.clearingDate), now);
  if (trouble) return rejected(trouble);
  return accepted([
    { type: 'trade-changed', trade: { ...trade, heldBy: undefined, modifiedAt: now } },
    {
      type: 'rectification-changed',
      rectification: { ...rectification, state: 'rejected', decidedBy: user, modifiedAt: now },
    },
  ]);
};
