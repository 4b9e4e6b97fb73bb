import type { UserId } from '../../clearing/user.ts';
import type { About, BoundBroadcast } from '../broadcasts/broadcast.ts';

export const BROADCASTS_EVENT = 1;
export const DEDICATED_EVENT = 990;
export const ATTENTION_EVENT = 991;
export const NETWORK_EVENT = 1001;

/** The handle of what was subscribed to without a list. */
export const NO_HANDLE = 0;

export interface Subscription {
  /** 1, 2, 3 … of the session; NO_HANDLE without a list. */
  readonly handle: number;
  readonly eventType: number;
  /** Undefined: everything of the event type. */
  readonly type: string | undefined;
  readonly ownUserOnly: boolean;
}

/** What one session asked for. */
export class Subscriptions {
  #all: readonly Subscription[] = [];
  #handles = 0;

  /** Undefined where the same is set already. */
  setAll(eventType: number): Subscription | undefined {
    if (this.#all.some((each) => each.eventType === eventType && each.type === undefined)) return undefined;
    return this.#add({ handle: NO_HANDLE, eventType, type: undefined, ownUserOnly: false });
  }

  set(eventType: number, type: string, ownUserOnly: boolean): { readonly handle: number; readonly isNew: boolean } {
    const same = this.#all.find(
      (each) => each.eventType === eventType && each.type === type && each.ownUserOnly === ownUserOnly,
    );
    if (same) return { handle: same.handle, isNew: false };
    return { handle: this.#add({ handle: ++this.#handles, eventType, type, ownUserOnly }).handle, isNew: true };
  }

  /** Of an event type those with these handles, or all. Returns how many there were. */
  clear(eventType: number, handles?: readonly number[]): number {
    const before = this.#all.length;
    const named = handles && new Set(handles);
    this.#all = this.#all.filter((each) => each.eventType !== eventType || (named && !named.has(each.handle)));
    return before - this.#all.length;
  }

  clearAll(): void {
    this.#all = [];
    this.#handles = 0;
  }

  /** By what a broadcast comes to the session: the oldest subscription that wants it, so that it comes once. */
  find(broadcast: BoundBroadcast, { user }: About, own: UserId): Subscription | undefined {
    return this.#all.find(
      ({ eventType, type, ownUserOnly }) =>
        (eventType === BROADCASTS_EVENT || (eventType === DEDICATED_EVENT && broadcast.audience === 'dedicated')) &&
        (type === undefined || type === broadcast.type) &&
        // ASSUMED: what does not say whose it is, is every user's own.
        (!ownUserOnly || !broadcast.namesUser || user === own),
    );
  }

  #add(subscription: Subscription): Subscription {
    this.#all = [...this.#all, subscription];
    return subscription;
  }
}
