import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import type { Environment } from '../../config.ts';
import { SimError } from '../../sim-error.ts';
import { findSimulators } from '../find-control.ts';
import { commandVariables } from '../run/environment.ts';
import { takeSignals } from '../run/signals.ts';
import { insideVariables } from './covers.ts';
import type { SealedReady } from './inside.ts';
import { findSealingPrograms } from './programs.ts';
import { callersOwn } from './set-up-script.ts';

export interface ExecFlags {
  readonly pid?: string;
  readonly stateDir?: string;
}

/**
 * `dcass-sim exec`: runs a command inside a sealed run that is going on, as the run's own command would be.
 * @returns its exit code, 128 and the signal's number when a signal ended it
 * @throws SimError SIM_NOT_RUNNING, SIM_OPTION_INVALID when several run, SIM_SEALED_REFUSED
 */
export async function exec(command: readonly string[], flags: ExecFlags, environment: Environment): Promise<number> {
  using signals = takeSignals();
  const programs = findSealingPrograms(process.platform, environment.all['PATH']);
  const ready = await findSealed(flags, environment);
  const own = callersOwn(process.geteuid?.() ?? 0, process.getegid?.() ?? 0);
  // Whoever joins stands in the root folder first.
  const there = ['/bin/sh', '-c', 'cd "$1" && shift && exec "$@"', 'sh', process.cwd(), ...command];
  const args = ['--target', String(ready.sealed.pid), '--user', '--net', '--mount', '--pid', '--preserve-credentials'];
  const child = spawn(programs.nsenter, [...args, '--', programs.unshare, ...own, '--', ...there], {
    stdio: 'inherit',
    env: { ...insideVariables(environment.all, ready.files.ca), ...commandVariables(ready) },
  });
  signals.passTo((signal) => {
    if (signal === 'SIGINT' && isatty(0)) return; // The terminal has sent it already.
    const joined = child.pid === undefined ? undefined : childOf(child.pid);
    // nsenter itself only waits for the one that went in.
    if (joined === undefined) child.kill(signal);
    else process.kill(joined, signal);
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...end) => resolve(end));
  });
  return code ?? 128 + constants.signals[signal ?? 'SIGKILL'];
}

async function findSealed(flags: ExecFlags, environment: Environment): Promise<SealedReady> {
  const all = await findSimulators(flags.stateDir, environment);
  const going = all.filter(({ ready }) => ready.sealed !== undefined);
  const [first, ...others] = flags.pid === undefined ? going : going.filter(({ pid }) => String(pid) === flags.pid);
  const pids = going.map(({ pid }) => pid).join(', ');
  if (!first) {
    const text =
      going.length === 0
        ? 'no sealed run of this user is going on; start one with "dcass-sim run <scenario> --sealed -- <command>"'
        : `no sealed run has the process number ${flags.pid}; there are: ${pids}`;
    throw new SimError('SIM_NOT_RUNNING', text);
  }
  if (others.length > 0)
    throw new SimError('SIM_OPTION_INVALID', `several sealed runs are going on; choose one with --pid: ${pids}`);
  // It is the whole ready object: see inside.ts.
  return first.ready as SealedReady;
}

function childOf(pid: number): number | undefined {
  try {
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    return first ? Number(first) : undefined;
  } catch {
    return undefined;
  }
}
