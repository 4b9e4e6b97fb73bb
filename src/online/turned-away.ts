import type { JournalWriter } from '../journal/entry.ts';
import type { GatewayName } from './context.ts';

const TRIES_TOLD = 20;

/** Tells of clients at stopped gateways. One that tries for ever fills no journal: all of the first twenty, then 32, 64, 128 … */
export class TurnedAway {
  readonly #journal: JournalWriter;
  readonly #tries = new Map<number, number>();

  constructor(journal: JournalWriter) {
    this.#journal = journal;
  }

  tell({ number, name }: GatewayName, address: string | undefined): void {
    const count = (this.#tries.get(number) ?? 0) + 1;
    this.#tries.set(number, count);
    if (count > TRIES_TOLD && !Number.isInteger(Math.log2(count))) return;
    this.#journal.record({
      kind: 'online.turned-away',
      source: 'online',
      outcome: 'refused',
      code: 'gateway-stopped',
      gateway: name,
      address: address ?? '',
      tries: count,
    });
  }

  /** The gateway works again: the next ones are told from the first on. */
  forget(number: number): void {
    this.#tries.delete(number);
  }
}
