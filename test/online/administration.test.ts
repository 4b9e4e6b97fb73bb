import { expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../src/clearing/commands/catalogue.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import type { SessionId } from '../../src/clearing/rejection.ts';
import { at } from '../support/world.ts';
import { startSite } from './site.ts';

test('the users page tells from where each user last logged in, and from where the last wrong password came', async () => {
  await using site = await startSite({ gateways: 2 });
  await site.browser(2).login('BU_CABC101');
  site.clock.now = at('09:40');
  await site.browser(1).login('BU_CABC101', 'wrong');
  const browser = site.browser();
  await browser.login('BU_CABC201');

  const page = (await browser.get('/users')).body;
  expect(page).toContain('2019-05-05 09:30:00 online-2 from 127.0.0.1');
  expect(page).toContain('2019-05-05 09:40:00 online-1 from 127.0.0.1');
  const rows = JSON.parse((await browser.get('/users?format=json')).body) as readonly Record<string, unknown>[];
  expect(rows.find((row) => row.user === 'BU_CABC101')).toMatchObject({
    'last login': '2019-05-05T09:30:00.000+08:00',
    'last login window': 'online',
    'last login gateway': 'online-2',
    'last login address': '127.0.0.1',
    'last failed login': '2019-05-05T09:40:00.000+08:00',
    'last failed login window': 'online',
    'last failed login gateway': 'online-1',
    'last failed login address': '127.0.0.1',
  });
  const [head] = (await browser.get('/users?format=csv')).body.split('\r\n');
  expect(head).toBe(
    'user,kind,state,failed logins,last login,password expires,last login window,last login gateway,last login address,last failed login,last failed login window,last failed login gateway,last failed login address,functions',
  );
});

test('an Administrator sees who of the own participant is logged in, and logs out whom the button names', async () => {
  await using site = await startSite({ gateways: 2 });
  const user = site.browser(2);
  await user.login('BU_CABC101');
  await site.browser(2).login('BU_CXYZ101');
  site.clock.now = at('09:40');
  const browser = site.browser();
  await browser.login('BU_CABC201');

  const page = (await browser.get('/sessions')).body;
  expect(page).toContain('<nav class="group" aria-label="Users">');
  expect(page.match(/action="[^"]*\/log-out"/g)).toHaveLength(1);
  expect(page).toContain('this session');
  expect((await browser.get('/sessions?format=csv')).body.split('\r\n')).toEqual([
    'user,window,gateway,address,since,session',
    'BU_CABC101,online,online-2,127.0.0.1,2019-05-05T09:30:00.000+08:00,online-session-1',
    'BU_CABC201,online,online-1,127.0.0.1,2019-05-05T09:40:00.000+08:00,online-session-3',
    '',
  ]);

  const button = /action="([^"]*\/log-out)"/.exec(page)?.[1] ?? '';
  expect(await browser.post(button)).toMatchObject({ status: 303, headers: { location: '/sessions' } });
  expect((await browser.get('/sessions')).body).toContain('BU_CABC101 has been logged out of online-2.');

  const words = 'You have been logged out at 09:40 by a DCASS Administrator of your participant.';
  expect(await user.get('/trades')).toMatchObject({
    status: 303,
    headers: { location: '/login' },
    body: expect.stringContaining(words),
  });
  expect((await user.get('/login')).body).toContain(words);
  const json = await user.get('/trades?format=json');
  expect([json.status, JSON.parse(json.body)]).toEqual([
    401,
    expect.objectContaining({ detail: words, code: 'forced-by-administrator' }),
  ]);
  expect(site.journal.entries({ kind: 'online.forced-logout' })).toMatchObject([
    { outcome: 'ok', user: 'BU_CABC201', target: 'online-session-1', gateway: 'online-1' },
  ]);
});

test('a session of another participant is answered like one that never was, and the own one is not logged out', async () => {
  await using site = await startSite();
  const stranger = site.browser();
  await stranger.login('BU_CXYZ101');
  const browser = site.browser();
  await browser.login('BU_CABC201');
  const [foreign, unknown] = [
    await browser.post('/sessions/online-session-1/log-out'),
    await browser.post('/sessions/online-session-99/log-out'),
  ];
  expect([foreign.status, unknown.status]).toEqual([404, 404]);
  expect(foreign.body).toContain('Your participant has no such session. It may have ended already.');
  expect(unknown.body.replaceAll('99', '1')).toBe(foreign.body.replaceAll('99', '1'));
  expect((await browser.post('/sessions/online-session-2/log-out')).status).toBe(409);
  expect((await stranger.get('/trades')).status).toBe(200);
  expect((await browser.get('/sessions')).status).toBe(200);
});

