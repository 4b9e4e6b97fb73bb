import type { Server } from 'node:https';
import type { Socket } from 'node:net';

const ANSWER = `HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nDCASS Online speaks HTTPS: use https:// in the address.\n`;

/**
 * Answers somebody who typed http:// for https://. When TLS tells of it, it has given the connection up
 * but not closed it yet: there is just time for a plain answer on the socket below.
 */
export function answerPlainHttp(server: Server): void {
  const plain = new Map<string, Socket>();
  server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket);
    plain.set(peer, socket);
    socket.once('close', () => plain.get(peer) === socket && plain.delete(peer));
  });
  server.prependListener('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ERR_SSL_HTTP_REQUEST') plain.get(peerOf(socket))?.write(ANSWER);
  });
}

/** Whose connection it is: a TLS socket and the plain one below it have the same peer. */
export function peerOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}
