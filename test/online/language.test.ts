import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasClient } from '../support/real-clients.ts';
import { deal, PASSWORD } from '../support/world.ts';
import { HOSTS, portOf, startSite, type Answer, type Browser, type Site } from './site.ts';

const COOKIE = '__Host-dcass-online-language';

function languageOf(page: Answer): string | undefined {
  return /<html lang="([^"]+)">/.exec(page.body)?.[1];
}

/** Where the switch of a page leads back to. */
function wayBackOf(page: Answer): string | undefined {
  return /name="back" value="([^"]*)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&');
}

/** A browser in Chinese, logged in. */
async function staff(site: Site, user = 'BU_CABC101'): Promise<Browser> {
  const browser = site.browser();
  await browser.post('/language', { language: 'zh-Hant' });
  await browser.login(user);
  return browser;
}

const market = () => startSite({ phase: 'normal', world: { deals: [deal()] } });

test('a visitor who chose nothing sees English, whatever languages the browser asks for', async () => {
  await using site = await startSite();
  const [plain, chinese] = [
    await site.browser().get('/login'),
    await site.browser().get('/login', { 'accept-language': 'zh-HK,zh-Hant;q=0.9,zh;q=0.8' }),
  ];
  expect(languageOf(plain)).toBe('en');
  expect(plain.headers['content-language']).toBe('en');
  expect(chinese.body).toBe(plain.body);
});

test('the switch is there before and after the login, keeps the place, and switches back', async () => {
  await using site = await startSite();
  const browser = site.browser();
  const change = async (language: string, page: Answer): Promise<Answer> => {
    const answer = await browser.post('/language', { language, back: wayBackOf(page) ?? '' });
    expect([answer.status, answer.headers['location']]).toEqual([303, wayBackOf(page)]);
    return browser.get(String(answer.headers['location']));
  };
  const login = await browser.get('/login?after=logout');
  expect(login.body).toContain('lang="zh-Hant-HK" class="quiet">中文</button>');
  expect(wayBackOf(login)).toBe('/login?after=logout');
  expect((await change('zh-Hant', login)).body).toContain('閣下已登出。');

  await browser.login('BU_CABC101');
  const trades = await browser.get('/trades?series=HSI&sort=-quantity&size=50');
  expect([languageOf(trades), trades.headers['content-language']]).toEqual(['zh-Hant-HK', 'zh-Hant-HK']);
  expect(wayBackOf(trades)).toBe('/trades?series=HSI&sort=-quantity&size=50');
  const english = await change('en', trades);
  expect(languageOf(english)).toBe('en');
  expect(english.body).toContain('<input type="hidden" name="sort" value="-quantity" />');
});

test('the choice is a cookie that no script reads, no other site sends and no plain connection carries', async () => {
  await using site = await startSite();
  const answer = await site.browser().post('/language', { language: 'zh-Hant' });
  expect(answer.headers['set-cookie']).toEqual([`${COOKIE}=zh-Hant; Path=/; HttpOnly; Secure; SameSite=Strict`]);
});

test('a page that answers a form leads back to the form, or to its list', async () => {
  await using site = await startSite({ phase: 'normal', settings: { secondUser: true }, world: { deals: [deal()] } });
  const browser = await staff(site);
  const places = [
    ['/trades/1/give-up', '/trades/1/give-up'],
    ['/give-ups', '/give-ups'],
    ['/approvals/9/confirm?a=1', '/approvals'],
    ['/users/BU_CABC101/unlock', '/users'],
    ['/nowhere/9', '/positions'],
  ] as const;
  for (const [path, place] of places) expect([path, wayBackOf(await browser.post(path))]).toEqual([path, place]);
  expect(wayBackOf(await browser.post('/login', { username: 'nobody', password: 'wrong' }))).toBe('/login');
});

test('what is shown once has no switch, which would lose it', async () => {
  await using site = await startSite();
  const administrator = await staff(site, 'BU_CABC201');
  const page = await administrator.post('/users/BU_CABC101/reset');
  expect(page.body).toContain('<b>BU_CABC101</b> 的臨時密碼為');
  expect(wayBackOf(page)).toBeUndefined();
});

