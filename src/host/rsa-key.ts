import { generateKeyPair } from 'node:crypto';

/** A new RSA private key in PKCS#1 PEM, the form that every SSH client and library reads. Made off the main thread. */
export function generateRsaKey(bits: number): Promise<string> {
  return new Promise((resolve, reject) => {
    generateKeyPair(
      'rsa',
      {
        modulusLength: bits,
        publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      },
      (error, _publicKey, privateKey) => (error ? reject(error) : resolve(privateKey)),
    );
  });
}
