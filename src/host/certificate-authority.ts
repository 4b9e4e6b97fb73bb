// @peculiar/x509 needs it, and first.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { randomBytes, webcrypto } from 'node:crypto';

/** The local CA. Its key never leaves the machine, and it can vouch for the simulator's own names only. */
export interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly key: CryptoKey;
  readonly certPem: string;
  readonly keyPem: string;
}

export interface LeafNames {
  readonly commonName: string;
  readonly dns: readonly string[];
  readonly ip: readonly string[];
}

type CryptoKey = webcrypto.CryptoKey;

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
const CA_DAYS = 3_650;
// Longer ones are refused by Apple's and Chrome's rules for public leaves; local ones may follow suit.
const LEAF_DAYS = 397;

/**
 * Makes a CA. Valid by the real clock: real clients check it.
 * @param permittedNames DNS names that it can vouch for, and all below them
 */
export async function makeAuthority(permittedNames: readonly string[]): Promise<Authority> {
  useNodeCrypto();
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    // Year and number tell an old one from a new one in a browser's list.
    name: `CN=dcass-sim local CA ${new Date().getFullYear()}-${randomBytes(2).toString('hex')} (simulation), O=dcass-sim`,
    ...validity(CA_DAYS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      new x509.Extension('2.5.29.30', true, nameConstraints(permittedNames)),
    ],
  });
  const keyPem = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { certificate, key: keys.privateKey, certPem: `${certificate.toString('pem')}\n`, keyPem: `${keyPem}\n` };
}

/** The CA from its two files. */
export async function loadAuthority(certPem: string, keyPem: string): Promise<Authority> {
  useNodeCrypto();
  const [pkcs8] = x509.PemConverter.decode(keyPem);
  if (!pkcs8) throw new Error('the CA key is no PEM');
  const key = await webcrypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']);
  return { certificate: new x509.X509Certificate(certPem), key, certPem, keyPem };
}

/**
 * A server certificate: its key, itself and the CA, in one PEM.
 * @param endedDaysAgo it ended so many days ago, for a fault
 */
export async function issueLeaf(authority: Authority, names: LeafNames, endedDaysAgo?: number): Promise<string> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `CN=${names.commonName}, O=dcass-sim (simulation)`,
    issuer: authority.certificate.subject,
    ...(endedDaysAgo === undefined ? validity(LEAF_DAYS, authority.certificate.notAfter) : ended(endedDaysAgo)),
    signingAlgorithm: ALGORITHM,
    signingKey: authority.key,
    publicKey: keys.publicKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      // Python 3.13 checks strictly and wants it.
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
      new x509.SubjectAlternativeNameExtension([
        ...names.dns.map((value) => ({ type: 'dns' as const, value })),
        ...names.ip.map((value) => ({ type: 'ip' as const, value })),
      ]),
    ],
  });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return `${key}\n${certificate.toString('pem')}\n${authority.certPem}`;
}

/** Node's types and the DOM's describe the same object. */
function useNodeCrypto(): void {
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);
}

function validity(days: number, atLatest?: Date): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  // A day back: the clocks of a container and its host differ.
  return {
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(Math.min(now + (days - 1) * DAY_MS, atLatest?.getTime() ?? Infinity)),
  };
}

/** A year that ended so many days ago. */
function ended(daysAgo: number): { notBefore: Date; notAfter: Date } {
  const end = Date.now() - daysAgo * DAY_MS;
  return { notBefore: new Date(end - 365 * DAY_MS), notAfter: new Date(end) };
}

/** 16 random bytes, positive and without a leading zero, in hex. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

// RFC 5280 4.2.1.10: SEQUENCE { [0] { SEQUENCE { [2] name } … } }. The library has no class for it.
function nameConstraints(names: readonly string[]): ArrayBuffer {
  const wrap = (tag: number, content: Buffer): Buffer => {
    if (content.length > 127) throw new Error('too many permitted names for the short form of a length');
    return Buffer.concat([Buffer.of(tag, content.length), content]);
  };
  const subtrees = names.map((name) => wrap(0x30, wrap(0x82, Buffer.from(name, 'ascii'))));
  return Uint8Array.from(wrap(0x30, wrap(0xa0, Buffer.concat(subtrees)))).buffer;
}
