import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { connect } from '../oapi/client.ts';
import { curlAt } from '../support/online-by-curl.ts';
import { scenarioFile, simulator, smallDay, SMALL_DAY_PASSWORD } from '../support/simulator.ts';

const SECOND = {
  gateways: {
    secondary: {
      online: [
        { host: 'pgencdw101.hkex.com.hk', address: '10.152.14.155' },
        { host: 'pgencdw102.hkex.com.hk', address: '10.152.14.156' },
      ],
      oapi: ['10.152.5.81'],
    },
  },
};

const ANSWERS = 'HTTP 200';
const CURL: readonly string[] = ['-o', '/dev/null', '-w', 'HTTP %{http_code}'];

/** What curl says of each login page of the two data centres. */
async function loginPages(sim: Simulator): Promise<{ primary: string[]; secondary: string[] }> {
  const ask = async (endpoint: Simulator['endpoints']['online'][number]): Promise<string> => {
    using curl = curlAt(sim, endpoint);
    return await curl
      .get('/login', ...CURL)
      .catch((error: Error) => /\((\d+)\)/.exec(error.message)?.[0] ?? error.message);
  };
  const { online, secondary } = sim.endpoints;
  return {
    primary: await Promise.all(online.map(ask)),
    secondary: await Promise.all((secondary?.online ?? []).map(ask)),
  };
}

async function oapiLogin(endpoint: { readonly address: string; readonly port: number } | undefined): Promise<string> {
  const { address: host = '', port = 0 } = endpoint ?? {};
  try {
    await using client = await connect({ host, port });
    return String((await client.login('BO_CABC801', SMALL_DAY_PASSWORD)).completion);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

describe('a failover of the site', () => {
  test('makes the secondary addresses answer, which refused before, and the primary ones refuse', async () => {
    using day = scenarioFile(
      smallDay(SECOND, [{ id: 'failover', at: '10:00', do: 'datacentre.failover', with: { answersAfter: '20m' } }]),
    );
    await using sim = await simulator({ scenario: day.path, at: '09:30' });
    const { oapi, secondary } = sim.endpoints;
    expect(secondary?.online.map(({ gateway, host }) => [gateway, host])).toEqual([
      [5, 'pgencdw101.hkex.com.hk'],
      [6, 'pgencdw102.hkex.com.hk'],
    ]);
    expect(await loginPages(sim)).toEqual({ primary: Array(4).fill(ANSWERS), secondary: ['(7)', '(7)'] });
    expect([await oapiLogin(oapi[0]), await oapiLogin(secondary?.oapi[0])]).toEqual(['0', 'ECONNREFUSED']);

    await sim.clock.advanceTo('10:00');
    expect(await loginPages(sim)).toEqual({ primary: Array(4).fill('(7)'), secondary: ['(7)', '(7)'] });
    await sim.clock.advanceTo('10:20');
    expect(await loginPages(sim)).toEqual({ primary: Array(4).fill('(7)'), secondary: [ANSWERS, ANSWERS] });
    expect([await oapiLogin(oapi[0]), await oapiLogin(secondary?.oapi[0])]).toEqual(['ECONNREFUSED', '0']);
    using curl = curlAt(sim, secondary?.online[0]);
    await curl.login('BU_CABC101', SMALL_DAY_PASSWORD);
    const page = await curl.get('/positions');
    expect(page).toContain('BU_CABC101');
    // The gateways to try are those of the same data centre.
    expect(page).toContain('pgencdw102');
    expect(page).not.toContain('pgencdw001');

    await sim.inject('datacentre.failover', { to: 'primary' });
    expect(await loginPages(sim)).toEqual({ primary: Array(4).fill(ANSWERS), secondary: ['(7)', '(7)'] });
    // Thirty processes of curl, one after the other's answer: 3 s alone, and 30 s where five of these run beside each other.
  }, 120_000);

  test('with one listener for all hosts does the same to whoever asks for a host by name', async () => {
    using day = scenarioFile(smallDay(SECOND));
    await using sim = await simulator({
      scenario: day.path,
      at: '09:30',
      plan: 'single',
      ports: { online: 0, oapi: 0, sftp: 0, mail: 0, control: 0 },
    });
    expect((await loginPages(sim)).secondary).not.toContain(ANSWERS);
    await sim.inject('datacentre.failover');
    const pages = await loginPages(sim);
    expect(pages.primary).not.toContain(ANSWERS);
    expect(pages.secondary).toEqual([ANSWERS, ANSWERS]);
  });

  test('needs a second data centre, and a gateway of it is named only where there is one', async () => {
    await using sim = await simulator();
    expect(sim.endpoints.secondary).toBeUndefined();
    await expect(sim.inject('datacentre.failover')).rejects.toThrow(
      'there is no second data centre; write under world: gateways: { secondary:',
    );
    await expect(sim.inject('gateway.stop', { which: ['online-5'] })).rejects.toThrow(
      'there is no gateway "online-5"; write "online-1"',
    );
  });
});
