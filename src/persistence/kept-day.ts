import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimLastLeft, lastLeft, LOG_FILE, makeKeptFolder, SECRETS_FILE, type KeptFolder } from '../host/kept-days.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { SimError } from '../sim-error.ts';
import type { Noted } from './chronicle.ts';
import { cutFile, openDayLog, type DayLog } from './day-log.ts';
import { whyOther, type DayIdentity } from './identity.ts';
import { readLog, readSecrets, type ReadLog } from './read-log.ts';

/** What is known of a day that goes on. */
export interface KeptPast {
  readonly entries: readonly JournalEntry[];
  readonly noted: readonly Noted[];
  readonly passwords: readonly string[];
  /** Business time until which the day had been seen. */
  readonly seenUntil: string | undefined;
  readonly restarts: number;
  /** So many bytes of a broken end were cut off. */
  readonly cutBytes: number;
}

export interface KeptDay {
  readonly folder: string;
  readonly log: DayLog;
  /** Undefined where the day is new. */
  readonly past: KeptPast | undefined;
  /** Of a new day: one that was not stopped in good order, and could go on. */
  readonly unfinished: { readonly scenario: string; readonly until: string } | undefined;
}

export interface KeepOptions {
  readonly stateDir: string;
  readonly identity: DayIdentity;
  readonly resume: boolean;
  readonly pid: number;
  readonly onFailure: (error: Error) => void;
}

/**
 * Keeps a day in the state directory: a new one, or the one that was left last.
 * @throws SimError SIM_RESUME_REFUSED, SIM_OPTION_INVALID
 */
export async function openKeptDay(options: KeepOptions): Promise<KeptDay> {
  return options.resume ? goOn(options) : begin(options);
}

async function begin({ stateDir, identity, pid, onFailure }: KeepOptions): Promise<KeptDay> {
  const left = await lastLeft(stateDir);
  const unfinished = left && unfinishedIn(left);
  const folder = await makeKeptFolder(stateDir, identity.scenario, pid);
  const log = openLog(folder, onFailure);
  log.write({ day: identity });
  return { folder: folder.path, log, past: undefined, unfinished };
}

async function goOn({ stateDir, identity, pid, onFailure }: KeepOptions): Promise<KeptDay> {
  const left = await lastLeft(stateDir);
  if (left) {
    const why = whyOther(readLogIn(left).day, identity);
    if (why !== undefined)
      throw new SimError(
        'SIM_RESUME_REFUSED',
        `the day in ${left.path} cannot go on: ${why}; without --resume a new one begins`,
      );
  }
  const folder = await claimLastLeft(stateDir, pid);
  try {
    const { entries, noted, wholeBytes, cutBytes, seenUntil } = readLogIn(folder);
    const secretsFile = join(folder.path, SECRETS_FILE);
    const secrets = readSecrets(readText(secretsFile), entries);
    if (cutBytes > 0) cutFile(join(folder.path, LOG_FILE), wholeBytes);
    writeFileSync(`${secretsFile}.new`, secrets.lines.map((line) => `${JSON.stringify(line)}\n`).join(''), {
      mode: 0o600,
    });
    renameSync(`${secretsFile}.new`, secretsFile);
    const past = {
      entries,
      noted: [...noted, ...secrets.mails],
      passwords: secrets.passwords,
      seenUntil,
      restarts: folder.restarts,
      cutBytes,
    };
    return { folder: folder.path, log: openLog(folder, onFailure), past, unfinished: undefined };
  } catch (error) {
    await folder.leave();
    throw error;
  }
}

function openLog(
  { path, leave }: KeptFolder & { leave(): Promise<void> },
  onFailure: KeepOptions['onFailure'],
): DayLog {
  const log = openDayLog({ logFile: join(path, LOG_FILE), secretsFile: join(path, SECRETS_FILE), onFailure });
  return {
    ...log,
    async [Symbol.asyncDispose]() {
      await log[Symbol.asyncDispose]();
      await leave();
    },
  };
}

function readLogIn({ path }: KeptFolder): ReadLog {
  const file = join(path, LOG_FILE);
  try {
    return readLog(file, readFileSync(file));
  } catch (error) {
    if (error instanceof SimError) throw error;
    throw new SimError('SIM_RESUME_REFUSED', `${file} cannot be read (${(error as NodeJS.ErrnoException).code})`, {
      cause: error,
    });
  }
}

function unfinishedIn(left: KeptFolder): KeptDay['unfinished'] {
  try {
    const { day, seenUntil, wasStopped } = readLogIn(left);
    return wasStopped || seenUntil === undefined ? undefined : { scenario: day.scenario, until: seenUntil };
  } catch {
    return undefined; // What cannot go on is nothing to offer.
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
