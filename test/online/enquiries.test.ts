import { expect, test } from 'vitest';
import type { AccountId, AccountType } from '../../src/clearing/account.ts';
import type { Command } from '../../src/clearing/commands/command.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { at, deal, participant, series, side } from '../support/world.ts';
import { startSite, type Browser, type Site } from './site.ts';

const ACCOUNTS: readonly (readonly [string, AccountType])[] = [
  ['HOUSE', 'house'],
  ['OMNI1', 'omnibus-client'],
  ['DAILY', 'daily'],
  ['SINK', 'sink'],
  ['APT', 'apt'],
];
const CALL = series('HKB65.00E9').name;

/** Two participants with every account that the functions need; CABC has bought in each. */
function market(): Promise<Site> {
  const accounts = ACCOUNTS.map(([id, type]) => ({ id: id as AccountId, type }));
  const bought = (account: string, quantity: number, price: number, name = series('HSIK9').name) => ({
    ...deal(),
    series: name,
    quantity,
    price,
    buyer: side('CABC', account),
    seller: side('CXYZ', 'OMNI1'),
  });
  return startSite({
    at: '10:00',
    world: {
      participants: [participant('CABC', { accounts }), participant('CXYZ', { accounts })],
      deals: [
        bought('HOUSE', 10, 29_500), // Trade 1.
        bought('OMNI1', 4, 125, CALL), // Trade 3.
        bought('DAILY', 3, 29_500), // Trade 5.
        bought('DAILY', 1, 29_502), // Trade 7.
        { ...bought('OMNI1', 6, 29_500), seller: side('CABC', 'OMNI1') }, // Trades 9 and 10.
      ],
    },
  });
}

function does(site: Site, code: string, command: object): void {
  expect(site.core.commandFor(code as CustomerCode, command as Command)).toMatchObject({ ok: true });
}

async function rowsOf(browser: Browser, address: string): Promise<Record<string, unknown>[]> {
  const join = address.includes('?') ? '&' : '?';
  return JSON.parse((await browser.get(`${address}${join}format=json`)).body) as Record<string, unknown>[];
}

async function loggedIn(site: Site, code: string): Promise<Browser> {
  const browser = site.browser();
  await browser.login(`BU_${code}101`);
  return browser;
}

test('a give-up is in the list of both participants, sent and received, each with its own account', async () => {
  await using site = await market();
  does(site, 'CABC', {
    do: 'request-give-up',
    trade: 1,
    to: 'CXYZ',
    takerAccount: 'OMNI1',
    quantity: 7,
    commission: 25,
    text: 'AS AGREED',
  });
  const row = {
    'give-up': 1,
    trade: 1,
    series: 'HSIK9',
    side: 'buy',
    quantity: 7,
    price: '29500',
    giver: 'CABC',
    taker: 'CXYZ',
    state: 'holding',
    text: 'AS AGREED',
    commission: 25,
    created: '2019-05-05T10:00:00.000+08:00',
    'clearing date': '2019-05-06',
  };
  const giver = await loggedIn(site, 'CABC');
  expect(await rowsOf(giver, '/give-ups')).toEqual([{ ...row, direction: 'sent', account: 'HOUSE' }]);
  const taker = await loggedIn(site, 'CXYZ');
  expect(await rowsOf(taker, '/give-ups')).toEqual([{ ...row, direction: 'received', account: 'OMNI1' }]);
  expect(await rowsOf(taker, '/give-ups?direction=sent')).toEqual([]);
  expect(await rowsOf(giver, '/trades?series=HSIK9&account=HOUSE')).toMatchObject([{ 'give-up state': 'holding' }]);

  const parts = [{ account: 'HOUSE', quantity: 7, openClose: 'default', customerInfo: '' }];
  does(site, 'CXYZ', { do: 'take-up', giveUp: 1, parts });
  expect(await rowsOf(giver, '/give-ups')).toMatchObject([{ state: 'confirmed' }]);
  expect(await rowsOf(giver, '/trades?account=HOUSE')).toMatchObject([
    { trade: 1, 'remaining quantity': 3, 'give-up state': 'given-up', 'original trade': '' },
    { type: 'give-up', 'original trade': 1, 'give-up member': 'CXYZ' },
  ]);
  const page = (await giver.get('/trades?account=HOUSE')).body;
  expect(page).toMatch(/>active, given up<\/td>[\s\S]*>give-up of 1 to CXYZ<\/td>/);
  expect((await taker.get('/trades?account=HOUSE')).body).toContain('>take-up of 1 from CABC</td>');
});

