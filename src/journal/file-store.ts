import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { JournalStore } from './journal.ts';

/** Keeps the journal as one JSON line per entry, readable by its owner only. */
export function fileStore(file: string, onError: (error: Error) => void): JournalStore {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  stream.on('error', onError);
  return {
    append: (entry) => void stream.write(`${JSON.stringify(entry)}\n`),
    async [Symbol.asyncDispose]() {
      if (stream.destroyed) return;
      stream.end();
      await once(stream, 'close');
    },
  };
}
