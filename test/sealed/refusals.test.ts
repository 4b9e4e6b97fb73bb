import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { findSealingPrograms } from '../../src/cli/sealed/programs.ts';
import { explainRefusal, WITHOUT_IT, type KernelFacts } from '../../src/cli/sealed/refusal.ts';
import { hasClient } from '../support/real-clients.ts';
import { deskOf } from './run-sealed.ts';
import { named, ORDINARY, whyNotSealed, type Caller } from './sealable.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A user who starts the program through something that takes a right away. */
const through = (...before: readonly string[]): Caller => ({
  ...ORDINARY,
  as: (command) => ORDINARY.as([...before, ...command]),
});

const isRefused = whyNotSealed(ORDINARY) !== undefined;

async function refusal(caller: Caller): Promise<string> {
  using desk = deskOf(caller);
  const { code, stdout, stderr } = await desk.sealed('echo', 'not reached');
  expect({ code, stdout }, stderr).toEqual({ code: 3, stdout: '' });
  expect(stderr).toContain('(SIM_SEALED_REFUSED)');
  expect(stderr).toContain(WITHOUT_IT);
  expect(desk.left()).toEqual([]);
  return stderr;
}

describe(`what a real kernel refuses, ${named(ORDINARY)}`, () => {
  test.skipIf(isRefused)('user namespaces that are switched off are named with their setting', async () => {
    // In a namespace of the test's own the limit is its own, too.
    const off = 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"';
    const text = await refusal(through('unshare', '--user', '--map-root-user', 'sh', '-c', off, 'sh'));
    expect(text).toContain('user.max_user_namespaces is 0');
    expect(text).toContain('sysctl -w user.max_user_namespaces=10000');
    expect(text).toContain('unshare failed: No space left on device');
  });

  test.skipIf(isRefused)('a limit for the second namespace is told as well', async () => {
    const one = 'echo 1 > /proc/sys/user/max_user_namespaces; exec "$@"';
    const text = await refusal(through('unshare', '--user', '--map-root-user', 'sh', '-c', one, 'sh'));
    expect(text).toContain('all namespaces that this machine allows are in use');
  });

  test.skipIf(isRefused || !hasClient('python3'))('a container’s seccomp filter is recognised', async () => {
    const text = await refusal(through('/usr/bin/python3', '-c', FORBID_UNSHARE));
    expect(text).toContain('unshare failed: Operation not permitted');
    expect(text).toContain('--security-opt seccomp=unconfined');
  });

  test.skipIf(isRefused)('a machine without ip is told what to install', async () => {
    const without = 'mount --bind /dev/null "$(readlink -f "$(command -v ip)")"; exec "$@"';
    const text = await refusal(through('unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', without, 'sh'));
    expect(text).toContain('--sealed needs the program "ip", which is not on this machine: install iproute2');
  });
});

test('it is not tried elsewhere than on Linux', () => {
  expect(() => findSealingPrograms('darwin', '/usr/bin')).toThrow(
    expect.objectContaining({
      code: 'SIM_SEALED_REFUSED',
      message: expect.stringContaining('this is darwin') as string,
    }),
  );
});

test.runIf(process.platform === 'linux').each([
  ['unshare from util-linux 2.34', 'is of 2.34: update util-linux'],
  ['BusyBox v1.36.1 multi-call binary.', 'is another one'],
])('an unshare that is "%s" is refused', (version, said) => {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-old-'));
  try {
    writeFileSync(join(folder, 'unshare'), `#!/bin/sh\necho '${version}'\n`, { mode: 0o755 });
    expect(() => findSealingPrograms('linux', folder)).toThrow(said);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const PLAIN: KernelFacts = { exhausted: [], unprivilegedClone: undefined, appArmorRestricts: undefined };
const UID_MAP = 'unshare: write failed /proc/self/uid_map: Operation not permitted';
const NOT_PERMITTED = 'unshare: unshare failed: Operation not permitted';

test.each([
  ['namespaces', UID_MAP, PLAIN, 'kernel.apparmor_restrict_unprivileged_userns=0'],
  ['namespaces', NOT_PERMITTED, { ...PLAIN, appArmorRestricts: '1' }, 'kernel.apparmor_restrict_unprivileged_userns=0'],
  ['namespaces', NOT_PERMITTED, { ...PLAIN, unprivilegedClone: '0' }, 'kernel.unprivileged_userns_clone=1'],
  ['namespaces', NOT_PERMITTED, PLAIN, 'seccomp=unconfined'],
  ['namespaces', 'unshare: unshare failed: Invalid argument', PLAIN, 'CONFIG_USER_NS'],
  ['proc', 'mount: /proc: permission denied.', PLAIN, 'systempaths=unconfined'],
  ['files', 'mount: /etc/hosts: permission denied.', PLAIN, 'SELinux'],
  ['addresses', 'RTNETLINK answers: Operation not permitted', PLAIN, 'loopback device'],
  ['ports', 'sh: cannot create', PLAIN, 'ip_unprivileged_port_start'],
] as const)('at the step %s, "%s" is explained, and quoted', (step, said, facts, way) => {
  const text = explainRefusal(step, said, facts);
  expect(text).toContain(way);
  expect(text).toContain(`The system said: ${said}`);
  expect(text.endsWith(WITHOUT_IT)).toBe(true);
});

/** Does what the usual profile of a container does: unshare(2) is not permitted. */
const FORBID_UNSHARE = `
import ctypes, os, platform, struct, sys
number = {'x86_64': 272, 'aarch64': 97}[platform.machine()]
code = [(0x20, 0, 0, 0), (0x15, 0, 1, number), (0x06, 0, 0, 0x00050001), (0x06, 0, 0, 0x7fff0000)]
program = ctypes.create_string_buffer(b''.join(struct.pack('HBBI', *each) for each in code))
libc = ctypes.CDLL(None, use_errno=True)
class Program(ctypes.Structure):
    _fields_ = [('length', ctypes.c_ushort), ('filter', ctypes.c_void_p)]
assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, ctypes.byref(Program(len(code), ctypes.addressof(program))), 0, 0) == 0
os.execv(sys.argv[1], sys.argv[1:])
`;
