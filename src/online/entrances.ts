import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Line } from '../faults/line.ts';
import type { Arrival, GatewayName } from './context.ts';
import { peerOf } from './plain-http.ts';

// Who is connected, and for which gateway: behind a shared listener that is known only when the client has said so.

/** A server with the gateways behind it: one, or all when it is shared. */
export interface Behind<G extends GatewayName> {
  readonly server: Server;
  readonly gateways: readonly [G, ...G[]];
  /** Open connections, each with the number of the gateway that it is known to be for. */
  readonly sockets: Map<Socket, number | undefined>;
}

/** Where a request came in: the plain socket below its TLS, and the server. */
interface Entrance<G extends GatewayName> {
  readonly place: Behind<G>;
  readonly socket: Socket;
  /** Where its answers go, for faults. */
  readonly line: Line;
}

/** By the TLS socket. */
export type Entrances<G extends GatewayName> = WeakMap<object, Entrance<G>>;

/** Keeps account of who is connected, and for which gateway. */
export function watchConnections<G extends GatewayName>(
  place: Behind<G>,
  entrances: Entrances<G>,
  {
    resets,
    lineOf,
  }: { readonly resets: (socket: Socket) => boolean; readonly lineOf: (tls: TLSSocket, raw: Socket) => Line },
): void {
  const { server, gateways, sockets } = place;
  const byPeer = new Map<string, Socket>();
  server.prependListener('connection', (socket: Socket) => {
    // A client that goes away in the middle is no fault of ours.
    socket.on('error', () => undefined);
    if (resets(socket)) return void socket.resetAndDestroy();
    const peer = peerOf(socket);
    byPeer.set(peer, socket);
    sockets.set(socket, gateways.length === 1 ? gateways[0].number : undefined);
    socket.once('close', () => {
      sockets.delete(socket);
      if (byPeer.get(peer) === socket) byPeer.delete(peer);
    });
  });
  server.prependListener('secureConnection', (tls: TLSSocket) => {
    const socket = byPeer.get(peerOf(tls));
    if (!socket) return;
    entrances.set(tls, { place, socket, line: lineOf(tls, socket) });
    const gateway = gateways.find(({ host }) => host === tls.servername);
    if (gateway) sockets.set(socket, gateway.number);
  });
}

/** The connections that are known to be for a gateway. */
export function socketsOf({ sockets }: Pick<Behind<GatewayName>, 'sockets'>, number: number): readonly Socket[] {
  return [...sockets].filter(([, of]) => of === number).map(([socket]) => socket);
}

/** Which gateway a request names. Host before SNI: a client behind `--connect-to` or with an address in its URL still says which host it means. */
export function gatewayNamed<G extends GatewayName>(gateways: readonly G[], request: Arrival): G | undefined {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  const sni = (request.raw.socket as TLSSocket).servername;
  return gateways.find((each) => each.host === host) ?? gateways.find((each) => each.host === sni);
}
