import { describe, expect, test } from 'vitest';
import type { AccountId } from '../../src/clearing/account.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { DEFAULT_CLEARING_SETTINGS } from '../../src/clearing/settings.ts';
import { FUNCTION_PAGES } from '../../src/online/functions/catalogue.ts';
import { at, deal, participant, series, side, user } from '../support/world.ts';
import { startSite, type Answer, type Browser, type Site } from './site.ts';

const OPTION = series('HSI28000E9').name;
const STOCK_OPTION = series('HKB65.00E9').name;

const position = (account: string, of: typeof OPTION, held: number, written: number) => ({
  participant: 'CABC' as CustomerCode,
  account: account as AccountId,
  series: of,
  held,
  written,
});

/** CABC has trade 1 (buy 10 in HOUSE), trade 3 (buy 5 in HOUSE), trade 5 (buy 4 in TRANS), trades 7 and 9 in DAILY. */
const WORLD = {
  participants: [
    participant('CABC', {
      accounts: [
        { id: 'HOUSE' as AccountId, type: 'house' },
        { id: 'OMNI1' as AccountId, type: 'omnibus-client' },
        { id: 'TRANS' as AccountId, type: 'transitory' },
        { id: 'DAILY' as AccountId, type: 'daily' },
        { id: 'APT' as AccountId, type: 'apt' },
      ],
    }),
    participant('CXYZ'),
  ],
  deals: [
    deal({ quantity: 10, price: 29_500, matchedAt: at('06:31') }),
    deal({ quantity: 5, price: 29_503, matchedAt: at('06:32') }),
    { ...deal(), buyer: side('CABC', 'TRANS'), quantity: 4, matchedAt: at('06:33') },
    { ...deal(), buyer: side('CABC', 'DAILY'), quantity: 10, matchedAt: at('06:34') },
    { ...deal(), buyer: side('CABC', 'DAILY'), quantity: 5, price: 29_503, matchedAt: at('06:35') },
  ],
  positions: [position('OMNI1', OPTION, 12, 7), position('HOUSE', STOCK_OPTION, 9, 0)],
};

async function normalDay(user = 'BU_CABC101'): Promise<{ site: Site; browser: Browser }> {
  const site = await startSite({ phase: 'normal', world: WORLD });
  const browser = site.browser();
  await browser.login(user);
  return { site, browser };
}

function textOf(page: Answer): string {
  return page.body
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');
}

function hiddenFields(page: Answer): Record<string, string> {
  const found = [...page.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]));
}

/** Fills in the form, confirms, and reads the result. */
async function carryOut(browser: Browser, path: string, fields: Record<string, string>): Promise<[string, string]> {
  const confirmation = await browser.post(path, fields);
  expect([confirmation.status, textOf(confirmation)]).toEqual([200, expect.stringContaining('What will happen')]);
  const done = await browser.post(path, hiddenFields(confirmation));
  expect(done).toMatchObject({ status: 303, headers: { location: expect.stringMatching(/^\/results\/\d+$/) } });
  return [textOf(confirmation), textOf(await browser.get(String(done.headers['location'])))];
}

const PART = { 'account-1': 'house', 'quantity-1': '3', 'open-close-1': 'open', 'info-1': 'desk 7' };

