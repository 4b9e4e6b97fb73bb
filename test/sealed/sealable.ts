import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, chownSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasClient } from '../support/real-clients.ts';

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));

/** Who a sealed run is started by. */
export interface Caller {
  readonly who: 'an ordinary user' | 'root';
  readonly uid: number;
  /** A command line, under this user; the tests themselves run as root in a pipeline. */
  as(command: readonly string[]): readonly [string, ...string[]];
}

const OWN_UID = process.getuid?.() ?? -1;
// nobody: it is on every Linux, and owns nothing.
const ORDINARY_UID = OWN_UID === 0 ? 65_534 : OWN_UID;

export const ORDINARY: Caller = {
  who: 'an ordinary user',
  uid: ORDINARY_UID,
  as: (command) =>
    OWN_UID === 0
      ? ['setpriv', `--reuid=${ORDINARY_UID}`, `--regid=${ORDINARY_UID}`, '--clear-groups', '--', ...command]
      : (command as [string, ...string[]]),
};

export const ROOT: Caller = { who: 'root', uid: 0, as: (command) => command as [string, ...string[]] };

const UNSHARE = ['unshare', '--user', '--map-root-user', '--net', '--mount', '--pid', '--fork', '--mount-proc'];

/**
 * Why sealed runs cannot be tried here as this user, for the name of a skipped test; undefined where they can. It
 * asks the system's programs, not ours.
 */
export function whyNotSealed(caller: Caller): string | undefined {
  if (process.platform !== 'linux') return `this is ${process.platform}`;
  if (!hasClient('unshare') || !hasClient('ip')) return 'unshare or ip is not on this machine';
  if (caller === ROOT && OWN_UID !== 0) return 'these tests do not run as root';
  const [program, ...args] = caller.as([...UNSHARE, process.execPath, '--version']);
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8', cwd: '/' });
  return status === 0 ? undefined : (stderr?.trim().split('\n')[0] ?? String(error));
}

/** The name of a group of tests, which says why it is skipped where it is. */
export function named(caller: Caller): string {
  const why = whyNotSealed(caller);
  return why === undefined ? `as ${caller.who}` : `as ${caller.who} (skipped: ${why})`;
}

/** The built package, as an administrator installs it: everybody can read it, nobody but root can write it. */
export function installedPackage(): { readonly folder: string; readonly bin: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-installed-'));
  for (const part of ['bin', 'dist', 'scenarios', 'dictionaries', 'clients', 'package.json']) {
    cpSync(join(PACKAGE, part), join(folder, part), { recursive: true });
  }
  execFileSync('chmod', ['-R', 'a+rX,go-w', folder]);
  if (OWN_UID !== 0) execFileSync('chmod', ['-R', 'a-w', folder]);
  return {
    folder,
    bin: join(folder, 'bin', 'dcass-sim.mjs'),
    [Symbol.dispose]() {
      execFileSync('chmod', ['-R', 'u+w', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A home of the caller's own. */
export function home(caller: Caller): { readonly path: string; readonly left: () => readonly string[] } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-home-'));
  chmodSync(path, 0o700);
  mkdirSync(join(path, 'state'));
  if (OWN_UID === 0) for (const each of [path, join(path, 'state')]) chownSync(each, caller.uid, caller.uid);
  return {
    path,
    left: () => (existsSync(join(path, 'state', 'run')) ? readdirSync(join(path, 'state', 'run')) : []),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
