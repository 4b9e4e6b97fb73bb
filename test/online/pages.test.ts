import { expect, test } from 'vitest';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { deal, side } from '../support/world.ts';
import { startSite, type Answer } from './site.ts';

const PAGES = [
  'positions',
  'close-outs',
  'trades',
  'rectifications',
  'average-price-trades',
  'accounts',
  'give-ups',
  'exercises',
  'deliveries',
  'messages',
  'users',
];

/** The cells of the page's table, without the column of buttons. */
function cellsOf(page: Answer): string[][] {
  const body = /<tbody>([\s\S]*)<\/tbody>/.exec(page.body)?.[1] ?? '';
  return [...body.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<td(?![^>]*actions)[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell = '']) =>
      cell
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&'),
    ),
  );
}

test('the positions page shows what the core holds, with a total, and CSV and JSON hold the same rows', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  const page = await browser.get('/positions');
  expect(cellsOf(page)).toEqual([
    ['CABC', 'HOUSE', 'HKB65.00E9', '40', '0', '0', '0', '0', '0', '0', '40'],
    ['CABC', 'HOUSE', 'HSIK9', '1,250', '0', '0', '0', '0', '0', '0', '1,250'],
    ['CABC', 'OMNI1', 'HSI28000E9', '12,000', '7', '0', '0', '0', '0', '0', '11,993'],
    ['CABC', 'OMNI1', 'HSIK9', '3', '0', '0', '0', '0', '0', '0', '3'],
  ]);
  expect(page.body).toMatch(/<tfoot>.*Total.*13,293.*7/s);

  const csv = await browser.get('/positions?format=csv');
  expect(csv.headers['content-type']).toMatch(/^text\/csv/);
  expect(csv.headers['content-disposition']).toBe('attachment; filename="positions-CABC-20190506.csv"');
  expect(csv.body).toBe(
    [
      'participant,account,series,held,written,closed out,exercised,assigned,denied,covered',
      'CABC,HOUSE,HKB65.00E9,40,0,0,0,0,0,0',
      'CABC,HOUSE,HSIK9,1250,0,0,0,0,0,0',
      'CABC,OMNI1,HSI28000E9,12000,7,0,0,0,0,0',
      'CABC,OMNI1,HSIK9,3,0,0,0,0,0,0',
      '',
    ].join('\r\n'),
  );
  const json = JSON.parse((await browser.get('/positions?format=json')).body);
  expect(json[2]).toEqual({
    participant: 'CABC',
    account: 'OMNI1',
    series: 'HSI28000E9',
    held: 12_000,
    written: 7,
    'closed out': 0,
    exercised: 0,
    assigned: 0,
    denied: 0,
    covered: 0,
  });
  expect(json).toHaveLength(4);
});

test("the trades page prints a price with its class's decimals, and the CSV makes a formula plain", async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  expect(cellsOf(await browser.get('/trades')).map((row) => [row[7], row[10]])).toEqual([
    ['29,500', ''],
    ['12.05', ''],
    ['29,500', '=1+1,"x"'],
  ]);
  const csv = (await browser.get('/trades?format=csv')).body.split('\r\n');
  expect(csv[0]).toBe(
    'trade,deal,series,account,side,quantity,remaining quantity,price,type,state,customer info,created,clearing date,' +
      'open close,sequence,original trade,give-up member,give-up state,as of,modified',
  );
  const at = '2019-05-05T06:31:00.000+08:00';
  expect(csv[1]).toBe(
    `1,1,HSIK9,HOUSE,buy,1250,1250,29500,standard,active,,${at},2019-05-06,default,1,,,none,${at},${at}`,
  );
  expect(csv[3]).toContain(`,"'=1+1,""x""",`);
  expect(JSON.parse((await browser.get('/trades?format=json')).body)[1]).toMatchObject({
    series: 'HKB65.00E9',
    price: '12.05',
    quantity: 40,
  });
});

test('the CSV of trades and positions equals the rows of the report of the same moment', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  for (const code of ['trades', 'positions'] as const) {
    const [report] = site.core.startReports(code, ['CABC' as CustomerCode]);
    const rows = report?.text.slice(report.text.indexOf('\r\n') + 2);
    expect((await browser.get(`/${code}?format=csv`)).body).toBe(rows);
  }
});

