import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { connectTo, logIn } from './raw-client.ts';
import { pick, startReportServer } from './report-server.ts';

test.each([
  [
    'RSA in PKCS#8',
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
  ],
  [
    'RSA in PKCS#1',
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }),
  ],
  [
    'ECDSA in PKCS#8',
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
  ],
] as const)('a host key of kind %s works', async (_name, hostKey) => {
  await using world = await startReportServer({ hostKey: hostKey.toString() });
  expect((await world.sftp('ls\n')).code).toBe(0);
});

test('a host key that cannot be used stops the start with a stable code and without the key in the text', async () => {
  for (const hostKey of ['', '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----', 'secret']) {
    const error = await startReportServer({ hostKey }).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error).toMatchObject({ code: 'SIM_TRUST_MATERIAL' });
    expect(`${error?.message}${error?.stack}`).not.toContain('c2VjcmV0');
  }
});

test('stopping ends every connection and tells each once', async () => {
  const world = await startReportServer();
  const client = await logIn(world);
  const closed = new Promise<void>((resolve) => client.client.once('close', () => resolve()));
  await connectTo(world);
  await world.journal.waitFor({ kind: 'sftp.connected', connection: 'sftp-2' });
  await world[Symbol.asyncDispose]();
  expect(pick(world.journal.of('sftp.disconnected'), 'connection', 'reason')).toEqual([
    { connection: 'sftp-1', reason: 'server-stopped' },
    { connection: 'sftp-2', reason: 'server-stopped' },
  ]);
  expect(world.server.connections()).toBe(0);
  await closed;
});
