import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOSTS, portOf, startSite, type Site } from '../online/site.ts';
import { hasClient } from '../support/real-clients.ts';
import { deal, PASSWORD } from '../support/world.ts';
import { launchChromium } from './chromium.ts';

describe.skipIf(!hasClient('chromium'))('a normal day at two browsers', () => {
  let chromium: Browser;
  beforeAll(async () => {
    chromium = await launchChromium();
  }, 30_000);
  afterAll(() => chromium?.close());

  async function staff(site: Site, gateway: number, user: string, javaScriptEnabled: boolean): Promise<Page> {
    const context = await chromium.newContext({ ignoreHTTPSErrors: true, javaScriptEnabled });
    const page = await context.newPage();
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(`https://${HOSTS[gateway - 1]}:${portOf(site.online, gateway)}/login`);
    await page.getByLabel('User name').fill(user);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('heading', { name: 'Positions' }).waitFor();
    return page;
  }

  test.each([
    { gateways: [1, 2], scripts: true },
    { gateways: [3, 4], scripts: false },
  ] as const)(
    'one gives up, the other takes up in parts, at gateways $gateways (scripts: $scripts)',
    async ({ gateways, scripts }) => {
      await using site = await startSite({ phase: 'normal', gateways: 4, world: { deals: [deal()] } });
      const giver = await staff(site, gateways[0], 'BU_CABC101', scripts);
      const taker = await staff(site, gateways[1], 'BU_CXYZ101', scripts);

      await giver.getByRole('link', { name: 'Trades' }).click();
      await giver.getByRole('link', { name: 'Give up trade 1' }).click();
      await giver.getByLabel('To participant').fill('CXYZ');
      await giver.getByLabel('Quantity').fill('99');
      if (scripts) {
        await giver.getByText('Quantity: a whole number from 0 to 10.').waitFor();
        expect(await giver.getByLabel('Quantity').getAttribute('aria-invalid')).toBe('true');
      }
      await giver.getByLabel('Quantity').fill('4');
      expect(await giver.locator('[aria-invalid]').count()).toBe(0);
      await giver.getByLabel('Text').fill('as agreed');
      await giver.getByRole('button', { name: 'Continue' }).click();
      expect(await giver.getByRole('listitem').allTextContents()).toContain(
        'A new give-up: 4 HSIK9 from CABC to CXYZ, holding.',
      );
      await giver.getByRole('button', { name: 'Confirm' }).click();
      await giver.getByText('Give-up was carried out.').waitFor();

      await taker.getByRole('link', { name: 'Give-ups' }).click();
      await taker.getByRole('link', { name: 'Take up give-up 1' }).click();
      await taker.getByLabel('Account of part 1').fill('HOUSES');
      if (scripts) await taker.getByText('“HOUSES” is not one of your accounts.').waitFor();
      await taker.getByLabel('Account of part 1').fill('house');
      if (scripts) expect(await taker.locator('#as-typed').textContent()).toBe('');
      await taker.getByLabel('Quantity of part 1').fill('1');
      await taker.getByLabel('Account of part 2').fill('OMNI1');
      await taker.getByLabel('Quantity of part 2').fill('2');
      if (scripts) expect(await taker.getByText('Together 3 of 4').isVisible()).toBe(true);
      await taker.getByRole('button', { name: 'Continue' }).click();
      expect(await taker.getByRole('alert').textContent()).toBe(
        'The parts add up to 3 contracts; they must add up to 4. Nothing was changed.',
      );
      await taker.getByLabel('Quantity of part 2').fill('3');
      await taker.getByRole('button', { name: 'More parts' }).click();
      expect(await taker.getByLabel('Quantity of part 2').inputValue()).toBe('3');
      expect(await taker.getByLabel('Account of part 8').isVisible()).toBe(true);
      await taker.getByRole('button', { name: 'Continue' }).click();
      await taker.getByRole('button', { name: 'Confirm' }).click();
      await taker.getByText('Take-up was carried out.').waitFor();
      expect(await taker.getByRole('listitem').allTextContents()).toContain(
        'Position now, HSIK9 in OMNI1: held 3, written 0.',
      );
      await giver.getByRole('link', { name: 'Give-ups' }).click();
      expect(await giver.getByRole('row').nth(1).textContent()).toMatch(/confirmed/);
    },
    180_000,
  );
});
