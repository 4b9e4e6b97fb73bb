import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { JournalEntry, Ready } from '../../src/index.ts';

const BIN = fileURLToPath(new URL('../../bin/dcass-sim.mjs', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Starts the built command line, as a user does. */
function start(args: readonly string[], env: Record<string, string> = {}): Child {
  return spawn(process.execPath, [BIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
}

/** Runs a command to its end. */
export async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Finished> {
  const child = start(args, env);
  const texts = [collect(child.stdout), collect(child.stderr)] as const;
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout: texts[0](), stderr: texts[1]() };
}

/** A simulator in a process of its own, with a state directory of its own. */
export interface RunningDay extends AsyncDisposable {
  readonly ready: Ready;
  readonly stateDir: string;
  readonly child: Child;
  readonly stdout: () => string;
  /** What was told on stderr, once it fits. */
  stderr(fits: RegExp): Promise<string>;
  /** The first journal line that fits, from those that were printed or are still to come. */
  line(fits: (entry: JournalEntry) => boolean): Promise<JournalEntry>;
  stop(signal: NodeJS.Signals): Promise<Finished>;
}

export async function startDay(args: readonly string[] = [], env: Record<string, string> = {}): Promise<RunningDay> {
  const stateDir = mkdtempSync(join(tmpdir(), 'dcass-sim-cli-'));
  const child = start(
    ['up', '--json', '--plan', 'ephemeral', '--clock', 'paused', '--state-dir', stateDir, ...args],
    env,
  );
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const lines = async <T>(pick: (line: string) => T | undefined): Promise<T> => {
    for (let seen = 0; ;) {
      const complete = stdout().split('\n').slice(0, -1);
      for (; seen < complete.length; seen++) {
        const found = pick(complete[seen] ?? '');
        if (found !== undefined) return found;
      }
      const [ended] = await Promise.race([once(child.stdout, 'data').then(() => [false]), closed.then(() => [true])]);
      if (ended) throw new Error(`the simulator ended: ${stderr()}`);
    }
  };
  const stop = async (signal: NodeJS.Signals): Promise<Finished> => {
    child.kill(signal);
    const [code, endSignal] = await closed;
    return { code, signal: endSignal, stdout: stdout(), stderr: stderr() };
  };
  const ready = await lines((line) => (line.startsWith('{"ready":true') ? (JSON.parse(line) as Ready) : undefined));
  return {
    ready,
    stateDir,
    child,
    stdout,
    async stderr(fits) {
      while (!fits.test(stderr())) {
        const [ended] = await Promise.race([once(child.stderr, 'data').then(() => [false]), closed.then(() => [true])]);
        if (ended) throw new Error(`the simulator ended: ${stderr()}`);
      }
      return stderr();
    },
    line: (fits) =>
      lines((line) => {
        const entry = JSON.parse(line) as JournalEntry | Ready;
        return 'seq' in entry && fits(entry) ? entry : undefined;
      }),
    stop,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) await stop('SIGTERM');
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

function collect(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => (text += chunk));
  return () => text;
}
