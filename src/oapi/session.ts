import type { SessionId } from '../clearing/rejection.ts';
import type { SessionEndReason } from '../clearing/session.ts';
import type { UserId } from '../clearing/user.ts';
import type { TransportTime } from '../time/instant.ts';
import { DelayedAnswer, type Later } from './answers-on-demand/delayed-answer.ts';
import { clearEvent, setEvent, showEvents, showSubscriptions } from './calls/events.ts';
import { getInfo } from './calls/get-info.ts';
import { login } from './calls/login.ts';
import { setNewPassword } from './calls/set-new-password.ts';
import { transact, type Hindrance } from './calls/transact.ts';
import { COMPLETION, type CompletionCode } from './completion.ts';
import type { FaultHit } from '../faults/live-faults.ts';
import { SessionEvents } from './events/session-events.ts';
import { NETWORK_EVENT } from './events/subscriptions.ts';
import type { Told } from './events/tell.ts';
import { FrameError, FrameReader, type Frame } from './frame.ts';
import { faultAt } from './faulty-calls.ts';
import { fieldsOf, resultFields, type GatewayContext, type LoggedIn } from './gateway-context.ts';
import { forcedLogoutEvent } from './network-event.ts';
import { encodeError, encodeEvent, encodeReply, reply, type Reply } from './reply.ts';
import { decodeRequest, type BadRequest, type LoginRequest, type Request } from './request.ts';

/** Where a session's bytes go. */
export interface SessionOutput {
  send(frame: Buffer): void;
  /** Bytes sent that the client has not taken yet. */
  waitingBytes(): number;
  /** Ends the connection after what was sent; `why` goes to the journal. */
  close(why: string): void;
  /** Ends it at once: the client does not read. */
  drop(why: string): void;
  readonly later: Later;
  /** Does to the connection, or to what is sent from here until it is disposed of, what a fault says. */
  fault?(hit: FaultHit): Disposable;
  /** Whether nothing that is sent arrives any more, by a fault. */
  isSilent?(): boolean;
}

// While an answer is delayed so much may come, then the client is not read from: it shall not fill the memory.
const BEHIND_DELAYED_BYTES_MAX = 65_536;

/**
 * The protocol on one connection: bytes and time come in as arguments, frames go out through the
 * port. It knows no socket and no timer.
 */
export class OapiSession {
  readonly #gateway: GatewayContext;
  readonly #address: string;
  readonly #output: SessionOutput;
  readonly #reader = new FrameReader();
  readonly #events: SessionEvents;
  /** The answer that the client is kept waiting for. */
  #delayed: DelayedAnswer | undefined;
  #login: LoggedIn | undefined;
  #hadLogin = false;
  #closed = false;
  #withoutLoginSince: TransportTime;
  #lastCallAt: TransportTime;
  /** Since when a frame has been begun and not completed. */
  #partialSince: TransportTime | undefined;
  /** Since when answers wait for the client, so that no further request is taken. */
  #unreadSince: TransportTime | undefined;

  constructor(gateway: GatewayContext, address: string, output: SessionOutput, now: TransportTime) {
    this.#gateway = gateway;
    this.#address = address;
    this.#output = output;
    this.#events = new SessionEvents(gateway, output);
    this.#withoutLoginSince = now;
    this.#lastCallAt = now;
  }

  /** The core's session of the user logged in here. */
  id(): SessionId | undefined {
    return this.#login?.id;
  }

