import { rebook } from '../rebook.ts';
import { accepted, rejected } from '../rejection.ts';
import { bookOf } from '../state.ts';
import type { ConfirmRectification } from './command.ts';
import { planFor, type Decide } from './context.ts';
import { findPendingRectification } from './find-rectification.ts';
import { dateOfInput } from './input-cutoff.ts';
import { rebookTrouble } from './rebook-trouble.ts';

/**
 * CC11 with confirm: a rectification that waited is carried out, for the business date of the confirmation. What may
 * have changed since it was asked for is checked again: date, accounts, positions.
 *
 * ASSUMED: `rectificationConfirmedBy`; who confirms at DCASS is not public. HKEX always may.
 *
 * Refusals by precedence: the rectification, its state; whose request it is; then those of {@link rebookTrouble}.
 */
export const decideConfirmRectification: Decide<ConfirmRectification> = (state, command, context) => {
  const { participant, now, user } = context;
  const found = findPendingRectification(bookOf(state, participant), command.rectification);
  if (!found.ok) return found;
  const { rectification, trade } = found.value;
  const { number, parts, requestedBy } = rectification;
  if (user !== undefined && user === requestedBy && state.settings.rectificationConfirmedBy === 'another-user') {
    return rejected({ code: 'own-request', rectification: number, user });
  }
  const trouble = rebookTrouble(state, trade, parts, now);
  if (trouble) return rejected(trouble);

  const plan = planFor(state, context);
  const clearingDate = dateOfInput(state, trade.clearingDate);
  rebook(plan, trade, parts, { reason: 'rectification', clearingDate, now });
  plan.add({
    type: 'rectification-changed',
    rectification: { ...rectification, state: 'confirmed', decidedBy: user, modifiedAt: now, clearingDate },
  });
  return accepted(plan.events);
};
