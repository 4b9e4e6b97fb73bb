import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Some 600,000 rows: more than a participant's busiest day, and still read in seconds. */
export const CSV_BYTES_MAX = 64 * 1024 * 1024;

/** The bytes of a CSV file, or why there are none, in words that follow its name: `there is no such file`. */
export type CsvBytes = { readonly bytes: Uint8Array } | { readonly trouble: string };

/** Reads a plain file of at most {@link CSV_BYTES_MAX} bytes. */
export async function readCsvBytes(path: string): Promise<CsvBytes> {
  try {
    const file = await open(path, READ_AT_ONCE);
    try {
      const found = await file.stat();
      if (found.isDirectory()) return { trouble: 'it is a folder; name a CSV file in it' };
      if (!found.isFile()) return { trouble: 'it is no plain file' };
      if (found.size > CSV_BYTES_MAX) return { trouble: TOO_LARGE };
      const bytes = await file.readFile();
      return bytes.length > CSV_BYTES_MAX ? { trouble: TOO_LARGE } : { bytes };
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { trouble: 'there is no such file' };
    if (code === 'EISDIR') return { trouble: 'it is a folder; name a CSV file in it' };
    return { trouble: `it cannot be read (${code ?? (error as Error).message})` };
  }
}

// Opening a pipe would wait for its writer.
const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const TOO_LARGE = `it is larger than ${CSV_BYTES_MAX / 1024 / 1024} MiB; keep the rows that the day needs`;
