import { isSessionRejection, type Rejection, type SessionRejection } from '../clearing/rejection.ts';
import { COMPLETION, type CompletionCode } from './completion.ts';
import { postTradeRefusal } from './post-trade-refusals.ts';
import type { TransactionStatuses } from './statuses.ts';

/** The completion code of a refused login: oapi-facts.md 1.5, C unless a line says otherwise. */
export function loginCompletion(rejection: SessionRejection): CompletionCode {
  switch (rejection.code) {
    // The same answer for all three: a client must not learn which users exist.
    case 'unknown-user':
    case 'wrong-user-kind':
    case 'wrong-password':
      return COMPLETION.INVALID_LOGIN;
    case 'user-locked':
      return COMPLETION.LOCKED;
    case 'user-suspended':
      return COMPLETION.SUSPENDED;
    case 'user-already-logged-in':
      return COMPLETION.SESSION_IN_USE;
    case 'too-many-sessions-of-user':
      return COMPLETION.SESSIONS_EXCEEDED;
    case 'session-at-another-gateway':
      return COMPLETION.SESSIONS_OF_ANOTHER_INSTANCE;
    case 'gateway-full':
      return COMPLETION.GATEWAY_FULL;
    // ASSUMED: outside the hours the operator has disabled logins.
    case 'session-not-open':
      return COMPLETION.LOGIN_DISABLED;
    case 'address-not-authorised':
    case 'not-logged-in':
    case 'password-change-required':
    case 'new-password-length':
    case 'new-password-composition':
    case 'new-password-character':
    case 'new-password-used-before':
    case 'not-an-administrator':
    case 'user-of-another-participant':
    case 'administrator-may-not-reset':
    case 'unknown-session':
    case 'own-session':
    case 'function-not-available':
    case 'function-not-for-user':
    case 'function-not-in-profile':
    case 'no-access-profile':
    case 'function-not-simulated':
      return COMPLETION.LOGIN_FAILED;
  }
}

/** The completion code of a refused change of password. */
export function passwordCompletion(rejection: SessionRejection): CompletionCode {
  switch (rejection.code) {
    // ASSUMED: a wrong current password answers like a wrong one at login.
    case 'wrong-password':
      return COMPLETION.INVALID_LOGIN;
    case 'not-logged-in':
      return COMPLETION.NOT_LOGGED_IN;
    case 'session-not-open':
    case 'unknown-user':
    case 'wrong-user-kind':
    case 'user-locked':
    case 'user-suspended':
    case 'address-not-authorised':
    case 'user-already-logged-in':
    case 'too-many-sessions-of-user':
    case 'session-at-another-gateway':
    case 'gateway-full':
    case 'password-change-required':
    case 'new-password-length':
    case 'new-password-composition':
    case 'new-password-character':
    case 'new-password-used-before':
    case 'not-an-administrator':
    case 'user-of-another-participant':
    case 'administrator-may-not-reset':
    case 'unknown-session':
    case 'own-session':
    case 'function-not-available':
    case 'function-not-for-user':
    case 'function-not-in-profile':
    case 'no-access-profile':
    case 'function-not-simulated':
      return COMPLETION.INVALID_PASSWORD;
  }
}

export interface RefusedRequest {
  readonly completion: CompletionCode;
  readonly status: number;
}

/** Completion code and transaction status of a refused transaction or query. */
export function requestRefusal(rejection: Rejection, statuses: TransactionStatuses): RefusedRequest {
  if (!isSessionRejection(rejection)) return postTradeRefusal(rejection, statuses);
  switch (rejection.code) {
    case 'not-logged-in':
      return { completion: COMPLETION.NOT_LOGGED_IN, status: 0 };
    case 'password-change-required':
      return { completion: COMPLETION.CHANGE_PASSWORD_FIRST, status: 0 };
    case 'function-not-available':
    case 'session-not-open':
      return { completion: COMPLETION.TRANSACTION_ABORTED, status: statuses.notAllowedNow };
    case 'function-not-for-user':
    case 'function-not-in-profile':
    case 'function-not-simulated':
    case 'not-an-administrator':
      return { completion: COMPLETION.NO_SUCH_TRANSACTION, status: statuses.notInUserType };
    case 'user-of-another-participant':
      return { completion: COMPLETION.TRANSACTION_ABORTED, status: statuses.noReadAccess };
    case 'unknown-user':
    case 'wrong-user-kind':
    case 'user-locked':
    case 'user-suspended':
    case 'wrong-password':
    case 'address-not-authorised':
    case 'user-already-logged-in':
    case 'too-many-sessions-of-user':
    case 'session-at-another-gateway':
    case 'gateway-full':
    case 'new-password-length':
    case 'new-password-composition':
    case 'new-password-character':
    case 'new-password-used-before':
    case 'administrator-may-not-reset':
    case 'unknown-session':
    case 'own-session':
    case 'no-access-profile':
      // None of them is a refusal of a request that exists today: still a refusal, never a success.
      return { completion: COMPLETION.TRANSACTION_ABORTED, status: statuses.notInUserType };
  }
}
