import type { CallContext } from '../gateway-context.ts';
import { refused } from './answers.ts';
import type { TransactionAnswer } from './transaction.ts';

export interface Segment<T> {
  readonly rows: readonly T[];
  /** As asked. */
  readonly number: number;
  /** As answered: 0 in the last one. */
  readonly answered: number;
}

/**
 * The rows of segment 1, 2, 3 …: each is full but the last, which carries number 0. oapi-facts.md section 3, C. A page
 * size of the settings makes them smaller.
 * @param capacity items that the answer's layout holds
 */
export function segmentOf<T>(
  rows: readonly T[],
  number: number,
  capacity: number,
  call: CallContext,
): Segment<T> | TransactionAnswer {
  const size = Math.min(capacity, call.gateway.settings.pageSize);
  const segments = Math.max(1, Math.ceil(rows.length / size));
  if (number < 1 || number > segments) {
    const answer = refused('badSegment', 'bad-segment', call, `segment ${number}; there are 1 to ${segments}`);
    return { ...answer, segment: number };
  }
  return {
    rows: rows.slice((number - 1) * size, number * size),
    number,
    answered: number === segments ? 0 : number,
  };
}
