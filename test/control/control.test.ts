import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { CONTROL_ROUTES } from '../../src/control/routes.ts';
import type { Simulator } from '../../src/index.ts';
import { scenarioFile, simulator, smallDay } from '../support/simulator.ts';

async function call(
  sim: Simulator,
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
) {
  const response = await fetch(sim.endpoints.control.url + path, {
    method,
    headers: {
      authorization: `Bearer ${sim.endpoints.control.token}`,
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: (isJson ? JSON.parse(text) : text) as never,
  };
}

test('health and readiness need no token, everything else does', async () => {
  await using sim = await simulator();
  const none = { headers: { authorization: '' } };
  expect(await call(sim, 'GET', '/healthz', none)).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect(await call(sim, 'GET', '/readyz', none)).toMatchObject({ status: 200, body: { status: 'ready' } });
  for (const path of ['/v1/state', '/v1/journal', '/v1/ready', '/metrics']) {
    expect(await call(sim, 'GET', path, none)).toMatchObject({
      status: 401,
      type: expect.stringContaining('application/problem+json') as string,
    });
    expect((await call(sim, 'GET', path, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
  }
});

test('bytes that are no request get a problem that says so, before anybody asked and after', async () => {
  await using sim = await simulator();
  const { hostname, port } = new URL(sim.endpoints.control.url);
  const say = (bytes: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) });
      let heard = '';
      socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
      socket.once('error', reject).once('close', () => resolve(heard));
      socket.write(bytes);
    });
  const statusAndProblem = (answer: string): unknown[] => {
    const [head = '', body = '{}'] = answer.split('\r\n\r\n');
    expect(head).toContain('application/problem+json');
    return [head.split('\r\n')[0], JSON.parse(body)];
  };
  const long = `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`;
  for (let turn = 0; turn < 2; turn += 1) {
    expect(statusAndProblem(await say('EHLO somebody\r\n\r\n'))).toEqual([
      'HTTP/1.1 400 Bad Request',
      {
        type: 'about:blank',
        title: 'This is no HTTP request',
        status: 400,
        detail: expect.stringContaining('HTTP/1.1'),
      },
    ]);
    expect(statusAndProblem(await say(long))).toMatchObject([
      'HTTP/1.1 431 Request Header Fields Too Large',
      { status: 431, title: 'The headers are too long' },
    ]);
    expect((await call(sim, 'GET', '/healthz')).status).toBe(200);
  }
});

test('a foreign page and a rebound name are refused, also with the right token', async () => {
  await using sim = await simulator();
  expect(await call(sim, 'GET', '/v1/state', { headers: { origin: 'https://example.com' } })).toMatchObject({
    status: 403,
  });
  const { url, token } = sim.endpoints.control;
  const { request } = await import('node:http');
  const status = await new Promise((resolve, reject) => {
    request(`${url}/v1/state`, { headers: { host: 'evil.example', authorization: `Bearer ${token}` } }, (response) =>
      resolve(response.statusCode),
    )
      .once('error', reject)
      .end();
  });
  expect(status).toBe(421);
});

test('the clock moves by the API, and never backwards', async () => {
  await using sim = await simulator();
  expect(await call(sim, 'POST', '/v1/clock/advance', { body: { to: '09:00' } })).toMatchObject({
    status: 200,
    body: { simTime: '2019-05-05T09:00:00.000+08:00', mode: 'paused' },
  });
  expect((await call(sim, 'GET', '/v1/state')).body).toMatchObject({ phase: 'enquiry-only' });
  expect(await call(sim, 'POST', '/v1/clock/advance', { body: { to: '08:00' } })).toMatchObject({
    status: 409,
    body: { code: 'SIM_TIME_BACKWARDS', detail: expect.stringContaining('09:00') as string },
  });
  expect(await call(sim, 'POST', '/v1/clock/advance', { body: { to: '25:00' } })).toMatchObject({
    status: 400,
    body: { code: 'SIM_TIME_INVALID' },
  });
  expect(await call(sim, 'POST', '/v1/clock/advance', { body: { to: '09:30', by: '5m' } })).toMatchObject({
    status: 400,
  });
  expect(await call(sim, 'POST', '/v1/clock/advance', { body: { too: '09:30' } })).toMatchObject({ status: 400 });
  expect((await call(sim, 'POST', '/v1/clock/advance', { body: { by: '30m' } })).body).toMatchObject({
    simTime: '2019-05-05T09:30:00.000+08:00',
  });
  expect((await call(sim, 'POST', '/v1/clock/resume', { body: { speed: 60 } })).body).toMatchObject({
    mode: 'running',
    speed: 60,
  });
  expect((await call(sim, 'POST', '/v1/clock/pause')).body).toMatchObject({ mode: 'paused' });
});

test('the journal is filtered by field, and a stream sends what was and what comes', async () => {
  await using sim = await simulator();
  await sim.clock.advanceTo('09:00');
  const { body } = await call(sim, 'GET', '/v1/journal?kind=clearing.phase-changed');
  expect(body).toMatchObject({ entries: [{ kind: 'clearing.phase-changed', phase: 'enquiry-only' }] });
  for (const query of ['limit=none', 'limit=0', 'after=x', 'after=-1'])
    expect((await call(sim, 'GET', `/v1/journal?${query}`)).status).toBe(400);

  const { url, token } = sim.endpoints.control;
  const stop = new AbortController();
  const response = await fetch(`${url}/v1/journal/stream?kind=clearing.phase-changed&after=0`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  const readUntil = async (wanted: string): Promise<void> => {
    while (!text.includes(wanted)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`the stream ended before ${wanted}`);
      text += new TextDecoder().decode(value);
    }
  };
  await readUntil('"phase":"enquiry-only"');
  await sim.clock.advanceTo('12:00');
  await readUntil('"phase":"closed"');
  expect(text).toMatch(/^id: \d+\nevent: entry\ndata: \{/m);
  stop.abort();
});

test('a confirmation form is on time until 12:30 and late after it', async () => {
  await using sim = await simulator({ at: '12:30' });
  expect(await call(sim, 'POST', '/v1/confirmations', { body: { participant: 'CABC' } })).toMatchObject({
    status: 201,
    body: { late: false },
  });
  await sim.clock.advanceBy('1s');
  expect(await call(sim, 'POST', '/v1/confirmations', { body: { participant: 'CXYZ' } })).toMatchObject({
    status: 201,
    body: { late: true },
  });
  expect(await call(sim, 'POST', '/v1/confirmations', { body: { participant: 'CQQQ' } })).toMatchObject({
    status: 404,
  });
  expect(sim.journal.entries({ kind: 'control.confirmation-received' }).map((entry) => entry['late'])).toEqual([
    false,
    true,
  ]);
});

test('a verb is performed at once, and a wrong one says which there are', async () => {
  await using sim = await simulator({ at: '09:00' });
  expect(
    await call(sim, 'POST', '/v1/inject', { body: { verb: 'password.lock', with: { user: 'BU_CABC101' } } }),
  ).toMatchObject({ status: 200 });
  expect(sim.journal.entries({ kind: 'clearing.user-locked', user: 'BU_CABC101' })).toHaveLength(1);
  expect(await call(sim, 'POST', '/v1/inject', { body: { verb: 'gatway.stop', with: {} } })).toMatchObject({
    status: 400,
    body: { code: 'SIM_VERB_INVALID', detail: expect.stringContaining('gateway.stop') as string },
  });
});

test('what the clearing state refuses is answered with its code and facts, in the library too', async () => {
  await using sim = await simulator({ at: '09:00' });
  expect(await call(sim, 'POST', '/v1/inject', { body: { verb: 'deal.annul', with: { deal: 99_999 } } })).toMatchObject(
    {
      status: 409,
      body: { code: 'unknown-deal', detail: 'deal.annul: unknown-deal {"deal":99999}' },
    },
  );
  expect(await sim.inject('deal.annul', { deal: 99_999 })).toEqual({
    refused: { code: 'unknown-deal', facts: { deal: 99_999 } },
  });
  expect(await sim.inject('price.set', { of: 'HSIK9', price: '29500' })).toEqual({ refused: undefined });
  expect(sim.journal.entries({ kind: 'scenario.refused', code: 'unknown-deal' })).toHaveLength(2);
});

test('the OpenAPI description lists every route', async () => {
  await using sim = await simulator();
  const { body } = await call(sim, 'GET', '/openapi.json', { headers: { authorization: '' } });
  expect(Object.keys((body as { paths: object }).paths).toSorted()).toEqual(
    [...new Set(CONTROL_ROUTES.map((route) => route.path))].toSorted(),
  );
  expect(await call(sim, 'GET', '/v1/nothing')).toMatchObject({ status: 404 });
});

test('no answer of the API carries the token or a password', async () => {
  await using sim = await simulator({ at: '09:00' });
  const { token } = sim.endpoints.control;
  for (const path of ['/v1/ready', '/v1/state', '/v1/journal', '/openapi.json']) {
    const { body } = await call(sim, 'GET', path);
    expect(JSON.stringify(body)).not.toContain(token);
    for (const password of ['Harbour#101', 'Administrator#201', 'Backoffice+801'])
      expect(JSON.stringify(body)).not.toContain(password);
  }
});

test('a participant’s trades and positions are given as DCASS has them now, with the moment', async () => {
  await using sim = await simulator({ at: '09:30' });
  const about = { participant: 'CABC', simTime: '2019-05-05T09:30:00.000+08:00', businessDate: '2019-05-06' };
  const trades = await call(sim, 'GET', '/v1/participants/CABC/trades');
  const positions = await call(sim, 'GET', '/v1/participants/CABC/positions');
  const counts = sim.state().participants.find(({ code }) => code === 'CABC');
  expect(trades).toMatchObject({ status: 200, body: about });
  expect(positions).toMatchObject({ status: 200, body: about });
  const { trades: rows } = trades.body as { trades: readonly object[] };
  expect(rows).toHaveLength(counts?.trades ?? 0);
  expect(Object.keys(rows[0] ?? {})).toEqual([
    'trade',
    'deal',
    'series',
    'account',
    'side',
    'quantity',
    'price',
    'customerInfo',
    'clearingDate',
  ]);
  expect((positions.body as { positions: readonly object[] }).positions).toHaveLength(counts?.positions ?? 0);
});

test('an unknown participant is answered with those that there are', async () => {
  await using sim = await simulator();
  const detail = 'The scenario has no clearing participant "cabc"; it has CABC, CXYZ.';
  expect(await call(sim, 'GET', '/v1/participants/cabc/positions')).toMatchObject({ status: 404, body: { detail } });
});

test('the planted breaks are told to the instructor; a day without any has none', async () => {
  await using quiet = await simulator();
  expect((await call(quiet, 'GET', '/v1/discrepancies')).body).toEqual({ discrepancies: [] });
  using file = scenarioFile(smallDay({ discrepancies: [{ participant: 'CXYZ', trades: 2 }] }));
  await using sim = await simulator({ scenario: file.path });
  expect((await call(sim, 'GET', '/v1/discrepancies')).body).toMatchObject({
    discrepancies: [{ participant: 'CXYZ', breaks: [{ list: 'trades' }, { list: 'trades' }] }],
  });
});

test('the OpenAPI description names the parts of a path that stand for values', async () => {
  await using sim = await simulator();
  const { paths } = (await call(sim, 'GET', '/openapi.json')).body as { paths: Record<string, { get: object }> };
  expect(paths['/v1/participants/{code}/trades']?.get).toMatchObject({
    parameters: [{ name: 'code', in: 'path', required: true }],
  });
});
