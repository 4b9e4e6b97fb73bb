import type { SessionId } from '../clearing/rejection.ts';
import type { CustomerCode } from '../clearing/participant.ts';
import type { UserId } from '../clearing/user.ts';
import type { Faults } from '../faults/live-faults.ts';
import type { JournalWriter, NewEntry } from '../journal/entry.ts';
import type { TransportTime } from '../time/instant.ts';
import type { LiveRules } from './answers-on-demand/live-rules.ts';
import { wordsOf } from './completion.ts';
import type { OapiPort } from './port.ts';
import type { OapiSettings } from './settings.ts';
import type { Protocol } from './protocol.ts';

/** What all sessions of one gateway share. */
export interface GatewayContext {
  /** `oapi-1`. */
  readonly name: string;
  readonly core: OapiPort;
  readonly journal: JournalWriter;
  readonly settings: OapiSettings;
  readonly protocol: Protocol;
  /** Which calls are answered otherwise than the model would. */
  readonly answers: Pick<LiveRules, 'take'>;
  /** What goes wrong with calls and broadcasts; nothing when absent. */
  readonly faults?: Pick<Faults, 'isQuiet' | 'take'>;
  /** Whether the gateway has its connection to DCASS. */
  isLinked(): boolean;
  /** The gateway's number in the upper half: unique among the gateways of a day. */
  nextTransactionId(): bigint;
}

/** A user logged in on a connection. */
export interface LoggedIn {
  readonly id: SessionId;
  readonly user: UserId;
  readonly participant: CustomerCode;
  /** The program's own name, from the login. */
  readonly application: string;
  readonly since: TransportTime;
}

/** What a call handler gets beside the request. */
export interface CallContext {
  readonly gateway: GatewayContext;
  readonly session: LoggedIn;
}

/** The journal fields of a logged-in client. */
export function fieldsOf({ gateway, session }: CallContext): Record<string, unknown> {
  return { user: session.user, participant: session.participant, gateway: gateway.name, session: session.id };
}

/** Both codes and what the completion means: a status alone hides failures (oapi-facts.md section 6). */
export function resultFields(completion: number, status = 0): Record<string, unknown> {
  return { completion, status, meaning: wordsOf(completion) };
}

export function outcomeFields(refusal: string | undefined): Pick<NewEntry, 'outcome' | 'code'> {
  return refusal === undefined ? { outcome: 'ok' } : { outcome: 'refused', code: refusal };
}