test('every page has as many rows in HTML, CSV and JSON, each with a caption', async () => {
  await using site = await startSite();
  site.core.sendMessage(undefined, 'Plain, with "quotes"\nand a second line');
  const browser = site.browser();
  await browser.login('BU_CABC201');
  for (const name of PAGES) {
    const page = await browser.get(`/${name}`);
    const json = JSON.parse((await browser.get(`/${name}?format=json`)).body) as object[];
    const csv = (await browser.get(`/${name}?format=csv`)).body;
    expect(page.body).toMatch(/<caption id="caption">/);
    expect(cellsOf(page).filter((row) => row.length > 1)).toHaveLength(json.length);
    expect(csv.split('\r\n')).toHaveLength(json.length + 2);
    if (json[0]) expect(Object.keys(json[0])).toEqual(csv.split('\r\n')[0]?.split(','));
    expect(page.body).toMatch(new RegExp(`href="/${name}\\?format=csv"`));
  }
});

test('a filter narrows the page, and its CSV and JSON links keep it', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  const page = await browser.get('/trades?series=hsi&account=OMNI');
  expect(cellsOf(page).map((row) => row[0])).toEqual(['5']);
  expect(page.body).toContain('href="/trades?series=hsi&amp;account=OMNI&amp;format=csv"');
  expect((await browser.get('/trades?series=hsi&account=OMNI&format=csv')).body.split('\r\n')).toHaveLength(3);
  expect((await browser.get('/positions?series=ZZZ')).body).toContain('Nothing matches the filter.');
});

test('a misspelt parameter and an unknown format are refused, not ignored', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  expect(await browser.get('/trades?sereis=HSI')).toMatchObject({
    status: 400,
    body: expect.stringContaining('it has format, trade, series, account, state, from, until, sort, page, size'),
  });
  expect(await browser.get('/trades?format=xml')).toMatchObject({
    status: 400,
    body: expect.stringContaining('html, csv, json'),
  });
  expect((await browser.get('/trades?series=A&series=B')).status).toBe(400);
});

test('a participant sees its own trades only', async () => {
  await using site = await startSite({
    world: {
      deals: [deal({ quantity: 77 }), { ...deal(), buyer: side('CXYZ', 'OMNI1'), seller: side('CXYZ', 'HOUSE') }],
    },
  });
  const browser = site.browser();
  await browser.login('BU_CABC101');
  expect(JSON.parse((await browser.get('/trades?format=json')).body)).toMatchObject([{ trade: 1, quantity: 77 }]);
});

test('messages come newest first, and markup in them is text', async () => {
  await using site = await startSite();
  site.core.sendMessage(undefined, 'first');
  site.core.sendMessage('CXYZ' as CustomerCode, 'not for CABC');
  site.core.sendMessage('CABC' as CustomerCode, '<script>alert("x")</script>');
  const browser = site.browser();
  await browser.login('BU_CABC101');
  const page = await browser.get('/messages');
  expect(cellsOf(page).map((row) => row[3])).toEqual(['<script>alert("x")</script>', 'first']);
  expect(page.body).not.toContain('<script>alert');
});

test('without a session a page sends to the login, and CSV and JSON answer 401', async () => {
  await using site = await startSite();
  const browser = site.browser();
  for (const name of [...PAGES, 'password']) {
    expect(await browser.get(`/${name}`)).toMatchObject({ status: 303, headers: { location: '/login' } });
  }
  expect((await browser.get('/positions?format=csv')).status).toBe(401);
  const json = await browser.get('/positions?format=json');
  expect([json.status, JSON.parse(json.body)]).toEqual([401, expect.objectContaining({ code: 'not-logged-in' })]);
});

test('an enquiry is journalled with its page, format and rows', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  await browser.get('/accounts?format=csv');
  await browser.get('/trades?series=HKB');
  expect(site.journal.entries({ kind: 'online.enquiry' })).toMatchObject([
    { page: 'positions', format: 'html', outcome: 'ok' },
    { page: 'accounts', format: 'csv', rows: 2, user: 'BU_CABC101', participant: 'CABC', outcome: 'ok' },
    { page: 'trades', rows: 1, outcome: 'ok' },
  ]);
});

test('an unknown page is 404 in our own words, and a malformed address 400', async () => {
  await using site = await startSite();
  expect(await site.browser().get('/nothing')).toMatchObject({
    status: 404,
    body: expect.stringContaining('DCASS Online has no page for GET /nothing'),
  });
  expect((await site.browser().get('/%zz')).status).toBe(400);
});

test('a fault of the simulator is 500 without its text, and is journalled as simulator.bug', async () => {
  await using site = await startSite();
  const browser = site.browser();
  await browser.login('BU_CABC101');
  site.core.tradesBeginningWith = () => {
    throw new Error('secret inside');
  };
  const page = await browser.get('/trades');
  expect(page.status).toBe(500);
  expect(page.body).toContain('simulator.bug');
  expect(page.body + JSON.stringify(site.journal.entries())).not.toContain('secret inside');
  expect(site.journal.entries({ kind: 'simulator.bug' })).toHaveLength(1);
});
