import type { Trade } from '../deal.ts';
import { rebook } from '../rebook.ts';
import { accepted, rejected } from '../rejection.ts';
import { bookOf, type ClearingState } from '../state.ts';
import type { RectifyTrade } from './command.ts';
import { planFor, type Decide } from './context.ts';
import { findRebookable } from './find-rebookable.ts';
import { dateOfInput } from './input-cutoff.ts';
import { rebookTrouble } from './rebook-trouble.ts';

/**
 * CD28: re-books a trade, or what remains of it, into up to 100 parts, each with its account, open or close, and
 * customer info. Less than what remains may be named. Where the settings say so, it waits until somebody confirms it
 * (CC11), and nothing else can be done with the trade.
 *
 * Refusals by precedence: the trade, its state, a rectification that waits, its type, a give-up that waits; then those
 * of {@link rebookTrouble}.
 */
export const decideRectifyTrade: Decide<RectifyTrade> = (state, { trade: number, parts }, context) => {
  const { participant, now, user } = context;
  const found = findRebookable(bookOf(state, participant), number);
  if (!found.ok) return found;
  const trade = found.value;
  const trouble = rebookTrouble(state, trade, parts, now);
  if (trouble) return rejected(trouble);

  const plan = planFor(state, context);
  const held = mustWait(state, trade);
  const clearingDate = dateOfInput(state, trade.clearingDate);
  const rectification = plan.number('rectification');
  if (held) plan.add({ type: 'trade-changed', trade: { ...trade, heldBy: rectification, modifiedAt: now } });
  else rebook(plan, trade, parts, { reason: 'rectification', clearingDate, now });
  plan.add({
    type: 'rectification-changed',
    rectification: {
      number: rectification,
      participant,
      trade: number,
      series: trade.series,
      parts,
      state: held ? 'holding' : 'confirmed',
      requestedBy: user,
      // Nobody decides about one that does not wait.
      decidedBy: undefined,
      createdAt: now,
      modifiedAt: now,
      clearingDate,
    },
  });
  return accepted(plan.events);
};

function mustWait({ settings, businessDate }: ClearingState, trade: Trade): boolean {
  switch (settings.rectificationHeld) {
    case 'never':
      return false;
    case 'old-trades':
      return trade.clearingDate < businessDate;
    case 'always':
      return true;
  }
}
