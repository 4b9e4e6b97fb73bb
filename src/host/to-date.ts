import type { Instant } from '../time/instant.ts';

/** For a library that takes nothing else. */
export function toDate(instant: Instant): Date {
  return new Date(instant);
}
