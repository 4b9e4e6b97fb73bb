import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { SimError } from '../sim-error.ts';
import { describeOwner, stateOf, type OwnerState, type RunOwner } from './run-owner.ts';

// What is read and written here is small, and done in place: handing a file to a thread takes longer than writing it, and a
// start does a dozen one after the other.

/** The folder of one running simulator: files for its clients, readable by their owner only, gone when it stops. */
export interface RunDirectory extends AsyncDisposable {
  readonly path: string;
  /** Writes a file into it, or into a folder of it, by one rename: a reader sees all of it or none. @returns its path */
  write(name: string, text: string): Promise<string>;
  /** Removes a file of it; one that is not there is no error. */
  remove(name: string): Promise<void>;
}

/** A simulator of this user that is running now. */
export interface RunningSimulator {
  readonly pid: number;
  readonly ready: {
    readonly scenario: string;
    /** `socket`: a sealed run's control API from outside, where its addresses are not. */
    readonly control: { readonly url: string; readonly token: string; readonly socket?: string };
    /** The first process of a sealed run, as seen from outside. */
    readonly sealed?: { readonly pid: number };
    readonly oapi: readonly { readonly address: string; readonly port: number }[];
    readonly files: { readonly users: string; readonly keys?: Readonly<Record<string, string>> };
  };
}

interface Place {
  readonly packageRoot: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const OWNER_FILE = 'owner.json';
const READY_FILE = 'ready.json';
/** Longer than a folder needs to get its owner file, by far. */
const YOUNG_MS = 60_000;
/** Folders of other name spaces (sealed runs, containers) are left alone for as long as any of them may last. */
const FOREIGN_KEPT_MS = 7 * 86_400_000;

/** Where this user's simulators keep what they keep: in a clone the clone itself, else the system's usual place. */
export function defaultStateDir({ packageRoot, env }: Place): string {
  const { DCASS_SIM_STATE_DIR: chosen, LOCALAPPDATA: windows, XDG_STATE_HOME: xdg, HOME: home } = env;
  if (chosen) return resolve(chosen);
  if (isClone(packageRoot)) return join(packageRoot, '.state');
  if (windows) return join(windows, 'dcass-sim');
  // The XDG rules: a relative path is to be ignored.
  if (xdg && isAbsolute(xdg)) return join(xdg, 'dcass-sim');
  return join(home || homedir(), '.local', 'state', 'dcass-sim');
}

/** Where certificates and keys are: beside their README in a clone, unless a state directory was named. */
export function defaultCertsDir({
  packageRoot,
  env,
  stateDir,
}: Place & { readonly stateDir: string | undefined }): string {
  const chosen = stateDir || env['DCASS_SIM_STATE_DIR'];
  if (chosen) return join(resolve(chosen), 'certs');
  return isClone(packageRoot) ? join(packageRoot, 'certs') : join(defaultStateDir({ packageRoot, env }), 'certs');
}

/** A clone of another user's, or an installed package, is not the place for what this user keeps. */
function isClone(packageRoot: string): boolean {
  if (!existsSync(join(packageRoot, '.git'))) return false;
  try {
    accessSync(packageRoot, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes the folder of a run. Folders of runs whose process is gone are removed.
 * @throws SimError SIM_OPTION_INVALID when the state directory cannot be written
 */
export async function openRunDirectory(stateDir: string, pid: number): Promise<RunDirectory> {
  const runs = join(resolve(stateDir), 'run');
  let path: string;
  try {
    mkdirSync(runs, { recursive: true, mode: 0o700 });
    await sweep(runs);
    path = mkdtempSync(join(runs, `${pid}-`)); // 0700
    writeAtOnce(path, OWNER_FILE, JSON.stringify(describeOwner(pid)));
  } catch (error) {
    const text = `run files cannot be kept in ${runs}: ${(error as Error).message}; choose another folder with --state-dir`;
    throw new SimError('SIM_OPTION_INVALID', text, { cause: error });
  }
  return {
    path,
    async write(name, text) {
      if (name.includes('/')) mkdirSync(join(path, dirname(name)), { recursive: true, mode: 0o700 });
      return writeAtOnce(path, name, text);
    },
    remove: (name) => rm(join(path, name), { force: true }),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** Tells that the simulator of a run is ready, into its folder. @param ready see {@link RunningSimulator} */
export async function announceRun(folder: string, ready: RunningSimulator['ready']): Promise<void> {
  writeAtOnce(folder, READY_FILE, JSON.stringify(ready));
}

/** The simulators of this state directory that are running and ready, oldest first. */
export async function findRunning(stateDir: string): Promise<readonly RunningSimulator[]> {
  return runFolders(join(resolve(stateDir), 'run'))
    .filter(({ state }) => state === 'alive')
    .flatMap(({ pid, path, madeMs }) => {
      const ready = readJson<RunningSimulator['ready']>(join(path, READY_FILE));
      return ready === undefined ? [] : [{ pid, ready, madeMs }];
    })
    .sort((a, b) => a.madeMs - b.madeMs)
    .map(({ pid, ready }) => ({ pid, ready }));
}

interface RunFolder {
  readonly pid: number;
  readonly path: string;
  readonly madeMs: number;
  readonly state: OwnerState;
}

async function sweep(runs: string): Promise<void> {
  const now = Date.now();
  const folders = runFolders(runs);
  await Promise.all(
    folders
      .filter(({ state, madeMs }) => state === 'gone' || (state === 'unknown' && now - madeMs > FOREIGN_KEPT_MS))
      // One that cannot be removed, in use on Windows or another user's, must not keep a simulator from starting.
      .map(({ path }) => rm(path, { recursive: true, force: true }).catch(() => undefined)),
  );
}

function runFolders(runs: string): readonly RunFolder[] {
  return (
    foldersIn(runs)
      // What does not look like ours is not ours to read or to remove.
      .filter((name) => /^\d+-[A-Za-z0-9]{6}$/.test(name))
      .flatMap((name) => toRunFolder(join(runs, name), Number.parseInt(name, 10)))
  );
}

function foldersIn(path: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return [];
  }
}

function toRunFolder(path: string, pid: number): readonly RunFolder[] {
  const ownerFile = join(path, OWNER_FILE);
  const owner = readJson<RunOwner>(ownerFile);
  // The owner file is written once, so its time is the run's.
  const madeMs = statSync(owner ? ownerFile : path, { throwIfNoEntry: false })?.mtimeMs;
  if (madeMs === undefined) return []; // It stopped while we looked.
  if (owner) return [{ pid, path, madeMs, state: stateOf(owner) }];
  return [{ pid, path, madeMs, state: Date.now() - madeMs < YOUNG_MS ? 'unknown' : 'gone' }];
}

function writeAtOnce(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return file;
}

/** Undefined for what is not there, and for half a file of a machine that lost its power. */
function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
