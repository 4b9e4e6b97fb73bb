import type { BusinessDate, Instant } from '../../time/instant.ts';
import type { AccountId } from '../account.ts';
import type { Trade, TradeType } from '../deal.ts';
import type { ClearingEvent } from '../event.ts';
import { heldFor } from '../give-up-hold.ts';
import type { CustomerCode } from '../participant.ts';
import { Plan } from '../plan.ts';
import type { PostTradeRejection } from '../post-trade-rejection.ts';
import { accepted, rejected, type Outcome } from '../rejection.ts';
import { bookOf, seriesOf, type ClearingState } from '../state.ts';
import type { UserId } from '../user.ts';
import type { RequestGiveUp } from './command.ts';
import { planFor, type Decide } from './context.ts';
import { expiredTrouble, findAccount, findActiveTrade, quantityTrouble, textTrouble } from './find.ts';
import { dateOfInput, inputEnded } from './input-cutoff.ts';
import { reversingMove, shortageAlong } from './shortage-along.ts';

/**
 * ASSUMED: trades that stand for contracts of the participant may be given up, so that what was taken up may be
 * passed on; those that take something back or follow from an exercise, transfer or expiry may not.
 */
const MAY_BE_GIVEN_UP: readonly TradeType[] = ['standard', 'transitory', 'overtaking', 'take-up', 'average-price'];

/** The record's commission is a signed field of 32 bits (oapi-facts.md Appendix A, CD35: C). */
const COMMISSION_MAX = 2_147_483_647;

/** What is asked for, whoever asks. */
export interface GiveUpTerms {
  readonly trade: number;
  readonly to: CustomerCode;
  readonly takerAccount?: AccountId | undefined;
  readonly quantity: number;
  readonly commission: number;
  readonly text: string;
}

/**
 * CD35: a participant asks another one to take a trade, or a part of it. Until the taker answers, the contracts are
 * held: they remain in the giver's account and nothing else can be done with them.
 *
 * Refusals by precedence: the trade, the taker and its clearing house; the trade's state, a rectification that waits,
 * its type; its age, the series' expiry, the input cutoff; quantity, commission, the trade's account, text; what
 * remains of the trade; whether its account still has the contracts.
 */
export const decideRequestGiveUp: Decide<RequestGiveUp> = (state, command, context) => {
  const { participant, now, user } = context;
  const found = findTradeToGiveUp(state, participant, command);
  if (!found.ok) return found;
  const date = dateOfInput(state, found.value.clearingDate);
  const trouble = dateTrouble(state, found.value, date, now) ?? amountTrouble(command);
  if (trouble) return rejected(trouble);
  const account = findAccount(bookOf(state, participant), found.value.account);
  if (!account.ok) return account;
  const wrong =
    textTrouble('give-up text', command.text) ??
    remainingTrouble(found.value, command.quantity) ??
    shortageAlong(state, bookOf(state, participant), { series: found.value.series, date }, [
      reversingMove(found.value, command.quantity),
    ]);
  if (wrong) return rejected(wrong);
  const plan = planFor(state, context);
  planGiveUp(plan, found.value, command, { clearingDate: date, now, user });
  return accepted(plan.events);
};

/**
 * The events of a give-up that was asked for before the day, when its trade was made: the world says so. Throws for
 * one that could not be.
 */
export function giveUpBefore(state: ClearingState, giver: CustomerCode, terms: GiveUpTerms): readonly ClearingEvent[] {
  const found = findTradeToGiveUp(state, giver, terms);
  const trouble = found.ok
    ? (amountTrouble(terms) ?? textTrouble('give-up text', terms.text) ?? remainingTrouble(found.value, terms.quantity))
    : found.rejection;
  if (!found.ok || trouble) throw new Error(`${giver} cannot have a give-up like this: ${JSON.stringify(trouble)}`);
  const { createdAt: now, clearingDate } = found.value;
  const plan = new Plan(state, now, undefined);
  planGiveUp(plan, found.value, terms, { clearingDate: dateOfInput(state, clearingDate), now, user: undefined });
  return plan.events;
}

