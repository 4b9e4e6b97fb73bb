import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SimError } from '../sim-error.ts';
import { describeOwner, stateOf, type RunOwner } from './run-owner.ts';

/** The folder of a day that is kept over the end of its process. */
export interface KeptFolder {
  readonly path: string;
  /** How many times a simulator has gone on with it. */
  readonly restarts: number;
}

/** One that this process has. */
export interface OwnFolder extends KeptFolder {
  /** Lets another simulator go on with it, also one of this process. */
  leave(): Promise<void>;
}

interface Found extends KeptFolder {
  readonly pid: number | undefined;
  readonly isAlive: boolean;
  readonly changedMs: number;
}

/** Longer than a process needs to write its owner file, by far. */
const YOUNG_MS = 10_000;

export const LOG_FILE = 'log.jsonl';
export const SECRETS_FILE = 'secrets.jsonl';

/**
 * Makes the folder of a new day. Of days that nobody has any more, the last one stays.
 * @throws SimError SIM_OPTION_INVALID when the state directory cannot be written
 */
export async function makeKeptFolder(stateDir: string, name: string, pid: number): Promise<OwnFolder> {
  const days = daysIn(stateDir);
  try {
    await mkdir(days, { recursive: true, mode: 0o700 });
    const [, ...older] = await findGone(days);
    await Promise.all(older.map(({ path }) => rm(path, { recursive: true, force: true }).catch(() => undefined)));
    const path = await mkdtemp(join(days, `${name}-`)); // 0700
    await own(path, 1, pid);
    return owned(path, 0);
  } catch (error) {
    const text = `the day cannot be kept in ${days}: ${(error as Error).message}; choose another folder with --state-dir`;
    throw new SimError('SIM_OPTION_INVALID', text, { cause: error });
  }
}

/** The day of this state directory that was left last and has no process any more; undefined where there is none. */
export async function lastLeft(stateDir: string): Promise<KeptFolder | undefined> {
  return (await findGone(daysIn(stateDir)))[0];
}

/**
 * Takes over the day that was left last.
 * @throws SimError SIM_RESUME_REFUSED when there is none, one that still runs, or somebody else was faster
 */
export async function claimLastLeft(stateDir: string, pid: number): Promise<OwnFolder> {
  const days = daysIn(stateDir);
  const [last] = await findGone(days);
  if (!last) {
    const [running] = (await findAll(days)).filter(({ isAlive }) => isAlive);
    throw new SimError(
      'SIM_RESUME_REFUSED',
      running
        ? `the day in ${running.path} cannot go on: its simulator still runs (process ${running.pid ?? 'unknown'})`
        : `there is no day to go on with in ${days}; a day is kept with "dcass-sim up --state-dir DIR"`,
    );
  }
  const restarts = last.restarts + 1;
  try {
    await own(last.path, restarts + 1, pid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new SimError('SIM_RESUME_REFUSED', `another simulator just went on with the day in ${last.path}`, {
      cause: error,
    });
  }
  return owned(last.path, restarts);
}

function owned(path: string, restarts: number): OwnFolder {
  return {
    path,
    restarts,
    async leave() {
      try {
        await writeFile(join(path, `left-${restarts + 1}`), '', { mode: 0o600 });
      } catch (error) {
        // Whoever has removed the folder meanwhile has ended the day, too.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    },
  };
}

function daysIn(stateDir: string): string {
  return join(resolve(stateDir), 'days');
}

// Each process has an owner file of its own, which can be made once: two can not take the same day.
async function own(path: string, number: number, pid: number): Promise<void> {
  const owner = JSON.stringify(describeOwner(pid));
  await writeFile(join(path, `owner-${number}.json`), owner, { flag: 'wx', mode: 0o600 });
}

/** Those without a process, the last one first. */
async function findGone(days: string): Promise<readonly Found[]> {
  return (await findAll(days)).filter(({ isAlive }) => !isAlive).sort((a, b) => b.changedMs - a.changedMs);
}

async function findAll(days: string): Promise<readonly Found[]> {
  const entries = await readdir(days, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map((entry) => toFound(join(days, entry.name))),
  );
  return found.flat();
}

async function toFound(path: string): Promise<readonly Found[]> {
  const names: readonly string[] = await readdir(path).catch(() => []);
  const owners = names.flatMap((name) => {
    const number = /^owner-(\d+)\.json$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  const file = await stat(join(path, LOG_FILE)).catch(() => stat(path).catch(() => undefined));
  if (!file) return [];
  const last = Math.max(0, ...owners);
  const owner = await readOwner(join(path, `owner-${last}.json`));
  const isYoung = Date.now() - file.mtimeMs < YOUNG_MS;
  // An owner in a name space that cannot be looked into may live.
  const isAlive = !names.includes(`left-${last}`) && (owner ? stateOf(owner) !== 'gone' : isYoung);
  return [{ path, restarts: Math.max(0, last - 1), pid: owner?.pid, isAlive, changedMs: file.mtimeMs }];
}

async function readOwner(file: string): Promise<RunOwner | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as RunOwner;
  } catch {
    return undefined;
  }
}
