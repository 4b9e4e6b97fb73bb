import { expect, test } from 'vitest';
import { at } from '../support/world.ts';
import { startSite } from './site.ts';

const MINUTE_MS = 60_000;

test('at 12:00 the session ends, and the next page says so', async () => {
  await using site = await startSite({ settings: { idleMs: undefined } });
  const browser = site.browser();
  await browser.login('BU_CABC101');
  site.clock.now = at('12:00');
  site.core.setPhase('closed');

  const words = 'The Post-Release Verification Session ended at 12:00. You have been logged out.';
  expect(await browser.get('/trades')).toMatchObject({
    status: 303,
    headers: { location: '/login' },
    body: expect.stringContaining(words),
  });
  expect(await browser.get('/login')).toMatchObject({ status: 200, body: expect.stringContaining(words) });
  const json = await browser.get('/trades?format=json');
  expect([json.status, JSON.parse(json.body)]).toEqual([
    401,
    expect.objectContaining({ detail: words, code: 'session-closed' }),
  ]);
  expect((await browser.post('/give-ups')).status).toBe(303);
});

test('a session that nobody uses for the idle time ends; one that is used does not', async () => {
  await using site = await startSite({ settings: { idleMs: 15 * MINUTE_MS } });
  const [idle, busy] = [site.browser(), site.browser()];
  await idle.login('BU_CABC101');
  await busy.login('BU_CABC201');
  site.clock.now = at('09:44:59');
  await busy.get('/trades');
  site.clock.now = at('09:45');
  expect((await busy.get('/trades')).status).toBe(200);
  expect((await idle.get('/trades')).status).toBe(303);
  expect((await idle.get('/login')).body).toContain(
    'You have been logged out at 09:45 because nothing was done for a while.',
  );
  expect(site.core.sessions().map(({ user }) => user)).toEqual(['BU_CABC201']);
});

test('a page that refreshes itself, or asks for the clock, does not keep a session alive', async () => {
  await using site = await startSite({ settings: { idleMs: 15 * MINUTE_MS } });
  const browser = site.browser();
  await browser.login('BU_CABC101');
  expect((await browser.get('/trades?series=HSI')).body).toContain(
    '<noscript><meta http-equiv="refresh" content="60;url=/trades?series=HSI&amp;auto=1" />',
  );
  site.clock.now = at('09:44');
  expect((await browser.get('/trades?auto=1')).status).toBe(200);
  expect(JSON.parse((await browser.get('/status')).body)).toEqual({
    time: '2019-05-05T09:44:00.000+08:00',
    phase: 'enquiry-only',
    phaseText: 'Enquiry only — until 12:00',
    loggedIn: true,
    ending: '',
    unread: 0,
  });
  site.clock.now = at('09:45');
  expect(JSON.parse((await browser.get('/status')).body)).toMatchObject({ loggedIn: false });
  expect((await browser.get('/trades')).status).toBe(303);
});

test.each([
  ['locked', 'Your user was locked at 09:30.'],
  ['suspended', 'Your user was suspended at 09:30.'],
  ['reset', 'Your password was reset at 09:30.'],
] as const)('a user who is %s meanwhile is logged out and told why', async (what, words) => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  const { user } = site.core.sessions()[0] ?? {};
  if (!user) throw new Error('no session');
  if (what === 'locked') site.core.lockUser(user);
  if (what === 'suspended') site.core.suspendUser(user);
  if (what === 'reset') site.core.resetPasswordByExchange(user, undefined);
  expect((await browser.get('/positions')).status).toBe(303);
  expect((await browser.get('/login')).body).toContain(words);
});

test('a new login after the end gives a new session and no old words', async () => {
  await using site = await startSite({ settings: { idleMs: MINUTE_MS } });
  const browser = site.browser();
  await browser.login('BU_CABC101');
  site.clock.now = at('10:00');
  expect((await browser.get('/positions')).status).toBe(303);
  await browser.login('BU_CABC101');
  expect((await browser.get('/positions')).status).toBe(200);
  expect((await browser.get('/login')).body).toContain('You are logged in as BU_CABC101.');
});
