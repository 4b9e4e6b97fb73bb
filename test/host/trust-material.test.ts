import { X509Certificate } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import type { TrustMaterial } from '../../src/host/trust-material.ts';
import { emptyDirectory, filledDirectory, HOSTS, removeTemplate, type TrustDirectory } from './trust-directory.ts';

afterAll(removeTemplate);
afterEach(() => void vi.useRealTimers());

const FIRST = 'pgencdw001.hkex.com.hk';
const SECOND = 'pgenrgw001.hkex.com.hk';
const DAY_MS = 86_400_000;

/** Everything that was handed out, to compare. */
const material = (trust: TrustMaterial): unknown => ({
  ca: trust.caPem,
  gateways: HOSTS.map(({ name }) => trust.gateway(name)),
  all: trust.defaultGateway,
  ssh: [trust.sshHostKey, trust.sshHostKeyFingerprint, trust.sshHostPublicKeyLine],
});

const fileOf = (directory: TrustDirectory, name: string): string => join(directory.path, 'local', name);

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

/** The days after which the real clock stands later; certificates are valid by the real clock. */
function laterBy(days: number): void {
  const real = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now: real + days * DAY_MS });
}

test('what was made at the first start is read at the next, without the library that makes certificates', async () => {
  await using directory = await emptyDirectory();
  const first = material(await directory.open());
  vi.resetModules();
  vi.doMock('../../src/host/certificate-authority.ts', () => {
    throw new Error('the library was loaded');
  });
  const { openTrustMaterial } = await import('../../src/host/trust-material.ts');
  expect(material(await openTrustMaterial({ directory: directory.path, hosts: HOSTS }))).toEqual(first);
  vi.doUnmock('../../src/host/certificate-authority.ts');
});

test('only their owner can read keys, and only the owner can look into the folders', async () => {
  await using directory = await emptyDirectory();
  const trust = await directory.open();
  const { privateKeyFile } = await trust.sftpKey('CABC');
  for (const folder of ['', 'local', 'sftp']) expect(await modeOf(join(directory.path, folder)), folder).toBe('700');
  const keys = ['ca-key.pem', 'ssh_host_rsa_key', `${FIRST}.pem`, 'all-gateways.pem'].map((name) =>
    fileOf(directory, name),
  );
  for (const key of [...keys, privateKeyFile]) expect(await modeOf(key), key).toBe('600');
  expect((await readdir(directory.path)).toSorted()).toEqual(['ca.pem', 'local', 'sftp']);
});

test('a key that a copy made readable for others is closed again, because OpenSSH would refuse it', async () => {
  await using directory = await filledDirectory();
  const { privateKeyFile } = await (await directory.open()).sftpKey('CABC');
  await chmod(privateKeyFile, 0o644);
  await chmod(join(directory.path, 'local'), 0o755);
  await (await directory.open()).sftpKey('CABC');
  expect([await modeOf(privateKeyFile), await modeOf(join(directory.path, 'local'))]).toEqual(['600', '700']);
});

test('simulators that start at once in an empty directory agree on everything', async () => {
  await using directory = await emptyDirectory();
  const opened = await Promise.all([directory.open(), directory.open(), directory.open()]);
  const [first, ...others] = opened.map(material);
  for (const other of others) expect(other).toEqual(first);
  const keys = await Promise.all(opened.map((trust) => trust.sftpKey('CABC')));
  expect(new Set(keys.map((key) => key.publicKey)).size).toBe(1);
  expect(material(await directory.open())).toEqual(first);
  expect((await readdir(directory.path)).toSorted(), 'no half-made set is left').toEqual(['ca.pem', 'local', 'sftp']);
  expect((await readdir(join(directory.path, 'sftp'))).toSorted()).toEqual(['CABC', 'CABC.pub']);
});

test('a half-made set of a killed simulator is removed, one that is being made is not', async () => {
  await using directory = await emptyDirectory();
  const [old, young] = [join(directory.path, '.making-old'), join(directory.path, '.making-young')];
  await Promise.all([mkdir(old), mkdir(young)]);
  const before = Date.now() / 1_000 - 2 * 3_600;
  await utimes(old, before, before);
  await directory.open();
  expect((await readdir(directory.path)).toSorted()).toEqual(['.making-young', 'ca.pem', 'local']);
});

test('ca.pem is the CA in use, also after somebody has changed or deleted the copy', async () => {
  await using directory = await filledDirectory();
  const { caFile, caPem } = await directory.open();
  expect(caFile).toBe(join(directory.path, 'ca.pem'));
  await writeFile(caFile, 'another');
  await directory.open();
  expect(await readFile(caFile, 'utf8')).toBe(caPem);
  await rm(caFile);
  await directory.open();
  expect(await readFile(caFile, 'utf8')).toBe(caPem);
});

