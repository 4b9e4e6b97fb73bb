import { createServer, type Server } from 'node:net';
import { NO_FAULTS, type Faults } from '../faults/live-faults.ts';
import { listen, type Listener } from '../host/listen.ts';
import type { WallClock } from '../host/wall-clock.ts';
import type { JournalWriter } from '../journal/entry.ts';
import type { UserId } from '../clearing/user.ts';
import { SimError } from '../sim-error.ts';
import type { LiveRules } from './answers-on-demand/live-rules.ts';
import type { Protocol } from './protocol.ts';
import { serveConnection, type Connection } from './connection.ts';
import type { GatewayContext } from './gateway-context.ts';
import { tell } from './events/tell.ts';
import { infoObject } from './events/info-object.ts';
import { networkNotice, subscriptionAvailable, type NetworkNotice } from './network-event.ts';
import type { OapiPort } from './port.ts';
import type { OapiSession } from './session.ts';
import { checkOapiSettings, DEFAULT_OAPI_SETTINGS, type OapiSettings } from './settings.ts';

export interface OapiGatewayOptions {
  /** `oapi-1`. */
  readonly name: string;
  readonly number: number;
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly core: OapiPort;
  readonly journal: JournalWriter;
  readonly wall: WallClock;
  /** What this gateway speaks; all gateways of a day share it. */
  readonly protocol: () => Protocol;
  readonly answers: Pick<LiveRules, 'take'>;
  readonly faults?: Faults;
  /** Whether it has its connection to DCASS; it always has when absent. */
  readonly isLinked?: () => boolean;
  /** How many transaction numbers were given out before, where the day goes on. */
  readonly transactionsBefore?: number;
  /** What is not set has the value of DEFAULT_OAPI_SETTINGS. */
  readonly settings?: Partial<OapiSettings>;
}

/** A Central Gateway: its own listener and connections on the clearing state that all windows share. */
export interface OapiGateway extends AsyncDisposable {
  readonly name: string;
  readonly number: number;
  readonly address: string;
  /** Stays the same over stop and start. */
  readonly port: number;
  connections(): number;
  isRunning(): boolean;
  /**
   * Sends a network event to every logged-in client, or to those of one user; `text` is ASCII.
   * Returns how many it was sent to. The sessions stay. `broadcast`: what became available, `BD6`.
   */
  notify(kind: NetworkNotice | 'subscription-available', options?: NoticeOptions): number;
  /**
   * Stops listening and ends every session. `refuse` tells logged-in clients first and closes;
   * `reset` cuts every connection with a TCP reset. Resolves when all are closed.
   */
  stop(how: 'refuse' | 'reset'): Promise<void>;
  /** Listens again at the same address and port. @throws SimError SIM_STOPPED after disposal, and those of `listen` */
  start(): Promise<void>;
}

interface NoticeOptions {
  readonly user?: UserId | undefined;
  readonly text?: string | undefined;
  readonly broadcast?: string | undefined;
}

const TICK_MS = 1_000;
// How long a stopping gateway waits for clients to read its notice.
const STOP_GRACE_MS = 500;

