import type { PostTradeRejection } from '../clearing/post-trade-rejection.ts';
import { COMPLETION } from './completion.ts';
import type { RefusedRequest } from './refusals.ts';
import type { TransactionStatuses } from './settings.ts';

/** Completion code and transaction status of a refused post-trade transaction: oapi-facts.md section 5. */
export function postTradeRefusal(rejection: PostTradeRejection, statuses: TransactionStatuses): RefusedRequest {
  if (rejection.code === 'unknown-account') {
    return { completion: COMPLETION.TRANSACTION_ABORTED, status: statuses.invalidAccount };
  }
  return { completion: COMPLETION.TRANSACTION_ABORTED, status: statuses.notInUserType };
}
