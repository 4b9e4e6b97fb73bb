import { expect, test } from 'vitest';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import type { TransportTime } from '../../src/time/instant.ts';
import { at } from '../support/world.ts';
import { startSite, type Browser } from './site.ts';

const ENDING = 'This session ends at 12:00. You will be logged out then';

async function status(browser: Browser): Promise<Record<string, unknown>> {
  return JSON.parse((await browser.get('/status')).body) as Record<string, unknown>;
}

test('before the end of the session every page warns, and the page that is open hears it too', async () => {
  await using site = await startSite({ at: '11:49' });
  const browser = site.browser();
  await browser.login('BU_CABC101');
  expect((await browser.get('/trades')).body).toMatch(/<p id="ending"[^>]* hidden>/);
  expect(await status(browser)).toMatchObject({ ending: '' });
  site.clock.now = at('11:50');
  for (const path of ['/trades', '/positions', '/password']) {
    expect((await browser.get(path)).body).toContain(`<p id="ending" class="note warn" role="status" >${ENDING}`);
  }
  expect(await status(browser)).toMatchObject({ ending: expect.stringContaining(ENDING) });
});

test('how long before is a setting, and nothing before is one too', async () => {
  await using site = await startSite({ at: '11:59', settings: { logoutWarningMs: 0 } });
  const browser = site.browser();
  await browser.login('BU_CABC101');
  expect(await status(browser)).toMatchObject({ ending: '' });
});

test('clearing messages are marked as new until somebody opens their page, for each user', async () => {
  await using site = await startSite();
  const [first, second] = [site.browser(), site.browser()];
  await first.login('BU_CABC101');
  await second.login('BU_CABC105');
  expect((await first.get('/trades')).body).toMatch(/id="unread"[^>]* hidden>/);
  site.core.sendMessage(undefined, 'One for all');
  site.core.sendMessage('CABC' as CustomerCode, 'One for CABC');
  site.core.sendMessage('CXYZ' as CustomerCode, 'One for CXYZ');
  expect(await status(first)).toMatchObject({ unread: 2 });
  // The page that asks for itself, and a file, are no reader.
  await first.get('/messages?auto=1');
  await first.get('/messages?format=csv');
  const opened = (await first.get('/messages')).body;
  expect(opened.match(/<td>New<\/td>/g)).toHaveLength(2);
  expect(opened).toMatch(/id="unread"[^>]* hidden>/);
  expect((await first.get('/messages')).body).not.toContain('<td>New</td>');
  expect([await status(first), await status(second)]).toMatchObject([{ unread: 0 }, { unread: 2 }]);
});

test('an address with too many refused logins waits, and others do not; then it may try again', async () => {
  let now = 1_000;
  const wall = { transportNow: () => now as TransportTime };
  await using site = await startSite({ wall, settings: { refusedLoginsMax: 3 } });
  const browser = site.browser();
  for (const name of ['nobody', 'BU_CABC101', 'BU_CXYZ101'])
    expect((await browser.login(name, 'wrong')).status).toBe(401);
  now += 20_000;
  // Right or wrong: who guesses must not learn which.
  for (const password of ['wrong', undefined]) {
    expect(await browser.login('BU_CABC101', password)).toMatchObject({
      status: 429,
      headers: { 'retry-after': '40' },
      body: expect.stringContaining('Try again in 40 seconds.'),
    });
  }
  expect(site.journal.entries({ kind: 'online.login' }).at(-1)).toMatchObject({
    outcome: 'refused',
    code: 'too-many-logins',
  });
  now += 40_000;
  expect((await browser.login('BU_CABC101')).status).toBe(303);
});

test('a page names the other gateways, for when its own does not answer any more', async () => {
  await using site = await startSite({ gateways: 4 });
  expect((await site.browser(2).get('/login')).body).toContain(
    'data-others="Try pgencdw001.hkex.com.hk, pgenrgw001.hkex.com.hk or pgenrgw002.hkex.com.hk."',
  );
});

test('a user may have any number of sessions, and a limit of one refuses the second, at any gateway', async () => {
  await using free = await startSite({ gateways: 2 });
  expect((await free.browser(1).login('BU_CABC101')).status).toBe(303);
  expect((await free.browser(2).login('BU_CABC101')).status).toBe(303);

  await using site = await startSite({ gateways: 2, settings: { userSessions: 1 } });
  const [first, second] = [site.browser(1), site.browser(2)];
  await first.login('BU_CABC101');
  const refused = await second.login('BU_CABC101');
  expect(refused).toMatchObject({ status: 409, body: expect.stringContaining('already logged in at online-1') });
  // The same browser begins anew, and whoever logs out makes room.
  expect((await first.login('BU_CABC101')).status).toBe(303);
  expect(site.core.sessions()).toHaveLength(1);
  expect((await second.login('BU_CABC105')).status).toBe(303);
});

test('where a login takes over, the oldest session over the limit ends and its browser hears why', async () => {
  await using site = await startSite({ gateways: 3, settings: { userSessions: 2, secondLogin: 'takes-over' } });
  const [first, second, third] = [site.browser(1), site.browser(2), site.browser(3)];
  for (const browser of [first, second, third]) expect((await browser.login('BU_CABC101')).status).toBe(303);
  expect(site.core.sessions().map((each) => each.gateway)).toEqual(['online-2', 'online-3']);
  expect((await first.get('/trades')).body).toContain('the same user logged in elsewhere');
  expect((await second.get('/trades')).status).toBe(200);
});
