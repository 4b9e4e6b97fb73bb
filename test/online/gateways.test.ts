import { execFile } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { wallClock } from '../../src/host/wall-clock.ts';
import { expect, test } from 'vitest';
import { clientPath, hasClient } from '../support/real-clients.ts';
import { PASSWORD } from '../support/world.ts';
import { HOSTS, portOf, startSite, type Site } from './site.ts';

const run = promisify(execFile);

/** curl against a gateway by its host name, with the CA and nothing else trusted. */
async function curl(site: Site, gateway: number, ...args: readonly string[]): Promise<string> {
  const host = HOSTS[gateway - 1] ?? '';
  const port = portOf(site.online, gateway);
  const { stdout } = await run(clientPath('curl'), [
    '--silent',
    '--show-error',
    '--include',
    '--noproxy',
    '*',
    '--max-time',
    '10',
    '--cacert',
    site.caFile,
    '--connect-to',
    `${host}:${port}:127.0.0.1:${port}`,
    ...args.map((arg) => arg.replace('@', `https://${host}:${port}`)),
  ]);
  return stdout;
}

test.skipIf(!hasClient('curl'))('curl reaches each gateway by its host name over TLS 1.2 and 1.3', async () => {
  await using site = await startSite({ gateways: 4 });
  for (const gateway of [1, 2, 3, 4]) {
    for (const version of [['--tlsv1.2', '--tls-max', '1.2'], ['--tlsv1.3']]) {
      const page = await curl(site, gateway, ...version, '@/login');
      expect(page).toMatch(/^HTTP\/1\.1 200/);
      expect(page.replaceAll(/>\s+</g, '><')).toContain(`<dt>Gateway ${gateway}</dt><dd>${HOSTS[gateway - 1]}</dd>`);
    }
  }
});

