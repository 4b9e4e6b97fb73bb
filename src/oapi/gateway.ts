import { createServer, type Server, type Socket } from 'node:net';
import { NO_FAULTS, type Faults } from '../faults/live-faults.ts';
import { listen, type Listener } from '../host/listen.ts';
import type { WallClock } from '../host/wall-clock.ts';
import type { JournalWriter } from '../journal/entry.ts';
import { SimError } from '../sim-error.ts';
import type { LiveRules } from './answers-on-demand/live-rules.ts';
import type { Protocol } from './protocol.ts';
import type { GatewayClients, GatewayNotice, NoticeOptions } from './clients.ts';
import type { OapiPort } from './port.ts';
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
  /** What this gateway speaks; all gateways of a day share it. Asked for when its first client comes. */
  readonly protocol: () => Promise<Protocol>;
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
  notify(kind: GatewayNotice, options?: NoticeOptions): number;
  /**
   * Stops listening and ends every session. `refuse` tells logged-in clients first and closes;
   * `reset` cuts every connection with a TCP reset. Resolves when all are closed.
   */
  stop(how: 'refuse' | 'reset'): Promise<void>;
  /** Listens again at the same address and port. @throws SimError SIM_STOPPED after disposal, and those of `listen` */
  start(): Promise<void>;
  /** Makes ready what else is made when the first client comes. */
  prewarm(): Promise<void>;
}

/** @throws SimError SIM_OPTION_INVALID, and those of `listen` */
export async function startOapiGateway(options: OapiGatewayOptions): Promise<OapiGateway> {
  const { name, number, address, core, journal, wall, protocol, answers, faults = NO_FAULTS } = options;
  const settings: OapiSettings = { ...DEFAULT_OAPI_SETTINGS, ...options.settings };
  checkOapiSettings(settings);

  let transactions = options.transactionsBefore ?? 0;
  let accepted = 0;
  // Accepted, and not served yet.
  let waiting = 0;
  let clients: GatewayClients | undefined;
  let making: Promise<GatewayClients> | undefined;
  let server: Server | undefined;
  let listener: Listener | undefined;
  let port = options.port;
  let disposed = false;
  // Stops and starts follow one another in the order in which they were asked for.
  let tail: Promise<void> = Promise.resolve();

  /** What sessions need is an eighth of the program, and nobody may ever connect. */
  const made = (): Promise<GatewayClients> => (making ??= make().then((each) => (clients = each)));
  async function make(): Promise<GatewayClients> {
    const [loaded, spoken] = await Promise.all([import('./clients.ts'), protocol()]);
    const context = {
      name,
      core,
      journal,
      settings,
      protocol: spoken,
      answers,
      faults,
      isLinked: options.isLinked ?? (() => true),
      nextTransactionId: () => BigInt(number) * 2n ** 32n + BigInt(++transactions),
    };
    return new loaded.GatewayClients(context, wall);
  }

  function accept(socket: Socket): void {
    if (listener === undefined) {
      socket.destroy();
      return;
    }
    const caller = { socket, address: socket.remoteAddress ?? 'unknown', number: ++accepted };
    if (clients) {
      clients.serve(caller);
      return;
    }
    waiting++;
    made().then(
      (ready) => {
        waiting--;
        ready.serve(caller);
      },
      (error: unknown) => {
        waiting--;
        journal.record({ kind: 'simulator.bug', source: 'oapi', error: String(error) });
        socket.destroy();
      },
    );
  }

  function newServer(): Server {
    // Nothing is read, and so nothing can go wrong with a socket, before it is served.
    const server = createServer({ noDelay: true, pauseOnConnect: true }, accept);
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
    // Whoever was accepted is told, too.
    if (waiting > 0) await made().catch(() => undefined);
    await clients?.stop(how);
    await closing[Symbol.asyncDispose]();
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  }

  const bound = await open();
  // Closing at 12:00, a lock, a take-over at the other gateway: the core says so, this gateway's client must hear it.
  const subscription = core.onEvent((event) => {
    if (event.type === 'session-ended') clients?.ended(event.session.id, event.reason);
  });

  return {
    name,
    number,
    address: bound.address,
    port,
    connections: () => waiting + (clients?.size ?? 0),
    isRunning: () => listener !== undefined,
    notify(kind, options = {}) {
      const { user, broadcast } = options;
      const receivers = clients?.notify(kind, options) ?? 0;
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
    prewarm: async () => void (await made()),
    async [Symbol.asyncDispose]() {
      await inTurn(() => shut('refuse'));
      disposed = true;
      subscription[Symbol.dispose]();
    },
  };
}
