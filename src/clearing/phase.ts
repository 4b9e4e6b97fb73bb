import type { Instant } from '../time/instant.ts';

/** What DCASS allows at this time of the day. */
export type Phase = 'closed' | 'enquiry-only' | 'normal';

/** A session that the day plans: DCASS is open from `opensAt` until `closesAt`. */
export interface PlannedSession {
  readonly mode: Exclude<Phase, 'closed'>;
  readonly opensAt: Instant;
  /** Undefined when the scenario never closes it. */
  readonly closesAt: Instant | undefined;
}

/** The session that a person who comes at `now` should be told of: the one open or next, else the last. */
export function sessionToName(planned: readonly PlannedSession[], now: Instant): PlannedSession | undefined {
  return planned.find((session) => session.closesAt === undefined || session.closesAt > now) ?? planned.at(-1);
}
