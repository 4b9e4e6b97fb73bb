import { SimError } from '../sim-error.ts';
import { startSimulator, type SimulatorOptions } from '../simulator.ts';
import { endpointTable, liveLine } from './live-view.ts';
import type { Output } from './output.ts';
import { onceSignalled } from './signals.ts';

/** `dcass-sim up`: runs a day until a signal; resolves when everything has stopped. */
export async function up(scenario: string, flags: Record<string, string | boolean>, output: Output): Promise<void> {
  const signalled = onceSignalled();
  const simulator = await startSimulator(toOptions(scenario, flags));
  try {
    if (flags['json']) {
      output.data(JSON.stringify(simulator.endpoints));
    } else {
      const { mode, speed, simTime } = simulator.clock.view();
      const moving = mode === 'paused' ? 'standing still' : speed === 1 ? 'running' : `running ${speed} times as fast`;
      const heading = { title: simulator.title, clock: `It is ${simTime.slice(0, 10)} ${simTime.slice(11, 19)} in Hong Kong, ${moving}.` };
      output.data(endpointTable(simulator.endpoints, heading, output));
    }
    const print = (entry: (typeof entries)[number]): void => {
      const line = flags['json'] ? JSON.stringify(entry) : liveLine(entry, output);
      if (line !== undefined) output.data(line);
    };
    // What happened on the way to `--at` is told too, after the ready line.
    const entries = simulator.journal.entries();
    for (const entry of entries) print(entry);
    simulator.journal.follow({}, print);
    const signal = await signalled;
    if (!flags['json']) output.talk(`\n${signal}: stopping.`);
    process.exitCode = signal === 'SIGINT' ? 130 : 143;
  } finally {
    await simulator.stop();
  }
}

/** Reads the flags of a start. @throws SimError SIM_OPTION_INVALID with what was found and what is allowed */
export function toOptions(scenario: string, flags: Record<string, string | boolean>): SimulatorOptions {
  const text = (name: string): string | undefined => (typeof flags[name] === 'string' ? flags[name] : undefined);
  const speed = text('speed');
  const [plan, clock, at, seed, stateDir] = ['plan', 'clock', 'at', 'seed', 'stateDir'].map(text);
  return {
    scenario,
    plan: plan === undefined ? 'default' : oneOf('--plan', plan, ['loopback', 'single', 'ephemeral', 'production']),
    clock: clock === undefined ? 'running' : oneOf('--clock', clock, ['paused', 'running']),
    ...(speed === undefined ? {} : { speed: positive('--speed', speed) }),
    ...(at === undefined ? {} : { at }),
    ...(seed === undefined ? {} : { seed }),
    ...(stateDir === undefined ? {} : { stateDir }),
  };
}

export function oneOf<T extends string>(flag: string, found: string, allowed: readonly T[]): T {
  const match = allowed.find((each) => each === found);
  if (match === undefined) throw new SimError('SIM_OPTION_INVALID', `${flag} is "${found}"; it is one of ${allowed.join(', ')}`);
  return match;
}

function positive(flag: string, found: string): number {
  const number = Number(found);
  if (!(number > 0 && Number.isFinite(number))) {
    throw new SimError('SIM_OPTION_INVALID', `${flag} is "${found}"; it is a number above 0, for example 60`);
  }
  return number;
}
