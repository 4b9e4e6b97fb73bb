import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { JournalEntry } from '../../journal/entry.ts';
import type { Ready } from '../../ready.ts';

/** What stays of a run that failed: a folder that only its owner can read. */
export interface KeptRun {
  readonly folder: string;
  /** Writes the journal and the report beside the files of the run. */
  complete(entries: readonly JournalEntry[], report: string): Promise<readonly string[]>;
  /** For a run that did not fail. */
  remove(): Promise<void>;
}

/** Copies the files of a run while they are there: when a simulator stops they are gone. */
export async function keepRun(stateDir: string, ready: Ready): Promise<KeptRun> {
  const place = join(resolve(stateDir), 'kept');
  await mkdir(place, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(place, `${ready.scenario}-`));
  const files = join(folder, 'run');
  await cp(dirname(ready.files.hosts), files, { recursive: true });
  return {
    folder,
    async complete(entries, report) {
      const written = {
        'journal.jsonl': entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
        'report.html': report,
      };
      const own = Object.entries(written).map(async ([name, text]) => {
        const file = join(folder, name);
        await writeFile(file, text, { mode: 0o600 });
        return file;
      });
      return [...(await Promise.all(own)), files];
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
