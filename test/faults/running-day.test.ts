import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { connect, positionQueryMessage, type OapiClient } from '../oapi/client.ts';
import { curlAt } from '../support/online-by-curl.ts';
import { scenarioFile, simulator, smallDay, SMALL_DAY_PASSWORD } from '../support/simulator.ts';

async function dayWith(timeline: readonly object[] = [], seed = 1): Promise<Simulator> {
  using day = scenarioFile(smallDay({}, timeline));
  return await simulator({ scenario: day.path, at: '09:00', seed });
}

/** The HTTP status of a page, or curl's exit code in words. */
async function pageOf(sim: Simulator, gateway = 0, patience = '20'): Promise<string> {
  using curl = curlAt(sim, sim.endpoints.online[gateway]);
  return await curl
    .get('/login', '-o', '/dev/null', '-w', '%{http_code}', '--max-time', patience, '--no-fail-with-body')
    .catch((error: Error) => /\((\d+)\)/.exec(error.message)?.[0] ?? error.message);
}

async function loggedIn(sim: Simulator, gateway = 0): Promise<OapiClient> {
  const { address, port } = sim.endpoints.oapi[gateway] ?? { address: '', port: 0 };
  const client = await connect({ host: address, port });
  expect((await client.login('BO_CABC801', SMALL_DAY_PASSWORD, { forced: true })).completion).toBe(0);
  return client;
}

const query = async (client: OapiClient, segment = 1): Promise<number> =>
  (await client.query(positionQueryMessage({ segment }))).completion;

describe('when a fault is over', () => {
  test('a step of the timeline begins it by its id, for business time and no longer', async () => {
    const rule = { match: { listener: 'online-1' }, effect: { status: 503 }, for: '10m' };
    await using sim = await dayWith([{ id: 'overload', at: '09:10', do: 'fault.start', with: rule }]);
    expect(await pageOf(sim)).toBe('200');
    await sim.clock.advanceTo('09:10');
    expect(await pageOf(sim)).toBe('503');
    expect(await pageOf(sim, 1)).toBe('200');
    await sim.clock.advanceTo('09:19:59');
    expect(await pageOf(sim)).toBe('503');
    await sim.clock.advanceTo('09:20');
    expect(await pageOf(sim)).toBe('200');
    expect(sim.journal.entries({ kind: 'fault.started' })).toMatchObject([
      { fault: 'overload', explain: 'At online-1: they are answered 503; for 10m.', listeners: ['online-1'] },
    ]);
    expect(sim.journal.entries({ kind: 'fault.hit' })).toMatchObject([
      { fault: 'overload', hits: 1, listener: 'online-1', method: 'GET', path: '/login' },
      { fault: 'overload', hits: 2 },
    ]);
    expect(sim.journal.entries({ kind: 'fault.ended' })).toMatchObject([
      { fault: 'overload', why: 'over', hits: 2, simTime: '2019-05-05T09:20:00.000+08:00' },
    ]);
  });

  test('a step fault.stop ends it; so do its times, and real time', async () => {
    const endless = { match: { listener: 'online-1' }, effect: { status: 500 } };
    await using sim = await dayWith([
      { id: 'bad', at: '09:10', do: 'fault.start', with: endless },
      { at: '09:20', do: 'fault.stop', with: { id: 'bad' } },
    ]);
    await sim.clock.advanceTo('09:15');
    expect(await pageOf(sim)).toBe('500');
    await sim.clock.advanceTo('09:20');
    expect(await pageOf(sim)).toBe('200');

    await sim.faults.start({ ...endless, id: 'twice', times: 2 });
    expect([await pageOf(sim), await pageOf(sim), await pageOf(sim)]).toEqual(['500', '500', '200']);

    await sim.faults.start({ ...endless, id: 'short', forReal: '50ms' });
    await sim.journal.waitFor({ kind: 'fault.ended', fault: 'short' }, { timeoutMs: 5_000 });
    expect(await pageOf(sim)).toBe('200');
    expect(sim.journal.entries({ kind: 'fault.ended' }).map(({ fault, why }) => [fault, why])).toEqual([
      ['bad', 'stopped'],
      ['twice', 'used-up'],
      ['short', 'over'],
    ]);
  });

  test('a second fault of the same id is refused, and so is the end of one that is not there', async () => {
    await using sim = await dayWith();
    const rule = { id: 'one', match: { listener: 'sftp' }, effect: 'reset' };
    expect(await sim.faults.start(rule)).toMatchObject({ id: 'one', hits: 0 });
    await expect(sim.faults.start(rule)).rejects.toMatchObject({ code: 'SIM_OPTION_INVALID' });
    expect(await sim.inject('fault.start', rule)).toEqual({
      refused: { code: 'fault-in-force', facts: { fault: 'one' } },
    });
    expect(await sim.faults.stop('two')).toBe(false);
    expect(await sim.inject('fault.stop', { id: 'two' })).toEqual({
      refused: { code: 'no-such-fault', facts: { fault: 'two' } },
    });
    expect((await sim.faults.start({ ...rule, id: undefined })).id).toBe('fault-1');
    expect(sim.faults.list().map(({ id }) => id)).toEqual(['one', 'fault-1']);
  });
});

