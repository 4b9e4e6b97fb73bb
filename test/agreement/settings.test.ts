import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { connect, positionQueryMessage, typeOnly, type OapiClient } from '../oapi/client.ts';
import { clientPath, hasClient } from '../support/real-clients.ts';
import { scenarioFile, simulator, smallDay, SMALL_DAY_PASSWORD } from '../support/simulator.ts';

// A setting that is read and then ignored looks like knowledge. Each is set here to what the default is not,
// and seen from outside.

async function dayWith(world: object, timeline: readonly object[] = []): Promise<Simulator> {
  using day = scenarioFile(smallDay(world, timeline));
  return await simulator({ scenario: day.path, at: '09:00' });
}

/** A request at the first Online gateway, by its real name. */
function online(
  sim: Simulator,
  method: string,
  path: string,
  options: { form?: Record<string, string>; cookie?: string } = {},
): Promise<{ status: number; body: string; cookie: string }> {
  const [gateway] = sim.endpoints.online;
  const form = options.form && new URLSearchParams(options.form).toString();
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: gateway?.address,
        port: gateway?.port,
        servername: gateway?.host,
        path,
        method,
        ca: readFileSync(sim.endpoints.files.ca),
        agent: false,
        headers: {
          host: `${gateway?.host}:${gateway?.port}`,
          ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
          ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
        },
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body,
            cookie: response.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
          }),
        );
      },
    );
    call.once('error', reject);
    call.end(form);
  });
}

const login = (sim: Simulator, username: string, password = SMALL_DAY_PASSWORD): ReturnType<typeof online> =>
  online(sim, 'POST', '/login', { form: { username, password } });

function oapi(sim: Simulator): Promise<OapiClient> {
  const [gateway] = sim.endpoints.oapi;
  return connect({ host: gateway?.address ?? '', port: gateway?.port ?? 0 });
}

test('gateways.online.idle ends an Online session after that much business time without a request', async () => {
  await using sim = await dayWith({ gateways: { online: { idle: '5m' } } });
  const { status, cookie } = await login(sim, 'BU_CABC101');
  expect(status).toBe(303);
  await sim.clock.advanceBy('4m');
  expect((await online(sim, 'GET', '/positions', { cookie })).status).toBe(200);
  await sim.clock.advanceBy('6m');
  expect((await online(sim, 'GET', '/positions', { cookie })).status).toBe(303);
  expect(sim.journal.entries({ kind: 'clearing.session-ended', reason: 'idle' })).toHaveLength(1);
});

test('without that setting a jump of the clock logs nobody out', async () => {
  await using sim = await dayWith({});
  const { cookie } = await login(sim, 'BU_CABC101');
  await sim.clock.advanceTo('11:59');
  expect((await online(sim, 'GET', '/positions', { cookie })).status).toBe(200);
});

test('gateways.*.sessionsMax is the room at a gateway', async () => {
  await using sim = await dayWith({ gateways: { online: { sessionsMax: 1 }, oapi: { sessionsMax: 1 } } });
  expect((await login(sim, 'BU_CABC101')).status).toBe(303);
  expect((await login(sim, 'BU_CXYZ101')).status).toBe(503);
  await using first = await oapi(sim);
  await using second = await oapi(sim);
  expect((await first.login('BO_CABC801', SMALL_DAY_PASSWORD)).completion).toBe(0);
  expect((await second.login('BO_CXYZ801', SMALL_DAY_PASSWORD)).completion).toBe(-42);
});

test('gateways.oapi: notReady answers -2 after a login, baseFacility is what get info tells, pageSize cuts segments', async () => {
  await using late = await dayWith({ gateways: { oapi: { notReady: '10m' } } });
  await using waiting = await oapi(late);
  await waiting.login('BO_CABC801', SMALL_DAY_PASSWORD);
  expect((await waiting.query(positionQueryMessage())).completion).toBe(-2);

  const positions = ['HSIK9', 'HSIM9', 'MHIK9'].map((series) => ({
    participant: 'CABC',
    account: 'HOUSE',
    series,
    held: 1,
  }));
  await using sim = await dayWith({ positions, gateways: { oapi: { baseFacility: 180, pageSize: 2 } } });
  await using client = await oapi(sim);
  await client.login('BO_CABC801', SMALL_DAY_PASSWORD);
  expect((await client.getInfo(2)).answer.readUInt32LE()).toBe(180);
  expect((await client.query(positionQueryMessage(), 173)).completion).toBe(-3);
  await client.query(positionQueryMessage(), 183);
  expect(sim.journal.entries({ kind: 'oapi.query', outcome: 'ok' }).map((entry) => entry['rows'])).toEqual([2]);
});

