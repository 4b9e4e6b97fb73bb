import type { Instant } from '../time/instant.ts';
import { applyEvent } from './apply-event.ts';
import type { ClearingEvent } from './event.ts';
import { noticesOf, type Notice } from './feed/notices.ts';
import { restoreState, takeSnapshot, type StateSnapshot } from './snapshot.ts';
import type { ClearingState } from './state.ts';

/**
 * Holds the state, and is the one place where events are applied and told. Each command decides, then
 * applies, without an `await` in between: Node's single thread is the one writer. What happened is told to the
 * listeners in order; the journal is the first of them.
 */
export class CoreState {
  protected state: ClearingState;
  readonly #now: () => Instant;
  readonly #listeners = new Set<(event: ClearingEvent) => void>();
  readonly #noticed = new Set<(notice: Notice) => void>();
  readonly #untold: ClearingEvent[] = [];
  readonly #unnoticed: Notice[] = [];
  #telling = false;
  #deciding = 0;
  #group: Together = (work) => work();

  protected constructor(state: ClearingState, now: () => Instant) {
    this.state = state;
    this.#now = now;
  }

  now(): Instant {
    return this.#now();
  }

  /** Everything as it is now; a core that is made from it goes on as this one does. */
  snapshot(): StateSnapshot {
    return takeSnapshot(this.state);
  }

  /** Forgets its state and goes on from another one, which is nobody else's. Nobody is told. */
  goOnFrom(state: ClearingState): void {
    this.state = state;
  }

  /** Whoever writes the events down hears by this which of them belong together: all of one decision, or none. */
  tellTogether(group: Together): void {
    this.#group = group;
  }

  /** Everything becomes what it was when the snapshot was taken; nobody is told. @throws SimError SIM_SNAPSHOT_INVALID */
  restore(snapshot: StateSnapshot): void {
    Object.assign(this.state, restoreState(snapshot));
  }

  onEvent(listener: (event: ClearingEvent) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /** What participants are told of each event, after its own listeners. Where nobody listens it costs nothing. */
  onNotice(listener: (notice: Notice) => void): Disposable {
    this.#noticed.add(listener);
    return { [Symbol.dispose]: () => void this.#noticed.delete(listener) };
  }

  protected apply(events: readonly ClearingEvent[]): void {
    this.together(() => {
      for (const event of events) {
        applyEvent(this.state, event);
        // At once: a later event changes what this one's notices say.
        if (this.#noticed.size > 0) this.#unnoticed.push(...noticesOf(this.state, event));
        this.#untold.push(event);
        this.#tell();
      }
    });
  }

  /** One decision: participants are told of it when all of it has happened and has been written down. */
  protected together<T>(work: () => T): T {
    this.#deciding += 1;
    try {
      return this.#group(work);
    } finally {
      this.#deciding -= 1;
      if (this.#deciding === 0) this.#notify();
    }
  }

  // A listener may make more happen. Everybody hears of that after what it was about, in the order in which it happened.
  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (let next = this.#untold.shift(); next; next = this.#untold.shift()) {
        for (const listener of this.#listeners) listener(next);
      }
    } finally {
      this.#telling = false;
    }
  }

  #notify(): void {
    for (let next = this.#unnoticed.shift(); next; next = this.#unnoticed.shift()) {
      for (const listener of this.#noticed) listener(next);
    }
  }
}

/** Does the work, and marks what it writes down as belonging together. */
export type Together = <T>(work: () => T) => T;
