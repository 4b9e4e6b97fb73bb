import { chromium, type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { clientPath, hasClient } from '../support/real-clients.ts';
import { scenarioFile, simulator, smallDay, SMALL_DAY_PASSWORD } from '../support/simulator.ts';

const NEXT_PASSWORD = 'Fresh-Harbour-77';

/** Chromium that resolves the four real names to this machine and trusts the local CA's chain by its hash only. */
async function openBrowser(sim: Simulator) {
  const rules = sim.endpoints.online.map(({ host, address }) => `MAP ${host} ${address}`).join(', ');
  const browser = await chromium.launch({
    executablePath: clientPath('chromium'),
    headless: true,
    chromiumSandbox: false, // CI is root, as whom Chromium's sandbox does not start.
    args: [
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=${rules}`,
      `--ignore-certificate-errors-spki-list=${await caKeyHash(sim.endpoints.files.ca)}`,
    ],
  });
  return { browser, [Symbol.asyncDispose]: () => browser.close() };
}

async function caKeyHash(file: string): Promise<string> {
  const { createHash, X509Certificate } = await import('node:crypto');
  const { readFile } = await import('node:fs/promises');
  const der = new X509Certificate(await readFile(file)).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('base64');
}

async function logIn(page: Page, url: string, user: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password', { exact: true }).fill(SMALL_DAY_PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
}

test.skipIf(!hasClient('chromium'))(
  'at each of the four gateways a user with an expired password changes it, sees positions, is refused a give-up, and is logged out at 12:00',
  async () => {
    const users = [1, 2, 3, 4].map((n) => ({ id: `BU_CABC10${n}`, password: SMALL_DAY_PASSWORD, state: 'expired' }));
    using day = scenarioFile(
      smallDay({
        users,
        positions: [{ participant: 'CABC', account: 'HOUSE', series: 'HSIK9', held: 1_234 }],
        trades: [],
      }),
    );
    await using sim = await simulator({ scenario: day.path, at: '09:00' });
    await using chrome = await openBrowser(sim);

    const pages: Page[] = [];
    for (const [i, gateway] of sim.endpoints.online.entries()) {
      const context = await chrome.browser.newContext();
      const page = await context.newPage();
      pages.push(page);
      await logIn(page, gateway.url, users[i]?.id ?? '');
      expect(new URL(page.url()).hostname).toBe(gateway.host);
      expect(await page.textContent('main')).toMatch(/expired/);

      await page.locator('input[name=currentPassword]').fill(SMALL_DAY_PASSWORD);
      await page.locator('input[name=newPassword]').fill(NEXT_PASSWORD);
      await page.locator('input[name=confirmPassword]').fill(NEXT_PASSWORD);
      await page.locator('main form button[type=submit]').click();
      await page.waitForURL('**/positions');
      expect(await page.textContent('table')).toMatch(/HOUSE\s*HSIK9\s*1,234/);

      await page.goto(new URL('/give-ups', gateway.url).href);
      expect(await page.locator('main button[disabled]').count()).toBeGreaterThan(0);
      expect(await page.textContent('main')).toMatch(/only enquiry functions are available/i);
      // Whoever forges the request that the disabled button would send is refused the same.
      const status = await page.evaluate(async () => {
        const response = await fetch('/give-ups', { method: 'POST' });
        return [response.status, await response.text()] as const;
      });
      expect(status[0]).toBe(403);
      expect(status[1]).toContain('enquiry functions are available');
    }

    await sim.clock.advanceTo('12:00');
    for (const page of pages) {
      await page.goto(new URL('/positions', page.url()).href);
      expect(new URL(page.url()).pathname).toBe('/login');
      expect(await page.textContent('main')).toMatch(/ended at 12:00/);
    }
    expect(sim.journal.entries({ kind: 'clearing.session-ended', reason: 'session-closed' })).toHaveLength(4);
    expect(
      sim.journal.entries({ kind: 'online.post-trade', outcome: 'refused', code: 'function-not-available' }),
    ).toHaveLength(4);
  },
  90_000,
);
