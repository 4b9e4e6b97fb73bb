import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SimError } from '../sim-error.ts';
import {
  ALL_GATEWAYS,
  isStale,
  parseAuthority,
  PERMITTED_NAMES,
  toTlsPair,
  wantedCertificates,
  type CertifiedHost,
  type TlsPair,
  type WantedCertificate,
} from './gateway-certificate.ts';
import { closeToOthers, exists, holds, privateFolder, readOrExplain, unusable, writeSecret } from './key-file.ts';
import { generateRsaKey } from './rsa-key.ts';
import { openSftpKey, sshFingerprint, sshPublicBlob, type SftpKey } from './ssh-key.ts';

export type { CertifiedHost, TlsPair } from './gateway-certificate.ts';
export type { SftpKey } from './ssh-key.ts';

/** Certificates and keys of one user on one machine. Made at first use, read afterwards. */
export interface TrustMaterial {
  /** `ca.pem` of the directory, to hand out. */
  readonly caFile: string;
  readonly caPem: string;
  /** Key and chain of one gateway. */
  gateway(host: string): TlsPair;
  /** For clients that name no host: all names and addresses in one certificate. */
  readonly defaultGateway: TlsPair;
  /** PEM. */
  readonly sshHostKey: string;
  /** `SHA256:…`, as `ssh-keygen -lf` prints it. */
  readonly sshHostKeyFingerprint: string;
  /** `ssh-rsa AAAA…`, for known_hosts. */
  readonly sshHostPublicKeyLine: string;
  /** A certificate with something wrong in it, made each time and kept nowhere. @throws SimError SIM_TRUST_MATERIAL */
  faulty(host: string, what: FaultyCertificate): Promise<TlsPair>;
  /** The key pair of an SFTP user, made at first use. `user` holds letters, digits and `_` only. */
  sftpKey(user: string): Promise<SftpKey>;
}

export type FaultyCertificate = 'expired' | 'wrong-name' | 'unknown-ca';

export interface TrustOptions {
  readonly directory: string;
  /** The gateways; each gets a certificate for its name, its addresses, localhost and 127.0.0.1. */
  readonly hosts: readonly CertifiedHost[];
  /** Hosts of this day only: each has a certificate, and the one for all names does not change for them. */
  readonly laterHosts?: readonly CertifiedHost[];
}

/** Everything that one making gives is in one folder, which appears by one rename: nobody sees a half of it. */
const SET = 'local';
const MAKING = '.making-';
const HOST_KEY_BITS = 3072; // platform-notes.md section 5: RSA is what every tried client takes.
const LEFT_OVER_AFTER_MS = 3_600_000;
const WRONG_HOST = 'hkex.com.hk';

/**
 * Opens the folder of certificates and keys; what is missing is made, and a certificate that ends within
 * 30 days or lacks a name is made again by the same CA. The real clock counts: real clients check it.
 * @throws SimError SIM_TRUST_MATERIAL naming the file that cannot be used; never its content
 */
export async function openTrustMaterial({ directory, hosts, laterHosts = [] }: TrustOptions): Promise<TrustMaterial> {
  const root = resolve(directory);
  const folder = join(root, SET);
  const fileOf = (name: string): string => join(folder, name);
  const wanted = wantedCertificates(hosts, laterHosts);
  if (!exists(fileOf('ca.pem'))) await makeSet(root, folder, wanted);
  const caPem = readOrExplain(fileOf('ca.pem'));
  const sshHostKey = readOrExplain(fileOf('ssh_host_rsa_key'));
  closeToOthers(folder, 0o700);
  const leaves = await openLeaves(folder, wanted, caPem);
  const blob = sshPublicBlob(sshHostKey, fileOf('ssh_host_rsa_key'));
  const pairs = new Map<string, TlsPair>();
  const pairOf = (name: string): TlsPair => {
    const pem = leaves.get(name);
    if (pem === undefined) throw new Error(`no certificate was asked for ${name}`);
    const pair = pairs.get(name) ?? toTlsPair(pem, fileOf(`${name}.pem`));
    pairs.set(name, pair);
    return pair;
  };
  return {
    caFile: await handOut(caPem, join(root, 'ca.pem'), fileOf('ca.pem')),
    caPem,
    gateway: pairOf,
    get defaultGateway() {
      return pairOf(ALL_GATEWAYS);
    },
    sshHostKey,
    sshHostKeyFingerprint: sshFingerprint(blob),
    sshHostPublicKeyLine: `ssh-rsa ${blob.toString('base64')} dcass-sim`,
    async faulty(host, what) {
      const own = wanted.find(({ name }) => name === host) ?? { name: host, dns: [host], ip: [] };
      return toTlsPair(await issueFaulty(folder, own, what, caPem), `a certificate that is ${what}`);
    },
    sftpKey: (user) => openSftpKey(join(root, 'sftp'), user),
  };
}

