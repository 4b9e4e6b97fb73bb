import type { ClearingCore } from './clearing/core.ts';
import { reachable } from './host/address-plan.ts';
import type { RunDirectory } from './host/run-directory.ts';
import type { TrustMaterial } from './host/trust-material.ts';
import { hostsFile, knownHostsFile } from './host-files.ts';
import type { ListedUser, Ready } from './ready.ts';
import type { Scenario } from './scenario/scenario.ts';
import type { Windows } from './windows.ts';

export interface ReadyParts {
  readonly scenario: Scenario;
  readonly trust: TrustMaterial;
  readonly run: RunDirectory;
  readonly core: ClearingCore;
  readonly windows: Pick<Windows, 'endpoints'>;
  /** File of the private key that is current, by SFTP user. */
  readonly keys: () => Ready['files']['keys'];
  readonly books: Ready['files']['books'];
  readonly simTime: string;
  readonly control: Ready['control'];
}

/** Writes the files for the clients of this run and returns the ready object of design.md 5.2. */
export async function writeReady({
  scenario,
  trust,
  run,
  core,
  windows,
  keys,
  books,
  simTime,
  control,
}: ReadyParts): Promise<Ready> {
  const { online, oapi, secondary, oldPlatform, sftp, mail } = toReachable(windows.endpoints);
  const [hosts, knownHosts, users] = await Promise.all([
    run.write('hosts', hostsFile([...online, ...(secondary?.online ?? [])])),
    run.write('known_hosts', knownHostsFile(sftp, trust.sshHostPublicKeyLine)),
    run.write('users.json', `${JSON.stringify(listUsers(core), null, 2)}\n`),
  ]);
  const ready: Ready = {
    ready: true,
    scenario: scenario.id,
    simTime,
    online,
    oapi,
    ...(secondary === undefined ? {} : { secondary }),
    ...(oldPlatform === undefined ? {} : { oldPlatform }),
    sftp,
    mail,
    control,
    files: {
      ca: trust.caFile,
      hosts,
      knownHosts,
      users,
      // A key may be renewed while the day runs.
      get keys() {
        return keys();
      },
      books,
    },
  };
  await keepReady(run, ready);
  return ready;
}

/** Addresses that a client can connect to, wherever one stands. */
function toReachable<T>(endpoints: T): T {
  return JSON.parse(JSON.stringify(endpoints), (key, value: unknown) =>
    key === 'address' && typeof value === 'string' ? reachable(value) : value,
  ) as T;
}

/** For the commands that look for a running simulator. */
export async function keepReady(run: RunDirectory, ready: Ready): Promise<void> {
  await run.write('ready.json', JSON.stringify(ready));
}

function listUsers(core: ClearingCore): readonly ListedUser[] {
  return core.participants().flatMap(({ code }) =>
    core.usersOf(code).map(({ id, kind, state }) => ({
      user: id,
      password: core.passwordOf(id)?.reveal() ?? '',
      kind,
      participant: code,
      state,
    })),
  );
}
