import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { wallClock } from '../../host/wall-clock.ts';

/** How a command came to its end. */
export interface CommandEnd {
  /** As a shell has it: its own code, 128 and the signal's number, 127 not found, 126 not a program. */
  readonly code: number;
  readonly signal: NodeJS.Signals | undefined;
  /** Why it could not be started. */
  readonly notStarted: string | undefined;
  readonly timedOut: boolean;
}

export interface RunningCommand {
  readonly ended: Promise<CommandEnd>;
  /** Passes a signal on. */
  signal(signal: NodeJS.Signals): void;
}

/** How long a command may go on after it was asked to end. */
export const GRACE_MS = 5_000;

/**
 * Starts a command with the caller's own standard input, output and error: their bytes are not touched.
 * @param timeoutMs real milliseconds after which it is asked to end, and killed after a grace; undefined: never
 */
export function startCommand(
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  timeoutMs: number | undefined,
): RunningCommand {
  // A group of its own, so that what a command has started ends with it. At a terminal it stays in the group that
  // reads the keyboard: there the system itself gives Ctrl-C to both.
  const alone = process.stdin.isTTY !== true && process.platform !== 'win32';
  const child = spawn(program, args, { stdio: 'inherit', env, detached: alone });
  let timedOut = false;
  const pending: Disposable[] = [];
  const after = (ms: number, call: () => void): void => void pending.push(wallClock.after(ms, call));
  if (timeoutMs !== undefined) {
    after(timeoutMs, () => {
      timedOut = true;
      send(child, alone, 'SIGTERM');
      after(GRACE_MS, () => send(child, alone, 'SIGKILL'));
    });
  }
  const ended = new Promise<CommandEnd>((resolve) => {
    const end = (how: Omit<CommandEnd, 'timedOut'>): void => {
      for (const each of pending) each[Symbol.dispose]();
      // Of a command that was too slow, what it left behind is ended too.
      if (timedOut && alone) send(child, alone, 'SIGKILL');
      resolve({ ...how, timedOut });
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (child.pid === undefined) end({ ...notStarted(error), signal: undefined });
    });
    child.once('close', (code, signal) => {
      if (child.pid === undefined) return;
      end({
        code: signal === null ? (code ?? 1) : 128 + constants.signals[signal],
        signal: signal ?? undefined,
        notStarted: undefined,
      });
    });
  });
  return {
    ended,
    signal(signal) {
      if (signal === 'SIGINT' && !alone && process.platform !== 'win32') return; // The terminal has sent it already.
      send(child, alone, signal);
    },
  };
}

function send(child: ChildProcess, group: boolean, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (group) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch (error) {
    // It has ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function notStarted({ code }: NodeJS.ErrnoException): Pick<CommandEnd, 'code' | 'notStarted'> {
  switch (code) {
    case 'ENOENT':
      return { code: 127, notStarted: 'there is no such command' };
    case 'EACCES':
      return { code: 126, notStarted: 'it is no program that may be run' };
    default:
      return { code: 126, notStarted: `the system says ${code}` };
  }
}
