/** Where frames go. */
export interface EventOutput {
  send(frame: Buffer): void;
  /** Bytes sent that the client has not taken yet. */
  waitingBytes(): number;
}

/**
 * The broadcasts of one session. While the client leaves bytes unread they wait here, up to a limit; then they are lost,
 * until it has caught up and is told how many (oapi-facts.md 1.2, OVERFLOW: some were lost, C). ASSUMED: the newest are
 * lost, and everything after the first lost one until all that waited has been sent.
 */
export class EventQueue {
  readonly #output: EventOutput;
  readonly #limits: { readonly bytes: number; readonly events: number };
  readonly #onLost: (count: number) => void;
  #frames: Buffer[] = [];
  #lost = 0;

  /** Below `limits.bytes` unread, events are sent; above it at most `limits.events` wait. `onLost` tells the client. */
  constructor(
    output: EventOutput,
    limits: { readonly bytes: number; readonly events: number },
    onLost: (count: number) => void,
  ) {
    this.#output = output;
    this.#limits = limits;
    this.#onLost = onLost;
  }

  /** False where it was lost. */
  push(frame: Buffer): boolean {
    if (!this.isWaiting() && this.#hasRoom()) this.#output.send(frame);
    else if (this.#lost > 0 || this.#frames.length >= this.#limits.events) {
      this.#lost++;
      return false;
    } else this.#frames.push(frame);
    return true;
  }

  /** The client has read: sends what waits, as far as there is room. */
  flush(): void {
    let sent = 0;
    while (sent < this.#frames.length && this.#hasRoom()) this.#output.send(this.#frames[sent++] as Buffer);
    this.#frames.splice(0, sent);
    if (this.#lost === 0 || this.#frames.length > 0 || !this.#hasRoom()) return;
    const lost = this.#lost;
    this.#lost = 0;
    this.#onLost(lost);
  }

  isWaiting(): boolean {
    return this.#frames.length > 0 || this.#lost > 0;
  }

  clear(): void {
    this.#frames = [];
    this.#lost = 0;
  }

  #hasRoom(): boolean {
    return this.#output.waitingBytes() < this.#limits.bytes;
  }
}
