import type { PostTradeRejection } from '../clearing/post-trade-rejection.ts';
import type { Refusal } from './refusal.ts';

/** Says a refusal of a post-trade function to the person at the browser. */
export function toPostTradeRefusal(rejection: PostTradeRejection): Refusal {
  return { status: 422, title: 'Refused', text: rejection.code };
}
