import type { PostTradeRejection } from '../../../clearing/post-trade-rejection.ts';
import { dates } from './dates.ts';

/** A refusal of a post-trade function: what was found, and what is allowed. */
export function postTradeRefusal(rejection: PostTradeRejection): string {
  switch (rejection.code) {
    case 'after-input-cutoff':
      return `Post-trade input for ${dates.day(rejection.clearingDate)} has ended: the input cut-off of the ${rejection.session} session was ${dates.time(rejection.cutoff)}.`;
    case 'day-ended':
      return `The day end of ${dates.day(rejection.businessDate)} has been run; nothing of that business date can be changed any more.`;
    case 'day-not-ended':
      return `The day end of ${dates.day(rejection.businessDate)} has not been run yet; the business date rolls only after it.`;
    case 'not-the-next-business-date':
      return `${dates.day(rejection.date)} is not the next business date; that is ${dates.day(rejection.next)}.`;

    case 'unknown-series':
      return `There is no series ${rejection.series}.`;
    case 'unknown-account':
      return `${partOf(rejection)}Your participant has no account ${rejection.account}.`;
    case 'unknown-participant':
      return `There is no clearing participant ${rejection.participant}.`;
    case 'unknown-trade':
      return `Your participant has no trade ${rejection.trade}.`;
    case 'unknown-deal':
      return `There is no deal ${rejection.deal}.`;
    case 'unknown-give-up':
      return `Your participant neither sent nor received a give-up ${rejection.giveUp}.`;
    case 'unknown-rectification':
      return `Your participant has no rectification ${rejection.rectification}.`;
    case 'unknown-close-out':
      return `Your participant has no close-out ${rejection.closeOut}.`;
    case 'unknown-exercise':
      return `Your participant has no exercise request ${rejection.exercise}.`;

    case 'quantity-not-positive':
      return `${partOf(rejection)}The quantity is ${rejection.quantity}; it must be a whole number of contracts, 1 or more.`;
    case 'price-not-positive':
      return `The price is ${rejection.price}; it must be a whole number of the smallest price unit, 1 or more.`;
    case 'commission-not-allowed':
      return `The commission is ${rejection.commission}; it must be a whole number from 0 to ${rejection.commissionMax}.`;
    case 'no-parts':
      return 'No part is named; name at least one, with an account and a quantity.';
    case 'too-many-parts':
      return `There are ${rejection.parts} parts; at most ${rejection.partsMax} can be named at once.`;
    case 'parts-do-not-add-up':
      return `The parts add up to ${contracts(rejection.sum)}; they must add up to ${rejection.lessAllowed ? 'at most ' : ''}${rejection.expected}.`;
    case 'text-not-allowed':
      return rejection.problem === 'too-long'
        ? `${partOf(rejection)}The ${rejection.field} has ${rejection.length} characters; at most ${rejection.lengthMax} are allowed.`
        : `${partOf(rejection)}The ${rejection.field} has a character that is not allowed; use letters, digits, spaces and common punctuation.`;

    case 'account-not-active':
      return `${partOf(rejection)}The account ${rejection.account} is ${rejection.state}; only an active account takes post-trade input.`;
    case 'no-account-access':
      return `${partOf(rejection)}Your participant may ${rejection.access === 'read-only' ? 'only read' : 'not exercise from'} the account ${rejection.account}.`;
    case 'account-type-not-allowed':
      return `${partOf(rejection)}The account ${rejection.account} is of the type ${rejection.type}; this function takes ${either(rejection.allowed)}.`;
    case 'same-account':
      return `Both accounts are ${rejection.account}; name two different ones.`;
    case 'account-not-gross':
      return `The account ${rejection.account} keeps its positions ${rejection.keeping}: there is nothing to net down. Only accounts that keep gross are netted down.`;

    case 'trade-not-active':
      return `Trade ${rejection.trade} is ${rejection.state}; only an active trade can be changed.`;
    case 'trade-too-old':
      return `Trade ${rejection.trade} belongs to ${dates.day(rejection.clearingDate)}; this function is for trades of ${dates.day(rejection.businessDate)} or later.`;
    case 'trade-type-not-allowed':
      return `Trade ${rejection.trade} is of the type ${rejection.type}; this function takes ${either(rejection.allowed)}.`;
    case 'rectification-pending':
      return `Rectification ${rejection.rectification} of trade ${rejection.trade} waits for confirmation; confirm or reject it first.`;
    case 'give-up-pending':
      return `Give-ups of ${contracts(rejection.held)} of trade ${rejection.trade} wait for their taker; cancel them first, or wait for the answer.`;
    case 'not-enough-remaining':
      return `${contracts(rejection.asked)} of trade ${rejection.trade} were asked for; ${rejection.remaining} remain, and pending give-ups ask for ${rejection.held} of these.`;
    case 'trade-not-in-transitory-account':
      return `Trade ${rejection.trade} is in the account ${rejection.account}; this function moves trades out of the transitory account only.`;
    case 'rectification-changes-nothing':
      return `Trade ${rejection.trade} would stay as it is; name another account, or change its details.`;
    case 'rectification-not-pending':
      return `Rectification ${rejection.rectification} is ${rejection.state}; only one that is holding can be answered.`;
    case 'own-request':
      return `${rejection.user} requested rectification ${rejection.rectification}; another user of your participant must confirm it.`;
    case 'deal-not-annullable':
      return `Deal ${rejection.deal} cannot be annulled: ${ANNULMENT_TEXT[rejection.reason]}.`;

    case 'too-few-trades':
      return `There ${rejection.trades === 1 ? 'is 1 trade' : `are ${rejection.trades} trades`}; an average price needs at least ${rejection.tradesMin}.`;
    case 'too-many-trades':
      return `There are ${rejection.trades} trades; an average price takes at most ${rejection.tradesMax}.`;
    case 'trade-named-twice':
      return `Trade ${rejection.trade} is named twice.`;
    case 'trades-differ':
      return `The ${rejection.field} of trade ${rejection.trade} is ${rejection.found}, that of the trades before it ${rejection.expected}; all trades of an average price have the same one.`;
    case 'no-average-price-account':
      return `${rejection.participant} has no account of the type apt, through which average price trades are made.`;

    case 'give-up-to-oneself':
      return `The taker is ${rejection.participant}, your own participant; name another one.`;
    case 'not-in-clearing-house':
      return `${rejection.participant} does not clear at ${rejection.clearingHouse}, where ${rejection.series} is cleared; name a participant that does.`;
    case 'give-up-not-pending':
      return `Give-up ${rejection.giveUp} is ${rejection.state}; only one that is holding can be answered.`;
    case 'not-the-taker':
      return `Give-up ${rejection.giveUp} is for ${rejection.taker}; only ${rejection.taker} takes it up.`;

    case 'series-expired':
      return `${rejection.series} has expired; its last trading day was ${dates.day(rejection.lastTradingDay)}.`;
    case 'no-position':
      return `The account ${rejection.account} has no position in ${rejection.series}.`;
    case 'not-enough-position':
      return `${partOf(rejection)}${contracts(rejection.asked)} ${rejection.side} in ${rejection.series} were asked for; the account ${rejection.account} has ${rejection.available} available.`;
    case 'net-down-not-allowed':
      return `${rejection.series} is a ${rejection.kind}; positions in futures are not netted down.`;
    case 'final-held-differs':
      return `You expect ${rejection.finalHeld} held in ${rejection.series} in the account ${rejection.account} afterwards; there would be ${rejection.expected}.`;
    case 'position-named-twice':
      return `The position in ${rejection.series} in the account ${rejection.account} is named twice.`;
    case 'close-out-of-another-date':
      return `Close-out ${rejection.closeOut} is of ${dates.day(rejection.date)}; only those of ${dates.day(rejection.businessDate)} can be restored.`;
    case 'not-enough-closed-out':
      return `${contracts(rejection.asked)} of close-out ${rejection.closeOut} were asked for; ${rejection.left} are left to restore.`;
    case 'cover-not-possible':
      return `${rejection.series} cannot be covered so: ${COVER_TEXT[rejection.reason]}.`;

    case 'exercise-not-possible':
      return rejection.reason === 'expired'
        ? `${rejection.series} cannot be exercised: it has expired.`
        : `${rejection.series} cannot be exercised on request: ${EXERCISE_TEXT[rejection.reason]}.`;
    case 'deny-quantity':
      return `The quantity is ${rejection.quantity}; from 0 to the ${rejection.held} held in ${rejection.series} in the account ${rejection.account} can be left out of the automatic exercise.`;
    case 'exercise-not-pending':
      return `Exercise request ${rejection.exercise} is ${rejection.state}; only one that is holding can be cancelled.`;
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

export const postTradeTitles = {
  403: 'Not allowed',
  404: 'Not found',
  409: 'Not possible',
  422: 'Request refused',
};