test.each([
  ['/trades/1/rectify', PART, 'A new trade: buy 3 HSIK9', 'Trade 1: 7 remaining, active.'],
  ['/trades/5/transfer', PART, 'A new trade: buy 3 HSIK9', 'Position now, HSIK9 in TRANS: held 1, written 0.'],
  [
    '/trades/1/give-up',
    { to: 'cxyz', quantity: '4' },
    'A new give-up: 4 HSIK9 from CABC to CXYZ, holding.',
    'Give-up 1',
  ],
  ['/give-ups/new', { trade: '3', to: 'CXYZ', quantity: '5' }, 'A new give-up: 5 HSIK9', 'Give-up 1: 5 HSIK9'],
  ['/average-price-trades/new', { trades: '7, 9' }, '15 HSIK9 at the average price 29,501', 'of the trades 7, 9'],
  [
    '/positions/transfer',
    { series: OPTION, account: 'OMNI1', to: 'HOUSE', held: '2' },
    `A new trade: buy 2 ${OPTION}`,
    `Position now, ${OPTION} in OMNI1: held 10, written 7.`,
  ],
  [
    '/positions/net-down',
    { series: OPTION, account: 'OMNI1', quantity: '7', 'final-held': '5' },
    'held −7, written −7, closed out +7.',
    `Position now, ${OPTION} in OMNI1: held 5, written 0.`,
  ],
  [
    '/exercises/new',
    { series: STOCK_OPTION, account: 'HOUSE', quantity: '4' },
    'A new exercise request',
    'request 1: 4',
  ],
  ['/exercises/deny', { series: STOCK_OPTION, account: 'HOUSE', quantity: '6' }, 'denied +6', 'denied +6'],
])('%s: a form, a confirmation that says what will happen, and a result', async (path, fields, effect, result) => {
  const { site, browser } = await normalDay();
  await using _ = site;
  const form = await browser.get(path);
  expect(form).toMatchObject({ status: 200, body: expect.stringContaining(`<form method="post" action="${path}"`) });
  const [confirmation, done] = await carryOut(browser, path, fields);
  expect(confirmation).toContain(effect);
  expect(done).toContain(result);
  expect(site.journal.entries({ kind: 'online.post-trade' })).toMatchObject([{ outcome: 'ok', user: 'BU_CABC101' }]);
});

test('what lies in the Sink is transferred out of it, and nothing is transferred into it', async () => {
  const accounts = [...WORLD.participants[0]!.accounts, { id: 'SINK' as AccountId, type: 'sink' as const }];
  await using site = await startSite({
    phase: 'normal',
    world: {
      ...WORLD,
      participants: [participant('CABC', { accounts }), participant('CXYZ')],
      positions: [position('SINK', OPTION, 6, 0)],
    },
  });
  const browser = site.browser();
  await browser.login('BU_CABC101');
  expect((await browser.get('/positions?account=SINK')).body).toContain(
    `href="/positions/transfer?account=SINK&amp;series=${OPTION}"`,
  );
  const [asked, done] = await carryOut(browser, '/positions/transfer', {
    series: OPTION,
    account: 'SINK',
    to: 'OMNI1',
    held: '4',
  });
  expect(asked).toContain(`A new trade: buy 4 ${OPTION}`);
  expect(done).toContain(`Position now, ${OPTION} in SINK: held 2, written 0.`);
  expect(done).toContain(`Position now, ${OPTION} in OMNI1: held 4, written 0.`);
  const back = await browser.post('/positions/transfer', { series: OPTION, account: 'OMNI1', to: 'SINK', held: '1' });
  expect([back.status, textOf(back)]).toEqual([422, expect.stringContaining('Nothing was changed.')]);
});

test('a give-up is taken up in parts by the other participant, and what is left is rejected or cancelled', async () => {
  const { site, browser: giver } = await normalDay();
  await using _ = site;
  const taker = site.browser();
  await taker.login('BU_CXYZ101');
  for (const quantity of ['4', '3', '2']) await carryOut(giver, '/trades/1/give-up', { to: 'CXYZ', quantity });

  expect((await taker.get('/give-ups')).body).toContain('href="/give-ups/1/take-up"');
  expect((await giver.get('/give-ups')).body).not.toContain('/take-up');
  const parts = { 'account-1': 'HOUSE', 'quantity-1': '1', 'account-3': 'OMNI1', 'quantity-3': '3' };
  const [, taken] = await carryOut(taker, '/give-ups/1/take-up', parts);
  expect(taken).toContain('Give-up 1: 4 HSIK9 from CABC to CXYZ, confirmed.');
  expect(taken).toContain('Position now, HSIK9 in OMNI1: held 3, written 0.');
  expect(taken).not.toContain('CABC HOUSE');
  expect((await carryOut(taker, '/give-ups/2/reject', { text: 'not ours' }))[1]).toContain('CXYZ, rejected.');
  expect((await carryOut(giver, '/give-ups/3/reject', {}))[1]).toContain('CXYZ, cancelled.');
  expect((await taker.get('/give-ups')).body).not.toContain('/give-ups/3/reject');
});

