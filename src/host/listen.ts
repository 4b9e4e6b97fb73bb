import { Server as NetServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { chmodSync } from 'node:fs';
import { SimError } from '../sim-error.ts';
import { nearSocket } from './near-socket.ts';

/** A bound listener. Disposing it stops listening and ends every connection that it accepted. */
export interface Listener extends AsyncDisposable {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  connections(): number;
}

/** The listening of a server, which a fault can interrupt. What is connected stays. */
export interface Port {
  /** Resolves when nobody, or somebody, listens. Rejects where the port is taken meanwhile. */
  setOpen(isOpen: boolean): Promise<void>;
}

/** Dispose when the port is given up. */
export interface Bound extends Disposable {
  /** Resolves when the port is as it should be. */
  readonly done: Promise<void>;
}

/** Stands before a server: faults come in by it. */
export interface Door {
  /** Sees each new connection first; true: it is the door's, and the server never hears of it. */
  take(socket: Socket): boolean;
  /** Hears of a port that has been bound. */
  bound(port: Port): Bound;
}

/**
 * The only place in which something listens, so that a taken port is told the same way everywhere.
 * @param name whose listener it is, for people: `online-1`.
 * @param port 0 takes a free one.
 * @throws SimError SIM_PORT_IN_USE, SIM_ADDRESS_NOT_AVAILABLE, SIM_PORT_NOT_ALLOWED, SIM_LISTEN_FAILED
 */
export async function listen(
  server: Server,
  name: string,
  address: string,
  port: number,
  door?: Door,
): Promise<Listener> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  server.on('connection', keep);
  const guard = door && guardDoor(server, door, keep);
  await new Promise<void>((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => reject(toSimError(error, name, address, port));
    server.once('error', onError);
    server.listen({ host: address, port, exclusive: true }, () => {
      server.removeListener('error', onError);
      // A connection that cannot be accepted (too many open files) is that client's trouble, not the end of the day.
      server.on('error', () => undefined);
      resolve();
    });
  });
  const bound = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  const interrupted = door?.bound({
    async setOpen(isOpen) {
      if (closing || isOpen === server.listening) return;
      if (isOpen) await listenAgain(server, bound);
      // Not an HTTP server's own close, which ends idle connections too.
      else NetServer.prototype.close.call(server);
    },
  });
  await interrupted?.done;
  return {
    name,
    address: bound.address,
    port: bound.port,
    connections: () => sockets.size,
    [Symbol.asyncDispose]() {
      interrupted?.[Symbol.dispose]();
      guard?.[Symbol.dispose]();
      server.off('connection', keep);
      closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
      return closing;
    },
  };
}

/** Asks the door first, before any listener of the server, and whatever is added later. */
function guardDoor(server: Server, door: Door, keep: (socket: Socket) => void): Disposable {
  const emit = server.emit.bind(server) as (event: string, ...args: unknown[]) => boolean;
  const guarded = (event: string, ...args: unknown[]): boolean => {
    if (event !== 'connection' || !door.take(args[0] as Socket)) return emit(event, ...args);
    keep(args[0] as Socket);
    return true;
  };
  Object.defineProperty(server, 'emit', { value: guarded, configurable: true });
  return { [Symbol.dispose]: () => void Reflect.deleteProperty(server, 'emit') };
}

function listenAgain(server: Server, { address, port }: AddressInfo): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, exclusive: true }, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

/** A bound listener on a socket file. Disposing it removes the file. */
export interface PathListener extends AsyncDisposable {
  readonly path: string;
}

/**
 * Listens on a Unix socket, a file that its owner alone may use.
 * @param path of any length: what is too long for the system is reached through the folder
 * @throws SimError SIM_LISTEN_FAILED
 */
export async function listenOnPath(server: Server, name: string, path: string): Promise<PathListener> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  using near = nearSocket(path);
  await new Promise<void>((resolve, reject) => {
    const onError = (error: Error): void =>
      reject(new SimError('SIM_LISTEN_FAILED', `${name} cannot listen on ${path}: ${error.message}`, { cause: error }));
    server.once('error', onError);
    server.listen({ path: near.path }, () => {
      server.removeListener('error', onError);
      server.on('error', () => undefined);
      resolve();
    });
  });
  chmodSync(path, 0o600);
  let closing: Promise<void> | undefined;
  return {
    path,
    [Symbol.asyncDispose]() {
      closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
      return closing;
    },
  };
}

function toSimError(error: NodeJS.ErrnoException, name: string, address: string, port: number): SimError {
  const where = `${name} cannot listen on ${address}:${port}`;
  const options = { cause: error };
  switch (error.code) {
    case 'EADDRINUSE':
      return new SimError('SIM_PORT_IN_USE', `${where}: the port is taken, perhaps by another simulator`, options);
    case 'EADDRNOTAVAIL':
      return new SimError(
        'SIM_ADDRESS_NOT_AVAILABLE',
        `${where}: this machine does not have the address; try --plan single, which needs 127.0.0.1 only, or dcass-sim run --sealed, which has the real ones`,
        options,
      );
    case 'EACCES':
      return new SimError(
        'SIM_PORT_NOT_ALLOWED',
        `${where}: this user may not open that port; choose one above 1023`,
        options,
      );
    default:
      return new SimError('SIM_LISTEN_FAILED', `${where}: ${error.message}`, options);
  }
}
