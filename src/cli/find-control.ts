import type { Environment } from '../config.ts';
import { PACKAGE_ROOT } from '../config.ts';
import { defaultStateDir, findRunning, type RunningSimulator } from '../host/run-directory.ts';
import { SimError } from '../sim-error.ts';
import type { ControlAddress } from './control-client.ts';

/** How a socket file is told from a URL: `--control unix:/run/…/control.sock`. */
const SOCKET = 'unix:';

/** The authority that the control API of a sealed run knows itself by is inside; the port decides nothing at a socket. */
const INSIDE_URL = 'http://127.0.0.1:8092';

/** The simulators of this user that are running; inside a sealed run, those in there. */
export async function findSimulators(
  stateDir: string | undefined,
  environment: Environment,
): Promise<readonly RunningSimulator[]> {
  const usual = stateDir ?? defaultStateDir({ packageRoot: PACKAGE_ROOT, env: environment.all });
  const folders = environment.sealedFolder === undefined ? [usual] : [environment.sealedFolder, usual];
  return (await Promise.all(folders.map(findRunning))).flat();
}

/**
 * The simulator to talk to: the one named by flags or environment, else the only one that runs.
 * @throws SimError SIM_NOT_RUNNING, SIM_OPTION_INVALID when several run
 */
export async function findControl(
  flags: Record<string, string | boolean>,
  environment: Environment,
): Promise<ControlAddress> {
  const [url, token, stateDir] = ['control', 'token', 'stateDir'].map((name) => flags[name]);
  const running = async (): Promise<readonly RunningSimulator[]> =>
    findSimulators(typeof stateDir === 'string' ? stateDir : undefined, environment);
  if (typeof url === 'string') {
    const known = url.startsWith(SOCKET) ? (await running()).find((each) => placeOf(each) === url) : undefined;
    if (known) return known.ready.control;
    if (typeof token !== 'string')
      throw new SimError('SIM_OPTION_INVALID', '--control needs --token too; the ready line has both');
    if (url.startsWith(SOCKET)) return { url: INSIDE_URL, token, socket: url.slice(SOCKET.length) };
    return { url, token };
  }
  const found = await running();
  const [first, ...others] = found;
  if (!first)
    throw new SimError('SIM_NOT_RUNNING', 'no simulator of this user is running; start one with "dcass-sim up"');
  if (others.length > 0) {
    throw new SimError(
      'SIM_OPTION_INVALID',
      `several simulators are running; choose one with --control and --token: ${found.map(placeOf).join(', ')}`,
    );
  }
  return first.ready.control;
}

function placeOf({ ready: { control } }: RunningSimulator): string {
  return control.socket === undefined ? control.url : SOCKET + control.socket;
}
