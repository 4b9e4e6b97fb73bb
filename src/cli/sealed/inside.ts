import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import type { Environment } from '../../config.ts';
import { listenOnPath } from '../../host/listen.ts';
import { announceRun } from '../../host/run-directory.ts';
import type { Ready } from '../../ready.ts';

/** The inner end of a sealed run: what the launcher outside and those who talk to the simulator from there need. */
export interface Inside {
  /** The launcher's folder: run files go there, so that they go with it. */
  readonly folder: string;
  /** For the command: where programs of ours find this simulator, and nothing of how it came to be here. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Makes the control API reachable from outside, and tells there that the simulator is ready. */
  announce(ready: Ready): Promise<Announced>;
}

/** What those outside read of a sealed run. */
export type SealedReady = Ready & {
  /** The run's first process, as seen from outside. */
  readonly sealed: { readonly pid: number };
};

/** Dispose it to close the way in. */
export interface Announced extends AsyncDisposable {
  /** The ready object, with the socket. */
  readonly ready: Ready;
}

/** A socket file is the same file in every network namespace. */
const CONTROL_SOCKET = 'control.sock';

/**
 * Where this process was started by a launcher: takes the signals that it passes on, and ends with it.
 * @returns undefined where it was not
 */
export function openInside(environment: Environment): Inside | undefined {
  const { inside: folder, insidePid } = environment;
  if (folder === undefined || insidePid === undefined || process.send === undefined) return undefined;
  process.on('message', ({ signal }: { readonly signal: NodeJS.Signals }) => void process.kill(process.pid, signal));
  // The launcher was killed: nothing of the run may stay, so there is no time for manners.
  process.on('disconnect', () => void process.kill(process.pid, 'SIGKILL'));
  process.channel?.unref();
  return {
    folder,
    variables: { DCASS_SIM_SEALED: folder, DCASS_SIM_INSIDE: undefined, DCASS_SIM_INSIDE_PID: undefined },
    async announce(ready) {
      const socket = join(folder, CONTROL_SOCKET);
      const { hostname, port } = new URL(ready.control.url);
      const server = createServer((outer) => {
        const inner = connect(Number(port), hostname);
        // One end that breaks ends the other: nothing is lost that the other could still use.
        outer.on('error', () => inner.destroy()).on('close', () => inner.destroy());
        inner.on('error', () => outer.destroy()).on('close', () => outer.end());
        outer.pipe(inner).pipe(outer);
      });
      const listener = await listenOnPath(server, 'control', socket);
      const told = { ...ready, control: { ...ready.control, socket } };
      await announceRun(folder, { ...told, sealed: { pid: Number(insidePid) } } satisfies SealedReady);
      return { ready: told, [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose]() };
    },
  };
}
