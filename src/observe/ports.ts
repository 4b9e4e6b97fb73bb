import type { Journal } from '../journal/journal.ts';
import type { ExpectationResult } from '../scenario/expectations.ts';
import type { Expectation } from '../scenario/expectation.ts';

/** What can be seen of a day. */
export interface ObservePorts {
  readonly journal: Pick<Journal, 'entries' | 'follow'>;
  /** Business time as text, always in the same form: texts compare as times do. */
  readonly now: () => string;
  /** Reads `12:00` into that form. @throws SimError SIM_TIME_INVALID */
  readonly toTime: (text: string) => string;
  readonly expected: readonly Expectation[];
  readonly results: () => readonly ExpectationResult[];
}
