import { chmodSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { SimError } from '../sim-error.ts';

// Files of a key or a certificate are read in place: handing one to a thread takes longer than reading it.

/** Makes a folder that only its owner can enter; one that others could enter is closed to them. */
export async function privateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  closeToOthers(folder, 0o700);
}

/** A new file that only its owner can read. Fails where the file is already there. */
export async function writeSecret(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
}

/** Takes other people's rights to a file or folder away: a checkout or a copy may have given them. */
export function closeToOthers(path: string, mode: 0o600 | 0o700): void {
  if (process.platform === 'win32') return; // There the folder of the user is private, and modes say nothing.
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, mode);
}

/** Reads a file of keys or certificates. @throws SimError SIM_TRUST_MATERIAL */
export function readOrExplain(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unusable(file, error);
  }
}

/** Whether a file holds this text; one that cannot be read does not. */
export function holds(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8') === text;
  } catch {
    return false;
  }
}

/** What is there and cannot be looked at is there. */
export function exists(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code !== 'ENOENT' && code !== 'ENOTDIR';
  }
}

/**
 * What is wrong with a file of keys or certificates, and what to do; never its content.
 * @param cause the failure, or what is wrong in words
 */
export function unusable(file: string, cause: unknown): SimError {
  const why =
    typeof cause === 'string' ? cause : (WORDS[(cause as NodeJS.ErrnoException).code ?? ''] ?? 'it is damaged');
  return new SimError(
    'SIM_TRUST_MATERIAL',
    `${file} cannot be used: ${why}; delete its folder, and everything in it is made again at the next start`,
    typeof cause === 'string' ? {} : { cause },
  );
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'it is missing',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
};
