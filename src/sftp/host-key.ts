import { createPrivateKey } from 'node:crypto';
import { SimError } from '../sim-error.ts';

/**
 * The host key in a form that ssh2 reads: it knows OpenSSH's own format, PKCS#1 and SEC1, but not PKCS#8,
 * which node:crypto and OpenSSL write.
 * @throws SimError SIM_TRUST_MATERIAL; the message does not carry the key.
 */
export function toSsh2HostKey(pem: string): string {
  const text = pem.trim();
  if (text.startsWith('-----BEGIN OPENSSH PRIVATE KEY-----')) return text;
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'pkcs1', format: 'pem' }).toString().trim();
    if (key.asymmetricKeyType === 'ec') return key.export({ type: 'sec1', format: 'pem' }).toString().trim();
  } catch {
    // Told below; node's own text is not repeated, it could quote the key.
  }
  throw new SimError(
    'SIM_TRUST_MATERIAL',
    'the SSH host key cannot be used: it must be an RSA or ECDSA private key in PEM, or a private key in OpenSSH format, without passphrase',
  );
}