/** @throws SimError SIM_OPTION_INVALID, and those of `listen` */
export async function startOapiGateway(options: OapiGatewayOptions): Promise<OapiGateway> {
  const { name, number, address, core, journal, wall, protocol, answers, faults = NO_FAULTS } = options;
  const settings: OapiSettings = { ...DEFAULT_OAPI_SETTINGS, ...options.settings };
  checkOapiSettings(settings);

  let transactions = options.transactionsBefore ?? 0;
  const context: GatewayContext = {
    name,
    core,
    journal,
    settings,
    get protocol() {
      return protocol();
    },
    answers,
    faults,
    isLinked: options.isLinked ?? (() => true),
    nextTransactionId: () => BigInt(number) * 2n ** 32n + BigInt(++transactions),
  };

  const connections = new Set<Connection>();
  let connected = 0;
  let ticking: Disposable | undefined;
  let listening: Disposable | undefined;
  let server: Server | undefined;
  let listener: Listener | undefined;
  let port = options.port;
  let disposed = false;
  // Stops and starts follow one another in the order in which they were asked for.
  let tail: Promise<void> = Promise.resolve();

  function* sessions(): Iterable<OapiSession> {
    for (const { session } of connections) yield session;
  }

  function newServer(): Server {
    const server = createServer({ noDelay: true }, (socket) => {
      if (listener === undefined) {
        socket.destroy();
        return;
      }
      const connection = serveConnection(socket, context, ++connected, wall);
      connections.add(connection);
      // One timer for all, and none while nobody is connected.
      ticking ??= wall.every(TICK_MS, () => {
        for (const each of connections) each.session.tick(wall.transportNow());
      });
      // Notices cost something to make: only while somebody could want them.
      listening ??= core.onNotice((notice) => tell(notice, context, sessions()));
      void connection.closed.then(() => {
        connections.delete(connection);
        if (connections.size > 0) return;
        ticking?.[Symbol.dispose]();
        ticking = undefined;
        listening?.[Symbol.dispose]();
        listening = undefined;
      });
    });
    server.maxConnections = settings.connectionsMax;
    return server;
  }

  async function open(): Promise<Listener> {
    if (disposed) throw new SimError('SIM_STOPPED', `${name} has been disposed and cannot start again`);
    if (listener) return listener;
    server = newServer();
    listener = await listen(server, name, address, port, faults.door([name]));
    port = listener.port;
    return listener;
  }

  async function shut(how: 'refuse' | 'reset'): Promise<void> {
    if (!listener) return;
    const closing = listener;
    listener = undefined;
    // At once, so that a client who reconnects on the notice is refused and goes to the other gateway.
    server?.close();
    const open = [...connections];
    for (const connection of open) connection.stop(how);
    const grace = wall.after(STOP_GRACE_MS, () => {
      for (const connection of open) connection.destroy();
    });
    await Promise.all(open.map((connection) => connection.closed));
    grace[Symbol.dispose]();
    await closing[Symbol.asyncDispose]();
  }

  /** BN2; nothing where the dictionary has no such broadcast. */
  function available(type: string | undefined): Buffer | undefined {
    const broadcast = type === undefined ? undefined : context.protocol.broadcasts.byType.get(type);
    return broadcast && subscriptionAvailable(infoObject(settings.exchangeCode, broadcast.type, broadcast.audience));
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  }

  const bound = await open();
  // Closing at 12:00, a lock, a take-over at the other gateway: the core says so, this gateway's client must hear it.
  const subscription = core.onEvent((event) => {
    if (event.type !== 'session-ended') return;
    for (const { session } of connections) {
      if (session.id() === event.session.id) session.ended(event.reason, wall.transportNow());
    }
  });

  return {
    name,
    number,
    address: bound.address,
    port,
    connections: () => connections.size,
    isRunning: () => listener !== undefined,
    notify(kind, { user, text, broadcast } = {}) {
      const event = kind === 'subscription-available' ? available(broadcast) : networkNotice(kind, text);
      let receivers = 0;
      for (const { session } of connections) {
        if (user !== undefined && session.user() !== user) continue;
        if (event && session.notify(event)) receivers++;
      }
      const to = user === undefined ? {} : { user };
      journal.record({
        kind: 'oapi.notice',
        source: 'oapi',
        outcome: 'ok',
        gateway: name,
        ...to,
        notice: kind,
        ...(broadcast === undefined ? {} : { broadcast }),
        receivers,
      });
      return receivers;
    },
    stop: (how) => inTurn(() => shut(how)),
    start: () => inTurn(async () => void (await open())),
    async [Symbol.asyncDispose]() {
      await inTurn(() => shut('refuse'));
      disposed = true;
      subscription[Symbol.dispose]();
    },
  };
}
