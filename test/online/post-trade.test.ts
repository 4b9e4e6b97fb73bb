import { expect, test } from 'vitest';
import { startSite } from './site.ts';

const REQUESTS = [
  ['/give-ups', 'Give-up'],
  ['/exercises', 'Exercise request'],
  ['/trades/1/rectify', 'Trade rectification'],
  ['/positions/net-down', 'Position net-down'],
] as const;

test.each(REQUESTS)(
  'in enquiry-only mode POST %s is 403 and says that only enquiry functions are available',
  async (path, functionName) => {
    await using site = await startSite();
    const browser = site.browser();
    await browser.login('BU_CABC101');
    const page = await browser.post(path);
    expect(page).toMatchObject({
      status: 403,
      body: expect.stringContaining('Only enquiry functions are available in this session'),
    });
    expect(site.journal.entries({ kind: 'online.post-trade' })).toMatchObject([
      { outcome: 'refused', code: 'function-not-available', functionName, user: 'BU_CABC101', gateway: 'online-1' },
    ]);
  },
);

test('the refusal comes before the token and the body: a program that sends JSON hears it too', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  const page = await browser.send('POST', '/give-ups', '{"trade":1}', { 'content-type': 'application/json' });
  expect(page).toMatchObject({ status: 403, body: expect.stringContaining('Only enquiry functions') });
});

test('without a session a post-trade request sends to the login', async () => {
  await using site = await startSite();
  expect(await site.browser().post('/give-ups')).toMatchObject({ status: 303, headers: { location: '/login' } });
  expect(site.journal.entries({ kind: 'online.post-trade' })).toEqual([]);
});

test('the buttons cannot be pressed in enquiry-only mode and say why; in a normal session they can', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  for (const path of ['/positions', '/trades', '/give-ups', '/exercises']) {
    const page = (await browser.get(path)).body;
    expect(page).toMatch(/<button type="button" disabled aria-describedby="post-trade">/);
    expect(page).toMatch(/id="post-trade">Only enquiry functions are available in this session, until 12:00\./);
  }
  site.core.setPhase('normal');
  expect((await browser.get('/trades')).body).toContain('<a class="button" href="/trades/1/rectify">');
});

test.each([
  ['no token', {}, {}],
  ['a wrong token', { csrf: 'x'.repeat(43) }, {}],
  ['a foreign origin', undefined, { origin: 'https://evil.example' }],
])('a form with %s is refused and changes nothing', async (_name, fields, headers) => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC201');
  const body = new URLSearchParams(fields ?? { csrf: browser.csrf }).toString();
  const page = await browser.send('POST', '/users/BU_CABC101/reset', body, {
    'content-type': 'application/x-www-form-urlencoded',
    ...headers,
  });
  expect(page).toMatchObject({ status: 403, body: expect.stringContaining('Nothing was changed.') });
  expect(site.journal.entries({ kind: 'online.password-reset' })).toEqual([]);
  expect(site.journal.entries({ kind: 'online.invalid' })).toMatchObject([{ code: 'csrf', user: 'BU_CABC201' }]);
});
