import type { AuthContext, ParsedKey, PublicKeyAuthContext } from 'ssh2';
import { expect, test } from 'vitest';
import { acceptKnownKey, decideAuthentication } from '../../src/sftp/authentication.ts';
import type { SftpPort } from '../../src/sftp/port.ts';
import { CABC, EVENING } from './report-server.ts';

test.each([
  ['sha256', 'rsa-sha2-256'],
  ['sha512', 'rsa-sha2-512'],
  [undefined, 'ssh-rsa'],
])(
  'the answer to "would this RSA key do, signed with %s?" names %s, or rclone and asyncssh refuse it',
  (hashAlgo, algo) => {
    let answered = '';
    const request = {
      key: { algo: 'ssh-rsa', data: Buffer.alloc(0) },
      hashAlgo,
      accept() {
        answered = this.key.algo;
      },
    };
    acceptKnownKey(request as unknown as PublicKeyAuthContext);
    expect(answered).toBe(algo);
  },
);

test('only a signature that verifies logs in: not a wrong one, and not one that ssh2 cannot read', () => {
  const data = Buffer.from('a key');
  const line = `ssh-ed25519 ${data.toString('base64')} test`;
  const core: SftpPort = {
    now: () => EVENING,
    sftpUser: (name) =>
      name === 'CABC' ? { participant: CABC, publicKeys: ['# no key', 'ssh-dss AAAA', line] } : undefined,
    reports: () => [],
  };
  const decide = (verified: unknown, change: object = {}): string => {
    const request = {
      method: 'publickey',
      username: 'CABC',
      key: { algo: 'ssh-ed25519', data },
      signature: data,
      blob: data,
      ...change,
    };
    const key = { verify: () => verified } as unknown as ParsedKey;
    const decision = decideAuthentication(request as unknown as AuthContext, core, () => key);
    return 'code' in decision ? decision.code : decision.outcome;
  };
  expect(decide(true)).toBe('ok');
  expect(decide(false)).toBe('wrong-signature');
  expect(decide(new Error('unreadable'))).toBe('wrong-signature');
  expect(decide(true, { signature: undefined })).toBe('key-known');
  expect(decide(true, { key: { algo: 'ssh-ed25519', data: Buffer.from('another') } })).toBe('wrong-key');
  expect(decide(true, { key: { algo: 'ssh-dss', data: Buffer.from('AAAA', 'base64') } })).toBe('wrong-key');
  expect(decide(true, { username: 'cabc' })).toBe('unknown-user');
  for (const method of ['password', 'keyboard-interactive', 'hostbased'])
    expect(decide(true, { method })).toBe('method-not-allowed');
  expect(decide(true, { method: 'none' })).toBe('asked');
});
