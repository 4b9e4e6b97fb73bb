import { expect, test } from 'vitest';
import type { TransportTime } from '../../src/time/instant.ts';
import { PASSWORD } from '../support/world.ts';
import { startSite } from './site.ts';

const COOKIE = /^__Host-dcass-online-1=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/;

test('the login page is a form with username and password, marked as a simulation', async () => {
  await using site = await startSite();
  const page = await site.browser().get('/login');
  expect(page.status).toBe(200);
  expect(page.body).toMatch(/<form method="post" action="\/login"/);
  expect(page.body).toMatch(
    /<label for="username">[\s\S]*name="username"[\s\S]*<label for="password">[\s\S]*name="password"\s+type="password"/,
  );
  expect(page.body).toContain('SIMULATION');
  expect(page.headers).toMatchObject({
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(page.body).not.toMatch(/<script(?! src=)|style=|<style| on\w+=/);
});

test('a login answers 303 to the positions with a Secure, HttpOnly, SameSite=Strict cookie', async () => {
  await using site = await startSite();
  const answer = await site.browser().post('/login', { username: 'BU_CABC101', password: PASSWORD });
  expect(answer).toMatchObject({ status: 303, headers: { location: '/positions' } });
  expect(answer.headers['set-cookie']).toEqual([expect.stringMatching(COOKIE)]);
  expect(site.journal.entries({ kind: 'online.login' })).toMatchObject([
    { outcome: 'ok', user: 'BU_CABC101', participant: 'CABC', gateway: 'online-1', address: '127.0.0.1' },
  ]);
});

test('a wrong password, an unknown user and a user of another kind get one and the same answer', async () => {
  await using site = await startSite();
  const bodies = await Promise.all(
    [
      ['BU_CABC101', 'wrong'],
      ['BU_CABC999', PASSWORD],
      ['BO_CABC801', PASSWORD],
      ['', ''],
    ].map(async ([username = '', password = '']) => {
      const answer = await site.browser().post('/login', { username, password });
      expect(answer.status).toBe(401);
      expect(answer.headers['set-cookie']).toBeUndefined();
      return answer.body.replace(` value="${username}"`, ' value=""').replaceAll(' autofocus', '');
    }),
  );
  expect(new Set(bodies).size).toBe(1);
  expect(bodies[0]).toContain('The user name or the password is wrong.');
  expect(
    site.journal
      .entries({ kind: 'online.login' })
      .map(({ code }) => String(code))
      .toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(['unknown-user', 'unknown-user', 'wrong-password', 'wrong-user-kind']);
});

test('an unknown user and a wrong password are answered at one and the same time after they came', async () => {
  const held: { ms: number; answer: () => void }[] = [];
  let heard = (): void => undefined;
  await using site = await startSite({
    wall: {
      transportNow: () => 1_000 as TransportTime,
      after(ms, answer) {
        held.push({ ms, answer });
        heard();
        return { [Symbol.dispose]: () => undefined };
      },
    },
  });
  for (const username of ['BU_CABC101', 'BU_CABC999', 'BO_CABC801']) {
    const came = new Promise<void>((resolve) => (heard = resolve));
    const answered = site.browser().post('/login', { username, password: 'wrong' });
    await came;
    held.at(-1)?.answer();
    expect((await answered).status).toBe(401);
  }
  expect(held.map(({ ms }) => ms)).toEqual([20, 20, 20]);
});

test('a locked and a suspended user get 423, even with the right password', async () => {
  await using site = await startSite();
  for (const [username, words] of [
    ['BU_CABC103', 'locked'],
    ['BU_CABC104', 'suspended'],
  ] as const) {
    const answer = await site.browser().post('/login', { username, password: PASSWORD });
    expect(answer).toMatchObject({ status: 423, body: expect.stringContaining(words) });
    expect(answer.headers['set-cookie']).toBeUndefined();
  }
});

test('five wrong passwords lock a user, and the right one then gets 423', async () => {
  await using site = await startSite();
  const browser = site.browser();
  for (let count = 0; count < 5; count++)
    expect((await browser.post('/login', { username: 'BU_CABC101', password: 'no' })).status).toBe(401);
  expect((await browser.post('/login', { username: 'BU_CABC101', password: PASSWORD })).status).toBe(423);
});

test.each([
  ['08:59:59', 'not open yet. The Post-Release Verification Session is from 09:00 to 12:00 on 5 May 2019 (Sunday)'],
  ['12:00', 'not open any more. The Post-Release Verification Session was from 09:00 to 12:00 on 5 May 2019 (Sunday)'],
])(
  'a login at %s answers 403 and names the hours of the session, before it looks at the password',
  async (time, words) => {
    await using site = await startSite({ at: time, phase: 'closed' });
    const browser = site.browser();
    expect((await browser.get('/login')).body).toContain(words);
    for (const password of [PASSWORD, 'wrong']) {
      expect(await browser.post('/login', { username: 'BU_CABC103', password })).toMatchObject({
        status: 403,
        body: expect.stringContaining(words),
      });
    }
  },
);

test('an address outside the authorised range is refused with its address, but only after the right password', async () => {
  await using site = await startSite();
  const browser = site.browser();
  expect((await browser.post('/login', { username: 'BU_CFAR101', password: 'wrong' })).status).toBe(401);
  const answer = await browser.post('/login', { username: 'BU_CFAR101', password: PASSWORD });
  expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('127.0.0.1 is outside') });
  expect(answer.body).toContain('10.151.0.0/16');
});

test('a gateway takes no more sessions than its setting says', async () => {
  await using site = await startSite({ settings: { sessionsMax: 1 } });
  expect((await site.browser().post('/login', { username: 'BU_CABC101', password: PASSWORD })).status).toBe(303);
  expect((await site.browser().post('/login', { username: 'BU_CABC201', password: PASSWORD })).status).toBe(503);
});

test.each([
  ['a foreign Origin', { origin: 'https://evil.example' }],
  ['the Origin null', { origin: 'null' }],
  ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site' }],
])('a login with %s is refused and does not reach the core', async (_name, headers) => {
  await using site = await startSite();
  const answer = await site.browser().post('/login', { username: 'BU_CABC101', password: PASSWORD }, headers);
  expect(answer.status).toBe(403);
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(site.journal.entries({ kind: 'online.login' })).toEqual([]);
  expect(site.core.sessions()).toEqual([]);
});

test('a second login in the same browser ends the first session', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  await browser.login('BU_CABC201');
  expect(site.core.sessions().map(({ user }) => user)).toEqual(['BU_CABC201']);
});

