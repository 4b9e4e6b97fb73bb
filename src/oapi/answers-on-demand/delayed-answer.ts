import type { TransportTime } from '../../time/instant.ts';

/** Calls back once after so many transport milliseconds. Dispose to cancel. */
export type Later = (ms: number, call: (now: TransportTime) => void) => Disposable;

/**
 * An answer that is kept back, and what its call caused with it. Until it is given, the requests behind it wait, as they
 * do where a call blocks.
 */
export class DelayedAnswer {
  readonly #later: Later;
  readonly #goOn: (now: TransportTime) => void;
  #send: (() => void) | undefined;
  #timer: Disposable;

  constructor(later: Later, ms: number, send: () => void, goOn: (now: TransportTime) => void) {
    this.#later = later;
    this.#goOn = goOn;
    this.#send = send;
    this.#timer = later(ms, (now) => {
      this.#give();
      goOn(now);
    });
  }

  /** Gives it without waiting any longer; the requests behind it go on in a turn of their own, not inside the caller's. */
  giveNow(): void {
    this.#timer[Symbol.dispose]();
    this.#give();
    this.#timer = this.#later(0, this.#goOn);
  }

  /** The connection is gone. */
  cancel(): void {
    this.#timer[Symbol.dispose]();
    this.#send = undefined;
  }

  #give(): void {
    const send = this.#send;
    this.#send = undefined;
    send?.();
  }
}
