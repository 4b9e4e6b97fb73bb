import { createHash } from 'node:crypto';
import type { AuthContext, ParsedKey, PublicKeyAuthContext } from 'ssh2';
import type { SftpPort, SftpUser } from './port.ts';

export type AuthenticationDecision =
  /** The key would do; the client has not signed yet. */
  | { readonly outcome: 'key-known' }
  | { readonly outcome: 'ok'; readonly user: SftpUser; readonly fingerprint: string }
  /** The client asks what is possible; every client does. */
  | { readonly outcome: 'asked' }
  | {
      readonly outcome: 'refused';
      readonly code: 'method-not-allowed' | 'unknown-user' | 'wrong-key' | 'former-key' | 'wrong-signature';
      readonly fingerprint?: string;
    };

const KEY_TYPES = ['ssh-rsa', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-ed25519'];

/**
 * Public key only: dcass-facts.md section 4, "SFTP program of the participant, public/private keys" (A); that
 * nothing else is taken is D. The reasons go to the journal; the client is told the same for all of them.
 */
export function decideAuthentication(
  request: AuthContext,
  port: SftpPort,
  parseKey: (line: string) => ParsedKey | Error,
): AuthenticationDecision {
  if (request.method === 'none') return { outcome: 'asked' };
  if (request.method !== 'publickey') return { outcome: 'refused', code: 'method-not-allowed' };
  const fingerprint = fingerprintOf(request.key.data);
  const user = port.sftpUser(request.username);
  if (!user) return { outcome: 'refused', code: 'unknown-user', fingerprint };
  if (user.formerKeys?.some((candidate) => isKey(candidate, request.key.data))) {
    return { outcome: 'refused', code: 'former-key', fingerprint };
  }
  const line = user.publicKeys.find((candidate) => isKey(candidate, request.key.data));
  const key = line === undefined ? undefined : parseKey(line);
  if (key === undefined || key instanceof Error) return { outcome: 'refused', code: 'wrong-key', fingerprint };
  if (!request.signature || !request.blob) return { outcome: 'key-known' };
  const isSigned = key.verify(request.blob, request.signature, request.hashAlgo);
  // ssh2 returns an Error, which is truthy, for a signature that it cannot read.
  return isSigned === true
    ? { outcome: 'ok', user, fingerprint }
    : { outcome: 'refused', code: 'wrong-signature', fingerprint };
}

/**
 * Answers the question "would this key do?". ssh2 repeats the algorithm as `ssh-rsa` even when the client asked
 * for rsa-sha2-256 or -512, and rclone up to 1.60 and asyncssh then refuse: 'Key mismatch' (platform-notes.md 5, fix 2).
 */
export function acceptKnownKey(request: PublicKeyAuthContext): void {
  if (request.key.algo === 'ssh-rsa' && request.hashAlgo) {
    request.key.algo = request.hashAlgo === 'sha512' ? 'rsa-sha2-512' : 'rsa-sha2-256';
  }
  request.accept();
}

/** As `ssh-keygen -l` prints it. */
export function fingerprintOf(publicKey: Buffer): string {
  return `SHA256:${createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')}`;
}

function isKey(line: string, publicKey: Buffer): boolean {
  const [type, base64] = line.trim().split(/\s+/);
  return (
    type !== undefined &&
    base64 !== undefined &&
    KEY_TYPES.includes(type) &&
    Buffer.from(base64, 'base64').equals(publicKey)
  );
}
