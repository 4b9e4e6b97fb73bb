import { createPrivateKey, X509Certificate } from 'node:crypto';
import { SimError } from '../sim-error.ts';
import { unusable } from './key-file.ts';

/** A host and the addresses at which it may be reached. */
export interface CertifiedHost {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** A certificate to have: the name of its file, and what it is for. */
export interface WantedCertificate {
  readonly name: string;
  readonly dns: readonly string[];
  readonly ip: readonly string[];
}

export interface TlsPair {
  /** PEM. */
  readonly key: string;
  /** PEM: the leaf, then the CA, so that a client can pin either. */
  readonly cert: string;
}

/** The file of the certificate for clients that name no host, which has all names and addresses. */
export const ALL_GATEWAYS = 'all-gateways';

/**
 * Names that the CA may certify, and all below them. DNS only: OpenSSL 1.0.2 refuses a CA with constraints on
 * addresses (platform-notes.md section 2).
 */
export const PERMITTED_NAMES: readonly string[] = ['hkex.com.hk', 'localhost'];

const RENEW_BEFORE_MS = 30 * 86_400_000;

/**
 * One certificate for each host, and one for all. Each is for localhost and 127.0.0.1 too.
 * @throws SimError SIM_TRUST_MATERIAL for a name that no client would believe this CA
 */
export function wantedCertificates(
  hosts: readonly CertifiedHost[],
  laterHosts: readonly CertifiedHost[] = [],
): readonly WantedCertificate[] {
  const foreign = [...hosts, ...laterHosts].find(
    ({ name }) => !PERMITTED_NAMES.some((root) => name === root || name.endsWith(`.${root}`)),
  );
  if (foreign) {
    const allowed = PERMITTED_NAMES.join(' and ');
    throw new SimError(
      'SIM_TRUST_MATERIAL',
      `the local CA can certify names under ${allowed} only, not "${foreign.name}"`,
    );
  }
  const want = (name: string, dns: readonly string[], ip: readonly string[]): WantedCertificate => ({
    name,
    dns: [...new Set([...dns, 'localhost'])],
    ip: [...new Set([...ip, '127.0.0.1'])],
  });
  return [
    ...[...hosts, ...laterHosts].map(({ name, addresses }) => want(name, [name], addresses)),
    want(
      ALL_GATEWAYS,
      hosts.map(({ name }) => name),
      hosts.flatMap(({ addresses }) => addresses),
    ),
  ];
}

/** The CA's certificate, good at `nowMs` by the real clock. @throws SimError SIM_TRUST_MATERIAL */
export function parseAuthority(pem: string, file: string, nowMs: number): X509Certificate {
  const authority = parseCertificate(pem, file);
  const { validFrom, validTo } = authority;
  if (nowMs < Date.parse(validFrom) || nowMs > Date.parse(validTo)) {
    throw unusable(file, `it is valid from ${validFrom} to ${validTo} only, by this machine's clock`);
  }
  return authority;
}

/**
 * Whether a certificate must be made again: it ends within 30 days, lacks a name, or is another CA's.
 * @throws SimError SIM_TRUST_MATERIAL when it is damaged
 */
export function isStale(
  pem: string,
  file: string,
  wanted: WantedCertificate,
  authority: X509Certificate,
  nowMs: number,
): boolean {
  const leaf = parseCertificate(pem, file);
  const names = new Set((leaf.subjectAltName ?? '').split(', '));
  const complete =
    wanted.dns.every((name) => names.has(`DNS:${name}`)) &&
    wanted.ip.every((address) => names.has(`IP Address:${address}`));
  if (!complete || !leaf.verify(authority.publicKey)) return true;
  const endsMs = Date.parse(leaf.validTo);
  // One that ends with its CA cannot be made to last longer.
  const endsWithCa = endsMs >= Date.parse(authority.validTo);
  return nowMs < Date.parse(leaf.validFrom) || (endsMs - nowMs < RENEW_BEFORE_MS && !endsWithCa);
}

/** What was found good before, by its text: reading a key is a seventh of a start, and its files seldom change. */
const goodPairs = new Map<string, TlsPair>();
const GOOD_PAIRS_MAX = 64;

/** Splits a file into key and chain. @throws SimError SIM_TRUST_MATERIAL when the key is damaged or another's */
export function toTlsPair(pem: string, file: string): TlsPair {
  const known = goodPairs.get(pem);
  if (known) return known;
  const pair = readTlsPair(pem, file);
  if (goodPairs.size >= GOOD_PAIRS_MAX) goodPairs.clear();
  goodPairs.set(pem, pair);
  return pair;
}

function readTlsPair(pem: string, file: string): TlsPair {
  const blocks = pem.match(/-----BEGIN ([A-Z ]+)-----[\s\S]+?-----END \1-----\n?/g) ?? [];
  const isKey = (block: string): boolean => block.includes('PRIVATE KEY');
  const pair = { key: blocks.filter(isKey).join(''), cert: blocks.filter((block) => !isKey(block)).join('') };
  let matches: boolean;
  try {
    matches = new X509Certificate(pair.cert).checkPrivateKey(createPrivateKey(pair.key));
  } catch (error) {
    throw unusable(file, error);
  }
  if (!matches) throw unusable(file, 'its key is not the one of its certificate');
  return pair;
}

function parseCertificate(pem: string, file: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw unusable(file, error);
  }
}