test('a server sends its own certificate and then the CA, so that a client can pin either', async () => {
  await using directory = await filledDirectory();
  const trust = await directory.open();
  const { key, cert } = trust.gateway(FIRST);
  const [leaf, authority, ...more] = cert.split(/(?<=-----END CERTIFICATE-----\n)/);
  expect([authority, more]).toEqual([trust.caPem, []]);
  expect(new X509Certificate(leaf ?? '').subjectAltName).toBe(
    `DNS:${FIRST}, DNS:localhost, IP Address:10.151.14.155, IP Address:127.151.14.155, IP Address:127.0.0.1`,
  );
  expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n[^-]+-----END PRIVATE KEY-----\n$/);
  expect(new X509Certificate(trust.caPem).subject).toMatch(/^CN=dcass-sim local CA \d{4}-[0-9a-f]{4} \(simulation\)/);
});

test('a certificate is kept while it has more than 30 days left, and then made again by the same CA', async () => {
  await using directory = await filledDirectory();
  const first = await directory.open();
  laterBy(365);
  expect(material(await directory.open())).toEqual(material(first));
  laterBy(2); // Beside what has passed already: 29 days are left.
  const renewed = await directory.open();
  expect(renewed.caPem).toBe(first.caPem);
  const leaf = new X509Certificate(renewed.gateway(FIRST).cert);
  expect(Date.parse(leaf.validTo) - Date.now()).toBeGreaterThan(395 * DAY_MS);
  expect(leaf.verify(new X509Certificate(first.caPem).publicKey)).toBe(true);
  expect(material(await directory.open())).toEqual(material(renewed));
  expect(renewed.sshHostKey).toBe(first.sshHostKey);
});

test('no certificate outlives its CA, and one that ends with it is not made again at every start', async () => {
  await using directory = await filledDirectory();
  laterBy(3_640);
  const last = await directory.open();
  const ends = [last.gateway(FIRST).cert, last.caPem].map((pem) => new X509Certificate(pem).validTo);
  expect(ends[0]).toBe(ends[1]);
  expect(material(await directory.open())).toEqual(material(last));
});

test('an expired CA is told with its dates, and is not replaced behind the back of those who trust it', async () => {
  await using directory = await filledDirectory();
  laterBy(3_651);
  const opened = directory.open();
  await expect(opened).rejects.toMatchObject({ code: 'SIM_TRUST_MATERIAL' });
  await expect(opened).rejects.toThrow(
    /local.ca\.pem cannot be used: it is valid from .* to .* only.*delete its folder/,
  );
});

test('a host with a new address and a new host get certificates, and the others keep theirs', async () => {
  await using directory = await filledDirectory();
  const before = await directory.open();
  const [first, second] = HOSTS as [(typeof HOSTS)[0], (typeof HOSTS)[0]];
  // An address whose digits are in another: a comparison of texts would miss it.
  const moved = { ...second, addresses: [...second.addresses, '10.151.14.10'] };
  const added = { name: 'pgencdw002.hkex.com.hk', addresses: ['10.151.14.156'] };
  const after = await directory.open([first, moved, added]);
  expect(after.gateway(FIRST)).toEqual(before.gateway(FIRST));
  expect(new X509Certificate(after.gateway(SECOND).cert).checkIP('10.151.14.10')).toBe('10.151.14.10');
  expect(new X509Certificate(after.gateway(added.name).cert).checkHost(added.name)).toBe(added.name);
  expect(new X509Certificate(after.defaultGateway.cert).checkIP('10.151.14.156')).toBe('10.151.14.156');
  expect(after.caPem).toBe(before.caPem);
  // With fewer names again nothing has to be made.
  expect((await directory.open()).defaultGateway).toEqual(after.defaultGateway);
});

test('a host outside the names of the CA is refused, because no client would believe it', async () => {
  await using directory = await emptyDirectory();
  for (const name of ['www.example.com', 'evilhkex.com.hk']) {
    await expect(directory.open([{ name, addresses: [] }])).rejects.toMatchObject({
      code: 'SIM_TRUST_MATERIAL',
      message: `the local CA can certify names under hkex.com.hk and localhost only, not "${name}"`,
    });
  }
  expect(await readdir(directory.path)).toEqual([]);
});

const damages: readonly (readonly [string, (text: string) => string, RegExp])[] = [
  ['is empty', () => '', /it is damaged/],
  ['is cut off', (text) => text.slice(0, 200), /it is damaged/],
  ['holds something else', () => 'not a key at all\n', /it is damaged/],
];

