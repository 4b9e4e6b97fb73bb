import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOSTS, portOf, startSite, type Site } from '../online/site.ts';
import { hasClient } from '../support/real-clients.ts';
import { deal, PASSWORD } from '../support/world.ts';
import { launchChromium } from './chromium.ts';

describe.skipIf(!hasClient('chromium'))('a day in Chinese at a browser', () => {
  let chromium: Browser;
  beforeAll(async () => {
    chromium = await launchChromium();
  }, 30_000);
  afterAll(() => chromium?.close());

  /** The login page, in Chinese by its switch. */
  async function visitor(site: Site, javaScriptEnabled: boolean): Promise<Page> {
    // A browser that is set to Chinese gets English, too, until its user chooses.
    const context = await chromium.newContext({ ignoreHTTPSErrors: true, javaScriptEnabled, locale: 'zh-HK' });
    const page = await context.newPage();
    await page.goto(`https://${HOSTS[0]}:${portOf(site.online)}/login`);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '登入' }).waitFor();
    return page;
  }

  async function login(page: Page, password: string): Promise<void> {
    await page.getByLabel('用戶名稱').fill('BU_CABC101');
    await page.getByLabel('密碼').fill(password);
    await page.getByRole('button', { name: '登入' }).click();
  }

  test.each([{ scripts: true }, { scripts: false }])(
    'a user logs in, gives up a trade and is refused, all in Chinese (scripts: $scripts)',
    async ({ scripts }) => {
      await using site = await startSite({ phase: 'normal', world: { deals: [deal()] } });
      const page = await visitor(site, scripts);
      await login(page, 'wrong');
      expect(await page.getByRole('alert').textContent()).toBe('用戶名稱或密碼不正確。');
      await login(page, PASSWORD);

      await page.getByRole('link', { name: '交易' }).first().click();
      await page.getByRole('link', { name: '轉出 交易 1' }).click();
      await page.getByLabel('承接參與者').fill('CNON');
      await page.getByLabel('數量').fill('4');
      await page.getByRole('button', { name: '繼續' }).click();
      expect(await page.getByRole('alert').textContent()).toBe('沒有結算參與者 CNON。沒有作出任何更改。');
      await page.getByLabel('承接參與者').fill('CXYZ');
      await page.getByRole('button', { name: '繼續' }).click();
      await page.getByRole('button', { name: '確認' }).click();
      await page.getByText('已執行交易轉出（give-up）。').waitFor();

      await page.getByRole('button', { name: 'English' }).click();
      await page.getByText('Give-up was carried out.').waitFor();
      expect(await page.getByRole('listitem').allTextContents()).toContain(
        'Give-up 1: 4 HSIK9 from CABC to CXYZ, holding.',
      );
    },
    60_000,
  );

  test('the scripts say in Chinese what the parts add up to, and that the gateway does not answer', async () => {
    await using site = await startSite({ phase: 'normal', world: { deals: [deal()] } });
    const page = await visitor(site, true);
    await login(page, PASSWORD);
    await page.getByRole('heading', { name: '持倉' }).waitFor();
    await page.goto(`https://${HOSTS[0]}:${portOf(site.online)}/trades/1/rectify`);
    await page.getByLabel('分項 1 的數量').fill('3');
    await page.getByText('合共 3／10').waitFor();
    await page.getByText('正常 — 至 12:00').waitFor();
    await site.online.stop(1, 'refuse');
    await page.getByText('此閘道沒有回應。').waitFor();
  }, 60_000);
});
