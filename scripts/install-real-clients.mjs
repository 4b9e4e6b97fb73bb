import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from './run-program.mjs';
import { say, secondsSince } from './talk.mjs';

const CLIENTS = JSON.parse(readFileSync(new URL('real-clients.json', import.meta.url), 'utf8'));

/**
 * Installs the real clients that the tests drive, where that is possible: as root on Debian. It never
 * fails: a test whose client is missing skips itself, and is counted and named.
 */
export async function installRealClients() {
  const missing = missingClients();
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    say(`Not on this machine: ${missing.join(', ')}. The tests that need them will be skipped.`);
    return;
  }
  const packages = [...new Set(missing.flatMap((name) => CLIENTS[name].packages))];
  say(`Installing with apt, for the tests: ${packages.join(', ')} ...`);
  const startedAt = performance.now();
  await apt(['update']);
  // One that this Debian does not have must not keep the others away.
  if ((await aptInstall(packages)) !== 0) for (const name of packages) await aptInstall([name]);
  const still = missingClients();
  say(`Installed in ${secondsSince(startedAt)}.`);
  if (still.length > 0) say(`apt could not bring ${still.join(', ')}. The tests that need them will be skipped.`);
}

function missingClients() {
  return Object.keys(CLIENTS).filter((name) => !CLIENTS[name].commands.some(isOnPath));
}

function isOnPath(command) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.resolve(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function aptInstall(packages) {
  return apt(['install', '--yes', '--no-install-recommends', ...packages]);
}

async function apt(args) {
  // Bounded: a machine without a network must not hang here.
  const bounds = ['-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::https::Timeout=20', '-o', 'Acquire::Retries=1'];
  const { code } = await runProgram('apt-get', ['--quiet=2', ...bounds, '-o', 'DPkg::Lock::Timeout=60', ...args], {
    capture: true,
    timeout: 600_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return code;
}