describe('which requests are hit', () => {
  test('of a share the same seed hits the same requests, another seed others', async () => {
    const rule = {
      id: 'some',
      match: { listener: 'oapi-1', transactions: ['CQ3'] },
      effect: { status: -11 },
      share: 0.5,
    };
    const completions = async (seed: number): Promise<readonly number[]> => {
      await using sim = await dayWith([], seed);
      await sim.faults.start(rule);
      await using client = await loggedIn(sim);
      const found: number[] = [];
      for (let i = 0; i < 40; i++) found.push(await query(client));
      return found;
    };
    const first = await completions(1);
    expect(new Set(first)).toEqual(new Set([0, -11]));
    expect(await completions(1)).toEqual(first);
    expect(await completions(2)).not.toEqual(first);
  });

  test('a user, a transaction and a field say which; what is not meant is answered', async () => {
    await using sim = await dayWith();
    const match = { listener: 'oapi-1', users: ['BO_CABC801'], transactions: ['CQ3'], fields: { segment_number: '2' } };
    await sim.faults.start({ id: 'second', match, effect: { status: 'OMNIAPI_NOBACKEND' }, times: 5 });
    await using client = await loggedIn(sim);
    expect([await query(client, 1), await query(client, 2)]).toEqual([0, -11]);
    expect(sim.journal.entries({ kind: 'fault.hit' })).toMatchObject([
      { fault: 'second', user: 'BO_CABC801', transaction: 'CQ3', hits: 1 },
    ]);
  });

  test('a user at DCASS Online is known by the login form and by the session', async () => {
    await using sim = await dayWith();
    await sim.faults.start({
      match: { listener: 'online-1', users: ['BU_CABC101'] },
      effect: { status: 500 },
      times: 9,
    });
    using curl = curlAt(sim);
    expect(await curl.login('BU_CABC101', SMALL_DAY_PASSWORD)).toContain('Internal Server Error');
    await curl.login('BU_CABC102', SMALL_DAY_PASSWORD);
    expect(await curl.get('/positions')).toContain('Positions');
  });

  test('the journal is not flooded: 20 hits, then where the number has doubled', async () => {
    await using sim = await dayWith();
    await sim.faults.start({
      match: { listener: 'oapi-1', transactions: ['CQ3'] },
      effect: { status: -11 },
      times: 130,
    });
    await using client = await loggedIn(sim);
    for (let i = 0; i < 130; i++) await query(client);
    const hits = sim.journal.entries({ kind: 'fault.hit' }).map((entry) => entry['hits']);
    expect(hits).toEqual([...Array.from({ length: 20 }, (_, i) => i + 1), 32, 64, 128]);
    expect(sim.journal.entries({ kind: 'fault.ended' })).toMatchObject([{ hits: 130, why: 'used-up' }]);
  });
});

