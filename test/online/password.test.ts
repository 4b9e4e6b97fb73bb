import { expect, test } from 'vitest';
import { PASSWORD } from '../support/world.ts';
import { startSite } from './site.ts';

const NEXT = 'Brand-New-2019!';
const change = (options: Record<string, string> = {}) => ({
  currentPassword: PASSWORD,
  newPassword: NEXT,
  confirmPassword: NEXT,
  ...options,
});

test('a login with an expired password answers 403 with the change form, and the change opens DCASS', async () => {
  await using site = await startSite();
  const browser = site.browser();
  const answer = await browser.post('/login', { username: 'BU_CABC102', password: PASSWORD });
  expect(answer.status).toBe(403);
  expect(answer.body).toContain('Your password has expired at 06:30 on 4 May 2019 (Saturday)');
  expect(answer.body).toMatch(/<form method="post" action="\/password"/);
  for (const words of [
    'autocomplete="username"',
    'autocomplete="current-password"',
    'autocomplete="new-password"',
    '8 to 20 characters',
  ]) {
    expect(answer.body).toContain(words);
  }
  expect(browser.cookies.size).toBe(1);

  expect(await browser.get('/positions')).toMatchObject({ status: 303, headers: { location: '/password' } });
  expect((await browser.get('/positions?format=json')).status).toBe(403);
  expect(await browser.post('/give-ups')).toMatchObject({ status: 303, headers: { location: '/password' } });
  expect((await browser.get('/password')).body).toContain('Your password has expired');

  expect(await browser.post('/password', change())).toMatchObject({ status: 303, headers: { location: '/positions' } });
  const positions = await browser.get('/positions');
  expect(positions).toMatchObject({ status: 200, body: expect.stringContaining('Your password has been changed.') });
  expect((await browser.get('/positions')).body).not.toContain('has been changed');
  expect(site.journal.entries({ kind: 'online.login' })).toMatchObject([{ outcome: 'ok', restricted: 'expired' }]);
  expect(site.journal.entries({ kind: 'online.password-change' })).toMatchObject([
    { outcome: 'ok', restricted: 'expired' },
  ]);

  const other = site.browser();
  expect((await other.post('/login', { username: 'BU_CABC102', password: PASSWORD })).status).toBe(401);
  expect((await other.post('/login', { username: 'BU_CABC102', password: NEXT })).status).toBe(303);
});

test('a reset password must be changed at the next login, and a user so restricted can still log out', async () => {
  await using site = await startSite();
  const browser = site.browser();
  const answer = await browser.post('/login', { username: 'BU_CABC106', password: PASSWORD });
  expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('Your password was reset.') });
  expect((await browser.post('/logout')).status).toBe(303);
});

test.each([
  ['is too short', { newPassword: 'a1!', confirmPassword: 'a1!' }, 422, 'has 3 characters; it must have 8 to 20'],
  [
    'holds a character that is not accepted',
    { newPassword: 'abc 12345', confirmPassword: 'abc 12345' },
    422,
    'Character 4 of the new password',
  ],
  [
    'holds no digit and no special character',
    { newPassword: 'abcdefghi', confirmPassword: 'abcdefghi' },
    422,
    'has no digit and no special character',
  ],
  ['was used before', { newPassword: PASSWORD, confirmPassword: PASSWORD }, 422, 'was used before'],
  ['is not confirmed', { confirmPassword: 'something' }, 422, 'are not the same'],
  ['comes with a wrong current one', { currentPassword: 'wrong' }, 403, 'The current password is wrong.'],
])('a new password that %s is refused in words, and nothing changes', async (_name, fields, status, words) => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  expect(await browser.post('/password', change(fields))).toMatchObject({
    status,
    body: expect.stringContaining(words),
  });
  expect((await site.browser().post('/login', { username: 'BU_CABC101', password: PASSWORD })).status).toBe(303);
});

test('wrong current passwords lock the user and end the session, and the login page says so', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  for (let count = 0; count < 4; count++)
    expect((await browser.post('/password', change({ currentPassword: 'no' }))).status).toBe(403);
  expect(await browser.post('/password', change({ currentPassword: 'no' }))).toMatchObject({
    status: 303,
    headers: { location: '/login' },
  });
  expect((await browser.get('/login')).body).toContain('Your user was locked at 09:30.');
});

test('a password that expires soon is announced on every page until it is changed', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC105');
  expect((await browser.get('/trades')).body).toContain('Your password expires in 7 days.');
  await browser.post('/password', change());
  expect((await browser.get('/trades')).body).not.toContain('Your password expires');
});

test('an Administrator resets and unlocks users of the own participant, and sees the temporary password once', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC201');
  expect((await browser.get('/users')).body).toMatch(/BU_CABC103[\s\S]*Locked/);

  expect(await browser.post('/users/BU_CABC103/unlock')).toMatchObject({
    status: 303,
    headers: { location: '/users' },
  });
  expect((await browser.get('/users')).body).toContain('BU_CABC103 has been unlocked.');

  const reset = await browser.post('/users/BU_CABC101/reset');
  const temporary = /<code>([^<]+)<\/code>/.exec(reset.body)?.[1] ?? '';
  expect(reset.status).toBe(200);
  expect((await browser.get('/users')).body).not.toContain(temporary);
  expect(JSON.stringify(site.journal.entries())).not.toContain(temporary);
  expect(site.journal.entries({ kind: 'online.password-reset' })).toMatchObject([
    { outcome: 'ok', user: 'BU_CABC201', target: 'BU_CABC101' },
  ]);

  const unescaped = temporary.replaceAll('&amp;', '&');
  const login = await site.browser().post('/login', { username: 'BU_CABC101', password: unescaped });
  expect(login).toMatchObject({ status: 403, body: expect.stringContaining('Your password was reset.') });
});

test('an Administrator can reset no user of another participant, nobody unknown and no Administrator', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC201');
  const foreign = await browser.post('/users/BU_CXYZ101/reset');
  const unknown = await browser.post('/users/BU_CNON101/reset');
  expect([foreign.status, unknown.status]).toEqual([404, 404]);
  expect(foreign.body).toContain('Your participant has no such user.');
  expect((await browser.post('/users/BU_CABC202/reset')).status).toBe(403);
});

test('the users page and its buttons are for the Administrator only', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  expect((await browser.get('/users')).status).toBe(403);
  expect((await browser.get('/positions')).body).not.toContain('href="/users"');
  expect((await browser.post('/users/BU_CABC102/reset')).status).toBe(403);
  expect((await browser.post('/users/BU_CABC103/unlock')).status).toBe(403);
});
