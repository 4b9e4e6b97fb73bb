import type { JournalEntry } from '../journal/entry.ts';
import type { PortOverrides } from '../host/address-plan.ts';
import { SimError } from '../sim-error.ts';
import { startSimulator, type Kept, type Simulator, type SimulatorOptions } from '../simulator.ts';
import { endpointTable, liveLine } from './live-view.ts';
import type { LogLevel } from './operator-log.ts';
import type { Output } from './output.ts';
import { toParams } from './params.ts';
import { onceSignalled } from './signals.ts';

/** The flags of `up`, as they were typed. */
export interface UpFlags {
  readonly plan?: string;
  readonly clock?: string;
  readonly speed?: string;
  readonly at?: string;
  readonly from?: string;
  readonly resume?: boolean;
  readonly seed?: string;
  /** `closes=11:30`; a text with blanks when it comes from the environment. */
  readonly param?: readonly string[] | string;
  readonly stateDir?: string;
  /** `online=18082`; a text with blanks when it comes from the environment. */
  readonly port?: readonly string[] | string;
  readonly listen?: string;
  readonly reportTemplates?: string;
  readonly dictionary?: string;
  /** Begin the day anew when its file changes. */
  readonly watch?: boolean;
  readonly json?: boolean;
  readonly log?: LogLevel;
}

/** `dcass-sim up`: runs a day until a signal; resolves when everything has stopped. */
export async function up(scenario: string, flags: UpFlags, output: Output): Promise<void> {
  const signalled = onceSignalled();
  const options = toOptions(scenario, flags);
  using watch = flags.watch ? await (await import('./watch.ts')).watchDay(options) : undefined;
  let simulator = await startSimulator(options);
  try {
    const log = flags.log === undefined ? undefined : await (await import('./operator-log.ts')).operatorLog(flags.log);
    const present = (day: Simulator): void => presentDay(day, flags, output, log);
    present(simulator);
    if (watch) simulator = await watch.beginAnew(simulator, { present, ended: signalled, output });
    const signal = await signalled;
    if (!flags.json) output.talk(`\n${signal}: stopping.`);
    process.exitCode = signal === 'SIGINT' ? 130 : 143;
  } finally {
    await simulator.stop();
  }
}

function sayKept({ folder, resumed, unfinished }: Kept, now: string): string {
  const time = (text: string): string => `${text.slice(0, 10)} ${text.slice(11, 19)}`;
  if (resumed) {
    const cut = resumed.cutBytes === 0 ? '' : `; ${resumed.cutBytes} bytes of a broken end were cut off`;
    return `dcass-sim: the day in ${folder} goes on at ${time(now)}, after ${resumed.entries} journal entries${cut}`;
  }
  const kept = `dcass-sim: the day is kept in ${folder}`;
  if (!unfinished) return kept;
  const { scenario, until } = unfinished;
  return `dcass-sim: a day of ${scenario} was cut off at ${time(until)}; this is a new one, --resume would go on with that\n${kept}`;
}

/** The endpoints, and from here on a line for each entry of the journal. */
function presentDay(
  simulator: Simulator,
  flags: Pick<UpFlags, 'json'>,
  output: Output,
  log: ((entry: JournalEntry) => void) | undefined,
): void {
  const { kept } = simulator;
  // A program that starts a new day is told nothing that it did not ask for.
  if (kept && (!flags.json || kept.resumed || kept.unfinished)) output.talk(sayKept(kept, simulator.clock.now()));
  if (flags.json) {
    output.data(JSON.stringify(simulator.endpoints));
  } else {
    const { mode, speed, simTime } = simulator.clock.view();
    const moving = mode === 'paused' ? 'standing still' : speed === 1 ? 'running' : `running ${speed} times as fast`;
    const heading = {
      title: simulator.title,
      clock: `It is ${simTime.slice(0, 10)} ${simTime.slice(11, 19)} in Hong Kong, ${moving}.`,
      sftpCrypto: simulator.journal.entries({ kind: 'simulator.ready' }).at(-1)?.['sftpCrypto'],
    };
    output.data(endpointTable(simulator.endpoints, heading, output));
  }
  const print = (entry: JournalEntry): void => {
    // What happened before the day began for anybody is no news.
    const line = flags.json ? JSON.stringify(entry) : entry['history'] === true ? undefined : liveLine(entry, output);
    if (line !== undefined) output.data(line);
    log?.(entry);
  };
  // What happened on the way to `--at` is told too, after the ready line.
  for (const entry of simulator.journal.entries()) print(entry);
  simulator.journal.follow({}, print);
}

/** Reads the flags of a start. @throws SimError SIM_OPTION_INVALID with what was found and what is allowed */
export function toOptions(scenario: string, flags: UpFlags): SimulatorOptions {
  const {
    plan,
    clock,
    speed,
    at,
    from,
    resume = false,
    watch = false,
    seed,
    param,
    stateDir,
    port,
    listen,
    reportTemplates,
    dictionary,
  } = flags;
  if (watch && resume) {
    throw new SimError(
      'SIM_OPTION_INVALID',
      'a day that goes on (--resume) stays the one that it was: --watch, which begins another, cannot go with it',
    );
  }
  return {
    scenario,
    prewarm: true,
    plan: plan === undefined ? 'default' : oneOf('--plan', plan, ['loopback', 'single', 'ephemeral', 'production']),
    clock: clock === undefined ? 'running' : oneOf('--clock', clock, ['paused', 'running']),
    ...(speed === undefined ? {} : { speed: positive('--speed', speed) }),
    ...(at === undefined ? {} : { at }),
    ...(from === undefined ? {} : { from }),
    // A day that is written anew while it runs is nothing to go on with.
    ...(stateDir === undefined || watch ? {} : { keep: true }),
    ...(resume ? { resume } : {}),
    ...(seed === undefined ? {} : { seed }),
    ...(param === undefined ? {} : { params: toParams(param) }),
    ...(stateDir === undefined ? {} : { stateDir }),
    ...(listen === undefined ? {} : { listenOn: listen }),
    ...(reportTemplates === undefined ? {} : { reportTemplates }),
    ...(dictionary === undefined ? {} : { dictionary }),
    ...(port === undefined ? {} : { ports: toPorts(typeof port === 'string' ? port.split(/[\s,]+/) : port) }),
  };
}

function toPorts(given: readonly string[]): PortOverrides {
  return Object.fromEntries(
    given.map((text) => {
      const [window = '', port = ''] = text.split('=');
      const known = oneOf('--port', window, ['online', 'oapi', 'sftp', 'mail', 'control']);
      if (!/^\d{1,5}$/.test(port)) {
        throw new SimError(
          'SIM_OPTION_INVALID',
          `--port ${text}: a port is a number from 0 to 65535, for example ${known}=18082`,
        );
      }
      return [known, Number(port)];
    }),
  );
}

export function oneOf<T extends string>(flag: string, found: string, allowed: readonly T[]): T {
  const match = allowed.find((each) => each === found);
  if (match === undefined)
    throw new SimError('SIM_OPTION_INVALID', `${flag} is "${found}"; it is one of ${allowed.join(', ')}`);
  return match;
}

function positive(flag: string, found: string): number {
  const number = Number(found);
  if (!(number > 0 && Number.isFinite(number))) {
    throw new SimError('SIM_OPTION_INVALID', `${flag} is "${found}"; it is a number above 0, for example 60`);
  }
  return number;
}