describe('broadcasts', () => {
  async function heard(effect: 'drop' | 'duplicate' | 'reorder'): Promise<readonly string[]> {
    await using sim = await dayWith();
    await using client = await loggedIn(sim);
    await client.request({ op: 'set-event', eventType: 1 });
    await sim.faults.start({ match: { listener: 'oapi-1', broadcasts: ['BI27'] }, effect, times: 1 });
    for (const text of ['first', 'second', 'third']) await sim.inject('message.send', { text });
    const texts = client.events.map(({ message }) => /first|second|third/.exec(message.toString('latin1'))?.[0] ?? '');
    // The answer to a call comes after what was sent before it.
    await query(client);
    const all = client.events.map(({ message }) => /first|second|third/.exec(message.toString('latin1'))?.[0] ?? '');
    expect(all.slice(0, texts.length)).toEqual(texts);
    return all;
  }

  test('are lost, doubled, and overtaken by the next one', async () => {
    expect(await heard('drop')).toEqual(['second', 'third']);
    expect(await heard('duplicate')).toEqual(['first', 'first', 'second', 'third']);
    expect(await heard('reorder')).toEqual(['second', 'first', 'third']);
  });

  test('come late: answers go on meanwhile, and what follows does not overtake', async () => {
    await using sim = await dayWith();
    await using client = await loggedIn(sim);
    await client.request({ op: 'set-event', eventType: 1 });
    const { explain } = await sim.faults.start({
      match: { listener: 'oapi-1', broadcasts: ['BI27'] },
      effect: { delay: '2s' },
      times: 1,
    });
    expect(explain).toBe('Broadcast BI27 at oapi-1: they come 2s late; once.');
    const from = performance.now();
    for (const text of ['first', 'second', 'third']) await sim.inject('message.send', { text });
    await query(client);
    expect(client.events).toEqual([]);
    const all = await client.eventsUntil(3);
    expect(performance.now() - from).toBeGreaterThanOrEqual(1_990);
    expect(all.map(({ message }) => /first|second|third/.exec(message.toString('latin1'))?.[0])).toEqual([
      'first',
      'second',
      'third',
    ]);
  });

  test('that wait are forgotten when the user logs out, like its subscriptions', async () => {
    await using sim = await dayWith();
    await using client = await loggedIn(sim);
    await client.request({ op: 'set-event', eventType: 1 });
    await sim.faults.start({
      match: { listener: 'oapi-1', broadcasts: ['BI27'] },
      effect: { delay: '2s' },
      times: 1,
    });
    await sim.inject('message.send', { text: 'first' });
    await client.logout();
    expect((await client.login('BO_CABC801', SMALL_DAY_PASSWORD)).completion).toBe(0);
    await client.request({ op: 'set-event', eventType: 1 });
    // It would wait behind the first one.
    await sim.inject('message.send', { text: 'second' });
    const [heard] = await client.eventsUntil(1);
    expect(heard?.message.toString('latin1')).toContain('second');
  });
});

describe('a gateway that fails singly', () => {
  test.each(['black-hole', 'slow'])('is %s; the others work, and starting it heals', async (how) => {
    await using sim = await dayWith();
    await sim.inject('gateway.stop', { which: [1], how, ...(how === 'slow' ? { delay: '10m' } : {}) });
    expect([await pageOf(sim, 0, '1'), await pageOf(sim, 1)]).toEqual(['(28)', '200']);
    await sim.inject('gateway.start', { which: [1] });
    expect(await pageOf(sim)).toBe('200');
    expect(sim.faults.list()).toEqual([]);
  });

  test('has an expired certificate for ten minutes', async () => {
    await using sim = await dayWith();
    await sim.inject('gateway.stop', { which: [1, 2], how: 'expired-certificate', for: '10m' });
    expect([await pageOf(sim), await pageOf(sim, 1), await pageOf(sim, 2)]).toEqual(['(60)', '(60)', '200']);
    await sim.clock.advanceBy('10m');
    expect([await pageOf(sim), await pageOf(sim, 1)]).toEqual(['200', '200']);
  });

  test('an OAPI gateway as a black hole leaves the client without an answer, also one that is logged in', async () => {
    await using sim = await dayWith();
    await using client = await loggedIn(sim);
    await sim.inject('gateway.stop', { which: ['oapi-1'], how: 'black-hole' });
    const answer = query(client).then(
      () => 'an answer',
      () => 'the end of the connection',
    );
    await sim.journal.waitFor({ kind: 'fault.hit', fault: 'gateway.oapi-1' }, { timeoutMs: 5_000 });
    await sim.stop();
    expect(await answer).toBe('the end of the connection');
  });
});