  receive(chunk: Buffer, now: TransportTime): void {
    if (this.#closed) return;
    this.#reader.push(chunk);
    this.#takeFrames(now);
  }

  /** Whether too many requests wait in here, or the client does not read its answers; then give it no more bytes. */
  isWaiting(): boolean {
    const isFull = this.#delayed !== undefined && this.#reader.unread() > BEHIND_DELAYED_BYTES_MAX;
    return isFull || this.#unreadSince !== undefined;
  }

  /** The client has taken its answers: go on with the broadcasts and requests that wait. */
  resume(now: TransportTime): void {
    this.#unreadSince = undefined;
    if (!this.#closed) this.#events.resume();
    if (!this.#closed) this.#takeFrames(now);
  }

  /** Watches the deadlines; call it about once a second. */
  tick(now: TransportTime): void {
    if (this.#closed) return;
    const { settings, core } = this.#gateway;
    const isLate = (since: TransportTime | undefined, ms: number): boolean => since !== undefined && now - since >= ms;
    if (this.#events.isUnread(now) || isLate(this.#unreadSince, settings.unreadDeadlineMs)) {
      this.#closed = true;
      this.#output.drop('answers-unread');
    } else if (this.#delayed !== undefined) {
      // The client waits for the gateway, not the gateway for the client.
    } else if (isLate(this.#partialSince, settings.frameDeadlineMs)) {
      this.#hangUp(
        COMPLETION.TIMEOUT,
        `a frame was not complete within ${settings.frameDeadlineMs} ms`,
        'frame-deadline',
      );
    } else if (this.#login === undefined) {
      if (now - this.#withoutLoginSince < settings.loginDeadlineMs) return;
      this.#hangUp(COMPLETION.TIMEOUT, `no login within ${settings.loginDeadlineMs} ms`, 'login-deadline');
    } else if (settings.idleLogoutMs !== undefined && now - this.#lastCallAt >= settings.idleLogoutMs) {
      // oapi-facts.md 1.4 (NQ35/11, TT): a silent client is logged out. The core's event comes back to `ended`.
      core.endSession(this.#login.id, 'idle');
    }
  }

  /** Sends a network event, which needs no subscription; false where nobody is logged in. oapi-facts.md 1.4, C. */
  notify(event: Buffer): boolean {
    if (this.#closed || !this.#login) return false;
    this.#output.send(encodeEvent(NETWORK_EVENT, event));
    return true;
  }

  /** Takes a broadcast that the session subscribed to; false where it did not, or where it was lost. */
  deliver(told: Told): boolean {
    return !this.#closed && this.#events.deliver(told);
  }

  /** The logged-in user. */
  user(): UserId | undefined {
    return this.#login?.user;
  }

  /** The core has ended the session: the client is told, and from now on is not logged in. */
  ended(reason: SessionEndReason, now: TransportTime): void {
    if (!this.#login) return;
    // ASSUMED: the end of the session ends the wait for an answer too.
    this.#delayed?.giveNow();
    this.#forget(reason, now);
    if (!this.#closed) this.#output.send(encodeEvent(NETWORK_EVENT, forcedLogoutEvent(reason)));
  }

  /** The connection is gone, or the gateway stops. */
  end(reason: 'connection-lost' | 'gateway-stopped', now: TransportTime): void {
    if (this.#login) this.#gateway.core.endSession(this.#login.id, reason);
    // Only where the core did not answer with its event.
    if (this.#login) this.#forget(reason, now);
    this.#closed = true;
    this.#delayed?.cancel();
  }

  #takeFrames(now: TransportTime): void {
    const full = this.#gateway.settings.outgoingBytesMax / 2;
    try {
      while (!this.#closed && !this.#delayed) {
        if (this.#output.waitingBytes() >= full) {
          this.#unreadSince ??= now;
          return;
        }
        const frame = this.#reader.next();
        if (!frame) break;
        this.#partialSince = undefined;
        this.#lastCallAt = now;
        if (this.#output.isSilent?.() === true) continue;
        const request = decodeRequest(frame);
        const hit = faultAt(request, this.#login, this.#gateway);
        if (hit && !hit.carriesOut) {
          this.#answerBy(hit, frame);
          continue;
        }
        this.#events.hold();
        this.#give(frame, this.#call(request, now), hit);
      }
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#recordInvalid(error.completion, error.message);
      this.#hangUp(error.completion, error.message, 'broken-frame');
    }
    if (this.#reader.unread() === 0 || this.#delayed) this.#partialSince = undefined;
    else this.#partialSince ??= now;
  }

  /** A fault answers in the place of the model, or ends the connection in its own way. */
  #answerBy(hit: FaultHit, { op, requestId }: Frame): void {
    if (hit.effect.do === 'status') this.#output.send(encodeReply(op, requestId, reply(hit.effect.status)));
    else this.#output.fault?.(hit);
  }

  #give({ op, requestId }: Frame, answer: Reply, hit: FaultHit | undefined): void {
    const caused = this.#events.released();
    const send = (): void => {
      const applied = hit && this.#output.fault?.(hit);
      this.#output.send(encodeReply(op, requestId, answer));
      applied?.[Symbol.dispose]();
      this.#events.send(caused);
    };
    if (answer.given === undefined) send();
    else if (answer.given === 'never') {
      this.#closed = true;
      this.#output.close('answer-rule');
    } else {
      this.#delayed = new DelayedAnswer(this.#output.later, answer.given.afterMs, send, (now) => this.#goOn(now));
    }
  }

  /** The delayed answer has been given: on with the requests that came meanwhile. */
  #goOn(now: TransportTime): void {
    this.#delayed = undefined;
    this.#lastCallAt = now;
    this.#withoutLoginSince = now;
    this.#takeFrames(now);
  }

  #call(request: Request | BadRequest, now: TransportTime): Reply {
    if (request.op === 'bad') {
      this.#recordInvalid(request.completion, request.problem);
      return reply(request.completion);
    }
    if (request.op === 'login') return this.#logIn(request, now);
    const session = this.#login;
    // oapi-facts.md 1.4 and 1.5: -2008 before a login, -5 after a logout, C.
    if (!session) return reply(this.#hadLogin ? COMPLETION.NOT_LOGGED_IN : COMPLETION.NOT_CONNECTED);

    const call = { gateway: this.#gateway, session };
    if (request.op === 'logout') return this.#logOut(session, now);
    if (request.op === 'heartbeat') return reply(COMPLETION.NORMAL);
    if (request.op === 'set-new-password') return setNewPassword(request, call);
    const hindrance = this.#hindrance(session, now);
    if (request.op === 'transaction' || request.op === 'query') return transact(request, call, hindrance);
    if (hindrance !== undefined) return reply(hindrance.completion);

    switch (request.op) {
      case 'get-info':
        return getInfo(request.type, call);
      case 'set-event':
        return setEvent(request, this.#events.subscriptions, call);
      case 'clear-event':
        return clearEvent(request, this.#events.subscriptions, call);
      case 'show-events':
        return showEvents();
      case 'show-subscriptions':
        return showSubscriptions(call);
    }
  }

  #hindrance(session: LoggedIn, now: TransportTime): Hindrance | undefined {
    const { core, settings } = this.#gateway;
    // oapi-facts.md 1.2: after 2027 only set new password and logout are allowed, C.
    if (core.session(session.id)?.restricted) {
      return { completion: COMPLETION.CHANGE_PASSWORD_FIRST, code: 'password-change-required' };
    }
    if (now - session.since >= settings.notReadyMs) return undefined;
    return { completion: COMPLETION.NOT_READY, code: 'gateway-not-ready' };
  }

  #logIn(request: LoginRequest, now: TransportTime): Reply {
    if (this.#login) {
      const completion = COMPLETION.RELOGIN_NOT_ALLOWED;
      const fields = { ...fieldsOf({ gateway: this.#gateway, session: this.#login }), ...resultFields(completion) };
      this.#gateway.journal.record({
        kind: 'oapi.login',
        source: 'oapi',
        outcome: 'refused',
        code: 'relogin',
        ...fields,
      });
      return reply(completion);
    }
    const result = login(request, this.#gateway, this.#address, now);
    if (result.session) {
      this.#login = result.session;
      this.#events.begin(result.session);
      this.#hadLogin = true;
    }
    return result.reply;
  }

  #logOut(session: LoggedIn, now: TransportTime): Reply {
    // Forgotten first, so that the core's event does not come back as a forced logout.
    this.#forget('logged-out', now);
    this.#gateway.core.endSession(session.id, 'logged-out');
    return reply(COMPLETION.NORMAL);
  }

  #forget(reason: SessionEndReason, now: TransportTime): void {
    if (!this.#login) return;
    const fields = fieldsOf({ gateway: this.#gateway, session: this.#login });
    this.#login = undefined;
    this.#events.end();
    this.#withoutLoginSince = now;
    this.#gateway.journal.record({ kind: 'oapi.logout', source: 'oapi', outcome: 'ok', ...fields, reason });
  }

  #recordInvalid(completion: CompletionCode, problem: string): void {
    const who = this.#login
      ? fieldsOf({ gateway: this.#gateway, session: this.#login })
      : { gateway: this.#gateway.name };
    this.#gateway.journal.record({
      kind: 'oapi.invalid',
      source: 'oapi',
      outcome: 'invalid',
      ...who,
      address: this.#address,
      ...resultFields(completion),
      problem,
    });
  }

  #hangUp(completion: CompletionCode, text: string, why: string): void {
    this.#closed = true;
    this.#output.send(encodeError(completion, text));
    this.#output.close(why);
  }
}
