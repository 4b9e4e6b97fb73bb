import { expect, test } from 'vitest';
import type { OnlineEndpoint, Simulator } from '../../src/index.ts';
import { connect, positionQueryMessage } from '../oapi/client.ts';
import { curlAt } from '../support/online-by-curl.ts';
import { hasClient } from '../support/real-clients.ts';
import { simulator } from '../support/simulator.ts';

const FREE_PORTS = { online: 0, oapi: 0, sftp: 0, mail: 0, control: 0 };

async function positionsByCurl(sim: Simulator, gateway: OnlineEndpoint): Promise<string> {
  using browser = curlAt(sim, gateway);
  await browser.login('BU_CABC101', 'Harbour#101');
  return await browser.get('/positions?format=csv');
}

for (const plan of ['ephemeral', 'single', ...(process.platform === 'darwin' ? [] : ['loopback'])] as const) {
  test.skipIf(!hasClient('curl'))(
    `with the plan ${plan}, curl logs in at each of the four names and reads the same positions`,
    async () => {
      await using sim = await simulator({ plan: plan as 'single', ports: FREE_PORTS, at: '09:00' });
      const answers = await Promise.all(sim.endpoints.online.map((gateway) => positionsByCurl(sim, gateway)));
      expect(new Set(answers).size).toBe(1);
      expect(answers[0]).toMatch(/^participant,account,series,held,written,[a-z, ]+\r\n(CABC,[^\r]+\r\n){40,}$/);
      expect(
        sim.journal
          .entries({ kind: 'online.login', outcome: 'ok' })
          .map((entry) => String(entry['gateway']))
          .toSorted((a, b) => (a < b ? -1 : 1)),
      ).toEqual(['online-1', 'online-2', 'online-3', 'online-4']);
      const addresses = sim.endpoints.online.map(({ address }) => address);
      expect(addresses).toEqual(
        plan === 'loopback'
          ? ['127.151.14.155', '127.151.14.156', '127.151.14.101', '127.151.14.102']
          : Array<string>(4).fill('127.0.0.1'),
      );
    },
  );
}

test('one OAPI gateway dies, the other goes on, its users come in there, and it returns when its time is up', async () => {
  await using sim = await simulator({ at: '09:00' });
  const [first, second] = sim.endpoints.oapi.map(({ address, port }) => ({ host: address, port }));
  if (!first || !second) throw new Error('two gateways are expected');
  await using lost = await connect(first);
  await using other = await connect(second);
  expect((await lost.login('BO_CABC801', 'Backoffice#801')).completion).toBe(0);
  expect((await other.login('BO_CXYZ801', 'Backoffice+801')).completion).toBe(0);

  await sim.inject('gateway.stop', { which: ['oapi-1'], how: 'refuse', for: '10m' });
  await lost.waitClosed();
  await expect(connect(first)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect((await other.query(positionQueryMessage())).completion).toBe(0);
  await using again = await connect(second);
  expect((await again.login('BO_CABC801', 'Backoffice#801')).completion).toBe(0);

  await sim.clock.advanceTo('09:10');
  await using back = await connect(first);
  expect((await back.login('BO_CXYZ901', 'Backoffice+901')).completion).toBe(0);
  expect((await other.query(positionQueryMessage())).completion).toBe(0);
});

test('many simulators run side by side in one process, each with its own clock and state', async () => {
  await using one = await simulator({ at: '09:00' });
  await using two = await simulator();
  await one.inject('password.lock', { user: 'BU_CABC101' });
  expect([one.state().phase, two.state().phase]).toEqual(['enquiry-only', 'closed']);
  expect([one.clock.now(), two.clock.now()]).toEqual([
    '2019-05-05T09:00:00.000+08:00',
    '2019-05-05T06:30:00.000+08:00',
  ]);
  const stateOf = (sim: Simulator): string | undefined =>
    sim.state().participants[0]?.users.find((user) => user.id === 'BU_CABC101')?.state;
  expect([stateOf(one), stateOf(two)]).toEqual(['locked', 'active']);
});

test('a start that fails half-way leaves nothing listening', async () => {
  await using first = await simulator({ plan: 'single', ports: FREE_PORTS });
  const control = Number(new URL(first.endpoints.control.url).port);
  await expect(simulator({ plan: 'single', ports: { ...FREE_PORTS, control } })).rejects.toMatchObject({
    code: 'SIM_PORT_IN_USE',
    message: expect.stringContaining('control') as string,
  });
  // All that it had opened before the control API is free again: a second try with another port starts.
  await using second = await simulator({ plan: 'single', ports: FREE_PORTS });
  expect(second.endpoints.ready).toBe(true);
});
