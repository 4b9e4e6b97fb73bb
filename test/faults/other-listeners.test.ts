import { connect as connectSocket } from 'node:net';
import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { connect } from '../oapi/client.ts';
import { curlAt } from '../support/online-by-curl.ts';
import { scenarioFile, simulator, smallDay, SMALL_DAY_PASSWORD } from '../support/simulator.ts';

interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** The completion code of a login, or how its connection ended. */
async function oapiLogin(endpoint: Endpoint | undefined, password: string): Promise<string> {
  const { address: host = '', port = 0 } = endpoint ?? {};
  try {
    await using client = await connect({ host, port });
    return String((await client.login('BO_CABC801', password, { forced: true })).completion);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

/** What a DCASS Server hears that says who it is, or how its connection ended. */
async function serverSays(endpoint: Endpoint | undefined): Promise<string> {
  const { address: host = '', port = 0 } = endpoint ?? {};
  const socket = connectSocket({ host, port });
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  socket.on('error', (error: NodeJS.ErrnoException) => (heard = error.code ?? error.message));
  socket.write('SERVICE "CW1 Server 1" PARTICIPANT CABC\r\n');
  await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}

/** How often each fault has hit, by its listeners. */
function hits(sim: Simulator): readonly (readonly [unknown, unknown])[] {
  return sim.journal.entries({ kind: 'fault.ended' }).map((each) => [each['fault'], each['hits']] as const);
}

test('after a fallback the Network Gateway and the port of the DCASS Servers have faults of their own', async () => {
  await using sim = await simulator({ scenario: 'fallback', at: '+1d 11:00' });
  const { networkGateway, dcassServer } = sim.endpoints.oldPlatform ?? {};
  const { id: answered } = await sim.faults.start({
    match: { listener: 'ng-1' },
    effect: { status: 'OMNIAPI_NOBACKEND' },
    times: 1,
  });
  expect(await oapiLogin(networkGateway, 'Backoffice#801')).toBe('-11');
  expect(await oapiLogin(networkGateway, 'Backoffice#801')).toBe('0');
  const before = await serverSays(dcassServer);
  const { id: reset } = await sim.faults.start({ match: { listener: 'dcass-server' }, effect: 'reset', times: 1 });
  expect(await serverSays(dcassServer)).toBe('ECONNRESET');
  expect(await serverSays(dcassServer)).toBe(before);
  expect(before).toMatch(/DCASS, Genium INET[\s\S]*(SUSPENDED|CONNECTED CABC)/);
  expect(hits(sim)).toEqual([
    [answered, 1],
    [reset, 1],
  ]);
});

test('the gateways of the second data centre have faults of their own, from when they answer', async () => {
  const second = {
    secondary: { online: [{ host: 'pgencdw101.hkex.com.hk', address: '10.152.14.155' }], oapi: ['10.152.5.81'] },
  };
  using day = scenarioFile(smallDay({ gateways: second }));
  await using sim = await simulator({ scenario: day.path, at: '09:00' });
  const { secondary } = sim.endpoints;
  const page = async (): Promise<string> => {
    using curl = curlAt(sim, secondary?.online[0]);
    return await curl
      .get('/login', '-o', '/dev/null', '-w', '%{http_code}', '--no-fail-with-body')
      .catch((error: Error) => /\((\d+)\)/.exec(error.message)?.[0] ?? error.message);
  };
  await sim.faults.start({ match: { listener: 'online-5' }, effect: { status: 503 }, times: 1 });
  await sim.faults.start({ match: { listener: 'oapi-3' }, effect: 'reset', times: 1 });
  expect([await page(), await oapiLogin(secondary?.oapi[0], SMALL_DAY_PASSWORD)]).toEqual(['(7)', 'ECONNREFUSED']);
  await sim.inject('datacentre.failover');
  expect([await page(), await page()]).toEqual(['503', '200']);
  expect(await oapiLogin(secondary?.oapi[0], SMALL_DAY_PASSWORD)).not.toBe('0');
  expect(await oapiLogin(secondary?.oapi[0], SMALL_DAY_PASSWORD)).toBe('0');
});
