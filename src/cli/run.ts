import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PACKAGE_ROOT, type Environment } from '../config.ts';
import { defaultStateDir } from '../host/run-directory.ts';
import { wallClock } from '../host/wall-clock.ts';
import { readDay } from '../load-day.ts';
import { scenarioInvalid } from '../scenario/problem.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { toJunit } from '../score/junit.ts';
import { toReportPage } from '../score/report-page.ts';
import { SimError } from '../sim-error.ts';
import { parseInstantOrThrow } from '../sim-clock.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator.ts';
import { parseDuration } from '../time/duration.ts';
import { toIso } from '../time/instant.ts';
import type { Output } from './output.ts';
import { reportedDay, toEndpoints } from './reported-day.ts';
import { startCommand, type CommandEnd } from './run/command.ts';
import { commandVariables } from './run/environment.ts';
import { expectationAnnotation, problemAnnotation, writeStepSummary } from './run/github.ts';
import { keepRun } from './run/kept.ts';
import { takeSignals, type Signals } from './run/signals.ts';
import { openInside } from './sealed/inside.ts';
import { toName, toVerdict, verdictText } from './run/verdict.ts';
import { toOptions, type UpFlags } from './up.ts';

/** The flags of `run`, as they were typed. */
export interface RunFlags extends Omit<UpFlags, 'log'> {
  readonly timeout?: string;
  readonly until?: string;
  readonly strict?: boolean;
  readonly junit?: string;
  readonly report?: string;
  readonly keep?: boolean;
  readonly sealed?: boolean;
}

/**
 * `dcass-sim run`: a day for the time of one command. @returns the exit code: the command's own where it failed, else 1
 * where an expectation failed, 4 where it took too long, 128 and its number for a signal
 * @throws SimError as a start does
 */
export async function run(
  which: string,
  command: readonly string[],
  flags: RunFlags,
  environment: Environment,
  output: Output,
): Promise<number> {
  using signals = takeSignals();
  const inside = flags.sealed ? openInside(environment) : undefined;
  const startedAt = wallClock.transportNow();
  const options = toOptions(which, {
    ...flags,
    // Free ports, so that any number of runs go side by side; time stands still, so that each goes the same way.
    plan: flags.sealed ? sealedPlan(flags.plan, environment) : (flags.plan ?? 'ephemeral'),
    clock: flags.clock ?? (flags.speed === undefined ? 'paused' : 'running'),
  });
  const timeoutMs = flags.timeout === undefined ? undefined : toTimeout(flags.timeout);
  const scenario = await toScenario(options, environment, output);
  const until = flags.until === undefined ? undefined : toUntil(flags.until, scenario);
  await Promise.all([flags.junit, flags.report].filter((file) => file !== undefined).map(makeRoom));

  if (flags.sealed && !inside) {
    const { launchSealed, thisProgram } = await import('./sealed/launch.ts');
    return await launchSealed({
      day: scenario,
      ports: options.ports,
      stateDir: options.stateDir,
      environment,
      onSignal: (take) => signals.passTo(take),
      program: thisProgram(),
    });
  }

  const simulator = await startSimulator(inside ? { ...options, runsIn: inside.folder } : options);
  const { end, kept } = await (async () => {
    try {
      await using announced = await inside?.announce(simulator.endpoints);
      if (announced)
        output.talk(`dcass-sim: sealed; the control API from outside: unix:${announced.ready.control.socket}`);
      const variables = commandVariables(announced?.ready ?? simulator.endpoints);
      const env = { ...environment.all, ...inside?.variables, ...variables };
      const ended = await runCommand(simulator, command, { env, timeoutMs, signals });
      if (until !== undefined && ended.code === 0 && !ended.timedOut && signals.first === undefined)
        await moveOnTo(simulator, until, output);
      const stateDir = flags.stateDir ?? defaultStateDir({ packageRoot: PACKAGE_ROOT, env: environment.all });
      return { end: ended, kept: flags.keep ? await keepRun(stateDir, simulator.endpoints) : undefined };
    } finally {
      await simulator.stop();
    }
  })();

  const score = simulator.score({ final: true });
  const strict = flags.strict === true;
  const verdict = toVerdict(end, score, { strict, signalled: signals.first });
  const seconds = (wallClock.transportNow() - startedAt) / 1000;
  const entries = simulator.journal.entries();
  const report = (): string =>
    toReportPage(score, {
      ...reportedDay(entries, toEndpoints(simulator.endpoints), scenario),
      run: `${toName(command)} ${verdict.ended}.`,
    });
  if (flags.junit !== undefined) await write(flags.junit, toJunit(score, { seconds, strict }));
  if (flags.report !== undefined) await write(flags.report, report());

  output.talk(verdictText(verdict, score, toName(command)));
  if (kept && verdict.code !== 0) {
    const files = await kept.complete(entries, report());
    output.talk(['dcass-sim: kept, with the passwords of the day:', ...files.map((file) => `  ${file}`)].join('\n'));
  } else await kept?.remove();
  const { github } = environment;
  if (github) {
    for (const each of verdict.failing) output.talk(expectationAnnotation(each, github.workspace));
    if (github.summaryFile !== undefined) await writeStepSummary(github.summaryFile, verdict, score);
  }
  if (flags.json) {
    const { code, ended } = verdict;
    output.data(JSON.stringify({ code, command: toName(command), ended, timedOut: end.timedOut, seconds, score }));
  }
  return verdict.code;
}

