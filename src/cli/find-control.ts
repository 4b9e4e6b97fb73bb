import type { Environment } from '../config.ts';
import { PACKAGE_ROOT } from '../config.ts';
import { defaultStateDir, findRunning } from '../host/run-directory.ts';
import { SimError } from '../sim-error.ts';
import type { ControlAddress } from './control-client.ts';

/**
 * The simulator to talk to: the one named by flags or environment, else the only one that runs.
 * @throws SimError SIM_NOT_RUNNING, SIM_OPTION_INVALID when several run
 */
export async function findControl(
  flags: Record<string, string | boolean>,
  environment: Environment,
): Promise<ControlAddress> {
  const [url, token, stateDir] = ['control', 'token', 'stateDir'].map((name) => flags[name]);
  if (typeof url === 'string') {
    if (typeof token !== 'string')
      throw new SimError('SIM_OPTION_INVALID', '--control needs --token too; the ready line has both');
    return { url, token };
  }
  const folder =
    typeof stateDir === 'string' ? stateDir : defaultStateDir({ packageRoot: PACKAGE_ROOT, env: environment.all });
  const running = await findRunning(folder);
  const [first, ...others] = running;
  if (!first)
    throw new SimError('SIM_NOT_RUNNING', 'no simulator of this user is running; start one with "dcass-sim up"');
  if (others.length > 0) {
    const urls = running.map((each) => each.ready.control.url).join(', ');
    throw new SimError(
      'SIM_OPTION_INVALID',
      `several simulators are running; choose one with --control and --token: ${urls}`,
    );
  }
  return first.ready.control;
}
