import type { OnlineEndpoint, Ready } from './ready.ts';

/** Lines for /etc/hosts, or for any client that takes a hosts file of its own. */
export function hostsFile(online: readonly Pick<OnlineEndpoint, 'host' | 'address'>[]): string {
  return [
    '# DCASS Online of dcass-sim, a simulation. Remove these lines before you use the real system.',
    ...online.map(({ host, address }) => `${address}\t${host}`),
    '',
  ].join('\n');
}

/** A known_hosts file for OpenSSH clients. Ports other than 22 are written `[address]:port`. */
export function knownHostsFile(sftp: Ready['sftp'], publicKeyLine: string): string {
  const key = publicKeyLine.trim().split(' ').slice(0, 2).join(' ');
  return sftp.map(({ address, port }) => `${port === 22 ? address : `[${address}]:${port}`} ${key}\n`).join('');
}
