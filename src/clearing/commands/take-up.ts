import type { Instant } from '../../time/instant.ts';
import { ACCOUNT_TYPES } from '../account.ts';
import type { Trade } from '../deal.ts';
import type { GiveUp, TradePart } from '../give-up.ts';
import { givenUp, tradeOfGiveUp } from '../give-up-hold.ts';
import type { Plan, TradeTerms } from '../plan.ts';
import { reverseEffect } from '../position.ts';
import { accepted, rejected } from '../rejection.ts';
import { bookOf } from '../state.ts';
import type { TakeUp } from './command.ts';
import { planFor, type Decide } from './context.ts';
import { expiredTrouble, partsTrouble } from './find.ts';
import { findPendingGiveUp } from './find-give-up.ts';
import { dateOfInput, inputEnded } from './input-cutoff.ts';
import { overtakingMove, shortageAlong } from './shortage-along.ts';

/** The record has room for 50 (oapi-facts.md Appendix A, CC38: C). */
const PARTS_MAX = 50;

/**
 * ASSUMED: what is taken up may go into any account but those that only the system fills. Daily is for trades that
 * will be averaged, the transitory account for those whose account is not known yet.
 */
const TAKES_UP = ACCOUNT_TYPES.filter((type) => type !== 'apt' && type !== 'sink');

/**
 * CC38: the taker takes a give-up, into one or several of its accounts. Each part is a new deal of two trades: one
 * takes the contracts out of the giver's account, the other puts them into the taker's (dcass-facts.md 6.2, A/B).
 *
 * Refusals by precedence: the give-up, who asks, its state; the series' expiry, the input cutoff; the parts, which
 * must add up to the give-up; whether there is enough of what they close.
 *
 * ASSUMED: the giver's account is not looked at again. What it has lost since the request is not the taker's concern:
 * as far as there is nothing to close any more, it opens the other side.
 */
export const decideTakeUp: Decide<TakeUp> = (state, { giveUp: number, parts }, context) => {
  const found = findPendingGiveUp(state, context.participant, number, 'taker');
  if (!found.ok) return found;
  const giveUp = found.value;
  const date = dateOfInput(state, giveUp.clearingDate);
  const book = bookOf(state, context.participant);
  const trouble =
    expiredTrouble(state, giveUp.series, date) ??
    inputEnded(state, date, context.now) ??
    partsTrouble(book, parts, {
      partsMax: PARTS_MAX,
      expected: giveUp.quantity,
      lessAllowed: false,
      allowed: TAKES_UP,
    }) ??
    shortageAlong(
      state,
      book,
      { series: giveUp.series, date },
      parts.map((part, i) => overtakingMove(giveUp.side, part, i + 1)),
    );
  if (trouble) return rejected(trouble);

  const plan = planFor(state, context);
  const original = tradeOfGiveUp(state, giveUp);
  for (const part of parts) {
    const out = outOfGiver(giveUp, original);
    const into = intoTaker(giveUp, part);
    plan.deal({
      reason: 'give-up',
      series: giveUp.series,
      quantity: part.quantity,
      price: giveUp.price,
      original: original.deal,
      clearingDate: date,
      asOfAt: original.asOfAt,
      ...(giveUp.side === 'buy' ? { buy: into, sell: out } : { buy: out, sell: into }),
    });
  }
  confirm(plan, giveUp, original, parts, context);
  return accepted(plan.events);
};

function confirm(
  plan: Plan,
  giveUp: GiveUp,
  original: Trade,
  parts: readonly TradePart[],
  { now, user }: { readonly now: Instant; readonly user: GiveUp['decidedBy'] },
): void {
  plan.add(
    { type: 'trade-changed', trade: givenUp(original, giveUp.quantity, now) },
    { type: 'give-up-changed', giveUp: { ...giveUp, state: 'confirmed', parts, decidedBy: user, modifiedAt: now } },
  );
}

function outOfGiver(giveUp: GiveUp, original: Trade): TradeTerms {
  return {
    participant: giveUp.giver,
    account: original.account,
    type: 'give-up',
    openClose: reverseEffect(original.openClose),
    customerInfo: original.customerInfo,
    originalTrade: original.number,
    giveUpMember: giveUp.taker,
    // The giver's trade does not carry the name of another participant's user.
    askedBy: { user: giveUp.requestedBy },
    remains: false,
  };
}

function intoTaker(giveUp: GiveUp, part: TradePart): TradeTerms {
  return {
    participant: giveUp.taker,
    account: part.account,
    type: 'take-up',
    openClose: part.openClose,
    customerInfo: part.customerInfo,
    originalTrade: giveUp.trade,
    giveUpMember: giveUp.giver,
    remains: true,
  };
}
