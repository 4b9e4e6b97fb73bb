import type { Browser } from 'playwright-core';
import { HOSTS } from '../online/site.ts';
import { clientPath } from '../support/real-clients.ts';

/**
 * Debian's Chromium, which finds the gateways' names on this machine and nothing else anywhere.
 * @param home where its certificates are, in place of the user's own
 */
export async function launchChromium(home?: string): Promise<Browser> {
  const playwright = await import('playwright-core');
  return playwright.chromium.launch({
    executablePath: clientPath('chromium'),
    headless: true,
    ...(home === undefined ? {} : { env: { ...process.env, HOME: home } }),
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-proxy-server',
      `--host-resolver-rules=${HOSTS.map((host) => `MAP ${host} 127.0.0.1`).join(', ')}, MAP * ~NOTFOUND`,
    ],
  });
}
