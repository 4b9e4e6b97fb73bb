import { constants, existsSync, realpathSync, statSync } from 'node:fs';
import { access, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Cover } from './set-up-script.ts';

interface Trust {
  readonly caPem: string;
  readonly hostLines: string;
  readonly hostNames: readonly string[];
}

/** The trusted certificates of Debian, Fedora, SUSE and Alpine; the same file may have several of these names. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Variables that name such a file for one kind of program, instead of the system's. */
const BUNDLE_VARIABLES = ['SSL_CERT_FILE', 'CURL_CA_BUNDLE', 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'] as const;

/** Where Chromium and Chrome read the policies of a machine; one adds certificates (`CACertificates`, from version 131). */
const CHROMIUM_FOLDERS = ['/etc/chromium', '/etc/opt/chrome'];

/**
 * Unix sockets of services that look names up. A socket file is no network, so it would lead out of the namespace.
 */
const NAME_SERVICES = ['/run/systemd/resolve', '/run/nscd', '/var/run/nscd', '/run/avahi-daemon'];

const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'ftp_proxy', 'all_proxy'];

/** Writes the files of a sealed run into its folder. @returns what each of them covers */
export async function writeCovers(
  folder: string,
  { caPem, hostLines, hostNames }: Trust,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Cover[]> {
  const hosts = join(folder, 'etc-hosts');
  await writeFile(hosts, hostLines + withoutNames(await readFile('/etc/hosts', 'utf8').catch(() => ''), hostNames));
  const bundles = [...BUNDLES, ...BUNDLE_VARIABLES.flatMap((name) => env[name] ?? [])];
  return [
    { source: hosts, target: '/etc/hosts' },
    ...(await Promise.all(unique(bundles).map(async (file, i) => coverBundle(folder, file, i, caPem)))).flat(),
    ...(await Promise.all(unique(CHROMIUM_FOLDERS).map(async (from, i) => coverPolicies(folder, from, i, caPem)))),
  ];
}

/** Folders to hide from the inside. */
export function hiddenFolders(): readonly string[] {
  return unique(NAME_SERVICES);
}

/**
 * The caller's variables, so that programs with trust stores of their own trust the local CA too, and none looks for
 * a proxy that it cannot reach.
 */
export function insideVariables(
  env: Readonly<Record<string, string | undefined>>,
  caFile: string,
): Record<string, string | undefined> {
  const bundle = BUNDLES.find((file) => existsSync(file));
  const kept = Object.entries(env).filter(([name]) => !PROXY_VARIABLES.includes(name.toLowerCase()));
  return {
    // OpenSSL's default is a folder on some systems, and Python's requests brings a bundle of its own.
    ...(bundle === undefined ? {} : { SSL_CERT_FILE: bundle, REQUESTS_CA_BUNDLE: bundle }),
    NODE_EXTRA_CA_CERTS: caFile,
    ...Object.fromEntries(kept),
  };
}

/** A hosts file without the lines that would lead these names elsewhere. */
export function withoutNames(hosts: string, names: readonly string[]): string {
  return hosts
    .split('\n')
    .map((line) => {
      const [entry = '', ...comment] = line.split('#');
      const [address, ...found] = entry.split(/\s+/).filter((word) => word !== '');
      const kept = found.filter((name) => !names.includes(name.toLowerCase()));
      if (address === undefined || kept.length === found.length) return line;
      return kept.length === 0 ? `#${comment.join('#')}` : `${address}\t${kept.join(' ')}`;
    })
    .join('\n');
}

async function coverBundle(folder: string, file: string, i: number, caPem: string): Promise<readonly Cover[]> {
  // What this user may not read is no bundle for its programs.
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined || !text.includes('-----BEGIN')) return [];
  const source = join(folder, `trusted-${i}.pem`);
  await writeFile(source, `${text.trimEnd()}\n${caPem}`);
  return [{ source, target: file }];
}

async function coverPolicies(folder: string, from: string, i: number, caPem: string): Promise<Cover> {
  const source = join(folder, `policies-${i}`);
  await copyReadable(from, source);
  const managed = join(source, 'policies', 'managed');
  await mkdir(managed, { recursive: true });
  const der = caPem.replaceAll(/-----[^-]+-----|\s/g, '');
  await writeFile(join(managed, 'dcass-sim.json'), JSON.stringify({ CACertificates: [der] }));
  return { source, target: from };
}

async function copyReadable(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const entries = await readdir(from).catch(() => []);
  await Promise.all(
    entries.map(async (name) => {
      const file = join(from, basename(name));
      const isReadable = await access(file, constants.R_OK).then(
        () => true,
        () => false,
      );
      if (!isReadable) return;
      const kind = statSync(file);
      if (kind.isDirectory()) await copyReadable(file, join(to, name));
      else if (kind.isFile()) await copyFile(file, join(to, name));
    }),
  );
}

/** Each existing place once, whatever links lead to it. */
function unique(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.filter((path) => existsSync(path)).map((path) => realpathSync(path)))];
}
