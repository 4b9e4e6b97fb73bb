import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOSTS, portOf, type Site } from '../online/site.ts';
import { fullSite, PAGES, type Visited, type Who } from '../online/quality/pages.ts';
import { hasClient } from '../support/real-clients.ts';
import { PASSWORD } from '../support/world.ts';
import { launchChromium } from './chromium.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

describe.skipIf(!hasClient('chromium'))('accessibility, by axe-core in Chromium', () => {
  let chromium: Browser;
  beforeAll(async () => {
    chromium = await launchChromium();
  }, 30_000);
  afterAll(() => chromium?.close());

  async function pageOf(site: Site, who: Who, language: 'English' | '中文' = 'English'): Promise<Page> {
    const context = await chromium.newContext({
      ignoreHTTPSErrors: true,
      // axe is put into the page, which the pages' own policy forbids.
      bypassCSP: true,
      viewport: { width: 1280, height: 1024 },
    });
    const page = await context.newPage();
    if (who !== 'nobody') {
      await page.goto(urlOf(site, '/login'));
      await page.getByLabel('User name').fill(who);
      await page.getByLabel('Password').fill(PASSWORD);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Log out' }).waitFor();
    }
    if (language === '中文') {
      await page.goto(urlOf(site, '/login'));
      await page.getByRole('button', { name: language }).click();
      await page.locator('html[lang=zh-Hant-HK]').waitFor();
    }
    return page;
  }

  const urlOf = (site: Site, path: string): string => `https://${HOSTS[0]}:${portOf(site.online)}${path}`;

  async function open(page: Page, site: Site, { path, fields }: Visited): Promise<void> {
    if (!fields) {
      await page.goto(urlOf(site, path));
      return;
    }
    // A form of the page itself, with the session's token, as a browser sends it.
    await page.goto(urlOf(site, path === '/login' ? path : '/positions'));
    const sends = `
      const form = Object.assign(document.createElement('form'), { method: 'post', action: ${JSON.stringify(path)} });
      const csrf = (document.querySelector('input[name=csrf]') || {}).value || '';
      for (const [name, value] of Object.entries({ ...${JSON.stringify(fields)}, csrf })) {
        form.append(Object.assign(document.createElement('input'), { name, value }));
      }
      document.body.append(form);
      form.submit();`;
    await Promise.all([page.waitForEvent('framenavigated'), page.evaluate(sends)]);
    await page.waitForLoadState();
  }

  async function violationsOf(page: Page): Promise<string[]> {
    await page.evaluate(AXE);
    const how = JSON.stringify({ runOnly: { type: 'tag', values: WCAG_2_2_AA } });
    const results = await page.evaluate<AxeResults>(`axe.run(document, ${how})`);
    expect(results.passes.length).toBeGreaterThan(5);
    return results.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 120)}`);
  }

  /** Tables scroll in a box of their own; the page itself does not. */
  async function tooWideForPhone(page: Page): Promise<number> {
    const screen = page.viewportSize() ?? { width: 1280, height: 1024 };
    await page.setViewportSize({ width: 390, height: 844 });
    const pixels = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    await page.setViewportSize(screen);
    return pixels;
  }

  const EACH = (['enquiry-only', 'normal'] as const).flatMap((phase) =>
    (['English', '中文'] as const).map((language) => ({ phase, language })),
  );

  test.each(EACH)(
    'no page violates WCAG 2.2 AA or is wider than a phone, in $language, in a day that is $phase',
    async ({ phase, language }) => {
      await using site = await fullSite(phase);
      const found: string[] = [];
      for (const who of ['nobody', 'BU_CABC101', 'BU_CABC102', 'BU_CABC201'] as const) {
        const page = await pageOf(site, who, language);
        for (const each of PAGES.filter((one) => one.who === who)) {
          await open(page, site, each);
          found.push(...(await violationsOf(page)).map((text) => `${who} ${each.path} ${text}`));
          const tooMuch = await tooWideForPhone(page);
          if (tooMuch > 0) found.push(`${who} ${each.path} is ${tooMuch} pixels wider than a phone`);
        }
        await page.context().close();
      }
      expect(found).toEqual([]);
    },
    300_000,
  );

  test('the check finds a page that is not accessible', async () => {
    await using site = await fullSite('normal');
    const page = await pageOf(site, 'nobody');
    await page.goto(urlOf(site, '/login'));
    const faint = '<img src="/x.png"><p style="color:#eee;background:#fff">faint</p>';
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(faint)})`);
    expect((await violationsOf(page)).map((text) => text.split(':')[0])).toEqual(
      expect.arrayContaining(['image-alt', 'color-contrast']),
    );
  }, 30_000);
});
