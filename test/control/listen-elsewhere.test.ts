import { request } from 'node:http';
import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { curlAt } from '../support/online-by-curl.ts';
import { hasClient } from '../support/real-clients.ts';
import { simulator } from '../support/simulator.ts';

function statusOf(sim: Simulator, headers: Record<string, string>): Promise<number | undefined> {
  const { url, token } = sim.endpoints.control;
  return new Promise((resolve, reject) => {
    request(`${url}/v1/clock`, { headers: { authorization: `Bearer ${token}`, ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

test.skipIf(!hasClient('curl'))('told to listen on all addresses, it does, and says how it is reached', async () => {
  await using sim = await simulator({ listenOn: '0.0.0.0', at: '09:00' });
  expect(sim.endpoints.control.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(sim.endpoints.oapi.map((each) => each.address)).toEqual(['127.0.0.1', '127.0.0.1']);
  // Any loopback address is one of all addresses.
  const [first] = sim.endpoints.online;
  using browser = curlAt(sim, first && { ...first, address: '127.9.9.9' });
  expect(await browser.get('/login')).toContain('SIMULATION');
});

test.each([
  ['an address and the port of a mapping', '192.0.2.7:49153', 200],
  ['an IPv6 address', '[::1]:8092', 200],
  ['localhost', 'localhost:49153', 200],
  ['a name without a dot, as containers have', 'dcass:8092', 200],
  ['a name of the Internet, which a foreign page can lead here', 'evil.example:8092', 421],
])('and its control API answers to %s: %s', async (_what, host, status) => {
  await using sim = await simulator({ listenOn: '0.0.0.0' });
  expect(await statusOf(sim, { host })).toBe(status);
  expect(await statusOf(sim, { host, origin: 'http://evil.example' })).toBe(status === 200 ? 403 : 421);
});

test('on this machine alone it answers to its own names only', async () => {
  await using sim = await simulator();
  expect(await statusOf(sim, { host: 'dcass:8092' })).toBe(421);
  expect(await statusOf(sim, { host: '192.0.2.7:8092' })).toBe(421);
});

test('a token of one’s own is taken, and a short one is refused without being repeated', async () => {
  const token = 'a-token-of-our-own-choice';
  await using sim = await simulator({ controlToken: token });
  expect(sim.endpoints.control.token).toBe(token);
  expect(await statusOf(sim, {})).toBe(200);
  await expect(simulator({ controlToken: 'secret word' })).rejects.toMatchObject({
    code: 'SIM_OPTION_INVALID',
    message: expect.not.stringContaining('secret word'),
  });
});
