import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { PACKAGE_ROOT, type Environment } from '../../config.ts';
import { planAddresses, type PortOverrides } from '../../host/address-plan.ts';
import { defaultStateDir, openRunDirectory } from '../../host/run-directory.ts';
import { hostsFile } from '../../host-files.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { SimError } from '../../sim-error.ts';
import { openTrust } from '../../trust.ts';
import { hiddenFolders, insideVariables, writeCovers } from './covers.ts';
import { readKernelFacts } from './kernel-facts.ts';
import { findSealingPrograms } from './programs.ts';
import { explainRefusal, type SealingStep } from './refusal.ts';
import { INSIDE_MARK, STEP_MARK, unshareArguments } from './set-up-script.ts';

export interface SealedOptions {
  readonly day: Pick<Scenario, 'gateways' | 'oldPlatform'>;
  readonly ports: PortOverrides | undefined;
  readonly stateDir: string | undefined;
  readonly environment: Environment;
  /** Calls back for each signal that this process is asked to pass on. */
  readonly onSignal: (take: (signal: NodeJS.Signals) => void) => void;
  /** What runs inside: this program again, with the same arguments. */
  readonly program: readonly string[];
}

/** This very program with its arguments, as a command line. */
export function thisProgram(): readonly string[] {
  return [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
}

/**
 * Runs a program in namespaces of its own, which have the real addresses and no way out.
 * @returns its exit code, 128 and the signal's number when a signal ended it
 * @throws SimError SIM_SEALED_REFUSED with the reason and the way out
 */
export async function launchSealed(options: SealedOptions): Promise<number> {
  const { day, ports, stateDir, environment, program } = options;
  const env = environment.all;
  const programs = findSealingPrograms(process.platform, env['PATH']);
  const { secondary } = day.gateways;
  const planned = planAddresses('production', ports, { second: secondary, old: day.oldPlatform });
  const [trust, run] = await Promise.all([
    openTrust(stateDir, environment, secondary.online),
    openRunDirectory(stateDir ?? defaultStateDir({ packageRoot: PACKAGE_ROOT, env }), process.pid),
  ]);
  await using folder = run;
  const hosts = [...planned.online, ...planned.secondary.online];
  const covers = await writeCovers(
    folder.path,
    { caPem: trust.caPem, hostLines: hostsFile(hosts), hostNames: hosts.map(({ host }) => host) },
    env,
  );
  const { sftp, mail, oapi, old } = planned;
  const places = [...hosts, ...oapi, ...planned.secondary.oapi, sftp, mail];
  if (old) places.push(old.networkGateway, old.dcassServer);
  const set = unshareArguments({
    programs,
    addresses: [...new Set(places.map(({ address }) => address))],
    covers,
    hidden: hiddenFolders(),
    uid: process.geteuid?.() ?? 0,
    gid: process.getegid?.() ?? 0,
  });
  return await seal(programs.unshare, [...set, ...program], options.onSignal, {
    ...insideVariables(env, trust.caFile),
    DCASS_SIM_INSIDE: folder.path,
  });
}

async function seal(
  unshare: string,
  args: readonly string[],
  onSignal: SealedOptions['onSignal'],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  // The set-up's own standard error comes here; the program inside has the caller's, and a channel for signals.
  const child = spawn(unshare, args, { stdio: [0, 1, 'pipe', 'ipc', 2], env });
  const progress = new Progress();
  child.stderr?.setEncoding('utf8').on('data', (text: string) => progress.take(text));
  let stopped: NodeJS.Signals | undefined;
  onSignal((signal) => {
    // At a terminal the system itself gives Ctrl-C to everybody in the foreground, also inside.
    if (signal === 'SIGINT' && isatty(0)) return;
    stopped = signal;
    // unshare takes no signal while it waits, and the first process of a process namespace none that it did not ask for.
    if (progress.isInside && child.connected) child.send({ signal }, () => undefined);
    else child.kill('SIGKILL');
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...end) => resolve(end));
  });
  if (progress.isInside) return code ?? 128 + constants.signals[signal ?? 'SIGKILL'];
  if (stopped !== undefined) return 128 + constants.signals[stopped];
  throw new SimError('SIM_SEALED_REFUSED', explainRefusal(progress.step, progress.said, readKernelFacts()));
}

/** How far the set-up is, and what its programs said. */
class Progress {
  step: SealingStep = 'namespaces';
  isInside = false;
  #said: string[] = [];
  #rest = '';

  get said(): string {
    return [...this.#said, this.#rest].join('\n');
  }

  take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === INSIDE_MARK) this.isInside = true;
      else if (line.startsWith(STEP_MARK)) this.step = line.slice(STEP_MARK.length) as SealingStep;
      else this.#said.push(line);
    }
  }
}