/** Another plan is refused, unless it is only the one that this user always takes. */
function sealedPlan(plan: string | undefined, environment: Environment): 'production' {
  if (plan === undefined || plan === 'production' || plan === environment.plan) return 'production';
  throw new SimError('SIM_OPTION_INVALID', `--sealed has production’s addresses, so --plan ${plan} cannot be with it`);
}

/** The day itself, for its timeline and its end. The simulator reads it, too, and gets the same one. */
async function toScenario(
  options: SimulatorOptions,
  { github }: Pick<Environment, 'github'>,
  output: Output,
): Promise<Scenario> {
  const result = await readDay(options);
  if (result.ok) return result.scenario;
  if (github) for (const each of result.problems) output.talk(problemAnnotation(each, github.workspace));
  throw scenarioInvalid(result.problems);
}

async function runCommand(
  simulator: Simulator,
  command: readonly string[],
  { env, timeoutMs, signals }: { env: Environment['all']; timeoutMs: number | undefined; signals: Signals },
): Promise<CommandEnd> {
  // Somebody wanted it to end before it was there.
  if (signals.first !== undefined)
    return { code: 0, signal: undefined, notStarted: 'the run was ended', timedOut: false };
  const child = startCommand(command, env, timeoutMs);
  signals.passTo(child.signal);
  const end = await child.ended;
  // No deadline passes while the day is put away.
  simulator.clock.pause();
  await lastBytes();
  return end;
}

/** What the command wrote just before its end is still on its way through the sockets of this machine. */
async function lastBytes(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve)); // oxlint-disable-line no-await-in-loop
}

async function moveOnTo(simulator: Simulator, until: string, output: Output): Promise<void> {
  const now = simulator.clock.now();
  // Both are written alike, so that texts compare as times do.
  if (until > now) await simulator.clock.advanceTo(until);
  else if (until < now) output.talk(`dcass-sim: it is past ${until.slice(11, 19)} already, at ${now.slice(11, 19)}`);
}

/** @returns a full time, as the clock writes it */
function toUntil(text: string, scenario: Scenario): string {
  if (text !== 'end') return toIso(parseInstantOrThrow(text, scenario.date));
  if (scenario.end !== undefined) return toIso(scenario.end);
  throw new SimError(
    'SIM_OPTION_INVALID',
    `--until end: ${scenario.file} does not say when the day ends; write a time, for example --until "12:30"`,
  );
}

function toTimeout(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  throw new SimError('SIM_OPTION_INVALID', `--timeout is "${text}"; it is a duration of real time: 90s, 5m or 1h30m`);
}

/** A file of an earlier run must not pass for one of this one; and what cannot be written is told before the run. */
async function makeRoom(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await rm(file, { force: true });
  } catch (error) {
    throw notWritable(file, error);
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw notWritable(file, error);
  }
}

function notWritable(file: string, error: unknown): SimError {
  const text = `${file} cannot be written (${(error as NodeJS.ErrnoException).code}); name another file`;
  return new SimError('SIM_OPTION_INVALID', text, { cause: error });
}
