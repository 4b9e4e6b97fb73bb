import { createHash } from 'node:crypto';
import { watch, type FSWatcher } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { WallClock } from './wall-clock.ts';

/** Editors write a file in several steps: what they did is looked at when it has been quiet for so long. */
const QUIET_MS = 120;
/** Where the system cannot watch a folder, it is looked at so often. */
const LOOK_EVERY_MS = 1_000;

export interface WatchedFiles extends Disposable {
  /** Other files from now on. */
  follow(paths: Iterable<string>): Promise<void>;
}

/**
 * Calls back when the content of any of these files has changed. Folders are watched, not files: many editors write a new
 * file and rename it. A file that is not there is one without content.
 */
export function watchFiles(wall: Pick<WallClock, 'after' | 'every'>, onChange: () => void): WatchedFiles {
  let watchers: (Pick<FSWatcher, 'close'> | Disposable)[] = [];
  let known = new Map<string, string>();
  let quiet: Disposable | undefined;
  let isLooking = false;

  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    const paths = [...known.keys()];
    const found = await Promise.all(paths.map(contentOf));
    isLooking = false;
    const isOther = paths.some((path, i) => known.has(path) && known.get(path) !== found[i]);
    for (const [i, path] of paths.entries()) if (known.has(path)) known.set(path, found[i] ?? '');
    if (isOther) onChange();
  };
  const lookSoon = (): void => {
    quiet?.[Symbol.dispose]();
    quiet = wall.after(QUIET_MS, () => void look());
  };
  const closeAll = (): void => {
    for (const each of watchers) {
      if ('close' in each) each.close();
      else each[Symbol.dispose]();
    }
    watchers = [];
  };
  const watchFolder = (folder: string, names: ReadonlySet<string>): void => {
    const lookEvery = (): void => void watchers.push(wall.every(LOOK_EVERY_MS, () => void look()));
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || names.has(name)) lookSoon();
      });
      watcher.on('error', lookEvery);
      watchers.push(watcher);
    } catch {
      lookEvery();
    }
  };

  return {
    async follow(paths) {
      const all = [...new Set([...paths].map((path) => resolve(path)))];
      const contents = await Promise.all(
        all.map(async (path) => [path, known.get(path) ?? (await contentOf(path))] as const),
      );
      closeAll();
      known = new Map(contents);
      const folders = new Set(all.map(dirname));
      for (const folder of folders) {
        watchFolder(folder, new Set(all.filter((path) => dirname(path) === folder).map((path) => basename(path))));
      }
      // What was written while nobody watched.
      lookSoon();
    },
    [Symbol.dispose]() {
      quiet?.[Symbol.dispose]();
      known.clear();
      closeAll();
    },
  };
}

async function contentOf(path: string): Promise<string> {
  const content = await readFile(path).catch(() => undefined);
  return content === undefined ? '' : createHash('sha256').update(content).digest('hex');
}
