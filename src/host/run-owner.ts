import { readFileSync, readlinkSync } from 'node:fs';

/**
 * The process that owns a run's folder. A number alone is not enough: numbers are used again, and inside
 * `run --sealed`, or a container that shares the state directory, the same number is another process.
 */
export interface RunOwner {
  readonly pid: number;
  /** Its start in ticks since the machine's, where the system tells. */
  readonly started?: string;
  /** Its process name space, where the system has such. */
  readonly namespace?: string;
}

/** `unknown`: the owner is in a name space that cannot be looked into from here. */
export type OwnerState = 'alive' | 'gone' | 'unknown';

/** Describes the running process `pid` of this name space. */
export function describeOwner(pid: number): RunOwner {
  const [started, namespace] = [startOf(pid), ownNamespace()];
  return { pid, ...(started === undefined ? {} : { started }), ...(namespace === undefined ? {} : { namespace }) };
}

export function stateOf(owner: RunOwner): OwnerState {
  if (owner.namespace !== ownNamespace()) return 'unknown';
  if (!isRunning(owner.pid)) return 'gone';
  return owner.started === startOf(owner.pid) ? 'alive' : 'gone';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0); // Signal 0 only asks.
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

// Linux tells; elsewhere both stay undefined on both sides, and the number alone decides.
function ownNamespace(): string | undefined {
  return told(() => readlinkSync('/proc/self/ns/pid'));
}

function startOf(pid: number): string | undefined {
  const text = told(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // Field 22; the second one is the program's name, in brackets, and may hold anything.
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19];
}

function told(ask: () => string): string | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