test('a client that speaks no more than TLS 1.1 is refused by the handshake', async () => {
  await using site = await startSite();
  await expect(
    openTls(site, HOSTS[0], { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
  ).rejects.toMatchObject({
    code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  });
  (await openTls(site, HOSTS[0], { maxVersion: 'TLSv1.2' })).destroy();
});

test.skipIf(!hasClient('curl'))(
  'curl logs in with a plain form post and reads the positions with the cookie',
  async () => {
    await using site = await startSite();
    const login = await curl(
      site,
      1,
      '--data-urlencode',
      'username=BU_CABC101',
      '--data-urlencode',
      `password=${PASSWORD}`,
      '@/login',
    );
    expect(login).toMatch(/^HTTP\/1\.1 303[\s\S]*location: \/positions/i);
    const cookie = /set-cookie: ([^;]+);/i.exec(login)?.[1] ?? '';
    expect(await curl(site, 1, '--cookie', cookie, '@/positions?format=csv')).toContain(
      '\r\n\r\nparticipant,account,series,held,written,closed out,exercised,assigned,denied,covered\r\n',
    );
  },
);

test.skipIf(!hasClient('curl'))(
  'behind one shared listener the Host header names the gateway, then SNI, and each has its own certificate',
  async () => {
    await using site = await startSite({ gateways: 4, shared: true });
    expect(new Set(site.online.gateways.map(({ port }) => port)).size).toBe(1);
    for (const gateway of [1, 2, 3, 4])
      expect(await curl(site, gateway, '@/login')).toContain(`<dt>Gateway ${gateway}</dt>`);
    const address = `https://127.0.0.1:${portOf(site.online)}/login`;
    expect(await curl(site, 1, address)).toContain('<dt>Gateway 1</dt>');
    expect(await curl(site, 1, '--header', `Host: ${HOSTS[2]}`, address)).toContain('<dt>Gateway 3</dt>');
  },
);

test('a stopped gateway refuses connections and ends its sessions; started again it has the same port', async () => {
  await using site = await startSite({ gateways: 2 });
  const [first, second] = [site.browser(1), site.browser(2)];
  await first.login('BU_CABC101');
  await second.login('BU_CABC201');
  const { port } = site.online.gateways[0] ?? {};
  await site.online.stop(1, 'refuse');
  await site.online.stop(1, 'refuse');
  await expect(first.get('/login')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect((await second.get('/positions')).status).toBe(200);
  expect(site.core.sessions().map(({ user }) => user)).toEqual(['BU_CABC201']);

  await site.online.start(1);
  expect((await first.get('/positions')).status).toBe(303);
  expect((await first.get('/login')).body).toContain('This gateway was stopped at 09:30.');
  expect(site.online.gateways[0]).toMatchObject({ port });
});

test('a gateway stopped with reset resets open and new connections, and starts again', async () => {
  await using site = await startSite();
  const open = await openTls(site);
  const reset = new Promise((resolve) => open.once('error', resolve));
  await site.online.stop(1, 'reset');
  expect(await reset).toMatchObject({ code: 'ECONNRESET' });
  for (let i = 0; i < 33; i++) await expect(site.browser().get('/login')).rejects.toMatchObject({ code: 'ECONNRESET' });
  // Whoever goes on trying is told of, and does not fill the journal.
  const told = site.journal.entries({ kind: 'online.turned-away', gateway: 'online-1' });
  expect(told.map((entry) => entry['tries'])).toEqual([...Array.from({ length: 20 }, (_, i) => i + 1), 32]);
  await site.online.start(1);
  expect((await site.browser().get('/login')).status).toBe(200);
});

test('behind a shared listener a stopped gateway cuts off its own clients only', async () => {
  await using site = await startSite({ gateways: 4, shared: true });
  const open = await openTls(site, HOSTS[1]);
  const other = await openTls(site, HOSTS[2]);
  expect(site.online.gateways.map((gateway) => gateway.connections())).toEqual([0, 1, 1, 0]);
  const closed = new Promise((resolve) => open.once('close', resolve));
  await site.online.stop(2, 'refuse');
  await closed;
  await expect(site.browser(2).get('/login')).rejects.toThrow(/hang up|closed|reset/);
  expect(site.journal.entries({ kind: 'online.turned-away' }).map((each) => each['gateway'])).toEqual(['online-2']);
  expect((await site.browser(3).get('/login')).status).toBe(200);
  expect(other.destroyed).toBe(false);
  await site.online.start(2);
  expect((await site.browser(2).get('/login')).status).toBe(200);
  other.destroy();
});

test('plain HTTP on the TLS port is told to use https', async () => {
  await using site = await startSite();
  expect(await talk(site, 'GET /login HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1\.1 400[\s\S]*use https:\/\//);
});

test('random bytes, before and inside TLS, close the connection and nothing else', async () => {
  await using site = await startSite();
  for (const bytes of ['\0\x01\x02', 'SSH-2.0-x\r\n', '\x16\x03\x01\x02\0\x01garbage', '\xff'.repeat(5_000)])
    await talk(site, bytes);
  const tls = await openTls(site);
  const answer = new Promise<string>((resolve) => tls.once('data', (data) => resolve(String(data))));
  tls.write('\0\0\0 not http\r\n\r\n');
  expect(await answer).toMatch(/^HTTP\/1\.1 400/);
  expect((await site.browser().get('/login')).status).toBe(200);
});

test('a form longer than 16 KiB is 413, another type of body 415, both as our own page', async () => {
  await using site = await startSite();
  const long = await site.browser().post('/login', { username: 'BU_CABC101', password: 'x'.repeat(17_000) });
  expect(long).toMatchObject({ status: 413, body: expect.stringContaining('The form is too long.') });
  const json = await site.browser().send('POST', '/login', '{"username":"x"}', { 'content-type': 'application/xml' });
  expect(json).toMatchObject({ status: 415, body: expect.stringContaining('SIMULATION') });
  expect(site.journal.entries({ kind: 'online.invalid' })).toHaveLength(2);
});

test.each([
  ['head', 'GET /login HTTP/1.1\r\nHo', { headersTimeoutMs: 100 }],
  [
    'body',
    'POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nusername=',
    { headersTimeoutMs: 100, requestTimeoutMs: 200 },
  ],
])('a writer that is slow with its %s is cut off', async (_part, begun, settings) => {
  await using site = await startSite({ gateways: 2, settings: { timeoutCheckMs: 50, ...settings } });
  for (const gateway of [1, 2]) {
    const slow = await openTls(site, undefined, { port: portOf(site.online, gateway) });
    const closed = new Promise((resolve) => slow.once('close', resolve));
    slow.resume();
    slow.write(begun);
    await closed;
  }
});

test('200 idle connections do no harm', async () => {
  await using site = await startSite();
  const idle = await Promise.all(Array.from({ length: 200 }, () => openPlain(site)));
  expect((await site.browser().get('/login')).status).toBe(200);
  expect(site.online.gateways[0]?.connections()).toBeGreaterThanOrEqual(200);
  for (const socket of idle) socket.destroy();
});

test('a taken port is reported with the gateway name, and what was opened is closed again', async () => {
  await using site = await startSite();
  const port = portOf(site.online);
  const { startOnlineGateways } = await import('../../src/online/gateways.ts');
  const gateways = site.online.gateways.map((gateway) => ({
    ...gateway,
    name: 'online-1',
    port,
    tls: { key: '', cert: '' },
  }));
  await expect(
    startOnlineGateways({
      gateways,
      shared: false,
      defaultTls: undefined,
      wall: wallClock,
      core: site.core,
      journal: site.journal,
    }),
  ).rejects.toMatchObject({ code: 'SIM_PORT_IN_USE', message: expect.stringContaining('online-1') });
});

function openPlain(site: Site): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(portOf(site.online), '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}

function openTls(site: Site, servername = HOSTS[0] ?? '', options: ConnectionOptions = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    // A round trip, so that the server has seen the end of the handshake too.
    const socket = connectTls(
      { port: portOf(site.online), host: '127.0.0.1', servername, rejectUnauthorized: false, ...options },
      () => {
        socket.write(`GET /assets/clock.js HTTP/1.1\r\nHost: ${servername}\r\n\r\n`);
        socket.once('data', () => resolve(socket));
      },
    );
    socket.once('error', reject);
  });
}

async function talk(site: Site, bytes: string): Promise<string> {
  const socket = await openPlain(site);
  return new Promise((resolve) => {
    let heard = '';
    socket.on('data', (data) => (heard += String(data)));
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(heard));
    socket.end(Buffer.from(bytes, 'latin1'));
  });
}
