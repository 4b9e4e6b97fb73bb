import type { PostTradeRejection } from '../clearing/post-trade-rejection.ts';
import { calendarDateOf, toClockText } from '../time/instant.ts';
import type { Refusal } from './refusal.ts';
import { toDateText } from './texts.ts';

/**
 * Says a refusal of a post-trade function to the person at the browser: what was found, and what is allowed. 403: not
 * now, or not by this participant or user; 404: there is no such thing; 409: its state does not allow it; 422: what
 * was asked for is wrong in itself.
 */
export function toPostTradeRefusal(rejection: PostTradeRejection): Refusal {
  switch (rejection.code) {
    case 'after-input-cutoff':
      return notAllowed(
        `Post-trade input for ${toDateText(rejection.clearingDate)} has ended: the input cut-off of the ${rejection.session} session was ${toClockText(rejection.cutoff)} on ${toDateText(calendarDateOf(rejection.cutoff))}.`,
      );
    case 'day-ended':
      return notAllowed(
        `The day end of ${toDateText(rejection.businessDate)} has been run; nothing of that business date can be changed any more.`,
      );
    case 'day-not-ended':
      return conflict(
        `The day end of ${toDateText(rejection.businessDate)} has not been run yet; the business date rolls only after it.`,
      );
    case 'not-the-next-business-date':
      return wrong(
        `${toDateText(rejection.date)} is not the next business date; that is ${toDateText(rejection.next)}.`,
      );

    case 'unknown-series':
      return notFound(`There is no series ${rejection.series}.`);
    case 'unknown-account':
      return notFound(`${partOf(rejection)}Your participant has no account ${rejection.account}.`);
    case 'unknown-participant':
      return notFound(`There is no clearing participant ${rejection.participant}.`);
    case 'unknown-trade':
      return notFound(`Your participant has no trade ${rejection.trade}.`);
    case 'unknown-deal':
      return notFound(`There is no deal ${rejection.deal}.`);
    case 'unknown-give-up':
      return notFound(`Your participant neither sent nor received a give-up ${rejection.giveUp}.`);
    case 'unknown-rectification':
      return notFound(`Your participant has no rectification ${rejection.rectification}.`);
    case 'unknown-close-out':
      return notFound(`Your participant has no close-out ${rejection.closeOut}.`);
    case 'unknown-exercise':
      return notFound(`Your participant has no exercise request ${rejection.exercise}.`);

    case 'quantity-not-positive':
      return wrong(
        `${partOf(rejection)}The quantity is ${rejection.quantity}; it must be a whole number of contracts, 1 or more.`,
      );
    case 'price-not-positive':
      return wrong(`The price is ${rejection.price}; it must be a whole number of the smallest price unit, 1 or more.`);
    case 'commission-not-allowed':
      return wrong(
        `The commission is ${rejection.commission}; it must be a whole number from 0 to ${rejection.commissionMax}.`,
      );
    case 'no-parts':
      return wrong('No part is named; name at least one, with an account and a quantity.');
    case 'too-many-parts':
      return wrong(`There are ${rejection.parts} parts; at most ${rejection.partsMax} can be named at once.`);
    case 'parts-do-not-add-up':
      return wrong(
        `The parts add up to ${contracts(rejection.sum)}; they must add up to ${rejection.lessAllowed ? 'at most ' : ''}${rejection.expected}.`,
      );
    case 'text-not-allowed':
      return wrong(
        rejection.problem === 'too-long'
          ? `${partOf(rejection)}The ${rejection.field} has ${rejection.length} characters; at most ${rejection.lengthMax} are allowed.`
          : `${partOf(rejection)}The ${rejection.field} has a character that is not allowed; use letters, digits, spaces and common punctuation.`,
      );

    case 'account-not-active':
      return conflict(
        `${partOf(rejection)}The account ${rejection.account} is ${rejection.state}; only an active account takes post-trade input.`,
      );
    case 'no-account-access':
      return notAllowed(
        `${partOf(rejection)}Your participant may ${rejection.access === 'read-only' ? 'only read' : 'not exercise from'} the account ${rejection.account}.`,
      );
    case 'account-type-not-allowed':
      return wrong(
        `${partOf(rejection)}The account ${rejection.account} is of the type ${rejection.type}; this function takes ${either(rejection.allowed)}.`,
      );
    case 'same-account':
      return wrong(`Both accounts are ${rejection.account}; name two different ones.`);
    case 'account-not-gross':
      return wrong(
        `The account ${rejection.account} keeps its positions ${rejection.keeping}: there is nothing to net down. Only accounts that keep gross are netted down.`,
      );

    case 'trade-not-active':
      return conflict(`Trade ${rejection.trade} is ${rejection.state}; only an active trade can be changed.`);
    case 'trade-too-old':
      return conflict(
        `Trade ${rejection.trade} belongs to ${toDateText(rejection.clearingDate)}; this function is for trades of ${toDateText(rejection.businessDate)} or later.`,
      );
    case 'trade-type-not-allowed':
      return wrong(
        `Trade ${rejection.trade} is of the type ${rejection.type}; this function takes ${either(rejection.allowed)}.`,
      );
    case 'rectification-pending':
      return conflict(
        `Rectification ${rejection.rectification} of trade ${rejection.trade} waits for confirmation; confirm or reject it first.`,
      );
    case 'give-up-pending':
      return conflict(
        `Give-ups of ${contracts(rejection.held)} of trade ${rejection.trade} wait for their taker; cancel them first, or wait for the answer.`,
      );
    case 'not-enough-remaining':
      return wrong(
        `${contracts(rejection.asked)} of trade ${rejection.trade} were asked for; ${rejection.remaining} remain, and pending give-ups ask for ${rejection.held} of these.`,
      );
    case 'trade-not-in-transitory-account':
      return wrong(
        `Trade ${rejection.trade} is in the account ${rejection.account}; this function moves trades out of the transitory account only.`,
      );
    case 'rectification-changes-nothing':
      return wrong(`Trade ${rejection.trade} would stay as it is; name another account, or change its details.`);
    case 'rectification-not-pending':
      return conflict(
        `Rectification ${rejection.rectification} is ${rejection.state}; only one that is holding can be answered.`,
      );
    case 'own-request':
      return notAllowed(
        `${rejection.user} requested rectification ${rejection.rectification}; another user of your participant must confirm it.`,
      );
    case 'deal-not-annullable':
      return conflict(`Deal ${rejection.deal} cannot be annulled: ${ANNULMENT_TEXT[rejection.reason]}.`);

    case 'too-few-trades':
      return wrong(
        `There ${rejection.trades === 1 ? 'is 1 trade' : `are ${rejection.trades} trades`}; an average price needs at least ${rejection.tradesMin}.`,
      );
    case 'too-many-trades':
      return wrong(`There are ${rejection.trades} trades; an average price takes at most ${rejection.tradesMax}.`);
    case 'trade-named-twice':
      return wrong(`Trade ${rejection.trade} is named twice.`);
    case 'trades-differ':
      return wrong(
        `The ${rejection.field} of trade ${rejection.trade} is ${rejection.found}, that of the trades before it ${rejection.expected}; all trades of an average price have the same one.`,
      );
    case 'no-average-price-account':
      return conflict(
        `${rejection.participant} has no account of the type apt, through which average price trades are made.`,
      );

    case 'give-up-to-oneself':
      return wrong(`The taker is ${rejection.participant}, your own participant; name another one.`);
    case 'not-in-clearing-house':
      return wrong(
        `${rejection.participant} does not clear at ${rejection.clearingHouse}, where ${rejection.series} is cleared; name a participant that does.`,
      );
    case 'give-up-not-pending':
      return conflict(`Give-up ${rejection.giveUp} is ${rejection.state}; only one that is holding can be answered.`);
    case 'not-the-taker':
      return notAllowed(`Give-up ${rejection.giveUp} is for ${rejection.taker}; only ${rejection.taker} takes it up.`);

    case 'series-expired':
      return conflict(
        `${rejection.series} has expired; its last trading day was ${toDateText(rejection.lastTradingDay)}.`,
      );
    case 'no-position':
      return conflict(`The account ${rejection.account} has no position in ${rejection.series}.`);
    case 'not-enough-position':
      return wrong(
        `${partOf(rejection)}${contracts(rejection.asked)} ${rejection.side} in ${rejection.series} were asked for; the account ${rejection.account} has ${rejection.available} available.`,
      );
    case 'net-down-not-allowed':
      return wrong(`${rejection.series} is a ${rejection.kind}; positions in futures are not netted down.`);
    case 'final-held-differs':
      return wrong(
        `You expect ${rejection.finalHeld} held in ${rejection.series} in the account ${rejection.account} afterwards; there would be ${rejection.expected}.`,
      );
    case 'position-named-twice':
      return wrong(`The position in ${rejection.series} in the account ${rejection.account} is named twice.`);
    case 'close-out-of-another-date':
      return conflict(
        `Close-out ${rejection.closeOut} is of ${toDateText(rejection.date)}; only those of ${toDateText(rejection.businessDate)} can be restored.`,
      );
    case 'not-enough-closed-out':
      return wrong(
        `${contracts(rejection.asked)} of close-out ${rejection.closeOut} were asked for; ${rejection.left} are left to restore.`,
      );
    case 'cover-not-possible':
      return wrong(`${rejection.series} cannot be covered so: ${COVER_TEXT[rejection.reason]}.`);

    case 'exercise-not-possible':
      return rejection.reason === 'expired'
        ? conflict(`${rejection.series} cannot be exercised: it has expired.`)
        : wrong(`${rejection.series} cannot be exercised on request: ${EXERCISE_TEXT[rejection.reason]}.`);
    case 'deny-quantity':
      return wrong(
        `The quantity is ${rejection.quantity}; from 0 to the ${rejection.held} held in ${rejection.series} in the account ${rejection.account} can be left out of the automatic exercise.`,
      );
    case 'exercise-not-pending':
      return conflict(
        `Exercise request ${rejection.exercise} is ${rejection.state}; only one that is holding can be cancelled.`,
      );
  }
}

