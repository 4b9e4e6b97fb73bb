import type { Command } from '../clearing/commands/command.ts';
import type { CustomerCode } from '../clearing/participant.ts';
import type { UserId } from '../clearing/user.ts';
import type { Instant } from '../time/instant.ts';
import type { Said } from './language/english.ts';

/** What one user asked for, and a second one of the participant has to confirm. */
export interface Approval {
  readonly number: number;
  readonly participant: CustomerCode;
  readonly maker: UserId;
  readonly askedAt: Instant;
  /** What it would have done when it was asked for. */
  readonly lines: Said<readonly string[]>;
  /** The list that shows it once it is done. */
  readonly list: string;
  readonly command: Command;
}

/** Requests that wait at a participant; the oldest are forgotten. */
const WAITING_MAX = 1_000;

/** Requests that wait for a second user, of all gateways. */
export class Approvals {
  readonly #waiting = new Map<number, Approval>();
  #last = 0;

  add(asked: Omit<Approval, 'number'>): Approval {
    const approval = { number: ++this.#last, ...asked };
    this.#waiting.set(approval.number, approval);
    const [oldest] = this.of(asked.participant);
    if (this.of(asked.participant).length > WAITING_MAX && oldest) this.#waiting.delete(oldest.number);
    return approval;
  }

  of(participant: CustomerCode): readonly Approval[] {
    return [...this.#waiting.values()].filter((each) => each.participant === participant);
  }

  take(participant: CustomerCode, number: number): void {
    if (this.find(participant, number)) this.#waiting.delete(number);
  }

  /** What waits there; it goes on waiting. */
  find(participant: CustomerCode, number: number): Approval | undefined {
    const found = this.#waiting.get(number);
    return found?.participant === participant ? found : undefined;
  }
}
