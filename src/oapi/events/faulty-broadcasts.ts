import type { GatewayContext, LoggedIn } from '../gateway-context.ts';

/** What becomes of a session's broadcasts by faults: lost, twice, or after the one that follows. */
export class FaultyBroadcasts {
  readonly #gateway: Pick<GatewayContext, 'faults' | 'name'>;
  readonly #push: (frame: Buffer) => boolean;
  /** What is to be overtaken. */
  #late: Buffer | undefined;
  #hasWaited = false;

  constructor(gateway: Pick<GatewayContext, 'faults' | 'name'>, push: (frame: Buffer) => boolean) {
    this.#gateway = gateway;
    this.#push = push;
  }

  /** Sends a broadcast as far as faults let it through; false where it was lost. */
  send(frame: Buffer, broadcast: string, { user }: LoggedIn): boolean {
    const late = this.#late;
    this.#late = undefined;
    const sent = late === undefined ? this.#sendOne(frame, broadcast, user) : this.#push(frame);
    if (late !== undefined) this.#push(late);
    return sent;
  }

  /** Nothing has followed: what waits to be overtaken comes all the same. Call it about once a second. */
  tick(): void {
    if (this.#late === undefined) return;
    if (this.#hasWaited) {
      const late = this.#late;
      this.#late = undefined;
      this.#push(late);
    }
    this.#hasWaited = true;
  }

  clear(): void {
    this.#late = undefined;
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
      case 'duplicate':
        return this.#push(frame) && this.#push(frame);
      case 'reorder':
        this.#late = frame;
        this.#hasWaited = false;
        return true;
      default:
        return this.#push(frame);
    }
  }
}
