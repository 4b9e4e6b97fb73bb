import type { Socket } from 'node:net';
import { Line } from '../faults/line.ts';
import { NO_FAULTS, type Faults } from '../faults/live-faults.ts';
import { Disposables } from '../host/disposables.ts';
import { lateListener } from '../host/late-listener.ts';
import { listen, type Listener } from '../host/listen.ts';
import type { WallClock } from '../host/wall-clock.ts';
import type { JournalWriter } from '../journal/entry.ts';
import type { TraceScope } from '../journal/trace.ts';
import { Approvals } from './approvals.ts';
import type { AppHooks, Route } from './app.ts';
import { faultyContexts, type FaultyTls } from './faulty-tls.ts';
import { BrowserSessions } from './browser-sessions.ts';
import { certificateOf, type CertifiedGateway, type GatewayTls } from './certificates.ts';
import { addressOf, type Arrival, type GatewayName, type OnlineContext } from './context.ts';
import { gatewayNamed, socketsOf, watchConnections, type Behind, type Entrances } from './entrances.ts';
import { LoginLimit } from './login-limit.ts';
import type { OnlinePort } from './port.ts';
import { createTlsServer } from './servers.ts';
import { DEFAULT_ONLINE_SETTINGS, type OnlineSettings } from './settings.ts';
import { TurnedAway } from './turned-away.ts';

export interface OnlineGatewayOptions extends CertifiedGateway {
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where it stands; `primary` when absent. */
  readonly site?: 'primary' | 'secondary';
}

export interface OnlineOptions {
  readonly gateways: readonly OnlineGatewayOptions[];
  /** One listener, at the first gateway's address and port, serves all of them by Host header, then SNI. */
  readonly shared: boolean;
  /** Shared only: for a client that names no gateway. Should hold all names and addresses. */
  readonly defaultTls: GatewayTls | undefined;
  readonly core: OnlinePort;
  readonly journal: JournalWriter & TraceScope;
  readonly settings?: OnlineSettings;
  readonly wall: Pick<WallClock, 'transportNow' | 'after'>;
  readonly faults?: Faults;
  readonly faultyTls?: FaultyTls;
}

export interface OnlineGateway extends GatewayName {
  readonly address: string;
  readonly port: number;
  /** `https://pgencdw001.hkex.com.hk:8082/login`, as Appendix C writes it. */
  readonly url: string;
  isRunning(): boolean;
  connections(): number;
}

/** How a stopped gateway looks from outside: `refuse` closes its port, `reset` resets each connection, also new ones. */
export type StopHow = 'refuse' | 'reset';

export interface OnlineGateways extends AsyncDisposable {
  readonly gateways: readonly OnlineGateway[];
  /** What the pages answer to; makes them ready. */
  routes(): Promise<readonly Route[]>;
  /** Makes the pages ready ahead of the first request. */
  prewarm(): Promise<void>;
  /**
   * Stops a gateway and ends its sessions; does nothing when it is stopped. Behind a shared listener both
   * ways look alike: the port stays open for the others, and whoever asks for this host is cut off.
   */
  stop(number: number, how: StopHow): Promise<void>;
  /** Starts a stopped gateway at the same port. @throws SimError when the port is taken meanwhile */
  start(number: number): Promise<void>;
}

/** A listener with the gateways behind it: one, or all when it is shared. */
interface Place extends Behind<OnlineGatewayOptions> {
  listener: Listener;
}

/**
 * Starts the DCASS Online gateways: the four of the primary data centre (rollout package, Appendix C, A), and those of
 * the secondary one that a day names.
 * @throws SimError when a port or an address cannot be had; what was opened is closed again.
 */
