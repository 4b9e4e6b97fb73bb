import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { issueLeaf, loadAuthority } from '../../src/host/certificate-authority.ts';
import { listen, type Listener } from '../../src/host/listen.ts';
import type { TlsPair } from '../../src/host/trust-material.ts';
import { clientPath, hasClient } from '../support/real-clients.ts';
import { filledDirectory, HOSTS, removeTemplate } from './trust-directory.ts';

// What certificates and keys are worth, as curl, openssl and OpenSSH see them.

const run = promisify(execFile);

afterAll(removeTemplate);

function serve({ key, cert }: TlsPair): Promise<Listener> {
  return listen(
    createServer({ key, cert }, (_request, response) => response.end('here')),
    'online-1',
    '127.0.0.1',
    0,
  );
}

/** Asks for a name or an address; the connection itself goes to the loopback address, always. */
async function curl(host: string, port: number, caFile: string, ...flags: readonly string[]): Promise<string> {
  const quiet = ['--silent', '--show-error', '--noproxy', '*', '--max-time', '10', '--cacert', caFile];
  const target = ['--connect-to', `::127.0.0.1:${port}`, `https://${host}:8082/`];
  const { stdout } = await run(clientPath('curl'), [...quiet, ...flags, ...target]);
  return stdout;
}

const GATEWAY_PLACES = ['pgencdw001.hkex.com.hk', 'localhost', '10.151.14.155', '127.151.14.155', '127.0.0.1'];

test.skipIf(!hasClient('curl'))(
  'curl that trusts the CA reaches a gateway by its name, its production address and its loopback addresses',
  async () => {
    await using directory = await filledDirectory();
    const trust = await directory.open();
    await using server = await serve(trust.gateway('pgencdw001.hkex.com.hk'));
    for (const place of GATEWAY_PLACES) expect(await curl(place, server.port, trust.caFile), place).toBe('here');
    // Chrome 68 and others of 2019 have no TLS 1.3.
    expect(await curl('pgencdw001.hkex.com.hk', server.port, trust.caFile, '--tls-max', '1.2')).toBe('here');
  },
);

test.skipIf(!hasClient('curl'))('curl refuses one gateway in the place of another', async () => {
  await using directory = await filledDirectory();
  const trust = await directory.open();
  await using server = await serve(trust.gateway('pgencdw001.hkex.com.hk'));
  for (const other of ['pgenrgw001.hkex.com.hk', '10.151.14.101', 'hkex.com.hk']) {
    // 60: the certificate is not for this name.
    await expect(curl(other, server.port, trust.caFile), other).rejects.toMatchObject({ code: 60 });
  }
});

test.skipIf(!hasClient('curl'))('the certificate for all gateways is good for every name and address', async () => {
  await using directory = await filledDirectory();
  const trust = await directory.open();
  await using server = await serve(trust.defaultGateway);
  const places = HOSTS.flatMap(({ name, addresses }) => [name, ...addresses]);
  for (const place of [...places, 'localhost', '127.0.0.1']) {
    expect(await curl(place, server.port, trust.caFile), place).toBe('here');
  }
});

const openssl = (...flags: readonly string[]): Promise<{ stdout: string }> => run(clientPath('openssl'), flags);

test.skipIf(!hasClient('openssl'))(
  'openssl verifies every certificate, strictly, and finds it good for 397 days',
  async () => {
    await using directory = await filledDirectory();
    const trust = await directory.open();
    for (const name of [...HOSTS.map((host) => host.name), 'all-gateways']) {
      const leaf = join(directory.path, 'local', `${name}.pem`);
      const { stdout } = await openssl(
        'verify',
        '-x509_strict',
        '-purpose',
        'sslserver',
        '-CAfile',
        trust.caFile,
        leaf,
      );
      expect(stdout).toBe(`${leaf}: OK\n`);
      const dates = (await openssl('x509', '-in', leaf, '-noout', '-dates')).stdout;
      const [from = 0, to = 0] = [...dates.matchAll(/=(.+)/g)].map((match) => Date.parse(match[1] ?? ''));
      expect((to - from) / 86_400_000).toBe(397);
    }
  },
);

test.skipIf(!hasClient('openssl'))('openssl refuses a certificate that the CA key made for somebody else', async () => {
  await using directory = await filledDirectory();
  const trust = await directory.open();
  const authority = await loadAuthority(trust.caPem, await readFile(join(directory.path, 'local/ca-key.pem'), 'utf8'));
  const file = join(directory.path, 'foreign.pem');
  await writeFile(
    file,
    await issueLeaf(authority, { commonName: 'www.example.com', dns: ['www.example.com'], ip: [] }),
  );
  await expect(openssl('verify', '-CAfile', trust.caFile, file)).rejects.toMatchObject({
    stderr: expect.stringContaining('permitted subtree violation') as string,
  });
});

const sshKeygen = async (...flags: readonly string[]): Promise<string> =>
  (await run(clientPath('ssh-keygen'), flags)).stdout.trim();

test.skipIf(!hasClient('ssh-keygen'))('ssh-keygen shows the fingerprint of the host key that we tell', async () => {
  await using directory = await filledDirectory();
  const trust = await directory.open();
  const publicFile = join(directory.path, 'host.pub');
  await writeFile(publicFile, `${trust.sshHostPublicKeyLine}\n`);
  expect(await sshKeygen('-lf', publicFile)).toBe(`3072 ${trust.sshHostKeyFingerprint} dcass-sim (RSA)`);
  const fromPrivate = await sshKeygen('-y', '-f', join(directory.path, 'local/ssh_host_rsa_key'));
  expect(trust.sshHostPublicKeyLine).toBe(`${fromPrivate} dcass-sim`);
});

test.skipIf(!hasClient('ssh-keygen'))(
  'ssh-keygen finds in an SFTP private key the public key that we tell',
  async () => {
    await using directory = await filledDirectory();
    const trust = await directory.open();
    const key = await trust.sftpKey('CABC');
    expect(`${await sshKeygen('-y', '-f', key.privateKeyFile)} CABC@dcass-sim`).toBe(key.publicKey);
    expect(await readFile(`${key.privateKeyFile}.pub`, 'utf8')).toBe(`${key.publicKey}\n`);
    expect(await sshKeygen('-lf', `${key.privateKeyFile}.pub`)).toMatch(/^2048 SHA256:.* CABC@dcass-sim \(RSA\)$/);
  },
);
