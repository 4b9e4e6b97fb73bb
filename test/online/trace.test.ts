import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTraceparent } from '../../src/journal/trace.ts';
import { curlAt } from '../support/online-by-curl.ts';
import { hasClient } from '../support/real-clients.ts';
import { simulator } from '../support/simulator.ts';

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

test.skipIf(!hasClient('curl'))('all that a traced request causes has its trace, and nothing else has', async () => {
  await using sim = await simulator({ at: '09:00' });
  using browser = curlAt(sim);
  await browser.login('BU_CABC101', 'Harbour#101');
  await browser.get('/trades', '-H', `traceparent: ${TRACE}`);
  await browser.get('/positions');
  using other = curlAt(sim, sim.endpoints.online[1]);
  await other.get('/login?x=1', '-H', 'traceparent: 00-0-0-00');
  await other.call('/login', '-H', `traceparent: ${TRACE}`, '-d', 'username=BU_CABC102', '-d', 'password=nothing');
  expect(sim.journal.entries({ traceparent: TRACE }).map(({ kind, source }) => [kind, source])).toEqual([
    ['online.enquiry', 'online'],
    ['clearing.login-failed', 'clearing'],
    ['online.login', 'online'],
  ]);
  expect(sim.journal.entries().filter((entry) => 'traceparent' in entry)).toHaveLength(3);
});

test('an injected verb carries the trace of who injected it', async () => {
  await using sim = await simulator();
  const { url, token } = sim.endpoints.control;
  await fetch(`${url}/v1/inject`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', traceparent: TRACE },
    body: JSON.stringify({ verb: 'message.send', with: { to: 'all', text: 'Good morning.' } }),
  });
  expect(sim.journal.entries({ traceparent: TRACE }).map(({ kind }) => kind)).toEqual([
    'control.injected',
    'clearing.message-sent',
  ]);
});

// Goal: what is carried is what the recommendation defines. Method: any parts, and any damage to them.
test('a traceparent is read when it is one, and ignored when it is not', () => {
  const hex = (length: number): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
  fc.assert(
    fc.property(hex(32), hex(16), hex(2), (trace, parent, flags) => {
      const written = `00-${trace}-${parent}-${flags}`;
      const isValid = !/^0+$/.test(trace) && !/^0+$/.test(parent);
      expect(readTraceparent(written)).toBe(isValid ? written : undefined);
      expect(readTraceparent(`cc${written.slice(2)}-more`)).toBe(isValid ? `cc${written.slice(2)}` : undefined);
      for (const broken of [`${written}-more`, `ff${written.slice(2)}`, written.slice(1), ` ${written}`, `${written}0`])
        expect(readTraceparent(broken)).toBeUndefined();
      if (/[a-f]/.test(written)) expect(readTraceparent(written.toUpperCase())).toBeUndefined();
    }),
  );
  expect(readTraceparent(undefined)).toBeUndefined();
});
