import { SCENARIOS_DIR } from '../config.ts';
import { wallClock } from '../host/wall-clock.ts';
import { watchFiles, type WatchedFiles } from '../host/watch-files.ts';
import { loadScenario, type LoadResult } from '../scenario/load.ts';
import { formatProblem } from '../scenario/problem.ts';
import { SimError } from '../sim-error.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator.ts';
import { toIso } from '../time/instant.ts';
import type { Output } from './output.ts';

/** Waits for changes of a day's files, from before it is started: none of them is missed. */
export interface DayWatch extends Disposable {
  /**
   * Begins a running day anew when its file changes, or one that it extends or imports: at the same addresses, and at the
   * business time that it has come to, where the new day has that time. What is wrong with the new text is told, and the
   * day goes on as it was. @returns when `ended` resolves: the day that is running then, which is the caller's to stop
   */
  beginAnew(first: Simulator, watching: Watching): Promise<Simulator>;
}

export interface Watching {
  readonly present: (simulator: Simulator) => void;
  readonly ended: Promise<unknown>;
  readonly output: Output;
}

export async function watchDay(options: SimulatorOptions): Promise<DayWatch> {
  const change = { hasCome: false, wake: (): void => undefined };
  const files = watchFiles(wallClock, () => {
    change.hasCome = true;
    change.wake();
  });
  await files.follow((await read(options)).files);
  return {
    beginAnew: (first, watching) => beginAnew(first, { options, files, change }, watching),
    [Symbol.dispose]: () => files[Symbol.dispose](),
  };
}

interface Watched {
  readonly options: SimulatorOptions;
  readonly files: WatchedFiles;
  readonly change: { hasCome: boolean; wake: () => void };
}

async function beginAnew(
  first: Simulator,
  { options, files, change }: Watched,
  { present, ended, output }: Watching,
): Promise<Simulator> {
  let running = first;
  let isEnded = false;
  void ended.then(() => {
    isEnded = true;
    change.wake();
  });
  // oxlint-disable no-await-in-loop -- one change after the other
  while (!isEnded) {
    if (!change.hasCome) await new Promise<void>((resolve) => (change.wake = resolve));
    if (isEnded || !change.hasCome) continue;
    change.hasCome = false;
    const { result, files: paths, trouble } = await read(options);
    await files.follow(paths);
    const problems = result?.ok === false ? result.problems.map(formatProblem) : trouble === undefined ? [] : [trouble];
    if (!result?.ok) {
      output.talk(`The scenario has changed, and is not taken; the day goes on as it was.\n${problems.join('\n')}`);
      continue;
    }
    const next = continuing(running, options, result);
    const refused = await tryOut(next);
    if (refused !== undefined) {
      output.talk(`The scenario has changed, and is not taken; the day goes on as it was.\n${refused}`);
      continue;
    }
    await running.stop();
    running = await startSimulator({ ...next, sameAs: running.endpoints });
    const { simTime } = running.clock.view();
    output.talk(
      `The scenario has changed: the day has begun anew, at the same addresses. It is ${simTime.slice(11, 19)}.`,
    );
    present(running);
  }
  // oxlint-enable no-await-in-loop
  return running;
}

interface Read {
  readonly result: LoadResult | undefined;
  /** Why there is no result: a file that is not there. */
  readonly trouble?: string;
  readonly files: readonly string[];
}

async function read({ scenario = 'verification-day', seed, params, reportTemplates }: SimulatorOptions): Promise<Read> {
  const files: string[] = [];
  try {
    const result = await loadScenario(scenario, {
      scenariosDir: SCENARIOS_DIR,
      onFile: (path) => files.push(path),
      ...(seed === undefined ? {} : { seed }),
      ...(params === undefined ? {} : { params }),
      ...(reportTemplates === undefined ? {} : { reportTemplates }),
    });
    return { result, files };
  } catch (error) {
    if (error instanceof SimError) return { result: undefined, trouble: error.message, files };
    throw error;
  }
}

/** The new day stands where the old one does: at its time, where it has that time, and its clock runs or stands. */
function continuing(running: Simulator, options: SimulatorOptions, result: LoadResult): SimulatorOptions {
  const { mode, speed, simTime } = running.clock.view();
  const { start, end } = result.ok ? result.scenario : {};
  const isInside = start !== undefined && simTime >= toIso(start) && (end === undefined || simTime <= toIso(end));
  const { at: _at, ...others } = options;
  return { ...others, clock: mode, speed, ...(isInside ? { at: simTime } : {}) };
}

/** Starts it beside the running day and stops it again: what a check of the file cannot see is seen before that one is gone. */
async function tryOut(options: SimulatorOptions): Promise<string | undefined> {
  try {
    const { ports: _ports, journalFile: _file, ...others } = options;
    await using _trial = await startSimulator({ ...others, plan: 'ephemeral', clock: 'paused' });
    return undefined;
  } catch (error) {
    if (error instanceof SimError) return `${error.message} (${error.code})`;
    throw error;
  }
}