test('rectifications, average price trades and close-outs have their rows on pages of their own', async () => {
  await using site = await market();
  const parts = [{ account: 'OMNI1', quantity: 4, openClose: 'default', customerInfo: '' }];
  does(site, 'CABC', { do: 'rectify-trade', trade: 1, parts });
  does(site, 'CABC', { do: 'make-average-price-trade', trades: [5, 7] });
  does(site, 'CABC', { do: 'net-down-position', items: [{ account: 'OMNI1', series: 'HSIK9', quantity: 5 }] });
  does(site, 'CABC', { do: 'restore-position', closeOut: 1, quantity: 2 });
  const browser = await loggedIn(site, 'CABC');
  expect(await rowsOf(browser, '/rectifications')).toEqual([
    {
      rectification: 1,
      trade: 1,
      series: 'HSIK9',
      parts: '4 to OMNI1',
      state: 'confirmed',
      'requested by': '',
      'decided by': '',
      created: '2019-05-05T10:00:00.000+08:00',
      modified: '2019-05-05T10:00:00.000+08:00',
      'clearing date': '2019-05-06',
    },
  ]);
  expect(await rowsOf(browser, '/average-price-trades')).toMatchObject([
    { series: 'HSIK9', quantity: 4, 'average price': '29501', 'value difference': '-2', members: '5, 7' },
  ]);
  // A negative number is no formula: no apostrophe stands before it.
  expect((await browser.get('/average-price-trades?format=csv')).body).toContain(',29501,-2,"5, 7",');
  expect(await rowsOf(browser, '/close-outs')).toMatchObject([
    { 'close-out': 1, account: 'OMNI1', series: 'HSIK9', quantity: 5, restored: 2, 'business date': '2019-05-06' },
  ]);
  expect(await rowsOf(browser, '/positions?series=HSI&account=OMNI1')).toMatchObject([{ 'closed out': 3 }]);
});

test('exercise requests, exercises and assignments stand in one list, and deliveries follow the day end', async () => {
  await using site = await market();
  does(site, 'CABC', { do: 'request-exercise', account: 'OMNI1', series: 'HKB65.00E9', quantity: 3 });
  does(site, 'CABC', { do: 'deny-exercise', account: 'OMNI1', series: 'HKB65.00E9', quantity: 1 });
  const holder = await loggedIn(site, 'CABC');
  expect(await rowsOf(holder, '/exercises')).toMatchObject([
    { exercise: 1, kind: 'request', account: 'OMNI1', quantity: 3, state: 'holding', trade: '' },
  ]);
  expect(await rowsOf(holder, '/positions?series=HKB')).toMatchObject([{ held: 4, denied: 1 }]);
  site.clock.now = at('+1d 19:00');
  site.core.setPrice(CALL, 125);
  expect(site.core.endDay()).toMatchObject({ ok: true });
  expect(await rowsOf(holder, '/exercises')).toMatchObject([{ exercise: 1, state: 'exercised' }]);
  expect(await rowsOf(holder, '/deliveries')).toMatchObject([
    { account: 'OMNI1', series: 'HKB65.00E9', cause: 'exercise', quantity: 3, shares: 1200, amount: '-78000.00' },
  ]);
  const writer = await loggedIn(site, 'CXYZ');
  expect(await rowsOf(writer, '/exercises?kind=assignment')).toMatchObject([
    { exercise: '', kind: 'assignment', account: 'OMNI1', series: 'HKB65.00E9', quantity: 3, state: 'assigned' },
  ]);
});

