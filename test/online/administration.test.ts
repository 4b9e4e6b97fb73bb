import { expect, test } from 'vitest';
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
  expect(page).toContain('online-2 from 127.0.0.1');
  expect(page).toContain('online-1 from 127.0.0.1');
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
    'user,kind,state,failed logins,last login,password expires,last login window,last login gateway,last login address,last failed login,last failed login window,last failed login gateway,last failed login address',
  );
});
