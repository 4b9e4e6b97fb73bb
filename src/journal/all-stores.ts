import type { JournalStore } from './journal.ts';

/** Keeps the journal in each of the stores, in this order; undefined for none. */
export function allStores(stores: readonly JournalStore[]): JournalStore | undefined {
  const [only, ...others] = stores;
  if (!only || others.length === 0) return only;
  return {
    append(entry) {
      for (const store of stores) store.append(entry);
    },
    async [Symbol.asyncDispose]() {
      for (const store of stores) await store[Symbol.asyncDispose](); // oxlint-disable-line no-await-in-loop
    },
  };
}
