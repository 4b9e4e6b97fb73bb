import type { TransportTime } from '../../time/instant.ts';
import type { Later } from '../answers-on-demand/delayed-answer.ts';
import { authorisationOf } from '../authorisation.ts';
import type { GatewayContext, LoggedIn } from '../gateway-context.ts';
import { fieldsOf } from '../gateway-context.ts';
import { networkNotice } from '../network-event.ts';
import { encodeEvent, encodeOverflow } from '../reply.ts';
import { EventQueue, type EventOutput } from './event-queue.ts';
import { FaultyBroadcasts } from './faulty-broadcasts.ts';
import { NETWORK_EVENT, Subscriptions } from './subscriptions.ts';
import type { Told } from './tell.ts';

/** A broadcast that is kept back. */
interface Held {
  readonly frame: Buffer;
  readonly broadcast: string;
}

/** What one session hears: its subscriptions, and the broadcasts on their way to it. */
export class SessionEvents {
  readonly subscriptions = new Subscriptions();
  readonly #gateway: GatewayContext;
  readonly #output: EventOutput;
  readonly #queue: EventQueue;
  readonly #faulty: FaultyBroadcasts;
  #login: LoggedIn | undefined;
  /** Broadcasts that came while a request is answered. ASSUMED: what a call causes comes after its reply. */
  #held: Held[] | undefined;
  /** Since when broadcasts wait for the client. */
  #unreadSince: TransportTime | undefined;

  constructor(gateway: GatewayContext, output: EventOutput & { readonly later: Later }) {
    this.#gateway = gateway;
    this.#output = output;
    const { outgoingBytesMax, eventQueueMax } = gateway.settings;
    // Well below what stops requests and ends the connection: broadcasts alone do neither.
    const limits = { bytes: outgoingBytesMax / 4, events: eventQueueMax };
    this.#queue = new EventQueue(output, limits, (lost) => this.#tellLost(lost));
    this.#faulty = new FaultyBroadcasts(gateway, this.#queue, output.later);
  }

  /** A user has logged in. */
  begin(login: LoggedIn): void {
    this.#login = login;
  }

  /** Nobody is logged in any more: nothing is subscribed to, and nothing waits. */
  end(): void {
    this.#login = undefined;
    this.subscriptions.clearAll();
    this.#queue.clear();
    this.#faulty.clear();
    this.#unreadSince = undefined;
    if (this.#held) this.#held = [];
  }

  /** Takes a broadcast that the session subscribed to; false where it did not, or where it was lost. */
  deliver({ broadcast, about, message }: Told): boolean {
    const login = this.#login;
    if (!login) return false;
    if (about.participant !== undefined && about.participant !== login.participant) return false;
    if (!authorisationOf(login.user, this.#gateway).mayReceive(broadcast.type)) return false;
    const wanted = this.subscriptions.find(broadcast, about, login.user);
    if (!wanted) return false;
    const frame = encodeEvent(wanted.eventType, message(), wanted.handle);
    if (!this.#held) return this.#faulty.send(frame, broadcast.type, login);
    this.#held.push({ frame, broadcast: broadcast.type });
    return true;
  }

  /** From here on broadcasts are kept back, until `released` gives them. */
  hold(): void {
    this.#held = [];
  }

  /** What was kept back; what comes from here on is sent. */
  released(): readonly Held[] {
    const held = this.#held ?? [];
    this.#held = undefined;
    return held;
  }

  send(held: readonly Held[]): void {
    for (const { frame, broadcast } of held) {
      if (this.#login) this.#faulty.send(frame, broadcast, this.#login);
      else this.#queue.push(frame);
    }
  }

  /** The client has read: on with what waits. */
  resume(): void {
    this.#unreadSince = undefined;
    this.#flush();
  }

  /** Whether broadcasts have waited for the client for too long. Call it about once a second. */
  isUnread(now: TransportTime): boolean {
    this.#faulty.tick();
    this.#flush();
    if (this.#queue.isWaiting()) this.#unreadSince ??= now;
    return this.#unreadSince !== undefined && now - this.#unreadSince >= this.#gateway.settings.unreadDeadlineMs;
  }

  #flush(): void {
    if (!this.#queue.isWaiting()) return;
    this.#queue.flush();
    if (!this.#queue.isWaiting()) this.#unreadSince = undefined;
  }

  #tellLost(lost: number): void {
    if (!this.#login) return;
    this.#output.send(encodeOverflow(lost));
    this.#output.send(encodeEvent(NETWORK_EVENT, networkNotice('data-lost')));
    this.#gateway.journal.record({
      kind: 'oapi.overflow',
      source: 'oapi',
      outcome: 'ok',
      ...fieldsOf({ gateway: this.#gateway, session: this.#login }),
      lost,
    });
  }
}