test('positions of an earlier business date are shown by ?date=, and a date that is not kept is refused by name', async () => {
  await using site = await market();
  const browser = await loggedIn(site, 'CABC');
  const closing = await rowsOf(browser, '/positions');
  expect((await browser.get('/positions')).body).not.toContain('<select name="date"');
  site.clock.now = at('+1d 23:00');
  expect(site.core.endDay()).toMatchObject({ ok: true });
  expect(site.core.rollBusinessDate()).toMatchObject({ ok: true });
  site.core.matchDeal({ ...deal({ quantity: 90 }), clearingDate: site.core.businessDate() });

  expect(await rowsOf(browser, '/positions?date=2019-05-06&account=HOUSE')).toMatchObject([{ held: 10 }]);
  expect(await rowsOf(browser, '/positions?account=HOUSE')).toMatchObject([{ held: 100 }]);
  expect(await rowsOf(browser, '/positions?date=2019-05-07')).toEqual(await rowsOf(browser, '/positions'));
  expect(closing).toContainEqual(expect.objectContaining({ account: 'HOUSE', held: 10 }));
  const page = await browser.get('/positions?date=2019-05-06');
  expect(page.body).toContain('Positions of CABC, business date 2019-05-06');
  expect(page.body).toMatch(/<option\s*>2019-05-07<\/option>\s*<option\s+selected>2019-05-06<\/option>/);
  expect(page.body).toContain('href="/positions?date=2019-05-06&amp;format=csv"');
  const csv = await browser.get('/positions?date=2019-05-06&format=csv');
  expect(csv.headers['content-disposition']).toBe('attachment; filename="positions-CABC-20190506.csv"');
  for (const date of ['2019-05-03', 'yesterday']) {
    expect(await browser.get(`/positions?date=${date}`)).toMatchObject({
      status: 400,
      body: expect.stringContaining(`is 2019-05-06 or 2019-05-07, not &quot;${date}&quot;`),
    });
  }
});

test('an account shows its state and what its participant may do with it', async () => {
  await using site = await market();
  site.core.changeAccount('CABC' as CustomerCode, 'OMNI1' as AccountId, { state: 'inactive', access: 'no-exercise' });
  const browser = await loggedIn(site, 'CABC');
  expect((await rowsOf(browser, '/accounts')).slice(0, 2)).toEqual([
    {
      participant: 'CABC',
      account: 'HOUSE',
      type: 'house',
      'position keeping': 'net',
      state: 'active',
      access: 'full',
    },
    {
      participant: 'CABC',
      account: 'OMNI1',
      type: 'omnibus-client',
      'position keeping': 'gross',
      state: 'inactive',
      access: 'no-exercise',
    },
  ]);
});

test('a filtered trade page asks the core for what it shows, not for all trades', async () => {
  await using site = await market();
  const asked: object[] = [];
  const find = site.core.tradesBeginningWith.bind(site.core);
  site.core.tradesBeginningWith = (session, of) => {
    asked.push(of);
    return find(session, of);
  };
  const browser = await loggedIn(site, 'CABC');
  expect(await rowsOf(browser, '/trades?series=hkb&account=omni')).toHaveLength(1);
  expect(asked).toEqual([{ series: 'hkb', account: 'omni' }]);
});

test('the trade page leaves out what it has no room for, and its files have it', async () => {
  await using site = await market();
  const browser = await loggedIn(site, 'CABC');
  const titles = [...(await browser.get('/trades')).body.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/gs)].map(
    ([, title = '']) => title.replaceAll(/<[^>]*>/g, '').trim(),
  );
  expect(titles.join()).toBe(
    'Trade,Deal,Series,Account,Side,Quantity,Remaining,Price,Type,State,Customer info,Created (HKT),Clearing date,Action',
  );
  expect(Object.keys((await rowsOf(browser, '/trades'))[0] ?? {})).toHaveLength(20);
});

test('pages that belong together link to one another, and the menu marks the one that they belong to', async () => {
  await using site = await market();
  const browser = await loggedIn(site, 'CABC');
  const page = (await browser.get('/rectifications')).body;
  expect(page).toMatch(/<a href="\/trades"\s+aria-current="true"/);
  expect(page).toMatch(/<nav class="group" aria-label="Trades">[\s\S]*\/average-price-trades[\s\S]*<\/nav>/);
  expect((await browser.get('/accounts')).body).not.toContain('class="group"');
});