describe('connections', () => {
  async function greeting(sim: Simulator): Promise<string> {
    const { address: host, port } = sim.endpoints.mail;
    const socket = connectSocket({ host, port });
    try {
      const [first] = (await once(socket, 'data')) as [Buffer];
      return first.toString('latin1');
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? String(error);
    } finally {
      socket.destroy();
    }
  }

  test('at the mailbox are refused, reset, and answered late; each heals', async () => {
    await using sim = await dayWith();
    expect(await greeting(sim)).toMatch(/^220 /);
    const fault = async (effect: unknown): Promise<string> => {
      const { id } = await sim.faults.start({ match: { listener: 'mail' }, effect: effect as string });
      const said = await greeting(sim);
      await sim.faults.stop(id);
      return said;
    };
    expect(await fault('refuse')).toBe('ECONNREFUSED');
    expect(await fault('reset')).toBe('ECONNRESET');
    expect(await fault({ truncate: 3 })).toBe('220');
    expect(await fault({ delay: '50ms' })).toMatch(/^220 /);
    expect(await greeting(sim)).toMatch(/^220 /);
  });

  test('that are open stay while new ones are refused', async () => {
    await using sim = await dayWith();
    await using client = await loggedIn(sim);
    await sim.faults.start({ id: 'shut', match: { listener: 'oapi-1' }, effect: 'refuse' });
    expect(await query(client)).toBe(0);
    await expect(loggedIn(sim)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await sim.inject('gateway.stop', { which: ['oapi-1'] });
    await sim.inject('gateway.start', { which: ['oapi-1'] });
    await expect(loggedIn(sim), 'a start does not end the fault').rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await sim.faults.stop('shut');
    await using again = await loggedIn(sim);
    expect(await query(again)).toBe(0);
  });
});

test('the control API shows, begins and ends faults', async () => {
  await using sim = await dayWith();
  const { url, token } = sim.endpoints.control;
  const call = async (method: string, path: string, body?: object): Promise<readonly [number, unknown]> => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return [response.status, await response.json()];
  };
  const begun = {
    id: 'fault-1',
    explain: 'At online-1: the connection is reset; once.',
    effect: 'reset',
    listeners: ['online-1'],
    hits: 0,
  };
  const rule = { match: { listener: 'online-1' }, effect: 'reset', times: 1 };
  expect(await call('POST', '/v1/faults', rule)).toEqual([201, begun]);
  expect(await call('GET', '/v1/faults')).toEqual([200, { faults: [begun] }]);
  expect(await call('POST', '/v1/faults', { ...rule, effect: 'rest' })).toMatchObject([
    400,
    { code: 'SIM_VERB_INVALID' },
  ]);
  expect(await call('DELETE', '/v1/faults/fault-2')).toMatchObject([
    404,
    { detail: expect.stringContaining('fault-1') as string },
  ]);
  expect(await call('DELETE', '/v1/faults/fault-1')).toEqual([200, { stopped: 'fault-1' }]);
  expect(await call('GET', '/v1/faults')).toEqual([200, { faults: [] }]);
});

test('behind one port for four gateways a fault hits who names its gateway, and the others not', async () => {
  using day = scenarioFile(smallDay());
  const ports = { online: 0, oapi: 0, sftp: 0, mail: 0, control: 0 };
  await using sim = await simulator({ scenario: day.path, at: '09:00', plan: 'single', ports });
  const both = async (effect: unknown): Promise<readonly string[]> => {
    const { id } = await sim.faults.start({ match: { listener: 'online-1' }, effect });
    const said = [await pageOf(sim), await pageOf(sim, 1)];
    await sim.faults.stop(id);
    return said;
  };
  expect(await both({ tls: 'expired' })).toEqual(['(60)', '200']);
  expect(await both('refuse')).toEqual(['(35)', '200']);
  expect(await both({ tls: 'old-version' })).toEqual(['(35)', '200']);
  expect(await both('reset')).toEqual(['(56)', '200']);
  expect(await both({ status: 503 })).toEqual(['503', '200']);
});
