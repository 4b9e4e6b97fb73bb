import { expect, test } from 'vitest';
import { deal } from '../support/world.ts';
import { startSite, type Browser, type Site } from './site.ts';

async function twoUserDay(): Promise<{ site: Site; maker: Browser; checker: Browser }> {
  const site = await startSite({ phase: 'normal', settings: { secondUser: true }, world: { deals: [deal()] } });
  const [maker, checker] = [site.browser(), site.browser()];
  await maker.login('BU_CABC101');
  await checker.login('BU_CABC102');
  return { site, maker, checker };
}

/** Asks for a give-up of trade 1, and confirms it as its maker. */
async function ask(maker: Browser, quantity: string): Promise<number> {
  const page = await maker.post('/trades/1/give-up', { to: 'CXYZ', quantity });
  const once = /name="once" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const asked = await maker.post('/trades/1/give-up', { once });
  expect(asked).toMatchObject({ status: 303, headers: { location: '/approvals' } });
  return asked.status;
}

test('what one user asks for is carried out when a second one confirms it, and not before', async () => {
  const { site, maker, checker } = await twoUserDay();
  await using _ = site;
  await ask(maker, '4');
  expect(site.core.book('CABC' as never)?.giveUps).toEqual([]);
  const waiting = (await maker.get('/approvals')).body;
  expect(waiting).toContain('Request 1 waits for a second user of your participant.');
  expect(waiting).toContain('Withdraw');
  expect(waiting).not.toContain('/approvals/1/confirm');
  expect(await maker.post('/approvals/1/confirm')).toMatchObject({
    status: 403,
    body: expect.stringContaining('another user of your participant must confirm it'),
  });
  expect((await checker.get('/approvals')).body).toContain('A new give-up: 4 HSIK9 from CABC to CXYZ, holding.');
  expect(await checker.post('/approvals/1/confirm')).toMatchObject({
    status: 303,
    headers: { location: '/results/1' },
  });
  expect(site.core.book('CABC' as never)?.giveUps).toEqual([1]);
  expect((await checker.post('/approvals/1/confirm')).status).toBe(404);
  expect(site.journal.entries({ kind: 'online.post-trade' })).toMatchObject([
    { outcome: 'ok', step: 'asked', user: 'BU_CABC101' },
    { outcome: 'refused', code: 'own-request', user: 'BU_CABC101' },
    { outcome: 'ok', user: 'BU_CABC102', maker: 'BU_CABC101' },
  ]);
});

test('it is withdrawn by who asked, rejected by another, and refused when the model does not allow it any more', async () => {
  const { site, maker, checker } = await twoUserDay();
  await using _ = site;
  for (const quantity of ['4', '5', '6', '7']) await ask(maker, quantity);
  expect((await maker.post('/approvals/1/reject')).status).toBe(303);
  expect((await maker.get('/approvals')).body).toContain('Request 1 was withdrawn. Nothing was changed.');
  await checker.post('/approvals/2/reject');
  expect((await checker.get('/approvals')).body).toContain('Request 2 was rejected.');
  await checker.post('/approvals/3/confirm');
  expect(await checker.post('/approvals/4/confirm')).toMatchObject({
    status: 422,
    body: expect.stringContaining('7 contracts of trade 1 were asked for'),
  });
  expect(site.core.book('CABC' as never)?.giveUps).toEqual([1]);
});

test('another participant neither sees nor touches it, an administrator does not confirm, and enquiry-only mode refuses', async () => {
  const { site, maker, checker } = await twoUserDay();
  await using _ = site;
  await ask(maker, '4');
  const stranger = site.browser();
  await stranger.login('BU_CXYZ101');
  expect((await stranger.get('/approvals')).body).toContain('Nothing waits for a second user.');
  for (const what of ['confirm', 'reject']) expect((await stranger.post(`/approvals/1/${what}`)).status).toBe(404);
  const administrator = site.browser();
  await administrator.login('BU_CABC201');
  expect((await administrator.post('/approvals/1/confirm')).status).toBe(403);
  site.core.setPhase('enquiry-only');
  expect((await checker.post('/approvals/1/confirm')).status).toBe(403);
  expect(site.core.book('CABC' as never)?.giveUps).toEqual([]);
});

test('where one user is enough there is no such page', async () => {
  await using site = await startSite({ phase: 'normal' });
  const browser = site.browser();
  await browser.login('BU_CABC101');
  expect((await browser.get('/approvals')).status).toBe(404);
  expect((await browser.get('/positions')).body).not.toContain('Approvals');
});
