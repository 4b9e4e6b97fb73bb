import type { RequestListener } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import type { SecureContextOptions } from 'node:tls';
import { answerPlainHttp } from './plain-http.ts';
import type { OnlineSettings } from './settings.ts';

const OWN_VERSIONS = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' } as const;

export interface TlsServerOptions extends Pick<ServerOptions, 'SNICallback'> {
  readonly settings: OnlineSettings;
  /** The certificate for the next connection; asked at each. */
  readonly certificate: () => SecureContextOptions;
  readonly listener: RequestListener;
}

/**
 * A TLS server that is not listening yet. Its certificate is read when the first client connects: that is a third of what a
 * start in a warm process cost.
 */
export function createTlsServer({ settings, certificate, SNICallback, listener }: TlsServerOptions): Server {
  const server = createServer(
    {
      ...OWN_VERSIONS,
      handshakeTimeout: settings.handshakeTimeoutMs,
      headersTimeout: settings.headersTimeoutMs,
      requestTimeout: settings.requestTimeoutMs,
      connectionsCheckingInterval: settings.timeoutCheckMs,
      keepAliveTimeout: settings.keepAliveMs,
      ...(SNICallback ? { SNICallback } : {}),
    },
    listener,
  );
  let shown: SecureContextOptions | undefined;
  // Before TLS takes the connection.
  server.prependListener('connection', () => {
    const wanted = certificate();
    if (wanted === shown) return;
    shown = wanted;
    server.setSecureContext({ ...OWN_VERSIONS, ...wanted });
  });
  server.on('clientError', (_error, socket) => answerBadBytes(socket));
  answerPlainHttp(server);
  return server;
}

// Inside TLS, but no HTTP; or a request that was not finished in time.
function answerBadBytes(socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  socket.end(
    'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nThis is not an HTTP request, or it took too long.\n',
  );
}