test('a net-down is restored, an exercise request cancelled, a held rectification confirmed by a second user', async () => {
  await using site = await startSite({
    phase: 'normal',
    world: { ...WORLD, settings: { ...DEFAULT_CLEARING_SETTINGS, rectificationHeld: 'always' as const } },
  });
  const browser = site.browser();
  await browser.login('BU_CABC101');
  await carryOut(browser, '/positions/net-down', { series: OPTION, account: 'OMNI1', quantity: '7' });
  const [, restored] = await carryOut(browser, '/close-outs/1/restore', { quantity: '5' });
  expect(restored).toContain('Close-out 1: 5 of 7 restored.');
  await carryOut(browser, '/exercises/new', { series: STOCK_OPTION, account: 'HOUSE', quantity: '4' });
  expect((await carryOut(browser, '/exercises/1/cancel', {}))[1]).toContain('annulled');
  const [asked] = await carryOut(browser, '/trades/1/rectify', PART);
  expect(asked).toContain('it waits until it is confirmed');
  const second = site.browser();
  await second.login('BU_CABC102');
  expect((await second.get('/rectifications')).body).toContain('href="/rectifications/1/reject"');
  expect((await carryOut(second, '/rectifications/1/confirm', {}))[1]).toContain(
    'Rectification 1 of trade 1, confirmed.',
  );
});

describe('what is typed wrong', () => {
  test.each([
    ['/trades/1/rectify', { 'account-1': 'HOUSE', 'quantity-1': '2.5' }, 'Part 1: “2.5” is not a whole number'],
    ['/trades/1/rectify', { 'account-1': 'HOUSE' }, 'Part 1: This field is empty.'],
    ['/trades/1/rectify', { ...PART, 'open-close-1': 'shut' }, '“shut” is not one of default, open, close.'],
    ['/trades/1/give-up', { quantity: '4' }, 'This field is empty.'],
    ['/exercises/new', { series: OPTION, account: 'OMNI1', quantity: '1e3' }, '“1e3” is not a whole number'],
    ['/average-price-trades/new', { trades: '1, two' }, '“two” is not the number of a trade.'],
    ['/trades/1/rectify', {}, 'No part is named'],
    [
      '/trades/1/rectify',
      { ...PART, 'quantity-1': '11' },
      'The parts add up to 11 contracts; they must add up to at most 10',
    ],
    ['/trades/1/give-up', { to: 'CABC', quantity: '1' }, 'your own participant; name another one'],
    ['/trades/1/give-up', { to: 'C<b>', quantity: '1' }, 'There is no clearing participant C&lt;B&gt;'],
  ])('%s with %o is told in words, beside the form as it was, and nothing is changed', async (path, fields, text) => {
    const { site, browser } = await normalDay();
    await using _ = site;
    const changes: string[] = [];
    site.core.onEvent(({ type }) => changes.push(type));
    const page = await browser.post(path, fields);
    expect(page.status).toBeGreaterThanOrEqual(404);
    expect(page.status).toBeLessThan(500);
    expect(page.body.replaceAll(/\s+/g, ' ')).toContain(text);
    const typed = Object.values(fields).find((value) => /^\w+$/.test(value));
    if (typed !== undefined) expect(page.body).toContain(`value="${typed}"`);
    expect(changes).toEqual([]);
  });

  test('what was typed can be changed after the check, and more parts can be asked for, up to the most there may be', async () => {
    const { site, browser } = await normalDay();
    await using _ = site;
    const confirmation = await browser.post('/trades/1/rectify', PART);
    const again = await browser.post('/trades/1/rectify', { ...hiddenFields(confirmation), step: 'change' });
    expect(again.body).toMatch(/name="account-1"[^>]*value="house"/);
    expect(again.body).toMatch(/name="info-1"[^>]*value="desk 7"/);
    const more = await browser.post('/trades/1/rectify', { ...PART, rows: '3', step: 'more' });
    expect(more.body).toContain('name="account-8"');
    expect(more.body).not.toContain('name="account-9"');
    const most = await browser.post('/trades/1/rectify', { rows: '99', step: 'more' });
    expect(most.body).toContain('name="account-100"');
    expect(most.body).not.toContain('More parts');
    expect((await browser.post('/trades/1/rectify', { rows: '9'.repeat(300) })).body).not.toContain('account-101');
  });
});

