import type { SessionEndReason } from '../clearing/session.ts';
import type { SessionId } from '../clearing/rejection.ts';
import type { UserId } from '../clearing/user.ts';
import type { WallClock } from '../host/wall-clock.ts';
import { serveConnection, type Caller, type Connection } from './connection.ts';
import { infoObject } from './events/info-object.ts';
import { tell } from './events/tell.ts';
import type { GatewayContext } from './gateway-context.ts';
import { networkNotice, subscriptionAvailable, type NetworkNotice } from './network-event.ts';
import type { OapiSession } from './session.ts';

/** What a gateway tells its clients by itself. */
export type GatewayNotice = NetworkNotice | 'subscription-available';

export interface NoticeOptions {
  readonly user?: UserId | undefined;
  readonly text?: string | undefined;
  readonly broadcast?: string | undefined;
}

const TICK_MS = 1_000;
// How long a stopping gateway waits for clients to read its notice.
const STOP_GRACE_MS = 500;

/** Those who are connected to one gateway. */
export class GatewayClients {
  readonly #gateway: GatewayContext;
  readonly #wall: WallClock;
  readonly #connections = new Set<Connection>();
  #ticking: Disposable | undefined;
  #listening: Disposable | undefined;

  constructor(gateway: GatewayContext, wall: WallClock) {
    this.#gateway = gateway;
    this.#wall = wall;
  }

  get size(): number {
    return this.#connections.size;
  }

  serve(caller: Caller): void {
    const wall = this.#wall;
    const connection = serveConnection(caller, this.#gateway, wall);
    this.#connections.add(connection);
    // One timer for all, and none while nobody is connected.
    this.#ticking ??= wall.every(TICK_MS, () => {
      for (const session of this.#sessions()) session.tick(wall.transportNow());
    });
    // Notices cost something to make: only while somebody could want them.
    this.#listening ??= this.#gateway.core.onNotice((notice) => tell(notice, this.#gateway, this.#sessions()));
    void connection.closed.then(() => {
      this.#connections.delete(connection);
      if (this.#connections.size > 0) return;
      this.#ticking?.[Symbol.dispose]();
      this.#ticking = undefined;
      this.#listening?.[Symbol.dispose]();
      this.#listening = undefined;
    });
  }

  /** DCASS ended a session; its client must hear it. */
  ended(id: SessionId, reason: SessionEndReason): void {
    for (const session of this.#sessions()) {
      if (session.id() === id) session.ended(reason, this.#wall.transportNow());
    }
  }

  /** @returns how many a notice was sent to. */
  notify(kind: GatewayNotice, { user, text, broadcast }: NoticeOptions): number {
    const event = kind === 'subscription-available' ? this.#available(broadcast) : networkNotice(kind, text);
    let receivers = 0;
    for (const session of this.#sessions()) {
      if (user !== undefined && session.user() !== user) continue;
      if (event && session.notify(event)) receivers++;
    }
    return receivers;
  }

  /** Ends every session; resolves when all connections are closed. */
  async stop(how: 'refuse' | 'reset'): Promise<void> {
    const open = [...this.#connections];
    for (const connection of open) connection.stop(how);
    using _grace = this.#wall.after(STOP_GRACE_MS, () => {
      for (const connection of open) connection.destroy();
    });
    await Promise.all(open.map((connection) => connection.closed));
  }

  /** BN2; nothing where the dictionary has no such broadcast. */
  #available(type: string | undefined): Buffer | undefined {
    const { protocol, settings } = this.#gateway;
    const broadcast = type === undefined ? undefined : protocol.broadcasts.byType.get(type);
    return broadcast && subscriptionAvailable(infoObject(settings.exchangeCode, broadcast.type, broadcast.audience));
  }

  *#sessions(): Iterable<OapiSession> {
    for (const { session } of this.#connections) yield session;
  }
}
