import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Ready } from '../../src/index.ts';
import { hasClient } from '../support/real-clients.ts';
import { deskOf } from './run-sealed.ts';
import { named, ORDINARY, whyNotSealed, type Caller } from './sealable.ts';

vi.setConfig({ testTimeout: 120_000 });

const isRefused = whyNotSealed(ORDINARY) !== undefined;

const ADDRESSES = ['155', '156', '101', '102', '201', '202'].map((last) => `10.151.14.${last}`);

/** A host with its loopback alone. */
const BARE = ['unshare', '--user', '--map-root-user', '--net', 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh'];

/** A user on a host that owns the addresses: a network namespace of this test's own. */
const OWNER: Caller = {
  ...ORDINARY,
  as(command) {
    const set = ['10.151.5.81', '10.151.5.82', ...ADDRESSES].map((address) => `ip addr add ${address}/32 dev lo`);
    const script = ['ip link set lo up', ...set, 'exec "$@"'].join(' && ');
    return ORDINARY.as(['unshare', '--user', '--map-root-user', '--net', 'sh', '-c', script, 'sh', ...command]);
  },
};

describe(`the plan production, ${named(ORDINARY)}`, () => {
  test.skipIf(isRefused || !hasClient('curl'))(
    'the plan production works on a host that owns the addresses, on the exact ports, and curl logs in',
    async () => {
      using desk = deskOf(OWNER);
      const { code, stdout, stderr } = await desk.run([
        ...'run verification-day --plan production --at 09:00 -- sh -c'.split(' '),
        'curl -sSf --cacert "$DCASS_CA_FILE" --resolve pgencdw001.hkex.com.hk:8082:10.151.14.155 -o /dev/null -w "%{http_code}\\n" ' +
          '--data-urlencode username=BU_CABC101 --data-urlencode password=Harbour#101 https://pgencdw001.hkex.com.hk:8082/login ' +
          '&& printf %s "$DCASS_READY_JSON"',
      ]);
      expect(code, stderr).toBe(0);
      const [status, json = ''] = stdout.split('\n');
      expect(status).toBe('303');
      const ready = JSON.parse(json) as Ready;
      const places = [...ready.online, ...ready.oapi, ...ready.sftp, ready.mail].map(
        (each) => `${each.address}:${each.port}`,
      );
      expect(places).toEqual([
        '10.151.14.155:8082',
        '10.151.14.156:8082',
        '10.151.14.101:8082',
        '10.151.14.102:8082',
        '10.151.5.81:15001',
        '10.151.5.82:15001',
        '10.151.14.201:22',
        '10.151.14.202:25',
      ]);
      expect(ready.control.url).toBe('http://127.0.0.1:8092');
    },
  );

  test.skipIf(isRefused)('a host that does not own them is told of the sealed run', async () => {
    using desk = deskOf({ ...ORDINARY, as: (command) => ORDINARY.as([...BARE, ...command]) });
    const { code, stderr } = await desk.run(['run', 'verification-day', '--plan', 'production', '--', 'true']);
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: expect.stringContaining('dcass-sim run --sealed') as string,
    });
  });

  test.skipIf(isRefused)('another plan beside --sealed is refused; one from the environment gives way', async () => {
    using desk = deskOf(ORDINARY);
    const command = ['run', 'verification-day', '--sealed', '--', 'true'];
    const refused = await desk.run(['run', '--plan', 'single', ...command.slice(1)]);
    expect({ code: refused.code, stderr: refused.stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('--plan single cannot be with it') as string,
    });
    expect((await desk.run(command, { env: { DCASS_SIM_PLAN: 'loopback' } })).code).toBe(0);
  });

  test.skipIf(isRefused || process.getuid?.() !== 0)(
    'a clone that the user may not write is not where its keys go',
    async () => {
      using desk = deskOf(ORDINARY);
      mkdirSync(join(desk.packageFolder, '.git'));
      const { code, stdout, stderr } = await desk.run(['certs', '--json'], { env: { DCASS_SIM_STATE_DIR: undefined } });
      expect(code, stderr).toBe(0);
      expect(stdout).toContain(join(desk.folder, '.local', 'state', 'dcass-sim', 'certs'));
    },
  );
});
