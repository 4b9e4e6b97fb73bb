import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { home, installedPackage, type Caller } from './sealable.ts';

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that goes on; it is killed where a test leaves it behind. */
export interface Going extends AsyncDisposable {
  /** Of the program itself: what stands before it replaced itself by it. */
  readonly pid: number;
  readonly stdin: Writable;
  readonly ended: Promise<Finished>;
  /** Resolves when its standard output has the text. */
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A user's home with the installed program; dispose it to remove both. */
export interface Desk extends Disposable {
  readonly caller: Caller;
  /** The user's home: an own folder, mode 0700. */
  readonly folder: string;
  /** The installed program's folder. */
  readonly packageFolder: string;
  /** The names in the state directory's folder of runs. */
  readonly left: () => readonly string[];
  start(args: readonly string[], env?: Environment): Going;
  run(args: readonly string[], options?: { readonly env?: Environment; readonly stdin?: string }): Promise<Finished>;
  /** `dcass-sim run verification-day --sealed --at 09:00 -- …`: most tests need no more. */
  sealed(...command: readonly string[]): Promise<Finished>;
}

/** What a shell of the user would have: nothing of this test's own settings. */
const CLEAN = { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', NO_COLOR: '1' };

export function deskOf(caller: Caller): Desk {
  const program = installedPackage();
  const own = home(caller);
  const start: Desk['start'] = (args, env = {}) => {
    const [first, ...rest] = caller.as([process.execPath, program.bin, ...args]);
    const child = spawn(first, rest, {
      cwd: own.path,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...CLEAN, HOME: own.path, DCASS_SIM_STATE_DIR: join(own.path, 'state'), ...env },
    });
    return going(child);
  };
  const run: Desk['run'] = async (args, { env, stdin = '' } = {}) => {
    const child = start(args, env);
    child.stdin.end(stdin);
    return child.ended;
  };
  return {
    caller,
    folder: own.path,
    packageFolder: program.folder,
    left: own.left,
    start,
    run,
    sealed: (...command) => run(['run', 'verification-day', '--sealed', '--at', '09:00', '--', ...command]),
    [Symbol.dispose]() {
      own[Symbol.dispose]();
      program[Symbol.dispose]();
    },
  };
}

function going(child: ChildProcessByStdio<Writable, Readable, Readable>): Going {
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A command that ends before it has read everything closes its end.
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(([code, signal]): Finished => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout,
    stderr,
  }));
  return {
    pid: child.pid ?? -1,
    stdin: child.stdin,
    ended,
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
    async says(text) {
      while (!stdout.includes(text)) {
        const isOver = await Promise.race([once(child.stdout, 'data').then(() => false), ended.then(() => true)]);
        if (isOver && !stdout.includes(text)) throw new Error(`it ended without "${text}": ${stdout}${stderr}`);
      }
    },
  };
}
