import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { deal, at, series, side } from '../support/world.ts';
import { fullSite } from './quality/pages.ts';
import { startSite, type Browser, type Site } from './site.ts';

/** CABC buys 1, 2, 3 … 12 contracts, a minute apart from 06:31 on: trades 1, 3, 5 … 23. */
function twelveTrades(): Promise<Site> {
  return startSite({
    phase: 'normal',
    world: {
      deals: Array.from({ length: 12 }, (_, i) => ({
        ...deal(),
        buyer: side('CABC', i % 2 === 0 ? 'HOUSE' : 'OMNI1'),
        series: series(i < 6 ? 'HSIK9' : 'HKB65.00E9').name,
        quantity: i + 1,
        matchedAt: at(`06:${31 + i}`),
      })),
    },
  });
}

async function loggedIn(site: Site, user = 'BU_CABC101'): Promise<Browser> {
  const browser = site.browser();
  await browser.login(user);
  return browser;
}

async function tradesAt(browser: Browser, query: string): Promise<number[]> {
  const answer = await browser.get(`/trades?format=json${query}`);
  return (JSON.parse(answer.body) as { trade: number }[]).map(({ trade }) => trade);
}

function titlesOf(body: string): Record<string, string> {
  return Object.fromEntries(
    [...body.matchAll(/<th scope="col"([^>]*)>\s*<a href="([^"]+)">([^<]+)/g)].map(
      ([, of = '', href = '', title = '']) => [
        title.trim(),
        `${href.replaceAll('&amp;', '&')}${/aria-sort="(\w+)"/.exec(of)?.[1] ?? ''}`,
      ],
    ),
  );
}

test('a title sorts the rows, once more the other way, and the files keep the order', async () => {
  await using site = await twelveTrades();
  const browser = await loggedIn(site);
  const first = titlesOf((await browser.get('/trades?account=HOUSE')).body);
  expect(first['Quantity']).toBe('/trades?account=HOUSE&sort=quantity');
  const sorted = (await browser.get('/trades?account=HOUSE&sort=quantity')).body;
  expect(titlesOf(sorted)['Quantity']).toBe('/trades?account=HOUSE&sort=-quantityascending');
  expect(sorted).toContain('/trades?account=HOUSE&amp;sort=quantity&amp;format=csv');
  // By size, not by letters: 1, 3, 5, 7, 9, 11.
  expect(await tradesAt(browser, '&account=HOUSE&sort=-quantity')).toEqual([21, 17, 13, 9, 5, 1]);
  expect(await tradesAt(browser, '&sort=account')).toEqual([1, 5, 9, 13, 17, 21, 3, 7, 11, 15, 19, 23]);
  expect((await browser.get('/trades?sort=colour')).body).toContain('not by &quot;colour&quot;');
});

test('pages: rows, the ways to the others, and files of exactly the page that is shown', async () => {
  await using site = await twelveTrades();
  const browser = await loggedIn(site);
  const second = (await browser.get('/trades?size=5&page=2')).body.replaceAll(/\s+/g, ' ');
  expect(second).toContain('Rows 6 to 10 of 12');
  expect(second).toContain('<a href="/trades?page=1&amp;size=5">Previous</a>');
  expect(second).toContain('<a href="/trades?page=3&amp;size=5">Next</a>');
  expect(second).toContain('<a href="/trades?page=2&amp;size=5&amp;format=csv">CSV</a>');
  expect(second).toContain('Rows 6 to 10 of 12 · quantity 78 · remaining 78');
  expect(await tradesAt(browser, '&size=5&page=2')).toEqual([11, 13, 15, 17, 19]);
  expect(await tradesAt(browser, '&size=5&page=99')).toEqual([21, 23]);
  expect(await tradesAt(browser, '')).toHaveLength(12);
  for (const wrong of ['size=0', 'size=100001', 'size=many', 'page=0', 'page=-1', 'page=1.5']) {
    expect([wrong, (await browser.get(`/trades?${wrong}`)).status]).toEqual([wrong, 400]);
  }
});

test('trades are narrowed by number, state and time, and a time that is none is refused', async () => {
  await using site = await twelveTrades();
  const browser = await loggedIn(site);
  expect(await tradesAt(browser, '&trade=1')).toEqual([1]);
  expect(await tradesAt(browser, '&from=06:35&until=06:37')).toEqual([9, 11, 13]);
  expect(await tradesAt(browser, `&from=${encodeURIComponent('2019-05-05 06:41:00')}`)).toEqual([21, 23]);
  expect(await tradesAt(browser, `&until=${encodeURIComponent('2019-05-04 23:59')}`)).toEqual([]);
  expect(await tradesAt(browser, '&state=ACT&series=hkb')).toHaveLength(6);
  expect((await browser.get('/trades?from=half%20past%20six')).body).toContain('is a time as 09:30 or');
});

test('pages of any size hold every row once, in the order of the whole list', async () => {
  await using site = await twelveTrades();
  const browser = await loggedIn(site);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 14 }),
      fc.constantFrom('', '&sort=quantity', '&sort=-series', '&sort=account', '&sort=-created'),
      async (size, sort) => {
        const pages = Array.from({ length: Math.ceil(12 / size) }, (_, i) => i + 1);
        const rows = [];
        for (const page of pages) rows.push(...(await tradesAt(browser, `&size=${size}&page=${page}${sort}`)));
        expect(rows).toEqual(await tradesAt(browser, sort));
      },
    ),
    { numRuns: 25 },
  );
});

