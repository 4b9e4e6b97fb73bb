import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SimError } from '../../sim-error.ts';
import { WITHOUT_IT } from './refusal.ts';

/** Absolute paths of the system's programs that build, or enter, a sealed run. */
export interface SealingPrograms {
  readonly unshare: string;
  readonly ip: string;
  readonly mount: string;
  readonly nsenter: string;
}

/** The first util-linux whose `unshare` gives the caller's own uid back: `--map-user`. */
const UTIL_LINUX_FLOOR = [2, 36] as const;

const PACKAGE_OF: Readonly<Record<keyof SealingPrograms, string>> = {
  unshare: 'util-linux',
  nsenter: 'util-linux',
  mount: 'the package mount, or util-linux',
  ip: 'iproute2',
};

// Where an ordinary user's PATH often does not look.
const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/**
 * Finds the programs.
 * @param searchPath the caller's PATH
 * @throws SimError SIM_SEALED_REFUSED: not Linux, one is missing, or util-linux is too old
 */
export function findSealingPrograms(platform: string, searchPath: string | undefined): SealingPrograms {
  if (platform !== 'linux') {
    throw refused(
      `--sealed needs the namespaces of Linux, and this is ${platform}: run it in a Linux container or a virtual machine (on Windows, in WSL 2)`,
    );
  }
  const folders = [...(searchPath ?? '').split(delimiter).filter((folder) => folder !== ''), ...SYSTEM_FOLDERS];
  const find = (name: keyof SealingPrograms): string => {
    const found = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (found === undefined) {
      throw refused(`--sealed needs the program "${name}", which is not on this machine: install ${PACKAGE_OF[name]}`);
    }
    return found;
  };
  const programs = { unshare: find('unshare'), ip: find('ip'), mount: find('mount'), nsenter: find('nsenter') };
  checkVersion(programs.unshare);
  return programs;
}

function checkVersion(unshare: string): void {
  const text = String(spawnSync(unshare, ['--version'], { encoding: 'utf8' }).stdout ?? '').trim();
  const floor = UTIL_LINUX_FLOOR.join('.');
  const match = /util-linux\D*(\d+)\.(\d+)/.exec(text);
  if (!match)
    throw refused(`--sealed needs the unshare of util-linux ${floor} or later, and ${unshare} is another one`);
  const [major, minor] = [Number(match[1]), Number(match[2])];
  if (major > UTIL_LINUX_FLOOR[0] || (major === UTIL_LINUX_FLOOR[0] && minor >= UTIL_LINUX_FLOOR[1])) return;
  throw refused(
    `--sealed needs util-linux ${floor} or later, and ${unshare} is of ${major}.${minor}: update util-linux`,
  );
}

function refused(text: string): SimError {
  return new SimError('SIM_SEALED_REFUSED', `${text}. ${WITHOUT_IT}`);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
