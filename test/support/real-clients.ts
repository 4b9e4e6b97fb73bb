import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import clients from '../../scripts/real-clients.json' with { type: 'json' };

/** The programs of other people that the tests drive: what they accept is right. `npm test` installs them where it can. */
export type RealClient = keyof typeof clients;

/** For `test.skipIf(!hasClient('lftp'))`: the test is then counted as skipped, and named. */
export function hasClient(name: RealClient): boolean {
  return find(name) !== undefined;
}

/** The client's absolute path. @throws Error when it is not on this machine: ask `hasClient` first. */
export function clientPath(name: RealClient): string {
  const found = find(name);
  if (found === undefined) throw new Error(`${name} is not on the PATH of this machine`);
  return found;
}

function find(name: RealClient): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return clients[name].commands
    .flatMap((command) => folders.map((folder) => path.resolve(folder, command)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
