import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { JournalStore } from './journal.ts';

/** Keeps the journal as one JSON line per entry, readable by its owner only. */
export function fileStore(file: string): JournalStore {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  let failure: Error | undefined;
  stream.on('error', (error) => (failure = error));
  return {
    append: (entry) => void stream.write(`${JSON.stringify(entry)}\n`),
    async [Symbol.asyncDispose]() {
      // A journal that could not be written is told, when the day ends at the latest.
      if (!stream.destroyed) {
        stream.end();
        await once(stream, 'close');
      }
      if (failure) throw failure;
    },
  };
}
