import type { PostTradeRejection } from '../clearing/post-trade-rejection.ts';
import { COMPLETION } from './completion.ts';
import type { RefusedRequest } from './refusals.ts';
import type { Situation } from '../family/status-names.ts';
import type { TransactionStatuses } from './statuses.ts';

/** Completion code and transaction status of a refused post-trade transaction: oapi-facts.md section 5. */
export function postTradeRefusal(rejection: PostTradeRejection, statuses: TransactionStatuses): RefusedRequest {
  return { completion: COMPLETION.TRANSACTION_ABORTED, status: statuses[statusOf(rejection)] };
}

// ASSUMED: which status each refusal has. The names are public, their meaning is a reading of them (D); where the family
// has no name for a refusal, the nearest one stands, or that clearing denies the transaction.
function statusOf(rejection: PostTradeRejection): Situation {
  switch (rejection.code) {
    case 'after-input-cutoff':
      return 'tooLate';
    case 'day-ended':
      return 'clearingDateClosed';
    case 'day-not-ended':
      return 'notAllowedNow';
    case 'not-the-next-business-date':
    case 'close-out-of-another-date':
      return 'invalidClearingDate';

    case 'unknown-series':
      return 'invalidSeries';
    case 'unknown-account':
    case 'trade-not-in-transitory-account':
    case 'no-average-price-account':
      return 'invalidAccount';
    case 'unknown-participant':
      return 'invalidMember';
    case 'unknown-trade':
    case 'unknown-deal':
      return 'tradeNotFound';
    // The same as for one that was answered already: an answer must not tell which numbers exist.
    case 'unknown-give-up':
    case 'give-up-not-pending':
      return 'giveUpNotHolding';
    case 'unknown-rectification':
    case 'rectification-not-pending':
    case 'exercise-not-pending':
      return 'requestNotPending';
    case 'unknown-exercise':
      return 'invalidExerciseRequest';
    case 'unknown-close-out':
    case 'account-not-gross':
      return 'closeOutNotAllowed';

    case 'quantity-not-positive':
      return rejection.quantity === 0 ? 'noQuantity' : 'invalidQuantity';
    case 'no-parts':
      return 'noQuantity';
    case 'too-many-parts':
    case 'too-few-trades':
    case 'too-many-trades':
      return 'badSize';
    // A rectification may leave something; what must be taken whole is a give-up.
    case 'parts-do-not-add-up':
      return rejection.lessAllowed ? 'incorrectSum' : 'giveUpSumNotCorrect';
    case 'price-not-positive':
    case 'commission-not-allowed':
    case 'text-not-allowed':
    case 'rectification-changes-nothing':
      return 'denied';

    case 'account-not-active':
      return 'invalidAccountState';
    case 'no-account-access':
      return rejection.needed === 'exercise' ? 'noExerciseAccess' : 'noWriteAccess';
    case 'account-type-not-allowed':
      return 'accountTypeNotForTrades';
    case 'same-account':
      return 'positionTransferNotAllowed';

    case 'trade-not-active':
      return rejection.state === 'rectified' ? 'invalidTradeState' : 'tradeMustBeActive';
    case 'trade-too-old':
      return 'tradeTooOld';
    case 'trade-type-not-allowed':
      return rejection.type === 'average-price' ? 'noRectificationOfAveragePrice' : 'invalidTradeState';
    case 'rectification-pending':
      return 'rectificationHolding';
    case 'give-up-pending':
      return 'giveUpHolding';
    case 'not-enough-remaining':
      return 'notEnoughRemaining';
    case 'own-request':
    case 'not-the-taker':
      return 'noConfirmAccess';
    case 'deal-not-annullable':
      return 'invalidTradeState';

    case 'trade-named-twice':
      return 'invalidTradeNumber';
    case 'trades-differ':
      switch (rejection.field) {
        case 'series':
          return 'invalidSeries';
        case 'account':
          return 'invalidAccount';
        case 'side':
          return 'invalidTradeNumber';
        case 'clearing date':
          return 'oldTradeNotForAveragePrice';
      }

    case 'give-up-to-oneself':
    case 'not-in-clearing-house':
      return 'giveUpNotAllowed';

    case 'series-expired':
      return 'seriesNotActive';
    case 'no-position':
      return 'noPosition';
    case 'not-enough-position':
      return 'positionNotSufficient';
    case 'net-down-not-allowed':
      return 'closeOutOfFutures';
    case 'final-held-differs':
      return 'finalHeldTooBig';
    case 'position-named-twice':
      return 'duplicateCloseOut';
    case 'not-enough-closed-out':
      return 'invalidCloseOutQuantity';
    case 'cover-not-possible':
      switch (rejection.reason) {
        case 'more-than-written':
          return 'tooMuchQuantity';
        case 'below-zero':
          return 'invalidQuantity';
        case 'not-a-call':
        case 'not-stock':
          return 'denied';
      }

    case 'exercise-not-possible':
      return 'exerciseNotSupported';
    case 'deny-quantity':
      return 'invalidDenyQuantity';
  }
}
