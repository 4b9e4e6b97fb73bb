import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTrustMaterial, type CertifiedHost, type TrustMaterial } from '../../src/host/trust-material.ts';

/** Two of the gateways, with their production addresses and loopback aliases. */
export const HOSTS: readonly CertifiedHost[] = [
  { name: 'pgencdw001.hkex.com.hk', addresses: ['10.151.14.155', '127.151.14.155'] },
  { name: 'pgenrgw001.hkex.com.hk', addresses: ['10.151.14.101', '127.151.14.101'] },
];

export interface TrustDirectory extends AsyncDisposable {
  readonly path: string;
  open(hosts?: readonly CertifiedHost[]): Promise<TrustMaterial>;
}

let made: Promise<string> | undefined;

export async function emptyDirectory(): Promise<TrustDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'dcass-sim-trust-'));
  return {
    path,
    open: (hosts = HOSTS) => openTrustMaterial({ directory: path, hosts }),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** A directory of its own with certificates and keys in it: copied, because an RSA key takes a while. */
export async function filledDirectory(): Promise<TrustDirectory> {
  made ??= emptyDirectory().then(async (template) => {
    await template.open();
    return template.path;
  });
  const directory = await emptyDirectory();
  await cp(await made, directory.path, { recursive: true });
  return directory;
}

/** Removes what {@link filledDirectory} copies from. */
export async function removeTemplate(): Promise<void> {
  if (made) await rm(await made, { recursive: true, force: true });
}
