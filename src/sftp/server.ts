import { createServer, type Socket } from 'node:net';
import type Ssh2 from 'ssh2';
import { NO_FAULTS, type FaultHit, type Faults } from '../faults/live-faults.ts';
import { listen } from '../host/listen.ts';
import type { WallClock } from '../host/wall-clock.ts';
import type { JournalWriter } from '../journal/entry.ts';
import { SftpConnection, type ConnectionShared } from './connection.ts';
import { ConnectionJournal } from './connection-journal.ts';
import { toSsh2HostKey } from './host-key.ts';
import { IdentificationReader } from './identification.ts';
import type { SftpPort } from './port.ts';
import { loadSsh2 } from './ssh2-private.ts';
import type { SftpSettings } from './settings.ts';

export interface SftpServerOptions {
  /** Whose listener it is, for people: `sftp`. */
  readonly name: string;
  /** RRS-TG 2.2 "Primary and Backup SFTP Facilities": dcass-facts.md section 4, A. */
  readonly role: 'primary' | 'backup';
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Private key, PEM or OpenSSH format, without passphrase. */
  readonly hostKey: string;
  readonly core: SftpPort;
  readonly journal: JournalWriter;
  readonly wall: WallClock;
  readonly settings: SftpSettings;
  readonly faults?: Faults;
  /** The host key that a fault shows in the place of the right one; undefined where none has been made. */
  readonly otherHostKey?: () => string | undefined;
}

export interface SftpServer extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  connections(): number;
  /** Cuts every connection; who comes again is served. */
  disconnect(): void;
}

const SOFTWARE = 'dcass-sim';
const SWEEP_EVERY_MS = 1_000;

/**
 * Loads ssh2 ahead of the first client. A start need not wait for it, and whether it can be loaded is told when
 * a client comes.
 */
export async function prewarm(): Promise<void> {
  await loadSsh2().catch(() => undefined);
}

/**
 * Starts a report server: SSH-2, public key only, read-only.
 * @throws SimError SIM_TRUST_MATERIAL for an unusable host key, and what `listen` throws.
 */
export async function startSftpServer(options: SftpServerOptions): Promise<SftpServer> {
  const { settings, wall, name, faults = NO_FAULTS } = options;
  const hostKey = toSsh2HostKey(options.hostKey);
  const connections = new Map<Socket, SftpConnection>();
  // ssh2 does not say on which socket a client came; its address and port do, as long as it is connected.
  const sockets = new Map<string, Socket>();
  const shared: ConnectionShared = {
    core: options.core,
    settings,
    wall,
    rendered: new WeakMap(),
    sessions: new Map(),
    faults,
    listener: name,
  };
  let accepted = 0;
  // One for each host key that is shown.
  const engines = new Map<string, Promise<Ssh2.Server>>();

  const startEngine = async (key: string): Promise<Ssh2.Server> => {
    const ssh2 = await loadSsh2();
    const server = new ssh2.Server({
      hostKeys: [key],
      ident: SOFTWARE,
      keepaliveInterval: settings.keepaliveIntervalMs,
      keepaliveCountMax: settings.keepalivesUnansweredMax,
      // ssh-rsa (SHA-1) stays among the default host key algorithms: curl 7.88 and JSch know nothing newer
      // (platform-notes.md section 5). No compression: a small packet must not become a large one.
      algorithms: { cipher: [...settings.ciphers], compress: ['none'] },
    });
    server.on('connection', (client, info) => {
      const socket = sockets.get(`${info.ip} ${info.port}`);
      const connection = socket && connections.get(socket);
      if (connection) {
        const { software } = info.header.versions;
        connection.attach(client, software, (line) => ssh2.utils.parseKey(line));
      } else client.end();
    });
    return server;
  };

  const handOver = async (
    socket: Socket,
    connection: SftpConnection,
    bytes: Buffer,
    fault: FaultHit | undefined,
  ): Promise<void> => {
    socket.pause();
    socket.unshift(bytes);
    try {
      const other = fault?.effect.do === 'host-key-changed' ? options.otherHostKey?.() : undefined;
      const key = other === undefined ? hostKey : toSsh2HostKey(other);
      const engine = engines.get(key) ?? startEngine(key);
      engines.set(key, engine);
      const server = await engine;
      if (socket.destroyed) return;
      dropFirstWrite(socket);
      server.injectSocket(socket);
    } catch (error) {
      connection.broken('internal-error', error instanceof Error ? error.message : String(error));
    }
  };

  const onSocket = (socket: Socket): void => {
    accepted += 1;
    const journal = new ConnectionJournal(
      options.journal,
      options.role,
      `${options.name}-${accepted}`,
      socket.remoteAddress ?? 'unknown',
    );
    if (connections.size >= settings.connectionsMax) {
      journal.refused('connect', undefined, 'too-many-connections');
      socket.on('error', () => undefined);
      socket.destroy();
      return;
    }
    const connection = new SftpConnection(socket, shared, journal);
    const peer = `${socket.remoteAddress} ${socket.remotePort}`;
    connections.set(socket, connection);
    sockets.set(peer, socket);
    socket.once('close', () => {
      connections.delete(socket);
      if (sockets.get(peer) === socket) sockets.delete(peer);
    });
    const reader = new IdentificationReader();
    const onData = (chunk: Buffer): void => {
      const read = reader.receive(chunk);
      if (read.state === 'incomplete') return;
      socket.off('data', onData);
      if (read.state === 'complete') void handOver(socket, connection, read.bytes, fault);
      else connection.broken('no-ssh-identification', 'the first bytes are not an SSH identification line');
    };
    socket.on('data', onData);
    const fault = faults.isQuiet ? undefined : faults.take({ stages: ['handshake'], listeners: [name] });
    const applied = fault && connection.line.apply(fault);
    socket.write(`SSH-2.0-${SOFTWARE}\r\n`);
    applied?.[Symbol.dispose]();
  };

  // Without setNoDelay, Nagle and delayed acknowledgements cost some clients 40 ms for every 32 KiB
  // (platform-notes.md section 5, fix 3: libssh 3.9 s -> 0.18 s for 3 MB).
  const listener = await listen(
    createServer({ noDelay: true }, onSocket),
    name,
    options.address,
    options.port,
    faults.door([name]),
  );
  const sweeping = wall.every(SWEEP_EVERY_MS, () => {
    const now = wall.transportNow();
    for (const connection of connections.values()) connection.sweep(now);
  });
  return {
    address: listener.address,
    port: listener.port,
    connections: () => connections.size,
    disconnect() {
      for (const connection of connections.values()) connection.stop();
    },
    async [Symbol.asyncDispose]() {
      sweeping[Symbol.dispose]();
      for (const connection of connections.values()) connection.stop();
      connections.clear();
      await listener[Symbol.asyncDispose]();
    },
  };
}

/** The identification has been sent already, before ssh2 was there; ssh2 would send it again as its first write. */
function dropFirstWrite(socket: Socket): void {
  Object.defineProperty(socket, 'write', {
    configurable: true,
    value: (...args: Parameters<Socket['write']>): boolean => {
      Reflect.deleteProperty(socket, 'write');
      return String(args[0]) === `SSH-2.0-${SOFTWARE}\r\n` ? true : socket.write(...args);
    },
  });
}
