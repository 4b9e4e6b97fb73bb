import type { PostTradeRejection } from '../clearing/post-trade-rejection.ts';
import { ENGLISH } from './language/english.ts';
import type { Refusal } from './refusal.ts';

/** Says a refusal of a post-trade function to the person at the browser, in English where no other language is asked for. */
export function toPostTradeRefusal(rejection: PostTradeRejection, texts = ENGLISH): Refusal {
  const status = statusOf(rejection);
  return { status, title: texts.postTradeTitles[status], text: texts.postTradeRefusal(rejection) };
}

type Status = 403 | 404 | 409 | 422;

function statusOf(rejection: PostTradeRejection): Status {
  // What has expired cannot be exercised now; what is no option never could be.
  if (rejection.code === 'exercise-not-possible' && rejection.reason !== 'expired') return 422;
  return STATUSES[rejection.code];
}

/**
 * 403: not now, or not by this participant or user; 404: there is no such thing; 409: its state does not allow it; 422:
 * what was asked for is wrong in itself.
 */
const STATUSES: Readonly<Record<PostTradeRejection['code'], Status>> = {
  'after-input-cutoff': 403,
  'day-ended': 403,
  'day-not-ended': 409,
  'not-the-next-business-date': 422,
  'unknown-series': 404,
  'unknown-account': 404,
  'unknown-participant': 404,
  'unknown-trade': 404,
  'unknown-deal': 404,
  'unknown-give-up': 404,
  'unknown-rectification': 404,
  'unknown-close-out': 404,
  'unknown-exercise': 404,
  'quantity-not-positive': 422,
  'price-not-positive': 422,
  'commission-not-allowed': 422,
  'no-parts': 422,
  'too-many-parts': 422,
  'parts-do-not-add-up': 422,
  'text-not-allowed': 422,
  'account-not-active': 409,
  'no-account-access': 403,
  'account-type-not-allowed': 422,
  'same-account': 422,
  'account-not-gross': 422,
  'trade-not-active': 409,
  'trade-too-old': 409,
  'trade-type-not-allowed': 422,
  'rectification-pending': 409,
  'give-up-pending': 409,
  'not-enough-remaining': 422,
  'trade-not-in-transitory-account': 422,
  'rectification-changes-nothing': 422,
  'rectification-not-pending': 409,
  'own-request': 403,
  'deal-not-annullable': 409,
  'too-few-trades': 422,
  'too-many-trades': 422,
  'trade-named-twice': 422,
  'trades-differ': 422,
  'no-average-price-account': 409,
  'give-up-to-oneself': 422,
  'not-in-clearing-house': 422,
  'give-up-not-pending': 409,
  'not-the-taker': 403,
  'series-expired': 409,
  'no-position': 409,
  'not-enough-position': 422,
  'net-down-not-allowed': 422,
  'final-held-differs': 422,
  'position-named-twice': 422,
  'close-out-of-another-date': 409,
  'not-enough-closed-out': 422,
  'cover-not-possible': 422,
  'exercise-not-possible': 409,
  'deny-quantity': 422,
  'exercise-not-pending': 409,
};