test('gateways.oapi: user types, parallel sessions, strict facilities and the refusal in enquiry-only mode are seen', async () => {
  const userTypes = [{ name: 'QUERY', users: ['BO_CABC801'], transactions: ['CQ3', 'CD35'], except: ['BD6'] }];
  const enquiryOnlyRefusal = { status: -77 };
  await using sim = await dayWith({
    gateways: { oapi: { userTypes, enquiryOnlyRefusal, facilities: 'strict', parallelSessions: 2 } },
  });
  await using client = await oapi(sim);
  await using second = await oapi(sim);
  for (const each of [client, second]) {
    expect((await each.login('BO_CABC801', SMALL_DAY_PASSWORD)).completion).toBe(0);
  }
  expect((await client.query(positionQueryMessage(), 173)).completion).toBe(0);
  expect((await client.query(positionQueryMessage(), 172)).completion).toBe(-3);
  expect((await client.query(typeOnly('UQ12'), 171)).completion).toBe(-17);
  expect(await client.tx(typeOnly('CD35'), 173)).toMatchObject({ completion: -12, status: -77 });
});

test('oapi.notice and information.signal reach a program; before the planned close it is warned', async () => {
  await using sim = await dayWith({ gateways: { oapi: { logoutWarning: '10m' } } }, [
    { id: 'lost', at: '09:10', do: 'oapi.notice', with: { notice: 'data-lost', which: ['oapi-1'], text: 'Lost.' } },
    { id: 'new', at: '09:20', do: 'oapi.notice', with: { notice: 'subscription-available', broadcast: 'BD6' } },
    { id: 'prices', at: '09:30', do: 'information.signal', with: { what: 'settlement-prices' } },
    { id: 'reports', at: '09:40', do: 'report.publish', with: { which: ['trades'], for: 'all' } },
  ]);
  await using client = await oapi(sim);
  await client.login('BO_CABC801', SMALL_DAY_PASSWORD);
  await client.request({ op: 'set-event', eventType: 1 });
  await sim.clock.advanceTo('11:49:59');
  const heard = async (): Promise<string[]> => {
    await client.request({ op: 'heartbeat' });
    return client.events.map(({ message }) => `${message.toString('latin1', 0, 2)}${message.readUInt16LE(2)}`);
  };
  expect(await heard()).toEqual(['BN1', 'BN2', 'BI7', 'BI7']);
  const [lost, available, prices, reports] = client.events.map(({ message }) => message);
  expect(lost?.toString('latin1', 10)).toBe('Lost.');
  expect(available).toEqual(Buffer.from('424e0200' + '0700' + '0400' + '42440600' + '01000000' + '00000000', 'hex'));
  expect([prices, reports].map((each) => each?.readInt32LE(4))).toEqual([100, 101]);
  await sim.clock.advanceTo('11:50');
  expect((await heard()).slice(4)).toEqual(['BN4']);
  expect(client.events.at(-1)?.message.toString('latin1', 16)).toBe('You will be logged out at 12:00: DCASS closes.');
  expect((await client.query(typeOnly('UQ12'))).completion).toBe(0);
  await sim.clock.advanceTo('12:00');
  expect((await client.query(typeOnly('UQ12'))).completion).toBe(-5);
});

test('gateways.oapi.transactionTimeout is when an answer that does not come is -21, and get info tells it in seconds', async () => {
  await using sim = await dayWith({ gateways: { oapi: { transactionTimeout: '1s50ms' } } });
  await using client = await oapi(sim);
  await client.login('BO_CABC801', SMALL_DAY_PASSWORD);
  expect((await client.getInfo(14)).answer.readInt32LE()).toBe(2);
  await sim.inject('oapi.answer', { drop: true });
  const asked = performance.now();
  expect((await client.query(positionQueryMessage())).completion).toBe(-21);
  expect(performance.now() - asked).toBeGreaterThan(1_000);
});

test('world.passwords: two wrong passwords lock where the day says so, and the page names the day’s own rules', async () => {
  await using sim = await dayWith({ passwords: { online: { failedLoginsMax: 2, lengthMin: 14 } } });
  expect((await login(sim, 'BU_CABC101', 'wrong')).status).toBe(401);
  expect((await login(sim, 'BU_CABC101', 'wrong')).status).toBe(401);
  expect((await login(sim, 'BU_CABC101')).status).toBe(423);
  const { cookie } = await login(sim, 'BU_CABC102');
  expect((await online(sim, 'GET', '/password', { cookie })).body).toContain('14 to 20 characters');
});

