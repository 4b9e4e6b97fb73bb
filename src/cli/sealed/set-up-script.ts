import type { SealingPrograms } from './programs.ts';
import type { SealingStep } from './refusal.ts';

/** A file or folder of ours, and the one of the system that it covers inside. */
export interface Cover {
  readonly source: string;
  readonly target: string;
}

export interface SetUp {
  readonly programs: SealingPrograms;
  readonly addresses: readonly string[];
  readonly covers: readonly Cover[];
  /** Folders that are empty inside. */
  readonly hidden: readonly string[];
  readonly uid: number;
  readonly gid: number;
}

/** How a line on standard error begins that tells which step of the set-up comes now. */
export const STEP_MARK = '@step ';

/** The line after the last step. */
export const INSIDE_MARK = '@inside';

/** File descriptor under which the caller's own standard error comes in: the set-up's goes to the launcher. */
const CALLERS_STDERR_FD = 4;

/**
 * The arguments of `unshare`, up to the program to run. A shell is the first process inside: it does the set-up with
 * the rights of the new user namespace, and afterwards reaps what others leave behind. The program runs in a second
 * user namespace, under the caller's own uid and without these rights.
 */
export function unshareArguments({ programs, addresses, covers, hidden, uid, gid }: SetUp): readonly string[] {
  const [unshare, ip, mount] = [programs.unshare, programs.ip, programs.mount].map(quote);
  const script = [
    'set -e',
    // The shell itself reads this, through the /proc of outside: its process number there, for those who join.
    'read -r DCASS_SIM_INSIDE_PID rest < /proc/self/stat',
    'export DCASS_SIM_INSIDE_PID',
    mark('addresses'),
    `${ip} -batch - <<'END'`,
    'link set lo up',
    ...addresses.flatMap((address) => [
      `addr add ${address}/32 dev lo`,
      // Who connects comes from 127.0.0.1, as in the other plans, and not from the gateway's own address: that one is
      // outside the addresses that a day authorises a participant's workstations for.
      `route replace local ${address} dev lo table local proto kernel scope host src 127.0.0.1`,
    ]),
    'END',
    mark('files'),
    ...covers.map(({ source, target }) => `${mount} --bind ${quote(source)} ${quote(target)}`),
    ...hidden.map((folder) => `${mount} -t tmpfs tmpfs ${quote(folder)}`),
    mark('proc'),
    `${mount} -t proc proc /proc`,
    mark('ports'),
    'echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start',
    mark('user'),
    'set +e',
    `${unshare} ${callersOwn(uid, gid).join(' ')} -- /bin/sh -c ${quote(
      `echo '${INSIDE_MARK}' >&2; exec "$@" 2>&${CALLERS_STDERR_FD} ${CALLERS_STDERR_FD}>&-`,
    )} sh "$@"`,
    'exit $?',
  ].join('\n');
  const namespaces = ['--user', '--map-root-user', '--net', '--mount', '--pid', '--fork', '--kill-child'];
  return [...namespaces, '--', '/bin/sh', '-c', script, 'sh'];
}

/** A user namespace in which the caller is nobody else than before. */
export function callersOwn(uid: number, gid: number): readonly string[] {
  return ['--user', `--map-user=${uid}`, `--map-group=${gid}`];
}

function mark(step: SealingStep): string {
  return `echo '${STEP_MARK}${step}' >&2`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
