import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { PASSWORD } from '../support/world.ts';
import { HOSTS, portOf, startSite, type Answer, type Site } from './site.ts';

// A form type that says its characters takes the framework's way, and so does a cookie.
const LONG_WAY = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

/** Without what differs from answer to answer. */
function headersOf({ headers }: Answer): unknown {
  const { date: _date, ...others } = headers;
  return JSON.parse(JSON.stringify(others).replace(/(online-1=)[\w-]{43}/, '$1token'));
}

test.each([
  ['the right password', 'BU_CABC101', PASSWORD, 303],
  ['a wrong password', 'BU_CABC101', 'wrong', 401],
  ['an unknown user', 'BU_CABC999', PASSWORD, 401],
  ['an expired password', 'BU_CABC102', PASSWORD, 403],
  ['a locked user', 'BU_CABC103', PASSWORD, 423],
  ['an address that is not authorised', 'BU_CFAR101', PASSWORD, 403],
  ['characters of every kind', ' "><&+%zz%41é\u0000', '漢字&=%', 401],
])('the short way and the long way of a login answer alike: %s', async (_name, username, password, status) => {
  const ways = [{}, LONG_WAY].map(async (headers) => {
    await using site = await startSite();
    const answer = await site.browser().post('/login', { username, password }, headers);
    const entries = site.journal.entries().map(({ wallTime: _wall, ...entry }) => entry);
    expect(answer.status).toBe(status);
    // A form token is drawn by chance.
    return { headers: headersOf(answer), body: answer.body.replaceAll(/name="csrf" value="[^"]+"/g, ''), entries };
  });
  const [short, long] = await Promise.all(ways);
  expect(short).toEqual(long);
});

async function raw(site: Site, parts: readonly string[]): Promise<string> {
  const socket = connect({
    host: '127.0.0.1',
    port: portOf(site.online),
    servername: HOSTS[0],
    rejectUnauthorized: false,
  });
  let said = '';
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
  for (const part of parts) {
    await new Promise((resolve) => socket.write(part, resolve));
  }
  await closed;
  return said;
}

test('a form that comes in pieces, and one after another on the same connection, log in', async () => {
  await using site = await startSite();
  const body = `username=BU_CABC101&password=${encodeURIComponent(PASSWORD)}`;
  const head = (more: string): string =>
    `POST /login HTTP/1.1\r\nHost: ${HOSTS[0]}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n${more}\r\n`;
  const first = head('');
  const said = await raw(site, [
    first.slice(0, 20),
    first.slice(20),
    body.slice(0, 15),
    body.slice(15) + head('Connection: close\r\n') + body,
  ]);
  expect(said.match(/HTTP\/1\.1 303/g)).toHaveLength(2);
  expect(site.core.sessions()).toHaveLength(2);
});

test('a fault of ours in the short way is answered with 500 and journalled, and the gateway goes on', async () => {
  await using site = await startSite();
  site.core.login = () => {
    throw new TypeError(`never told: ${PASSWORD}`);
  };
  const answer = await site.browser().post('/login', { username: 'BU_CABC101', password: PASSWORD });
  expect(answer.status).toBe(500);
  expect(JSON.stringify([answer.body, site.journal.entries()])).not.toContain(PASSWORD);
  expect(site.journal.entries({ kind: 'simulator.bug' })).toMatchObject([{ error: 'TypeError', path: '/login' }]);
  expect((await site.browser().get('/login')).status).toBe(200);
});