/** Reads the gateways' certificates; those that are stale or not there yet are made first. */
async function openLeaves(
  folder: string,
  wanted: readonly WantedCertificate[],
  caPem: string,
): Promise<ReadonlyMap<string, string>> {
  const authority = parseAuthority(caPem, join(folder, 'ca.pem'), Date.now());
  const leaves = new Map<string, string>();
  const stale = wanted.filter((each) => {
    const file = join(folder, `${each.name}.pem`);
    // A host that was not configured before has no file yet.
    if (!exists(file)) return true;
    const pem = readOrExplain(file);
    leaves.set(each.name, pem);
    return isStale(pem, file, each, authority, Date.now());
  });
  if (stale.length === 0) return leaves;
  const made = await issue(folder, stale, caPem);
  for (const [each, pem] of made) {
    if (isStale(pem, join(folder, `${each.name}.pem`), each, authority, Date.now())) {
      throw unusable(join(folder, 'ca-key.pem'), 'it is not the key of ca.pem');
    }
    leaves.set(each.name, pem);
  }
  await Promise.all(made.map(([each, pem]) => replace(join(folder, `${each.name}.pem`), pem)));
  return leaves;
}

async function issue(
  folder: string,
  wanted: readonly WantedCertificate[],
  caPem: string,
): Promise<readonly (readonly [WantedCertificate, string])[]> {
  const keyFile = join(folder, 'ca-key.pem');
  const keyPem = readOrExplain(keyFile);
  const { loadAuthority, issueLeaf } = await import('./certificate-authority.ts');
  const authority = await loadAuthority(caPem, keyPem).catch((error: unknown) => {
    throw unusable(keyFile, error);
  });
  return Promise.all(
    wanted.map(async (each) => [each, await issueLeaf(authority, { commonName: each.name, ...each })] as const),
  );
}

/** For a fault. The name of a wrong one is still one that the CA may certify: only the host is another. */
async function issueFaulty(
  folder: string,
  own: WantedCertificate,
  what: FaultyCertificate,
  caPem: string,
): Promise<string> {
  const { loadAuthority, makeAuthority, issueLeaf } = await import('./certificate-authority.ts');
  const keyFile = join(folder, 'ca-key.pem');
  const names = what === 'wrong-name' ? { dns: [`another.${WRONG_HOST}`], ip: [] } : own;
  const authority =
    what === 'unknown-ca'
      ? await makeAuthority(PERMITTED_NAMES)
      : await loadAuthority(caPem, readOrExplain(keyFile)).catch((error: unknown) => {
          throw unusable(keyFile, error);
        });
  const commonName = what === 'wrong-name' ? `another.${WRONG_HOST}` : own.name;
  return issueLeaf(authority, { ...names, commonName }, what === 'expired' ? 1 : undefined);
}

/** By one rename, so that a simulator that starts meanwhile reads the old file or the new one. */
async function replace(file: string, text: string, mode = 0o600): Promise<void> {
  const fresh = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(fresh, text, { mode, flag: 'wx' });
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw new SimError(
      'SIM_TRUST_MATERIAL',
      `${file} must be made again and cannot be written: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** The copy of the CA's certificate that users know, made anew when it is not the CA in use. Where it cannot be, the one in use. */
async function handOut(caPem: string, copy: string, inUse: string): Promise<string> {
  if (holds(copy, caPem)) return copy;
  return replace(copy, caPem, 0o644).then(
    () => copy,
    () => inUse,
  );
}

async function makeSet(root: string, folder: string, wanted: readonly WantedCertificate[]): Promise<void> {
  let making: string | undefined;
  try {
    await privateFolder(root);
    await removeLeftOvers(root);
    const work = (making = await mkdtemp(join(root, MAKING)));
    const hostKey = generateRsaKey(HOST_KEY_BITS).then((pem) => writeSecret(join(work, 'ssh_host_rsa_key'), pem));
    const [certificates] = await Promise.all([makeCertificates(work, wanted), hostKey]);
    // Last, so that it stands for the whole set also where a rename is no single step.
    await writeFile(join(work, 'ca.pem'), certificates);
    await rename(work, folder);
  } catch (error) {
    // Somebody else was quicker: theirs is as good.
    if (exists(join(folder, 'ca.pem'))) return;
    if (exists(folder)) throw unusable(join(folder, 'ca.pem'), 'it is missing');
    throw new SimError(
      'SIM_TRUST_MATERIAL',
      `certificates and keys cannot be made in ${root}: ${(error as Error).message}`,
      { cause: error },
    );
  } finally {
    if (making !== undefined) await rm(making, { recursive: true, force: true });
  }
}

/** @returns the CA's certificate */
async function makeCertificates(work: string, wanted: readonly WantedCertificate[]): Promise<string> {
  const { makeAuthority, issueLeaf } = await import('./certificate-authority.ts');
  const authority = await makeAuthority(PERMITTED_NAMES);
  await Promise.all([
    writeSecret(join(work, 'ca-key.pem'), authority.keyPem),
    ...wanted.map(async (each) =>
      writeSecret(join(work, `${each.name}.pem`), await issueLeaf(authority, { commonName: each.name, ...each })),
    ),
  ]);
  return authority.certPem;
}

/** Half-made sets of simulators that were killed meanwhile: they hold keys that nobody will use. */
async function removeLeftOvers(root: string): Promise<void> {
  const names = (await readdir(root)).filter((name) => name.startsWith(MAKING));
  await Promise.all(
    names.map(async (name) => {
      const path = join(root, name);
      const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
      if (age > LEFT_OVER_AFTER_MS) await rm(path, { recursive: true, force: true });
    }),
  );
}
