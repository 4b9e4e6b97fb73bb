import type { Instant } from '../time/instant.ts';
import type { Place } from './problem.ts';
import type { Seen } from './seen.ts';

/** What the client, or the team, should do during the day. */
export interface Expectation {
  readonly id: string;
  /** Item of the rollout package's Appendix A, 1 to 22. */
  readonly checklist: number | undefined;
  readonly says: string;
  readonly what: Looked;
  /** Evidence counts from here on; undefined: from the start. */
  readonly from: Instant | undefined;
  /** Evidence is on time up to and including here; undefined: whenever. */
  readonly to: Instant | undefined;
  /** Or: so many business milliseconds from the moment at which a step has happened. */
  readonly after: { readonly step: string; readonly byMs: number } | undefined;
  /** True: the thing should not happen. */
  readonly never: boolean;
  /** Where it is written. */
  readonly place: Pick<Place, 'file' | 'line'>;
}

/** What is looked for. */
export type Looked =
  /** Journal entries that fit, at least `min` and at most `max`. */
  | { readonly kind: 'seen'; readonly seen: Seen; readonly min: number; readonly max: number | undefined }
  /** Entries that fit, one after the other. */
  | { readonly kind: 'order'; readonly seen: readonly Seen[] }
  /** A person says so. */
  | { readonly kind: 'confirm' };
