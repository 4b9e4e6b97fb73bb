import type { Browser } from 'playwright-core';
import { HOSTS } from '../online/site.ts';
import { clientPath } from '../support/real-clients.ts';

/** Debian's Chromium, which finds the gateways' names on this machine and nothing else anywhere. */
export async function launchChromium(): Promise<Browser> {
  const playwright = await import('playwright-core');
  return playwright.chromium.launch({
    executablePath: clientPath('chromium'),
    headless: true,
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
