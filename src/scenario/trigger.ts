import type { Instant } from '../time/instant.ts';
import type { Seen } from './seen.ts';

/** When a step happens: design.md 6.4. */
export type Trigger =
  /** At the step's own instant. */
  | { readonly kind: 'clock' }
  /** So many milliseconds after another step has happened whose instant the file does not tell. */
  | { readonly kind: 'after'; readonly id: string; readonly byMs: number }
  /** When something is observed for the first time within the span. */
  | {
      readonly kind: 'when';
      readonly condition: Condition;
      readonly from: Instant | undefined;
      readonly to: Instant | undefined;
    }
  /** When the instructor says so; at `until` the default decides. */
  | {
      readonly kind: 'gate';
      readonly says: string;
      readonly from: Instant;
      readonly until: Instant;
      readonly byDefault: 'open' | 'skip';
    };

export interface Condition {
  readonly need: 'all' | 'any';
  readonly seen: readonly Seen[];
}
