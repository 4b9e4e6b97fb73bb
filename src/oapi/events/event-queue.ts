/** Where frames go. */
export interface EventOutput {
  send(frame: Buffer): void;
  /** Bytes sent that the client has not taken yet. */
  waitingBytes(): number;
}

interface Waiting {
  readonly frame: Buffer;
  /** Whether it is not yet time for it, by a fault. */
  isEarly: boolean;
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
  #frames: Waiting[] = [];
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
    if (this.#frames.length > 0 || this.#lost > 0 || !this.#hasRoom()) return this.#keep({ frame, isEarly: false });
    this.#output.send(frame);
    return true;
  }

  /**
   * Keeps a broadcast back, and what follows it behind it.
   * @returns to be called when it is time for it; undefined where it was lost
   */
  pushLate(frame: Buffer): (() => void) | undefined {
    const waiting = { frame, isEarly: true };
    if (!this.#keep(waiting)) return undefined;
    return () => {
      waiting.isEarly = false;
      this.flush();
    };
  }

  /** The client has read, or it is time for what waits: sends it, as far as there is room. */
  flush(): void {
    let sent = 0;
    for (const { frame, isEarly } of this.#frames) {
      if (isEarly || !this.#hasRoom()) break;
      this.#output.send(frame);
      sent++;
    }
    this.#frames.splice(0, sent);
    if (this.#lost === 0 || this.#frames.length > 0 || !this.#hasRoom()) return;
    const lost = this.#lost;
    this.#lost = 0;
    this.#onLost(lost);
  }

  /** Whether something waits for the client to read. */
  isWaiting(): boolean {
    const [first] = this.#frames;
    return first ? !first.isEarly : this.#lost > 0;
  }

  #keep(waiting: Waiting): boolean {
    if (this.#lost > 0 || this.#frames.length >= this.#limits.events) {
      this.#lost++;
      return false;
    }
    this.#frames.push(waiting);
    return true;
  }

  clear(): void {
    this.#frames = [];
    this.#lost = 0;
  }

  #hasRoom(): boolean {
    return this.#output.waitingBytes() < this.#limits.bytes;
  }
}