test('participants[].authorisedRanges refuses a log-on from elsewhere', async () => {
  const accounts = [{ id: 'HOUSE', type: 'house' }];
  const participant = (code: string, range: string): object => ({
    code,
    name: `${code} Limited`,
    clearingHouses: ['HKCC', 'SEOCH'],
    authorisedRanges: [range],
    accounts,
  });
  await using sim = await dayWith({
    participants: [participant('CABC', '127.0.0.0/8'), participant('CXYZ', '10.151.0.0/16')],
  });
  expect((await login(sim, 'BU_CABC101')).status).toBe(303);
  expect((await login(sim, 'BU_CXYZ101')).status).toBe(403);
  expect((await login(sim, 'BU_CXYZ101', 'wrong')).status).toBe(401);
  expect(sim.journal.entries({ kind: 'online.login', code: 'address-not-authorised' })).toHaveLength(1);
});

test('world.reports.writing is the time under the temporary name', async () => {
  await using sim = await dayWith({ reports: { writing: '30s' } }, [
    { id: 'reports', at: '09:10', do: 'report.publish', with: { which: ['trades'], for: 'all' } },
  ]);
  await sim.clock.advanceTo('09:10:29');
  expect(sim.journal.entries({ kind: 'clearing.report-completed' })).toEqual([]);
  await sim.clock.advanceTo('09:10:30');
  expect(sim.journal.entries({ kind: 'clearing.report-completed' })).toHaveLength(2);
});

test('a password typed into the user field reaches neither journal nor log: only what is near a user id is recorded', async () => {
  await using sim = await dayWith({});
  await login(sim, SMALL_DAY_PASSWORD, 'BU_CABC101');
  await login(sim, 'bu_cabc1O1', 'wrong');
  await using client = await oapi(sim);
  await client.login(SMALL_DAY_PASSWORD, 'BO_CABC801');
  expect(sim.journal.entries({ kind: ['online.login', 'oapi.login'] }).map((entry) => entry['user'])).toEqual([
    '(not a user id)',
    'bu_cabc1O1',
    '(not a user id)',
  ]);
  expect(JSON.stringify(sim.journal.entries())).not.toContain(SMALL_DAY_PASSWORD);
});

test('gateways.oapi.idleLogout logs out a client that makes no call for so long in real time', async () => {
  await using sim = await dayWith({ gateways: { oapi: { idleLogout: '1s' } } });
  await using client = await oapi(sim);
  await client.login('BO_CABC801', SMALL_DAY_PASSWORD);
  await sim.journal.waitFor({ kind: 'oapi.logout', reason: 'idle' }, { timeoutMs: 10_000 });
  expect((await client.query(positionQueryMessage())).completion).toBe(-5);
});

test('gateways.oapi.port is where the gateways listen in a plan with fixed ports', async () => {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  free.close();
  await once(free, 'close');
  using day = scenarioFile(smallDay({ gateways: { oapi: { port } } }));
  await using sim = await simulator({
    scenario: day.path,
    plan: 'single',
    ports: { online: 0, sftp: 0, mail: 0, control: 0 },
  });
  expect(sim.endpoints.oapi.map((gateway) => gateway.port)).toEqual([port, port + 1]);
});

test.skipIf(!hasClient('sftp'))('gateways.sftp.keepDays takes a report away when its days are over', async () => {
  await using sim = await dayWith({ gateways: { sftp: { keepDays: 1 } } }, [
    { id: 'reports', at: '09:10', do: 'report.publish', with: { which: ['trades'], for: 'all' } },
  ]);
  const [server] = sim.endpoints.sftp;
  const list = async (): Promise<string> => {
    const options = ['-o', `UserKnownHostsFile=${sim.endpoints.files.knownHosts}`, '-o', 'IdentitiesOnly=yes'];
    const child = spawn(
      clientPath('sftp'),
      [
        '-q',
        '-b',
        '-',
        '-i',
        sim.endpoints.files.keys['CABC'] ?? '',
        ...options,
        '-P',
        String(server?.port),
        `CABC@${server?.address}`,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    child.stdin.end('ls /INBOX\n');
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(child, 'close');
    return text;
  };
  await sim.clock.advanceTo('09:15');
  expect(await list()).toContain('20190505');
  await sim.clock.advanceTo('+1d 00:01');
  expect(await list()).not.toContain('20190505');
});

test('journalFile keeps every entry as a JSON line, readable by its owner only', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-journal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const journalFile = join(folder, 'journal.jsonl');
  const sim = await simulator({ journalFile, at: '09:00' });
  await sim.stop();
  const lines = readFileSync(journalFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(lines).toEqual(sim.journal.entries());
  expect(statSync(journalFile).mode & 0o777).toBe(0o600);
});