test('a confirmation is good once, at its own address and in its own session', async () => {
  const { site, browser } = await normalDay();
  await using _ = site;
  const fields = { to: 'CXYZ', quantity: '2' };
  const confirmation = hiddenFields(await browser.post('/trades/1/give-up', fields));
  const stranger = site.browser();
  await stranger.login('BU_CABC102');
  for (const [who, path] of [
    [stranger, '/trades/1/give-up'],
    [browser, '/trades/3/give-up'],
  ] as const) {
    expect(await who.post(path, { ...confirmation, csrf: who.csrf })).toMatchObject({ status: 409 });
  }
  expect(await browser.post('/trades/1/give-up', confirmation)).toMatchObject({ status: 303 });
  expect(await browser.post('/trades/1/give-up', confirmation)).toMatchObject({
    status: 409,
    body: expect.stringContaining('Nothing was done a second time'),
  });
  expect(site.core.book('CABC' as CustomerCode)?.giveUps).toEqual([1]);
});

test('what changes between the check and the confirmation is seen: the model has the last word', async () => {
  const { site, browser } = await normalDay();
  await using _ = site;
  const first = hiddenFields(await browser.post('/trades/1/give-up', { to: 'CXYZ', quantity: '8' }));
  const second = hiddenFields(await browser.post('/trades/1/give-up', { to: 'CXYZ', quantity: '8' }));
  expect((await browser.post('/trades/1/give-up', first)).status).toBe(303);
  expect(await browser.post('/trades/1/give-up', second)).toMatchObject({
    status: 422,
    body: expect.stringContaining('8 contracts of trade 1 were asked for; 10 remain'),
  });
  site.core.setPhase('enquiry-only');
  expect((await browser.post('/trades/1/give-up', first)).status).toBe(403);
});

test('what is not there, or is another participant’s, is 404', async () => {
  const { site, browser } = await normalDay();
  await using _ = site;
  for (const path of [
    '/trades/2/rectify',
    '/trades/99/give-up',
    '/trades/x/rectify',
    '/give-ups/1/take-up',
    '/rectifications/1/confirm',
    '/close-outs/1/restore',
    '/exercises/1/cancel',
    '/results/1',
  ]) {
    expect([path, (await browser.get(path)).status]).toEqual([path, 404]);
    if (path !== '/results/1') expect([path, (await browser.post(path)).status]).toEqual([path, 404]);
  }
});

test('every function is refused in enquiry-only mode, to look at and to send, and to an administrator at any time', async () => {
  await using site = await startSite({ world: WORLD });
  const browser = site.browser();
  await browser.login('BU_CABC101');
  const administrator = site.browser();
  await administrator.login('BU_CABC201');
  const paths = FUNCTION_PAGES.flatMap(({ path, alsoAt = [] }) => [path, ...alsoAt]);
  expect(paths.length).toBeGreaterThan(15);
  for (const each of paths) {
    const path = each.replace(':number', '1');
    const page = await browser.post(path);
    expect([path, page.status, page.body]).toEqual([path, 403, expect.stringContaining('Only enquiry functions')]);
  }
  for (const { path } of FUNCTION_PAGES) expect((await browser.get(path.replace(':number', '1'))).status).toBe(403);
  site.core.setPhase('normal');
  for (const each of paths) {
    const page = await administrator.post(each.replace(':number', '1'));
    expect(page).toMatchObject({ status: 403, body: expect.stringContaining('not for your kind of user') });
  }
  expect((await administrator.get('/trades')).body).toContain('Post-trade functions are not for your kind of user.');
});

test('what is not in the access profile cannot be pressed, opened or sent, and the page says why', async () => {
  const users = [{ ...user('BU_CABC101'), functions: ['request-give-up' as const] }];
  await using site = await startSite({
    phase: 'normal',
    world: { ...WORLD, participants: [participant('CABC', { users }), participant('CXYZ')], deals: [deal()] },
  });
  const browser = site.browser();
  await browser.login('BU_CABC101');
  const page = (await browser.get('/trades')).body;
  expect(page).toContain('Some functions are not in your access profile');
  expect(page).toContain('href="/trades/1/give-up"');
  expect(page).not.toContain('href="/trades/1/rectify"');
  expect((await browser.get('/trades/1/rectify')).status).toBe(403);
  expect((await browser.post('/trades/1/rectify', PART)).status).toBe(403);
  expect((await browser.get('/trades/1/give-up')).status).toBe(200);
});
