import type { TransportTime } from '../time/instant.ts';

const WINDOW_MS = 60_000;
/** Addresses that are remembered; the oldest are forgotten. */
const ADDRESSES_MAX = 10_000;

/** Refused logins of each address within a minute: whoever tries passwords is slowed down. */
export class LoginLimit {
  readonly #max: number;
  readonly #byAddress = new Map<string, { readonly since: TransportTime; refused: number }>();

  constructor(max: number) {
    this.#max = max;
  }

  /** Seconds after which the address may try again; undefined: it may now. */
  waitOf(address: string, now: TransportTime): number | undefined {
    const counted = this.#byAddress.get(address);
    if (!counted || counted.refused < this.#max) return undefined;
    const leftMs = counted.since + WINDOW_MS - now;
    return leftMs > 0 ? Math.ceil(leftMs / 1000) : undefined;
  }

  refused(address: string, now: TransportTime): void {
    const counted = this.#byAddress.get(address);
    if (counted && now - counted.since < WINDOW_MS) {
      counted.refused++;
      return;
    }
    this.#byAddress.delete(address);
    this.#byAddress.set(address, { since: now, refused: 1 });
    const [oldest] = this.#byAddress.keys();
    if (this.#byAddress.size > ADDRESSES_MAX && oldest !== undefined) this.#byAddress.delete(oldest);
  }
}
