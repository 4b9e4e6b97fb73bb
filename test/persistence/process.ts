import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Ready } from '../../src/index.ts';

const BIN = fileURLToPath(new URL('../../bin/dcass-sim.mjs', import.meta.url));

/** A state directory that is gone when the test ends. */
export function stateDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-kept-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A simulator in a process of its own that keeps its day. */
export interface KeptProcess extends AsyncDisposable {
  readonly ready: Ready;
  stderr(): string;
  /** SIGKILL: nothing of the program runs any more. */
  kill(): Promise<void>;
  /** Resolves when so many journal entries have been printed, or the process is gone. */
  printed(count: number): Promise<void>;
  /** Moves the clock; resolves when it has, or when the process is gone. @returns whether it has */
  advance(to: string): Promise<boolean>;
}

/** The built program, which is ready. @throws Error with what it said where it is not */
export async function keep(stateDir: string, scenario: string, ...flags: readonly string[]): Promise<KeptProcess> {
  const args = ['up', scenario, '--json', '--plan', 'ephemeral', '--clock', 'paused', '--state-dir', stateDir];
  const child = spawn(process.execPath, [BIN, ...args, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const lines = createInterface({ input: child.stdout });
  let entries = -1; // The first line is no entry.
  lines.on('line', () => (entries += 1));
  const first = await Promise.race([once(lines, 'line') as Promise<[string]>, closed.then(() => [undefined] as const)]);
  const [line] = first;
  if (line === undefined) throw new Error(said);
  const ready = JSON.parse(line) as Ready;
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await closed;
  };
  return {
    ready,
    stderr: () => said,
    kill,
    async printed(count) {
      const gone = closed.then(() => true);
      for (let isGone = false; entries < count && !isGone;) {
        isGone = await Promise.race([once(lines, 'line').then(() => false), gone]);
      }
    },
    async advance(to) {
      const response = await fetch(`${ready.control.url}/v1/clock/advance`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ready.control.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ to }),
      }).catch(() => undefined);
      return response?.ok === true && (await response.text().catch(() => undefined)) !== undefined;
    },
    [Symbol.asyncDispose]: kill,
  };
}

/** Numbers from 0 to 1, the same in every run: mulberry32. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