test('no password, cookie or form token is in the journal', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.post('/login', { username: 'BU_CABC101', password: 'Guess-0123456789' });
  await browser.login('BU_CABC101');
  await browser.post('/password', {
    currentPassword: PASSWORD,
    newPassword: 'Next-0123456789',
    confirmPassword: 'Next-0123456789',
  });
  await browser.post('/password', { csrf: 'x', currentPassword: PASSWORD, newPassword: 'Next-0123456789' });
  await browser.post('/login', { username: 'BU_CABC101', password: 'x'.repeat(20_000) });
  const journal = JSON.stringify(site.journal.entries());
  for (const secret of [
    PASSWORD,
    'Guess-0123456789',
    'Next-0123456789',
    'xxxxxxxx',
    browser.csrf,
    ...browser.cookies.values(),
  ]) {
    expect(journal).not.toContain(secret);
  }
});

test('logging out needs the token, clears the cookie and ends the session', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  expect((await browser.send('POST', '/logout')).status).toBe(403);
  expect(site.core.sessions()).toHaveLength(1);

  const answer = await browser.post('/logout');
  expect(answer).toMatchObject({ status: 303, headers: { location: '/login?after=logout' } });
  expect(browser.cookies.size).toBe(0);
  expect(site.core.sessions()).toEqual([]);
  expect(site.journal.entries({ kind: 'online.logout' })).toMatchObject([{ outcome: 'ok', user: 'BU_CABC101' }]);
  expect((await browser.get('/login?after=logout')).body).toContain('You have logged out.');
});

test('a cookie is good at the gateway that gave it, and nowhere else', async () => {
  await using site = await startSite({ gateways: 2 });
  const [first, second] = [site.browser(1), site.browser(2)];
  await first.login('BU_CABC101');
  const token = first.cookies.get('__Host-dcass-online-1') ?? '';
  second.cookies.set('__Host-dcass-online-2', token);
  second.cookies.set('__Host-dcass-online-1', token);
  expect((await second.get('/positions')).status).toBe(303);
  expect((await first.get('/positions')).status).toBe(200);
});