const ELSEWHERE = [
  'https://example.com/',
  '//example.com',
  '/\\example.com',
  '\\\\example.com',
  '/\t/example.com',
  '/\n/example.com',
  ' //example.com',
  'example.com',
  'javascript:alert(1)',
  '/login\r\nSet-Cookie: a=b',
  '/\u0000',
  '/持倉',
  `/${'a'.repeat(2_000)}`,
  '',
];

test.each(ELSEWHERE)('the way back %j leads to the positions', async (back) => {
  await using site = await startSite();
  const answer = await site.browser().post('/language', { language: 'zh-Hant', back });
  expect([answer.status, answer.headers['location']]).toEqual([303, '/positions']);
  expect(answer.headers['set-cookie']).toHaveLength(1);
});

// Goal: no way back leaves the gateway. Method: read the answer's address as a browser does.
test('whatever way back a form names, the browser stays at this gateway', async () => {
  await using site = await startSite();
  const browser = site.browser();
  const parts = fc.constantFrom(
    '/',
    '\\',
    '//',
    '.',
    '..',
    '@',
    ':',
    '?',
    '#',
    'example.com',
    'https:',
    '%2f',
    '\t',
    ' ',
    'a',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(parts, { maxLength: 6 }), async (found) => {
      const answer = await browser.post('/language', { language: 'en', back: found.join('') });
      const here = `https://${HOSTS[0]}:8082`;
      expect(new URL(String(answer.headers['location']), `${here}/language`).origin).toBe(here);
    }),
    { numRuns: 200 },
  );
});

test.each([
  '',
  'zh',
  'ZH-HANT',
  'fr',
  '__proto__',
  'constructor',
  '"><script>',
  '%00',
  'zh-Hant%0d%0aA: b',
  'x'.repeat(4_000),
])('the cookie %j counts as English', async (value) => {
  await using site = await startSite();
  const page = await site.browser().get('/login', { cookie: `${COOKIE}=${value}` });
  expect([page.status, languageOf(page)]).toEqual([200, 'en']);
  expect(page.body).not.toContain('<script>');
  expect(site.journal.entries({ kind: 'simulator.bug' })).toEqual([]);
});

test.each(['GET', 'POST'])(
  'a %s of an address that cannot be read is refused, and has a switch all the same',
  async (method) => {
    await using site = await startSite();
    const page = await site.browser().send(method, '/%zz', undefined, { cookie: `${COOKIE}=zh-Hant` });
    expect([page.status, wayBackOf(page)?.startsWith('/')]).toEqual([400, true]);
    expect(site.journal.entries({ kind: 'simulator.bug' })).toEqual([]);
  },
);

test('a language that is not known and a form of another site change nothing, and are told and journalled', async () => {
  await using site = await startSite();
  const browser = site.browser();
  const unknown = await browser.post('/language', { language: 'fr', back: '/login' });
  expect([unknown.status, unknown.headers['set-cookie']]).toEqual([400, undefined]);
  expect(unknown.body).toContain('This language is not known.');
  const foreign = await browser.post('/language', { language: 'zh-Hant' }, { origin: 'https://example.com' });
  expect([foreign.status, foreign.headers['set-cookie']]).toEqual([403, undefined]);
  expect(site.journal.entries({ kind: 'online.invalid' }).map(({ code }) => code)).toEqual(['language', 'origin']);
});

test('what programs read is in English, byte for byte, whatever the cookie says', async () => {
  await using site = await market();
  const [english, chinese] = [site.browser(), await staff(site)];
  await english.login('BU_CABC101');
  const paths = ['trades', 'positions', 'accounts', 'give-ups', 'series', 'trades?colour=red', 'positions?page=x'];
  for (const path of paths) {
    for (const format of ['csv', 'json']) {
      const address = `/${path}${path.includes('?') ? '&' : '?'}format=${format}`;
      const [one, other] = [await english.get(address), await chinese.get(address)];
      expect([address, other.status, other.body]).toEqual([address, one.status, one.body]);
    }
  }
  const out = site.browser();
  await out.post('/language', { language: 'zh-Hant' });
  expect((await out.get('/trades?format=json')).body).toContain('"detail":"You are not logged in."');
});

