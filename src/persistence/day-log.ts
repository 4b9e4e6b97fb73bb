import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { Together } from '../clearing/core-state.ts';
import type { Secret } from '../clearing/secret.ts';
import type { JournalStore } from '../journal/journal.ts';
import type { Noted } from './chronicle.ts';
import type { LogLine, SecretLine } from './read-log.ts';

export interface DayLogOptions {
  readonly logFile: string;
  readonly secretsFile: string;
  /** Told once when a file cannot be written; from then on nothing is kept. */
  readonly onFailure: (error: Error) => void;
}

/**
 * Writes a day down while it happens. Each line is handed to the operating system before `append` comes back, so that
 * it outlives the process however that ends; it outlives the machine's power only after `sync`, since waiting for the
 * disk with every line would cost a client milliseconds.
 */
export interface DayLog extends JournalStore {
  write(line: LogLine): void;
  note(noted: Noted): void;
  credential(reference: number, secret: Secret): void;
  readonly together: Together;
  /** Waits until the disk has everything. */
  sync(): void;
}

export function openDayLog({ logFile, secretsFile, onFailure }: DayLogOptions): DayLog {
  const log = openSync(logFile, 'a', 0o600);
  const secrets = openSync(secretsFile, 'a', 0o600);
  let isOpen = true;
  let depth = 0;
  /** Whether the group's beginning stands in the file. */
  let isBegun = false;

  const put = (file: number, line: LogLine | SecretLine): void => {
    if (!isOpen) return;
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    } catch (error) {
      isOpen = false;
      onFailure(error as Error);
    }
  };
  const write = (line: LogLine): void => {
    if (depth > 0 && !isBegun) {
      isBegun = true;
      put(log, { group: 'begin' });
    }
    put(log, line);
  };

  return {
    write,
    append: write,
    note({ after, change }) {
      if (change.of === 'mail') put(secrets, { after, change });
      else write({ change });
    },
    credential: (reference, secret) => put(secrets, { credential: reference, password: secret.reveal() }),
    together(work) {
      depth += 1;
      try {
        return work();
      } finally {
        depth -= 1;
        if (depth === 0 && isBegun) {
          isBegun = false;
          put(log, { group: 'end' });
        }
      }
    },
    sync() {
      if (!isOpen) return;
      try {
        fsyncSync(secrets);
        fsyncSync(log);
      } catch (error) {
        isOpen = false;
        onFailure(error as Error);
      }
    },
    async [Symbol.asyncDispose]() {
      write({ stopped: true });
      this.sync();
      isOpen = false;
      closeSync(log);
      closeSync(secrets);
    },
  };
}

/** Cuts a broken end off. */
export function cutFile(file: string, bytes: number): void {
  const opened = openSync(file, 'r+');
  ftruncateSync(opened, bytes);
  fsyncSync(opened);
  closeSync(opened);
}
