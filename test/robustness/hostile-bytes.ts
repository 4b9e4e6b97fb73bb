import { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { callbackify } from 'node:util';
import { encodeFrame } from '../../src/oapi/frame.ts';
import { OPERATION } from '../../src/oapi/request.ts';
import type { Protocol } from './listener.ts';

// A TLS record with a ClientHello: type 22, version 3.1, length; then handshake 1, its length, version 3.3, random.
const CLIENT_HELLO_HEAD = Buffer.from('1603010200010001fc0303', 'hex');
const SSH_IDENTIFICATION = Buffer.from('SSH-2.0-OpenSSH_9.9\r\n');

/** The first part of what a good client would send; the rest does not come. */
export const HALF: Readonly<Record<Protocol, Buffer>> = {
  online: Buffer.concat([CLIENT_HELLO_HEAD, Buffer.alloc(20, 0x5a)]),
  oapi: encodeFrame(OPERATION.login, 1, Buffer.alloc(120)).subarray(0, 60),
  // A packet of 1276 bytes: padding length, KEXINIT (20), part of the cookie.
  sftp: Buffer.concat([SSH_IDENTIFICATION, Buffer.from('000004fc0414', 'hex'), Buffer.alloc(8, 0x5a)]),
  mail: Buffer.from('EHLO client.exa'),
  control: Buffer.from('POST /v1/clock/advance HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le'),
};

/** A length that nobody should believe, and then as many bytes as one write takes. */
export const OVERSIZED: Readonly<Record<Protocol, Buffer>> = {
  // A TLS record may hold 16 KiB and a little; this says 65,535.
  online: Buffer.concat([Buffer.from('160301ffff', 'hex'), Buffer.alloc(70_000)]),
  // Nothing else is wrong with this header: version 1, a login.
  oapi: Buffer.concat([Buffer.from('ffffffff01010000', 'hex'), Buffer.alloc(70_000)]),
  sftp: Buffer.concat([SSH_IDENTIFICATION, Buffer.from('ffffffff', 'hex'), Buffer.alloc(70_000)]),
  mail: Buffer.alloc(1_000_000, 'A'),
  // A header line without an end.
  control: Buffer.concat([Buffer.from('GET /healthz HTTP/1.1\r\nX-Long: '), Buffer.alloc(70_000, 'A')]),
};

/** One turn of the event loop, in which sockets are read. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

export async function writeSlowly(socket: Socket, bytes: Buffer): Promise<void> {
  for (const byte of bytes) {
    socket.write(Buffer.of(byte));
    await turn();
  }
}

/** A line over which everything leaves byte by byte, each in a turn of its own, for clients that bring their own line. */
export function slowLine(socket: Socket): Duplex {
  const line = new Duplex({
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => callbackify(writeSlowly)(socket, chunk, done),
    final: (done) => void socket.end(done),
    destroy: (_error, done) => {
      socket.destroy();
      done(null);
    },
  });
  socket.on('data', (chunk: Buffer) => {
    if (!line.push(chunk)) socket.pause();
  });
  socket.once('end', () => line.push(null));
  return line;
}
