import { createRequire } from 'node:module';
import type { Connection, Session, SFTPWrapper } from 'ssh2';

/**
 * The few private parts of ssh2 1.17 that this window needs, each with its reason, so that a new version of
 * ssh2 is checked here and nowhere else.
 */
interface Outgoing {
  readonly id: number;
  /** Bytes that the client will still take on this channel. */
  readonly window: number;
  /** The longest packet that the client takes. */
  readonly packetSize: number;
}

/** Where ssh2's ciphers run: in its compiled addon, or in its own JavaScript, which is half as fast. */
export type SftpCrypto = 'native' | 'javascript';

// From here it is looked for as ssh2 looks for it, in the bundle too: scripts/build.mjs, nativeAddons.
const ADDON = 'ssh2/lib/protocol/crypto/build/Release/sshcrypto.node';

/** Which of them ssh2 will take. ssh2 tells nobody but itself, and is not loaded for this. */
export function sftpCrypto(): SftpCrypto {
  try {
    createRequire(import.meta.url)(ADDON);
    return 'native';
  } catch {
    // Not compiled, compiled for another Node, or ssh2 is not installed beside the bundle.
    return 'javascript';
  }
}

/** Whether the client's channel window is open. ssh2 would keep every answer beyond it in memory. */
export function hasWindow(sftp: SFTPWrapper): boolean {
  return (sftp as unknown as { readonly outgoing: Outgoing }).outgoing.window > 0;
}

/**
 * The packet size that the client announced for a channel. With 0, ssh2's `tryWritePayload` would loop for
 * ever and stop the whole process.
 */
export function packetSizeOf(session: Session): number {
  return (session as unknown as { readonly _chanInfo: { readonly outgoing: Outgoing } })._chanInfo.outgoing.packetSize;
}

/** Tells the client that its subsystem ended well. Clients get along without it, so a missing part is no error. */
export function sendExitStatus(connection: Connection, sftp: SFTPWrapper): void {
  const { _protocol: protocol } = connection as unknown as {
    readonly _protocol?: { exitStatus?(id: number, status: number): void };
  };
  protocol?.exitStatus?.((sftp as unknown as { readonly outgoing: Outgoing }).outgoing.id, 0);
}
