import crypto from 'node:crypto';
import { createRequire } from 'node:module';
import type Ssh2 from 'ssh2';
import type { Connection, Session, SFTPWrapper } from 'ssh2';
import { pooledRandom } from './pooled-random.ts';

/**
 * The few private parts of ssh2 1.17 that this window needs, each with its reason, so that a new version of
 * ssh2 is checked here and nowhere else.
 */
interface Outgoing {
  readonly id: number;
  readonly state: string;
  /** Bytes that the client will still take on this channel. */
  window: number;
  /** The longest packet that the client takes. */
  readonly packetSize: number;
}

interface ChannelWriter {
  _protocol?: { channelData(id: number, bytes: Buffer): void };
  /** Answers that wait for the window. */
  readonly _buffer?: readonly unknown[];
  readonly outgoing: Outgoing;
}

let loading: Promise<typeof Ssh2> | undefined;

/**
 * Loads ssh2, once. It pads each packet with random bytes, a dozen at a time, and keeps the function that gives them when it is
 * loaded: a tenth to a fifth of what a small file costs. So it is given one that asks for many at once.
 */
export function loadSsh2(): Promise<typeof Ssh2> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<typeof Ssh2> {
  const { randomFillSync } = crypto;
  Object.assign(crypto, { randomFillSync: pooledRandom(randomFillSync) });
  try {
    const { default: ssh2 } = await import('ssh2');
    return ssh2;
  } finally {
    Object.assign(crypto, { randomFillSync });
  }
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

/**
 * How many bytes the client will take on this channel now: 0 when ssh2 itself has something that waits for the window, or
 * the channel is closed. ssh2 would keep every answer beyond it in memory.
 */
export function windowOf(sftp: SFTPWrapper): number {
  const { outgoing, _buffer: buffered } = sftp as unknown as ChannelWriter;
  return buffered === undefined || buffered.length === 0 ? outgoing.window : 0;
}

/** Sends bytes as one packet of the channel: no more of them than {@link windowOf} and {@link channelPacketSizeOf} allow. */
export function sendOnChannel(sftp: SFTPWrapper, bytes: Buffer): void {
  const { _protocol: protocol, outgoing } = sftp as unknown as ChannelWriter;
  if (outgoing.state !== 'open') return;
  outgoing.window -= bytes.length;
  protocol?.channelData(outgoing.id, bytes);
}

/** The longest packet that the client takes on this channel. */
export function channelPacketSizeOf(sftp: SFTPWrapper): number {
  return (sftp as unknown as ChannelWriter).outgoing.packetSize;
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

/** What ssh2 says at the start of a channel: version 3 (draft-ietf-secsh-filexfer-02, section 4), and nothing more. */
const VERSION = Buffer.from([0, 0, 0, 5, 2, 0, 0, 0, 3]);
const EXTENDED_REPLY = 201;

/**
 * Adds extensions to what the server says at the start of a channel; ssh2 has no way to announce any. Call it before the
 * client's first packet is read. Where ssh2 has changed, nothing is announced.
 * @param extensions names and their versions
 */
export function announceExtensions(sftp: SFTPWrapper, extensions: Readonly<Record<string, string>>): void {
  const own = sftp as unknown as ChannelWriter;
  const protocol = own._protocol;
  if (!protocol) return;
  const pairs = Object.entries(extensions).flat().map(toSshString);
  const first = Object.create(protocol) as typeof protocol;
  first.channelData = (id, bytes) => {
    own._protocol = protocol;
    if (!bytes.equals(VERSION)) return protocol.channelData(id, bytes);
    const announced = Buffer.concat([bytes, ...pairs]);
    announced.writeUInt32BE(announced.length - 4);
    // ssh2 has counted its own bytes.
    own.outgoing.window -= announced.length - bytes.length;
    protocol.channelData(id, announced);
  };
  own._protocol = first;
}

/**
 * Answers an extended request with something of its own; ssh2 knows statuses only.
 * @returns false: there is no room for it, and nothing was sent
 */
export function sendExtendedReply(sftp: SFTPWrapper, id: number, body: Buffer): boolean {
  const packet = Buffer.alloc(9 + body.length);
  packet.writeUInt32BE(packet.length - 4);
  packet[4] = EXTENDED_REPLY;
  packet.writeUInt32BE(id, 5);
  body.copy(packet, 9);
  if (windowOf(sftp) < packet.length) return false;
  sendOnChannel(sftp, packet);
  return true;
}

function toSshString(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