for (const name of ['ca.pem', `${FIRST}.pem`, 'all-gateways.pem', 'ssh_host_rsa_key']) {
  test.each(damages)(`${name} that %s is told by its path and not by its content`, async (_how, damage, why) => {
    await using directory = await filledDirectory();
    const file = fileOf(directory, name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, damage(text));
    const error = await useAll(directory).then(
      () => undefined,
      (failure: unknown) => failure as Error,
    );
    expect(error).toMatchObject({ name: 'SimError', code: 'SIM_TRUST_MATERIAL' });
    expect(error?.message).toContain(`${file} cannot be used: `);
    expect(error?.message).toMatch(why);
    expect(error?.message).toContain('delete its folder');
    expect(`${error?.stack} ${String(error?.cause)}`).not.toContain(text.split('\n')[1]);
  });
}

async function useAll(directory: TrustDirectory): Promise<void> {
  const trust = await directory.open();
  material(trust);
}

test.each(['ca.pem', 'ssh_host_rsa_key'])('%s that is missing or a folder is told by its path', async (name) => {
  await using directory = await filledDirectory();
  const file = fileOf(directory, name);
  await rm(file);
  await expect(useAll(directory)).rejects.toThrow(`${file} cannot be used: it is missing; delete its folder`);
  await mkdir(file);
  await expect(useAll(directory)).rejects.toThrow(`${file} cannot be used: it is a folder; delete its folder`);
});

test('a key of another certificate is told, and not left to the first handshake', async () => {
  await using directory = await filledDirectory();
  const [first, second] = [fileOf(directory, `${FIRST}.pem`), fileOf(directory, `${SECOND}.pem`)];
  const key = /-----BEGIN PRIVATE KEY[\s\S]+END PRIVATE KEY-----/;
  const foreign = key.exec(await readFile(second, 'utf8'))?.[0] ?? '';
  await writeFile(first, (await readFile(first, 'utf8')).replace(key, foreign));
  const trust = await directory.open();
  expect(() => trust.gateway(FIRST)).toThrow(`${first} cannot be used: its key is not the one of its certificate`);
  expect(trust.gateway(SECOND).key).toContain(foreign);
});

test('a certificate of another CA is made again, and a CA key that is not the CA key is told', async () => {
  await using directory = await filledDirectory();
  await using other = await emptyDirectory();
  await other.open();
  await writeFile(fileOf(directory, `${FIRST}.pem`), await readFile(fileOf(other, `${FIRST}.pem`)));
  const trust = await directory.open();
  const leaf = new X509Certificate(trust.gateway(FIRST).cert);
  expect(leaf.verify(new X509Certificate(trust.caPem).publicKey)).toBe(true);

  await writeFile(fileOf(directory, 'ca-key.pem'), await readFile(fileOf(other, 'ca-key.pem')));
  await rm(fileOf(directory, `${FIRST}.pem`));
  await expect(directory.open()).rejects.toThrow('ca-key.pem cannot be used: it is not the key of ca.pem');
  await writeFile(fileOf(directory, 'ca-key.pem'), 'nothing');
  await expect(directory.open()).rejects.toThrow('ca-key.pem cannot be used: it is damaged');
});

test('a directory that cannot be made is told', async () => {
  await using directory = await emptyDirectory();
  await rm(directory.path, { recursive: true });
  await writeFile(directory.path, '');
  const opened = directory.open();
  await expect(opened).rejects.toMatchObject({ code: 'SIM_TRUST_MATERIAL' });
  await expect(opened).rejects.toThrow(`certificates and keys cannot be made in ${directory.path}: `);
});

test('an SFTP user keeps the key pair; a damaged one is told; the public file follows the private one', async () => {
  await using directory = await filledDirectory();
  const trust = await directory.open();
  const key = await trust.sftpKey('CABC');
  await writeFile(`${key.privateKeyFile}.pub`, 'out of date');
  expect(await (await directory.open()).sftpKey('CABC')).toEqual(key);
  expect(await readFile(`${key.privateKeyFile}.pub`, 'utf8')).toBe(`${key.publicKey}\n`);
  expect((await trust.sftpKey('CXYZ')).publicKey).not.toBe(key.publicKey);
  await writeFile(key.privateKeyFile, '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n');
  await expect(trust.sftpKey('CABC')).rejects.toThrow(`${key.privateKeyFile} cannot be used: it is damaged`);
});

test.each(['', '../CABC', 'a/b', 'CABC.pub', 'x'.repeat(33), 'C ABC'])('"%s" cannot be an SFTP user', async (user) => {
  await using directory = await filledDirectory();
  const trust = await directory.open();
  await expect(trust.sftpKey(user)).rejects.toMatchObject({ code: 'SIM_TRUST_MATERIAL' });
  expect(await readdir(directory.path)).not.toContain('sftp');
});
