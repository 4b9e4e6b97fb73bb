import { createHash, createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { link, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SimError } from '../sim-error.ts';
import { closeToOthers, exists, holds, privateFolder, readOrExplain, unusable, writeSecret } from './key-file.ts';
import { generateRsaKey } from './rsa-key.ts';

/** The key pair of an SFTP user. */
export interface SftpKey {
  readonly privateKeyFile: string;
  /** OpenSSH's one-line form. */
  readonly publicKey: string;
}

const SFTP_KEY_BITS = 2048; // ASSUMED: RSA 2048 or more (dcass-facts.md section 4, D).

/**
 * The key pair of an SFTP user in `folder`, made at first use: `<user>` and, for ssh-copy-id and its like, `<user>.pub`.
 * @throws SimError SIM_TRUST_MATERIAL
 */
export async function openSftpKey(folder: string, user: string): Promise<SftpKey> {
  if (!/^\w{1,32}$/.test(user)) throw new SimError('SIM_TRUST_MATERIAL', `"${user}" cannot be the name of a key file`);
  const privateKeyFile = join(folder, user);
  if (!exists(privateKeyFile)) await makeSftpKey(folder, privateKeyFile);
  const pem = readOrExplain(privateKeyFile);
  const publicKey = `ssh-rsa ${sshPublicBlob(pem, privateKeyFile).toString('base64')} ${user}@dcass-sim`;
  try {
    // OpenSSH refuses a private key that others could read.
    closeToOthers(privateKeyFile, 0o600);
    const publicFile = `${privateKeyFile}.pub`;
    if (!holds(publicFile, `${publicKey}\n`)) await writeFile(publicFile, `${publicKey}\n`);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
  return { privateKeyFile, publicKey };
}

async function makeSftpKey(folder: string, file: string): Promise<void> {
  const fresh = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await privateFolder(folder);
    await writeSecret(fresh, await generateRsaKey(SFTP_KEY_BITS));
    // A link fails where the file is already there: two simulators that start at once agree on one key.
    await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } catch (error) {
    throw cannotWrite(folder, error);
  } finally {
    await rm(fresh, { force: true });
  }
}

function cannotWrite(folder: string, error: unknown): SimError {
  return new SimError('SIM_TRUST_MATERIAL', `a key cannot be kept in ${folder}: ${(error as Error).message}`, {
    cause: error,
  });
}

/** The public half of an RSA private key, as SSH sends it: RFC 4253 6.6, "ssh-rsa", e, n. @throws SimError SIM_TRUST_MATERIAL */
export function sshPublicBlob(privateKeyPem: string, file: string): Buffer {
  const { e, n } = publicNumbers(privateKeyPem, file);
  if (!e || !n) throw unusable(file, 'it holds no RSA key');
  return Buffer.concat([Buffer.from('ssh-rsa'), integer(e), integer(n)].flatMap((bytes) => [lengthOf(bytes), bytes]));
}

/** `SHA256:…`, as `ssh-keygen -lf` prints it: base64 without padding. */
export function sshFingerprint(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

function publicNumbers(pem: string, file: string): { readonly e?: string; readonly n?: string } {
  try {
    // By way of the private key, so that a public one in its place is found now and not at the first handshake.
    return createPublicKey(createPrivateKey(pem)).export({ format: 'jwk' });
  } catch (error) {
    throw unusable(file, error);
  }
}

/** A multiple-precision integer is signed: one whose first bit is set gets a zero byte in front. */
function integer(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, 'base64url');
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}

function lengthOf(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return length;
}