export async function startOnlineGateways(options: OnlineOptions): Promise<OnlineGateways> {
  const { core, journal, wall, settings = DEFAULT_ONLINE_SETTINGS, faults = NO_FAULTS } = options;
  const [first, ...rest] = options.gateways;
  if (!first) throw new Error('DCASS Online has at least one gateway');
  const groups: readonly Place['gateways'][] = options.shared
    ? [[first, ...rest]]
    : options.gateways.map((each) => [each]);
  const sessions = new BrowserSessions();
  const stopped = new Map<number, StopHow>();
  const entrances: Entrances<OnlineGatewayOptions> = new WeakMap();
  const resources = new Disposables();
  const turnedAway = new TurnedAway(journal);

  const gatewayOf = (request: Arrival): OnlineGatewayOptions => {
    const gateways = entrances.get(request.raw.socket)?.place.gateways;
    const only = gateways?.[0] ?? first;
    return gateways === undefined || gateways.length === 1 ? only : (gatewayNamed(gateways, request) ?? only);
  };
  const context: OnlineContext = {
    core,
    journal,
    trace: journal,
    settings,
    sessions,
    approvals: new Approvals(),
    loginLimit: new LoginLimit(settings.refusedLoginsMax),
    lastRead: new Map(),
    transportNow: () => wall.transportNow(),
    after: wall.after,
    gatewayOf,
    others: (request) => {
      const own = gatewayOf(request);
      return options.gateways.filter(({ number, site }) => number !== own.number && site === own.site);
    },
  };
  const faulty = faultyContexts(faults, options.faultyTls);
  const hooks: Omit<AppHooks, 'beforeHandler'> = {
    onRequest: (request) => {
      const entrance = entrances.get(request.raw.socket);
      const gateway = gatewayOf(request);
      const { number } = gateway;
      if (stopped.has(number)) {
        turnedAway.tell(gateway, addressOf(request));
        (entrance?.socket ?? request.raw.socket).destroy();
        return 'gone';
      }
      entrance?.place.sockets.set(entrance.socket, number);
      return 'go on';
    },
    isClear: ({ raw }) => faults.isQuiet && entrances.get(raw.socket)?.line?.isSilent !== true,
  };
  const pages = resources.use(
    lateListener(
      async () => {
        const [{ createOnlineApp }, { applyFault, faultAt }] = await Promise.all([
          import('./app.ts'),
          import('./faulty-requests.ts'),
        ]);
        return createOnlineApp(context, {
          ...hooks,
          beforeHandler: (request, reply) => {
            const line = entrances.get(request.raw.socket)?.line;
            if (line?.isSilent) return 'gone';
            const hit = line && faultAt(faults, context, request);
            return !hit || applyFault(hit, { context, request, reply, line }) ? 'go on' : 'gone';
          },
        });
      },
      (error) => void journal.record({ kind: 'simulator.bug', source: 'online', error: String(error) }),
    ),
  );
  resources.use(core.onEvent((event) => sessions.hear(event)));

  const open = ({ server, gateways }: Behind<OnlineGatewayOptions>, address: string, port: number): Promise<Listener> =>
    listen(server, gateways[0].name, address, port, faults.door(gateways.map(({ name }) => name)));
  const opening = groups.map(async (gateways): Promise<Place> => {
    const [only] = gateways;
    const server = createTlsServer({
      settings,
      ...certificateOf(gateways, options.defaultTls, faulty),
      listener: pages.listener,
    });
    const place = { server, gateways, sockets: new Map<Socket, number | undefined>() };
    watchConnections(place, entrances, {
      resets(socket) {
        if (!gateways.every(({ number }) => stopped.get(number) === 'reset')) return false;
        turnedAway.tell(only, socket.remoteAddress);
        return true;
      },
      lineOf: (tls, raw) => new Line(tls, raw, wall),
    });
    return { ...place, listener: await open(place, only.address, only.port) };
  });
  // All of them, also after a failure: a listener that comes late must be closed too.
  const settled = await Promise.allSettled(opening);
  const places = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  for (const place of places) resources.defer(() => place.listener[Symbol.asyncDispose]());
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) {
    await resources[Symbol.asyncDispose]();
    throw failed.reason;
  }

  const placeOf = (number: number): Place => {
    const place = places.find((each) => each.gateways.some((gateway) => gateway.number === number));
    if (!place) throw new Error(`there is no DCASS Online gateway ${number}`);
    return place;
  };
  const rows = options.gateways.map(({ number, name, host }): OnlineGateway => {
    const place = placeOf(number);
    const { address, port } = place.listener;
    return {
      number,
      name,
      host,
      address,
      port,
      url: `https://${host}:${port}/login`,
      isRunning: () => !stopped.has(number),
      connections: () => socketsOf(place, number).length,
    };
  });

  return {
    routes: async () => (await pages.made()).routes,
    prewarm: async () => void (await pages.made()),
    gateways: rows,
    async stop(number, how) {
      const place = placeOf(number);
      if (stopped.has(number)) return;
      stopped.set(number, how);
      const gateway = place.gateways.find((each) => each.number === number);
      for (const session of gateway ? sessions.openAt(gateway.name) : []) core.endSession(session, 'gateway-stopped');
      for (const socket of socketsOf(place, number)) {
        if (how === 'reset') socket.resetAndDestroy();
        else socket.destroy();
      }
      if (how === 'refuse' && place.gateways.length === 1) await place.listener[Symbol.asyncDispose]();
    },
    async start(number) {
      const place = placeOf(number);
      if (stopped.get(number) === 'refuse' && place.gateways.length === 1) {
        place.listener = await open(place, place.listener.address, place.listener.port);
      }
      stopped.delete(number);
      turnedAway.forget(number);
    },
    [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
  };
}
