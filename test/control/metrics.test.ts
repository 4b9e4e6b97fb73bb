import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { curlAt } from '../support/online-by-curl.ts';
import { hasClient } from '../support/real-clients.ts';
import { simulator } from '../support/simulator.ts';
import type { Simulator } from '../../src/index.ts';

async function scrape(sim: Simulator): Promise<string> {
  const { url, token } = sim.endpoints.control;
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  return answer.text();
}

test.skipIf(!hasClient('curl'))('the metrics count what clients did, and tell the simulated time', async () => {
  await using sim = await simulator({ at: '09:00' });
  using browser = curlAt(sim);
  await browser.login('BU_CABC101', 'not-the-password');
  await browser.login('BU_CABC101', 'Harbour#101');
  const lines = (await scrape(sim)).split('\n');
  for (const line of [
    'dcass_sim_logins_total{window="online",gateway="online-1",outcome="refused"} 1',
    'dcass_sim_logins_total{window="online",gateway="online-1",outcome="ok"} 1',
    'dcass_sim_sessions{window="online"} 1',
    'dcass_sim_sessions{window="oapi"} 0',
    'dcass_sim_unexpected_total{what="bug"} 0',
    'dcass_sim_clock_running 0',
    `dcass_sim_business_time_seconds ${Date.parse('2019-05-05T09:00:00+08:00') / 1000}`,
    `dcass_sim_expectations{status="met"} ${sim.expectations().filter((each) => each.status === 'met').length}`,
  ])
    expect(lines).toContain(line);
});

test('every metric is in the document, and none besides', async () => {
  await using sim = await simulator({ at: '09:00' });
  const names = [...(await scrape(sim)).matchAll(/^# TYPE (\w+) /gm)].map((match) => match[1]);
  const document = readFileSync(new URL('../../docs/reference/observability.md', import.meta.url), 'utf8');
  const documented = [...document.matchAll(/`((?:dcass_sim|process)_\w+)/g)].map((match) => match[1]);
  expect(new Set(documented)).toEqual(new Set(names));
});
