import { createHash, createPublicKey, randomBytes, X509Certificate, type KeyObject } from 'node:crypto';
import { link, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SimError } from '../sim-error.ts';
import { generateRsaKey } from './rsa-key.ts';

/** Certificates and keys of one user on one machine. Made at first use, read afterwards. */
export interface TrustMaterial {
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
  /** The key pair of an SFTP user, made at first use. `user` holds letters, digits and `_` only. */
  sftpKey(user: string): Promise<SftpKey>;
}

export interface TlsPair {
  /** PEM. */
  readonly key: string;
  /** PEM: the leaf, then the CA, so that a client can pin either. */
  readonly cert: string;
}

export interface SftpKey {
  readonly privateKeyFile: string;
  /** OpenSSH's one-line form. */
  readonly publicKey: string;
}

export interface TrustOptions {
  readonly directory: string;
  readonly hosts: readonly CertifiedHost[];
}

export interface CertifiedHost {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** Everything that one making gives is in one folder, which appears by one rename: nobody sees a half of it. */
const SET = 'local';
const HOST_KEY_BITS = 3072; // platform-notes.md section 5: RSA is what every tried client takes.
const SFTP_KEY_BITS = 2048; // ASSUMED: RSA 2048 or more (dcass-facts.md section 4, D).
const ALL_GATEWAYS = 'all-gateways';
const RENEW_BEFORE_MS = 30 * 86_400_000;

/**
 * Opens the folder of certificates and keys; what is missing is made, and a certificate that ends within
 * 30 days or lacks a name is made again by the same CA.
 * @throws SimError SIM_TRUST_MATERIAL naming the file that cannot be used; never its content
 */
export async function openTrustMaterial({ directory, hosts }: TrustOptions): Promise<TrustMaterial> {
  const folder = join(directory, SET);
  const wanted = [...hosts, allInOne(hosts)];
  await makeOnce(directory, folder, wanted);
  const read = (name: string): Promise<string> => readOrExplain(join(folder, name));
  let [caPem, sshHostKey, ...leaves] = await Promise.all([read('ca.pem'), read('ssh_host_rsa_key'), ...wanted.map((host) => read(`${host.name}.pem`))]);

  const stale = wanted.filter((host, i) => isStale(leaves[i] ?? '', host, join(folder, `${host.name}.pem`)));
  if (stale.length > 0) {
    await renew(folder, stale, caPem ?? '');
    leaves = await Promise.all(wanted.map((host) => read(`${host.name}.pem`)));
  }

  const pairs = new Map(wanted.map((host, i) => [host.name, toPair(leaves[i] ?? '')]));
  const pairOf = (name: string): TlsPair => {
    const pair = pairs.get(name);
    if (!pair) throw new Error(`no certificate was asked for ${name}`);
    return pair;
  };
  const blob = sshPublicBlob(parseKey(sshHostKey ?? '', join(folder, 'ssh_host_rsa_key')));
  return {
    caFile: join(folder, 'ca.pem'),
    caPem: caPem ?? '',
    gateway: pairOf,
    defaultGateway: pairOf(ALL_GATEWAYS),
    sshHostKey: sshHostKey ?? '',
    sshHostKeyFingerprint: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`,
    sshHostPublicKeyLine: `ssh-rsa ${blob.toString('base64')} dcass-sim`,
    sftpKey: (user) => openSftpKey(join(directory, 'sftp'), user),
  };
}

function allInOne(hosts: readonly CertifiedHost[]): CertifiedHost & { readonly alsoNamed: readonly string[] } {
  return { name: ALL_GATEWAYS, addresses: hosts.flatMap((host) => host.addresses), alsoNamed: hosts.map((host) => host.name) };
}

/** DNS names and addresses that a host's certificate is for. */
function namesOf(host: CertifiedHost & { readonly alsoNamed?: readonly string[] }): { dns: readonly string[]; ip: readonly string[] } {
  return { dns: [...(host.alsoNamed ?? [host.name]), 'localhost'], ip: [...host.addresses, '127.0.0.1'] };
}

async function makeOnce(directory: string, folder: string, hosts: readonly CertifiedHost[]): Promise<void> {
  if (await exists(join(folder, 'ca.pem'))) return;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const making = await mkdtemp(join(directory, '.making-'));
  try {
    const { makeAuthority, issueLeaf } = await import('./certificate-authority.ts');
    const hostKey = generateRsaKey(HOST_KEY_BITS);
    const authority = await makeAuthority();
    const leaves = await Promise.all(hosts.map((host) => issueLeaf(authority, { commonName: host.name, ...namesOf(host) })));
    await Promise.all([
      secretFile(join(making, 'ca-key.pem'), authority.keyPem),
      writeFile(join(making, 'ca.pem'), authority.certPem),
      ...hosts.map((host, i) => secretFile(join(making, `${host.name}.pem`), leaves[i] ?? '')),
      hostKey.then((pem) => secretFile(join(making, 'ssh_host_rsa_key'), pem)),
    ]);
    await rename(making, folder);
  } catch (error) {
    // Somebody else was quicker: theirs is as good.
    if (await exists(join(folder, 'ca.pem'))) return;
    throw new SimError('SIM_TRUST_MATERIAL', `certificates and keys cannot be made in ${directory}: ${(error as Error).message}`, { cause: error });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

async function renew(folder: string, hosts: readonly CertifiedHost[], caPem: string): Promise<void> {
  const { loadAuthority, issueLeaf } = await import('./certificate-authority.ts');
  const authority = await loadAuthority(caPem, await readOrExplain(join(folder, 'ca-key.pem')));
  for (const host of hosts) {
    const file = join(folder, `${host.name}.pem`);
    const fresh = `${file}.${randomBytes(6).toString('hex')}`;
    // oxlint-disable-next-line no-await-in-loop -- five files at most, once a year.
    await secretFile(fresh, await issueLeaf(authority, { commonName: host.name, ...namesOf(host) }));
    // oxlint-disable-next-line no-await-in-loop
    await rename(fresh, file);
  }
}

function isStale(pem: string, host: CertifiedHost, file: string): boolean {
  try {
    const certificate = new X509Certificate(pem);
    const alternative = certificate.subjectAltName ?? '';
    const { dns, ip } = namesOf(host);
    const named = dns.every((name) => alternative.includes(`DNS:${name}`)) && ip.every((address) => alternative.includes(`IP Address:${address}`));
    return !named || Date.parse(certificate.validTo) - Date.now() < RENEW_BEFORE_MS;
  } catch (error) {
    throw damaged(file, error);
  }
}

async function openSftpKey(folder: string, user: string): Promise<SftpKey> {
  if (!/^\w{1,32}$/.test(user)) throw new SimError('SIM_TRUST_MATERIAL', `"${user}" cannot be the name of a key file`);
  const privateKeyFile = join(folder, user);
  if (!(await exists(privateKeyFile))) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const fresh = `${privateKeyFile}.${randomBytes(6).toString('hex')}`;
    await secretFile(fresh, await generateRsaKey(SFTP_KEY_BITS));
    // A link fails where the file is already there: two simulators that start at once agree on one key.
    await link(fresh, privateKeyFile).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await rm(fresh);
  }
  const blob = sshPublicBlob(parseKey(await readOrExplain(privateKeyFile), privateKeyFile));
  const publicKey = `ssh-rsa ${blob.toString('base64')} ${user}@dcass-sim`;
  if (!(await exists(`${privateKeyFile}.pub`))) await writeFile(`${privateKeyFile}.pub`, `${publicKey}\n`);
  return { privateKeyFile, publicKey };
}

function parseKey(pem: string, file: string): KeyObject {
  try {
    return createPublicKey(pem);
  } catch (error) {
    throw damaged(file, error);
  }
}

/** RFC 4253 6.6: "ssh-rsa", e, n. */
function sshPublicBlob(key: KeyObject): Buffer {
  const { e = '', n = '' } = key.export({ format: 'jwk' });
  const field = (bytes: Buffer): Buffer[] => [Buffer.from(Uint32Array.of(bytes.length).buffer).swap32(), bytes];
  const integer = (base64url: string): Buffer => {
    const bytes = Buffer.from(base64url, 'base64url');
    return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  };
  return Buffer.concat([...field(Buffer.from('ssh-rsa')), ...field(integer(e)), ...field(integer(n))]);
}

function toPair(pem: string): TlsPair {
  const blocks = pem.match(/-----BEGIN ([A-Z ]+)-----[\s\S]+?-----END \1-----\n?/g) ?? [];
  const isKey = (block: string): boolean => block.includes('PRIVATE KEY');
  return { key: blocks.filter(isKey).join(''), cert: blocks.filter((block) => !isKey(block)).join('') };
}

async function secretFile(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
}

async function readOrExplain(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw damaged(file, error);
  }
}

function damaged(file: string, cause: unknown): SimError {
  const why = (cause as NodeJS.ErrnoException).code ?? 'damaged';
  return new SimError('SIM_TRUST_MATERIAL', `${file} cannot be used (${why}); delete its folder, and everything in it is made again at the next start`, { cause });
}

async function exists(file: string): Promise<boolean> {
  return readFile(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );
}
