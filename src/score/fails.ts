import type { ExpectationResult } from '../scenario/expectations.ts';

/**
 * Whether an expectation makes a run fail: it is missed or late. Strictly, also where it is not due yet or was not
 * reached: then only what is met, waived, or did not happen as it should not, is good.
 */
export function fails({ status, never }: Pick<ExpectationResult, 'status' | 'never'>, strict = false): boolean {
  switch (status) {
    case 'missed':
    case 'late':
      return true;
    case 'pending':
    case 'not-reached':
      return strict && !never;
    case 'met':
    case 'waived':
      return false;
  }
}
