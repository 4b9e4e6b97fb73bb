import { expect, test } from 'vitest';
import type { Answer, Browser, Site } from './site.ts';
import { fullSite } from './quality/pages.ts';

/** What somebody may send in any field, to break the page, the model, a file, a journal line or a spreadsheet. */
const HOSTILE = [
  '"><script>alert(1)</script>',
  "'); DROP TABLE trades; --",
  '${7*7}{{7*7}}<%= 7*7 %>',
  '../../../../etc/passwd',
  '%00%0d%0aSet-Cookie: a=b',
  'a\r\nSet-Cookie: injected=1',
  '\u0000\u0001\u001b[2J',
  '=cmd|calc!A1',
  '__proto__',
  'constructor',
  '-1',
  '1e309',
  '9'.repeat(400),
  '０１２',
  '‮evil‬',
  'ＨＯＵＳＥ',
  'toString',
];

const FIELDS = [
  'account',
  'series',
  'quantity',
  'held',
  'written',
  'to',
  'taker-account',
  'commission',
  'text',
  'trade',
  'trades',
  'final-held',
  'rows',
  'step',
  'once',
  'account-1',
  'quantity-1',
  'open-close-1',
  'info-1',
  'username',
  'password',
  'currentPassword',
  'newPassword',
  'confirmPassword',
  'functions',
  'csrf2',
];
const PARAMETERS = [
  'format',
  'sort',
  'page',
  'size',
  'series',
  'account',
  'trade',
  'state',
  'from',
  'until',
  'date',
  'auto',
  'kind',
];

async function addresses(site: Site, method: string, fill: string): Promise<string[]> {
  return (await site.online.routes())
    .filter((route) => route.method === method && !/^\/(logout|password|login)$/.test(route.path))
    .map(({ path }) => path.replace(/:\w+/, fill));
}

function expectHarmless(what: string, answer: Answer): void {
  expect([what, answer.status]).toEqual([what, expect.toSatisfy((status: number) => status < 500)]);
  expect([what, answer.body.includes('<script>alert')]).toEqual([what, false]);
  expect([what, answer.body.includes('\u0000') || answer.body.includes('\u001b')]).toEqual([what, false]);
  expect([what, answer.headers['set-cookie']]).toEqual([what, undefined]);
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
}

async function staff(site: Site, user = 'BU_CABC101'): Promise<Browser> {
  const browser = site.browser();
  await browser.login(user);
  return browser;
}

test('nothing in a parameter or a path breaks a page, comes back as markup, or is a fault of ours', async () => {
  await using site = await fullSite('normal');
  for (const browser of [await staff(site), await staff(site, 'BU_CABC201'), site.browser()]) {
    for (const hostile of HOSTILE) {
      const text = encodeURIComponent(hostile);
      for (const path of await addresses(site, 'GET', text)) expectHarmless(path, await browser.get(path));
      for (const name of PARAMETERS) expectHarmless(name, await browser.get(`/trades?${name}=${text}`));
      expectHarmless('name', await browser.get(`/positions?${text}=1`));
    }
  }
  expect(site.journal.entries({ kind: 'simulator.bug' })).toEqual([]);
}, 120_000);

test('nothing in a field of any form changes anything but what was confirmed, or is a fault of ours', async () => {
  await using site = await fullSite('normal');
  const changes: string[] = [];
  site.core.onEvent(({ type }) => changes.push(type));
  const browser = await staff(site);
  changes.length = 0;
  for (const hostile of HOSTILE) {
    const fields = Object.fromEntries(FIELDS.map((name) => [name, hostile]));
    for (const path of await addresses(site, 'POST', '1')) {
      expectHarmless(path, await browser.post(path, fields));
      const { step: _step, once: _once, ...asked } = fields;
      expectHarmless(path, await browser.post(path, { ...asked, quantity: '1', 'quantity-1': '1' }));
    }
  }
  expect(changes).toEqual([]);
  expect(site.journal.entries({ kind: 'simulator.bug' })).toEqual([]);
}, 120_000);

test('bodies that are no form, too long, or have a field twice are refused by name', async () => {
  await using site = await fullSite('normal');
  const browser = await staff(site);
  const send = (body: string, type = 'application/x-www-form-urlencoded') =>
    browser.send('POST', '/trades/9/give-up', body, { 'content-type': type });
  const { csrf } = browser;
  expect((await send('a'.repeat(20_000))).status).toBe(413);
  expect((await send('{"to":"CXYZ"}', 'application/json')).status).toBeOneOf([400, 403, 415]);
  expect((await send('<x/>', 'text/xml')).status).toBe(415);
  expect((await send(`csrf=${csrf}&csrf=${csrf}&to=CXYZ&quantity=1`)).status).toBe(403);
  const twice = await send(`csrf=${csrf}&to=CXYZ&quantity=1&quantity=2`);
  expect([twice.status, twice.body]).toEqual([422, expect.stringContaining('This field came more than once.')]);
  expect((await send(`csrf=${csrf}&__proto__=1&constructor=2&to=CXYZ&quantity=1`)).status).toBe(200);
  expect(site.journal.entries({ kind: 'simulator.bug' })).toEqual([]);
});