const ANNULMENT_TEXT = {
  'annulled-already': 'it is annulled already',
  'not-a-match': 'it is not a match of the trading system',
  'trades-not-whole': 'post-trade functions have taken something from its trades',
  old: 'it belongs to an earlier business date',
} as const;

const COVER_TEXT = {
  'not-a-call': 'only calls are covered by the underlying',
  'not-stock': 'only options on stock are covered by the underlying',
  'more-than-written': 'no more can be covered than is written',
  'below-zero': 'the quantity must be 0 or more',
} as const;

const EXERCISE_TEXT = {
  'not-an-option': 'it is a future, and only options are exercised',
  european: 'it is a European option, which the day end of its expiry exercises',
} as const;

function partOf({ part }: { readonly part?: number }): string {
  return part === undefined ? '' : `Part ${part}: `;
}

function contracts(quantity: number): string {
  return `${quantity} ${quantity === 1 ? 'contract' : 'contracts'}`;
}

function either(names: readonly string[]): string {
  return names.length < 2 ? `only ${names.join()}` : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function notAllowed(text: string): Refusal {
  return { status: 403, title: 'Not allowed', text };
}

function notFound(text: string): Refusal {
  return { status: 404, title: 'Not found', text };
}

function conflict(text: string): Refusal {
  return { status: 409, title: 'Not possible', text };
}

function wrong(text: string): Refusal {
  return { status: 422, title: 'Request refused', text };
}
