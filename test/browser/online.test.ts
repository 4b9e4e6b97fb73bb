import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOSTS, portOf, startSite, type Site } from '../online/site.ts';
import { hasClient } from '../support/real-clients.ts';
import { at, PASSWORD } from '../support/world.ts';
import { launchChromium } from './chromium.ts';

describe.skipIf(!hasClient('chromium'))('in Chromium', () => {
  let chromium: Browser;

  beforeAll(async () => {
    chromium = await launchChromium();
  }, 30_000);
  afterAll(() => chromium?.close());

  async function openPage(
    options: { readonly javaScriptEnabled?: boolean } = {},
  ): Promise<{ page: Page; problems: string[] }> {
    const context = await chromium.newContext({
      ignoreHTTPSErrors: true,
      viewport: { width: 1280, height: 1024 },
      ...options,
    });
    const page = await context.newPage();
    const problems: string[] = [];
    // A refusal's status is logged by the browser; what the policy or the script complains of must not be.
    page.on(
      'console',
      (message) => !message.text().startsWith('Failed to load resource') && problems.push(message.text()),
    );
    page.on('pageerror', (error) => problems.push(String(error)));
    return { page, problems };
  }

  const urlOf = (site: Site, path: string): string => `https://${HOSTS[0]}:${portOf(site.online)}${path}`;

  async function login(site: Site, page: Page, name: string, password = PASSWORD): Promise<void> {
    await page.goto(urlOf(site, '/login'));
    await page.getByLabel('User name').fill(name);
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForLoadState();
  }

  test.each([true, false])(
    'an expired password is changed, positions are read, post-trade is refused (scripts: %s)',
    async (javaScriptEnabled) => {
      await using site = await startSite();
      const { page, problems } = await openPage({ javaScriptEnabled });
      await login(site, page, 'BU_CABC102');
      expect(await page.getByRole('alert').textContent()).toContain('Your password has expired');
      await page.getByLabel('Current password').fill(PASSWORD);
      await page.getByLabel('New password', { exact: true }).fill('Brand-New-2019!');
      await page.getByLabel('New password again').fill('Brand-New-2019!');
      await page.getByRole('main').getByRole('button', { name: 'Change password' }).click();
      await page.waitForURL('**/positions');
      expect(await page.getByText('Your password has been changed.').isVisible()).toBe(true);
      expect(await page.getByRole('row').count()).toBe(6);
      expect(await page.getByRole('button', { name: 'Net down positions' }).isDisabled()).toBe(true);

      await page.goto(urlOf(site, '/trades'));
      await page.getByLabel('Series').fill('HKB');
      await page.getByRole('button', { name: 'Show' }).click();
      expect(await page.getByRole('row').count()).toBe(2);

      // Somebody enables the button by hand.
      if (javaScriptEnabled) {
        await page.evaluate(`(() => {
        const form = document.createElement('form');
        form.method = 'post'; form.action = '/give-ups';
        document.body.append(form); form.submit();
      })()`);
        await page.waitForURL('**/give-ups');
        expect(await page.getByRole('alert').textContent()).toContain(
          'Only enquiry functions are available in this session',
        );
      }
      expect(problems).toEqual([]);
    },
    30_000,
  );

  test('a page that stays open moves its clock, and at 12:00 it notices that the session has ended', async () => {
    await using site = await startSite({ settings: { idleMs: undefined } });
    const { page, problems } = await openPage();
    await login(site, page, 'BU_CABC101');
    site.clock.now = at('11:59');
    await page.getByText('2019-05-05 11:59:00').waitFor();
    site.clock.now = at('12:00');
    site.core.setPhase('closed');
    await page.waitForURL('**/login');
    expect(
      await page
        .getByText('The Post-Release Verification Session ended at 12:00. You have been logged out.')
        .isVisible(),
    ).toBe(true);
    expect(problems).toEqual([]);
  }, 30_000);

  test('an Administrator resets a password with the keyboard alone', async () => {
    await using site = await startSite();
    const { page } = await openPage();
    await login(site, page, 'BU_CABC201');
    await page.getByRole('link', { name: 'Users' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/users');
    await page.getByRole('button', { name: 'Reset password of BU_CABC101' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/reset');
    const temporary = (await page.locator('code').textContent()) ?? '';
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL('**/login?after=logout');
    await login(site, page, 'BU_CABC101', temporary);
    expect(await page.getByRole('alert').textContent()).toContain('Your password was reset.');
  }, 30_000);

  test('an Administrator takes a function from a user and logs the user out', async () => {
    await using site = await startSite();
    const [user, administrator] = [await openPage(), await openPage()];
    await login(site, user.page, 'BU_CABC101');
    const { page, problems } = administrator;
    await login(site, page, 'BU_CABC201');
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('link', { name: 'Access of BU_CABC101' }).click();
    await page.getByLabel('Trade rectification').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The access profile of BU_CABC101 has been saved.').waitFor();
    expect(await page.getByText('14 of 15').count()).toBe(1);

    await page.getByRole('link', { name: 'Sessions' }).click();
    await page.getByRole('button', { name: 'Log out BU_CABC101 at online-1' }).click();
    await page.getByText('BU_CABC101 has been logged out of online-1.').waitFor();
    await user.page.waitForURL('**/login');
    expect(await user.page.getByText('by a DCASS Administrator of your participant.').isVisible()).toBe(true);
    expect(problems).toEqual([]);
  }, 30_000);

  test('a page of another site cannot log a browser in', async () => {
    await using site = await startSite();
    const { page } = await openPage();
    await page.setContent(
      `<form method="post" action="${urlOf(site, '/login')}"><input name="username" value="BU_CABC101"><input name="password" value="${PASSWORD}"><button>go</button></form>`,
    );
    await page.getByRole('button').click();
    await page.waitForURL('**/login');
    expect(await page.getByRole('alert').textContent()).toContain('did not come from the login page');
    expect(site.core.sessions()).toEqual([]);
  }, 30_000);
});