test('the sessions page and its button are for the Administrator, with the token of the page', async () => {
  await using site = await startSite();
  const user = site.browser();
  await user.login('BU_CABC101');
  const browser = site.browser();
  await browser.login('BU_CABC201');
  expect((await user.get('/sessions')).status).toBe(403);
  expect((await user.post('/sessions/online-session-2/log-out')).status).toBe(403);
  expect((await browser.post('/sessions/online-session-1/log-out', { csrf: 'guessed' })).status).toBe(403);
  expect(site.core.sessions()).toHaveLength(2);
});

test('an Administrator sees and changes the post-trade functions of a user, and the next request goes by them', async () => {
  await using site = await startSite({ phase: 'normal' });
  const user = site.browser();
  await user.login('BU_CABC101');
  const browser = site.browser();
  await browser.login('BU_CABC201');
  expect((await browser.get('/users')).body).toContain('href="/users/BU_CABC101/access"');
  const form = (await browser.get('/users/BU_CABC101/access')).body;
  expect(form.match(/type="checkbox"/g)).toHaveLength(COMMAND_NAMES.length);
  expect(form.match(/ checked/g)).toHaveLength(COMMAND_NAMES.length);

  const saved = await browser.post('/users/BU_CABC101/access', { 'take-up': 'yes', 'request-give-up': 'yes' });
  expect(saved).toMatchObject({ status: 303, headers: { location: '/users' } });
  const users = (await browser.get('/users')).body;
  expect(users).toContain('The access profile of BU_CABC101 has been saved.');
  expect(users).toContain('2 of 15');
  const ticked = (await browser.get('/users/BU_CABC101/access')).body.matchAll(
    /name="([a-z-]+)" value="yes"\s+checked/g,
  );
  expect([...ticked].map(([, name]) => name)).toEqual(['request-give-up', 'take-up']);
  expect(site.journal.entries({ kind: 'online.access-change' })).toMatchObject([
    { outcome: 'ok', user: 'BU_CABC201', target: 'BU_CABC101' },
  ]);
  const session = site.core.sessions()[0]?.id as SessionId;
  expect(site.core.command(session, { do: 'reject-give-up', giveUp: 1, text: '' })).toMatchObject({
    ok: false,
    rejection: { code: 'function-not-in-profile' },
  });
});

test('an access profile can be changed in enquiry-only mode, and a misspelt function takes none away', async () => {
  await using site = await startSite({ phase: 'enquiry-only' });
  const browser = site.browser();
  await browser.login('BU_CABC201');
  expect(await browser.post('/users/BO_CABC801/access', { 'take-upp': 'yes' })).toMatchObject({
    status: 400,
    body: expect.stringContaining('take-upp'),
  });
  expect(site.core.usersOf('CABC' as CustomerCode).every(({ functions }) => functions === undefined)).toBe(true);
  expect((await browser.post('/users/BO_CABC801/access')).status).toBe(303);
  const rows = JSON.parse((await browser.get('/users?format=json')).body) as readonly Record<string, unknown>[];
  expect(rows.find((row) => row.user === 'BO_CABC801')).toMatchObject({ functions: '' });
});

test('the access page is for users of the own participant who have post-trade functions', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC201');
  const [foreign, unknown] = [
    await browser.get('/users/BU_CXYZ101/access'),
    await browser.get('/users/BU_CNON101/access'),
  ];
  expect([foreign.status, unknown.status]).toEqual([404, 404]);
  expect((await browser.post('/users/BU_CXYZ101/access')).status).toBe(404);
  expect(await browser.get('/users/BU_CABC202/access')).toMatchObject({
    status: 403,
    body: expect.stringContaining('An Administrator has no post-trade functions'),
  });
  expect((await browser.post('/users/BU_CABC101/access', { csrf: 'guessed' })).status).toBe(403);
  const user = site.browser();
  await user.login('BU_CABC101');
  expect((await user.get('/users/BU_CABC101/access')).status).toBe(403);
  expect((await user.post('/users/BU_CABC101/access')).status).toBe(403);
});
