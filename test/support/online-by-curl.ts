import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OnlineEndpoint, Simulator } from '../../src/index.ts';
import { clientPath } from './real-clients.ts';

const run = promisify(execFile);

/** curl as one browser at one gateway: by the real name, with the local CA, with a cookie jar of its own. */
export function curlAt(sim: Simulator, gateway: OnlineEndpoint | undefined = sim.endpoints.online[0]) {
  if (!gateway) throw new Error('the simulator has no Online gateway');
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-curl-'));
  const jar = join(folder, 'jar');
  const call = async (path: string, ...options: string[]): Promise<string> => {
    const place = `${gateway.host}:${gateway.port}`;
    const fixed = ['-sS', '--cacert', sim.endpoints.files.ca, '--resolve', `${place}:${gateway.address}`];
    const { stdout } = await run(clientPath('curl'), [
      ...fixed,
      '-b',
      jar,
      '-c',
      jar,
      ...options,
      `https://${place}${path}`,
    ]);
    return stdout;
  };
  return {
    call,
    login: (user: string, password: string) =>
      call('/login', '--data-urlencode', `username=${user}`, '--data-urlencode', `password=${password}`),
    get: (path: string, ...options: string[]) => call(path, '--fail-with-body', ...options),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
