import type { JournalEntry } from '../journal/entry.ts';
import { SimError } from '../sim-error.ts';
import type { Change, Noted } from './chronicle.ts';
import type { DayIdentity } from './identity.ts';

/** One line of a kept day's log. */
export type LogLine =
  | { readonly day: DayIdentity }
  | JournalEntry
  | { readonly change: Change }
  /** What stands between the two belongs together: all of it has happened, or nothing. */
  | { readonly group: 'begin' | 'end' }
  /** The simulator was stopped in good order. */
  | { readonly stopped: true };

/** A line of the file beside it that only its owner may read. */
export type SecretLine =
  | { readonly credential: number; readonly password: string }
  | (Noted & { readonly change: Extract<Change, { of: 'mail' }> });

export interface ReadLog {
  readonly day: DayIdentity;
  readonly entries: readonly JournalEntry[];
  readonly noted: readonly Noted[];
  /** So many bytes of the file are whole. */
  readonly wholeBytes: number;
  /** So many bytes after them are the beginning of something that did not come to its end. */
  readonly cutBytes: number;
  /** Business time of the last entry that can be read, also of one that is cut. */
  readonly seenUntil: string | undefined;
  readonly wasStopped: boolean;
}

interface Mark {
  readonly bytes: number;
  readonly entries: number;
  readonly noted: number;
}

/**
 * Reads a log until where it is whole: a last line that is torn, and a group without its end, are left out.
 * @throws SimError SIM_RESUME_REFUSED for a line that is damaged before the end
 */
export function readLog(file: string, bytes: Buffer): ReadLog {
  const entries: JournalEntry[] = [];
  const noted: Noted[] = [];
  let day: DayIdentity | undefined;
  let open: Mark | undefined;
  let seenUntil: string | undefined;
  let wasStopped = false;
  let at = 0;
  for (let number = 1; at < bytes.length; number++) {
    const end = bytes.indexOf(0x0a, at);
    if (end === -1) break;
    const line = parse(bytes.toString('utf8', at, end));
    if (line === undefined && end + 1 === bytes.length) break;
    if (line === undefined || (number === 1) !== isHeader(line)) throw damaged(file, number);
    // First: an entry may have any field.
    if ('seq' in line) {
      if (line.seq !== entries.length + 1) throw damaged(file, number);
      entries.push(line);
      seenUntil = line.simTime;
    } else if ('day' in line) ({ day } = line);
    else if ('change' in line) noted.push({ after: entries.length, change: line.change });
    else if ('group' in line) {
      open = line.group === 'begin' ? { bytes: at, entries: entries.length, noted: noted.length } : undefined;
    }
    wasStopped = 'stopped' in line && !('seq' in line);
    at = end + 1;
  }
  if (!day) throw new SimError('SIM_RESUME_REFUSED', `${file} has not even its first line; nothing had happened yet`);
  if (open) {
    entries.length = open.entries;
    noted.length = open.noted;
  }
  const wholeBytes = open?.bytes ?? at;
  return { day, entries, noted, wholeBytes, cutBytes: bytes.length - wholeBytes, seenUntil, wasStopped };
}

/** The passwords that the journal refers to, and the mails that it tells of; what was written ahead of it is left out. */
export function readSecrets(
  text: string,
  entries: readonly JournalEntry[],
): { readonly passwords: readonly string[]; readonly mails: readonly Noted[]; readonly lines: readonly SecretLine[] } {
  const wanted = entries.filter((entry) => entry.kind === 'clearing.password-set').length;
  const passwords: string[] = [];
  const mails: Noted[] = [];
  const lines: SecretLine[] = [];
  for (const each of text.split('\n')) {
    const line = parse(each) as SecretLine | undefined;
    if (line === undefined) continue;
    if ('credential' in line) {
      if (line.credential !== passwords.length + 1 || line.credential > wanted) continue;
      passwords.push(line.password);
    } else if (entries[line.after]?.kind === 'mail.sent') mails.push(line);
    else continue;
    lines.push(line);
  }
  if (passwords.length < wanted) {
    throw new SimError('SIM_RESUME_REFUSED', `of ${wanted} passwords that were set, ${passwords.length} are kept`);
  }
  return { passwords, mails, lines };
}

function isHeader(line: LogLine): boolean {
  return !('seq' in line) && 'day' in line;
}

function parse(text: string): LogLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as LogLine) : undefined;
  } catch {
    return undefined;
  }
}

function damaged(file: string, line: number): SimError {
  return new SimError(
    'SIM_RESUME_REFUSED',
    `line ${line} of ${file} is damaged, and it is not the last one: somebody else than the simulator wrote there`,
  );
}
