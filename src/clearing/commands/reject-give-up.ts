import { released, settledGiveUps, tradeOfGiveUp } from '../give-up-hold.ts';
import { accepted, rejected } from '../rejection.ts';
import type { RejectGiveUp } from './command.ts';
import type { Decide } from './context.ts';
import { textTrouble } from './find.ts';
import { findPendingGiveUp } from './find-give-up.ts';
import { dateOfInput, inputEnded } from './input-cutoff.ts';

/**
 * CC40: the taker rejects a give-up. ASSUMED: the giver cancels its own one in the same way (oapi-facts.md 4.2:
 * "probably used by the giver to cancel"). The contracts are the giver's to use again.
 *
 * Refusals by precedence: the give-up, its state; the input cutoff; the text.
 */
export const decideRejectGiveUp: Decide<RejectGiveUp> = (state, { giveUp: number, text }, context) => {
  const { participant, now, user } = context;
  const found = findPendingGiveUp(state, participant, number, 'giver or taker');
  if (!found.ok) return found;
  const giveUp = found.value;
  const trouble = inputEnded(state, dateOfInput(state, giveUp.clearingDate), now) ?? textTrouble('give-up text', text);
  if (trouble) return rejected(trouble);
  const trade = tradeOfGiveUp(state, giveUp);
  return accepted([
    { type: 'trade-changed', trade: released(trade, giveUp.quantity, settledGiveUps(state, trade), now) },
    {
      type: 'give-up-changed',
      giveUp: {
        ...giveUp,
        state: participant === giveUp.taker ? 'rejected' : 'cancelled',
        // ASSUMED: the record has one text (oapi-facts.md Appendix A, C): the answer's, if it has any, is the last word.
        text: text === '' ? giveUp.text : text,
        decidedBy: user,
        modifiedAt: now,
      },
    },
  ]);
};