/** The giver's trade, if it may be given up to this taker at all. */
function findTradeToGiveUp(
  state: ClearingState,
  giver: CustomerCode,
  terms: GiveUpTerms,
): Outcome<Trade, PostTradeRejection> {
  const book = bookOf(state, giver);
  const named = book.trades.get(terms.trade);
  if (!named) return rejected({ code: 'unknown-trade', trade: terms.trade });
  const taker = state.books.get(terms.to)?.participant;
  if (!taker) return rejected({ code: 'unknown-participant', participant: terms.to });
  if (taker.code === giver) return rejected({ code: 'give-up-to-oneself', participant: giver });
  const { clearingHouse } = seriesOf(state, named.series).instrumentClass;
  if (!taker.clearingHouses.includes(clearingHouse)) {
    return rejected({ code: 'not-in-clearing-house', participant: taker.code, clearingHouse, series: named.series });
  }
  const found = findActiveTrade(book, terms.trade);
  if (found.ok && !MAY_BE_GIVEN_UP.includes(found.value.type)) {
    const { type } = found.value;
    return rejected({ code: 'trade-type-not-allowed', trade: terms.trade, type, allowed: MAY_BE_GIVEN_UP });
  }
  return found;
}

function dateTrouble(
  state: ClearingState,
  trade: Trade,
  date: BusinessDate,
  now: Instant,
): PostTradeRejection | undefined {
  const { businessDate, settings } = state;
  const { number, clearingDate, series } = trade;
  if (clearingDate < businessDate && settings.giveUpOldTrades === 'refused') {
    return { code: 'trade-too-old', trade: number, clearingDate, businessDate };
  }
  return expiredTrouble(state, series, date) ?? inputEnded(state, date, now);
}

/** Quantity and commission. */
function amountTrouble({ quantity, commission }: GiveUpTerms): PostTradeRejection | undefined {
  const trouble = quantityTrouble(quantity);
  if (trouble) return trouble;
  if (Number.isSafeInteger(commission) && commission >= 0 && commission <= COMMISSION_MAX) return undefined;
  return { code: 'commission-not-allowed', commission, commissionMax: COMMISSION_MAX };
}

/** Whether so much of the trade remains that no other give-up asks for. */
function remainingTrouble(trade: Trade, quantity: number): PostTradeRejection | undefined {
  const { number, remainingQuantity: remaining, heldQuantity: held } = trade;
  if (quantity <= remaining - held) return undefined;
  return { code: 'not-enough-remaining', trade: number, remaining, held, asked: quantity };
}

/** The request, and the hold on its trade. */
function planGiveUp(
  plan: Plan,
  trade: Trade,
  terms: GiveUpTerms,
  asked: { readonly clearingDate: BusinessDate; readonly now: Instant; readonly user: UserId | undefined },
): void {
  const { to, takerAccount, quantity, commission, text } = terms;
  plan.add(
    {
      type: 'give-up-changed',
      giveUp: {
        number: plan.number('giveUp'),
        giver: trade.participant,
        taker: to,
        trade: trade.number,
        account: trade.account,
        // Not looked up in the taker's book: the answer must not tell which accounts another participant has.
        takerAccount,
        series: trade.series,
        side: trade.side,
        price: trade.price,
        quantity,
        // -0 is 0 for whoever compares, but it would not come back from the journal.
        commission: commission + 0,
        text,
        state: 'holding',
        parts: [],
        requestedBy: asked.user,
        decidedBy: undefined,
        createdAt: asked.now,
        modifiedAt: asked.now,
        clearingDate: asked.clearingDate,
      },
    },
    { type: 'trade-changed', trade: heldFor(trade, quantity, asked.now) },
  );
}
