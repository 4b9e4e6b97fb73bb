import type { Instant } from '../time/instant.ts';
import type { CustomerCode } from './participant.ts';

/** A clearing message: HKEX's announcement inside DCASS (rollout package, section 5). */
export interface ClearingMessage {
  readonly number: number;
  readonly sentAt: Instant;
  /** Undefined: to every participant. */
  readonly to: CustomerCode | undefined;
  readonly text: string;
}
