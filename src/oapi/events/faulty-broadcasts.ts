import { drawDelayMs } from '../../faults/effects/delay.ts';
import type { Later } from '../answers-on-demand/delayed-answer.ts';
import type { GatewayContext, LoggedIn } from '../gateway-context.ts';
import type { EventQueue } from './event-queue.ts';

/** What becomes of a session's broadcasts by faults: lost, late, twice, or after the one that follows. */
export class FaultyBroadcasts {
  readonly #gateway: Pick<GatewayContext, 'faults' | 'name'>;
  readonly #queue: Pick<EventQueue, 'push' | 'pushLate'>;
  readonly #later: Later;
  /** Of those that are late. */
  readonly #timers = new Set<Disposable>();
  /** What is to be overtaken. */
  #late: Buffer | undefined;
  #hasWaited = false;

  constructor(
    gateway: Pick<GatewayContext, 'faults' | 'name'>,
    queue: Pick<EventQueue, 'push' | 'pushLate'>,
    later: Later,
  ) {
    this.#gateway = gateway;
    this.#queue = queue;
    this.#later = later;
  }

  /** Sends a broadcast as far as faults let it through; false where it was lost. */
  send(frame: Buffer, broadcast: string, { user }: LoggedIn): boolean {
    const late = this.#late;
    this.#late = undefined;
    const sent = late === undefined ? this.#sendOne(frame, broadcast, user) : this.#queue.push(frame);
    if (late !== undefined) this.#queue.push(late);
    return sent;
  }

  /** Nothing has followed: what waits to be overtaken comes all the same. Call it about once a second. */
  tick(): void {
    if (this.#late === undefined) return;
    if (this.#hasWaited) {
      const late = this.#late;
      this.#late = undefined;
      this.#queue.push(late);
    }
    this.#hasWaited = true;
  }

  clear(): void {
    this.#late = undefined;
    for (const timer of this.#timers) timer[Symbol.dispose]();
    this.#timers.clear();
  }

  #sendOne(frame: Buffer, broadcast: string, user: string): boolean {
    const { faults, name } = this.#gateway;
    const hit =
      !faults || faults.isQuiet
        ? undefined
        : faults.take({ stages: ['broadcast'], listeners: [name], user, broadcast });
    switch (hit?.effect.do) {
      case 'drop':
        return false;
      case 'delay':
        return this.#sendLate(frame, drawDelayMs(hit.effect, hit.random));
      case 'duplicate':
        return this.#queue.push(frame) && this.#queue.push(frame);
      case 'reorder':
        this.#late = frame;
        this.#hasWaited = false;
        return true;
      default:
        return this.#queue.push(frame);
    }
  }

  #sendLate(frame: Buffer, ms: number): boolean {
    const due = this.#queue.pushLate(frame);
    if (!due) return false;
    const timer = this.#later(ms, () => {
      this.#timers.delete(timer);
      due();
    });
    this.#timers.add(timer);
    return true;
  }
}