test('a trade has a page with its fields, its functions and the chain of deals that it came from', async () => {
  await using site = await twelveTrades();
  const browser = await loggedIn(site);
  const parts = [{ account: 'OMNI1', quantity: 1, openClose: 'default', customerInfo: 'x' }] as never;
  site.core.commandFor('CABC' as never, { do: 'rectify-trade', trade: 5, parts });
  expect((await browser.get('/trades')).body).toContain('<a href="/trades/5">5</a>');
  for (const number of [5, 25, 26]) {
    const page = (await browser.get(`/trades/${number}`)).body;
    const chain = [...page.matchAll(/<a href="\/trades\/(\d+)">/g)].map(([, trade]) => Number(trade));
    expect([number, chain]).toEqual([number, [5, 25, 26]]);
    expect(page).toContain(`href="/trades/${number}/give-up"`);
    expect(page).toContain('Original trade');
  }
  expect((await browser.get('/trades/2')).status).toBe(404);
  expect((await browser.get('/trades/none')).status).toBe(404);
});

test('the series page has prices and open interest of the market, and the business dates', async () => {
  await using site = await twelveTrades();
  site.core.setPrice('HSIK9', 29_600);
  const browser = await loggedIn(site);
  expect(JSON.parse((await browser.get('/series?series=HSIK&format=json')).body)).toMatchObject([
    {
      series: 'HSIK9',
      kind: 'future',
      'settlement price': '29600',
      'last trading day': '2019-05-30',
      'open interest gross': 12 + 9,
      'open interest net': 21,
      'own open interest net': 21,
    },
  ]);
  expect((await browser.get('/series')).body).toContain('The business date is 6 May 2019 (Monday)');
});

test('a row that is remembered is written anew when it or what may be done changes', async () => {
  await using site = await startSite({ phase: 'normal', world: { deals: [deal({ quantity: 5 })] } });
  const browser = site.browser();
  await browser.login('BU_CABC101');
  const rowOfTrade = async (): Promise<string> =>
    /<tr><td[\s\S]*?<\/tr>/.exec((await browser.get('/trades')).body)?.[0] ?? '';
  const first = await rowOfTrade();
  expect(first).toContain('href="/trades/1/give-up"');
  expect(await rowOfTrade()).toBe(first);
  site.core.commandFor('CABC' as CustomerCode, {
    do: 'request-give-up',
    trade: 1,
    to: 'CXYZ' as CustomerCode,
    quantity: 2,
    commission: 0,
    text: '',
  });
  const held = await rowOfTrade();
  expect(held).not.toBe(first);
  site.core.setPhase('enquiry-only');
  const disabled = await rowOfTrade();
  expect([disabled.includes('disabled'), disabled.includes('href="/trades/1/give-up"')]).toEqual([true, false]);
});

test.each([
  ['/positions?account=omni', 1],
  ['/close-outs?account=OMNI1', 1],
  ['/close-outs?series=HKB', 0],
  ['/trades?trade=9', 1],
  ['/rectifications?trade=1&state=holding', 1],
  ['/rectifications?series=HKB', 0],
  ['/average-price-trades?series=HSIK', 1],
  ['/average-price-trades?trade=1', 0],
  ['/accounts?type=omnibus', 1],
  ['/accounts?account=H&state=active', 1],
  ['/give-ups?direction=received', 1],
  ['/exercises?account=HOUSE', 1],
  ['/deliveries?account=HOUSE', 0],
  ['/series?kind=future', 1],
  ['/messages?text=ENDS', 1],
  ['/messages?text=nowhere', 0],
  ['/messages?from=11:56', 0],
  ['/users?state=locked', 1],
  ['/users?user=BU_CABC1', 3],
  ['/sessions?gateway=online-1', 1],
  ['/sessions?user=BU_CABC1', 0],
])('%s has %i rows, on the page, in CSV and in JSON', async (path, count) => {
  await using site = await fullSite('normal');
  const browser = await loggedIn(site, 'BU_CABC201');
  expect((await browser.get(path)).body).toContain(`${count} row${count === 1 ? '' : 's'}`);
  expect(JSON.parse((await browser.get(`${path}&format=json`)).body)).toHaveLength(count);
  expect((await browser.get(`${path}&format=csv`)).body.trim().split('\r\n')).toHaveLength(count + 1);
});

test('a message that a filter hides stays unread', async () => {
  await using site = await fullSite('normal');
  const browser = await loggedIn(site);
  const unread = async (): Promise<number> => JSON.parse((await browser.get('/status')).body).unread;
  await browser.get('/messages?text=nowhere');
  expect(await unread()).toBe(1);
  await browser.get('/messages?text=ends');
  expect(await unread()).toBe(0);
});

test('a page of 100,000 trades has all of them, and their sum', async () => {
  const count = 100_000;
  await using site = await startSite({
    world: { deals: Array.from({ length: count }, () => deal({ quantity: 2 })) },
  });
  const browser = await loggedIn(site);
  const page = (await browser.get(`/trades?size=${count}&sort=-trade`)).body;
  expect(page).toContain('100,000 rows · quantity 200,000');
  expect(page.match(/<tr><td/g)).toHaveLength(count);
  expect((await browser.get('/trades?format=csv')).body.match(/\r\n/g)).toHaveLength(count + 1);
}, 60_000);