test('rows are found by the words of either language, and an address finds the same ones in both', async () => {
  await using site = await market();
  const [english, chinese] = [site.browser(), await staff(site)];
  await english.login('BU_CABC101');
  for (const state of ['active', '有效']) {
    const address = `/trades?state=${encodeURIComponent(state)}`;
    for (const browser of [english, chinese]) {
      expect((await browser.get(address)).body).toContain('href="/trades/1"');
      expect(JSON.parse((await browser.get(`${address}&format=json`)).body)).toHaveLength(1);
    }
  }
  expect(JSON.parse((await english.get(`/trades?state=${encodeURIComponent('已註銷')}&format=json`)).body)).toEqual([]);
});

test('what was done is told in the language of who reads it, also after a switch', async () => {
  await using site = await market();
  const browser = await staff(site);
  const asked = await browser.post('/trades/1/give-up', { to: 'CXYZ', quantity: '4' });
  expect(asked.body).toContain('新轉出（give-up）：4 張 HSIK9，由 CABC 轉予 CXYZ，待處理。');
  const once = /name="once" value="([^"]+)"/.exec(asked.body)?.[1] ?? '';
  const done = await browser.post('/trades/1/give-up', { once });
  const result = String(done.headers['location']);
  expect((await browser.get(result)).body).toContain('轉出（give-up） 1：4 張 HSIK9，由 CABC 轉予 CXYZ，待處理。');
  await browser.post('/language', { language: 'en' });
  expect((await browser.get(result)).body).toContain('Give-up 1: 4 HSIK9 from CABC to CXYZ, holding.');
});

test('what waits for a second user is told to each user in the own language, and in files in English', async () => {
  await using site = await startSite({ phase: 'normal', settings: { secondUser: true }, world: { deals: [deal()] } });
  const [maker, checker] = [site.browser(), await staff(site)];
  await maker.login('BU_CABC101');
  const asked = await maker.post('/trades/1/give-up', { to: 'CXYZ', quantity: '4' });
  await maker.post('/trades/1/give-up', { once: /name="once" value="([^"]+)"/.exec(asked.body)?.[1] ?? '' });
  expect((await maker.get('/approvals')).body).toContain('A new give-up: 4 HSIK9 from CABC to CXYZ, holding.');
  const page = await checker.get('/approvals');
  expect(page.body).toContain('新轉出（give-up）：4 張 HSIK9');
  expect(page.body).toContain('交易轉出（give-up）');
  expect((await checker.get('/approvals?format=csv')).body).toContain('1,Give-up,"A new give-up: 4 HSIK9 from CABC');
});

test('the clock asks for its words in the language of the page', async () => {
  await using site = await startSite({ at: '11:55' });
  const status = JSON.parse((await (await staff(site)).get('/status')).body) as Record<string, unknown>;
  expect(status).toMatchObject({ phase: 'enquiry-only', phaseText: '只限查詢 — 至 12:00' });
  expect(status['ending']).toContain('本時段將於 12:00 結束');
});

describe.skipIf(!hasClient('curl'))('by curl', () => {
  test('a login that is refused is refused in Chinese to who sends the cookie', async () => {
    await using site = await startSite();
    const url = `https://${HOSTS[0]}:${portOf(site.online)}/login`;
    const to = ['--cacert', site.caFile, '--resolve', `${HOSTS[0]}:${portOf(site.online)}:127.0.0.1`];
    const fields = ['--data', `username=BU_CABC101&password=not${PASSWORD}`, '--cookie', `${COOKIE}=zh-Hant`];
    const { stdout: page } = await promisify(execFile)('curl', ['-s', ...to, ...fields, url]);
    expect(page).toContain('用戶名稱或密碼不正確。');
  });
});
