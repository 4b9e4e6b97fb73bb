import type { Secret } from '../clearing/secret.ts';
import { wordsOf } from '../oapi/completion.ts';
import type { Dictionary } from '../oapi/dictionary/dictionary.ts';
import type { Reply } from '../oapi/reply.ts';
import type { Request } from '../oapi/request.ts';
import { statusMeanings } from '../oapi/statuses.ts';
import { connectOapi, type EventFrame, type OapiConnection } from './connection.ts';
import { fieldAt, type Fields, type NamedBy } from './fields.ts';
import { decodeAvailable, encodeSubscriptions, type Available, type InformationObject } from './subscriptions.ts';
import { decodeMessage, encodeMessage, type Decoded } from './message.ts';

/** The answer to a call: both codes with their words, and the message where there is one. */
export interface Answer {
  readonly completion: number;
  /** What the completion code means. */
  readonly meaning: string;
  readonly status: number;
  /** The name of the status in the dictionary, and what it means; undefined where it has none. */
  readonly statusMeaning: string | undefined;
  /** Of a refusal for a wrong field (-18): which one it is. */
  readonly field: string | undefined;
  /** Of a transaction or query that was taken. */
  readonly transactionId: string | undefined;
  readonly message: Decoded | undefined;
  readonly bytes: Buffer;
}

/** Something that came without being asked for. */
export interface News {
  /** 1 and 990 broadcasts, 1001 network events, 0: `lost` broadcasts were lost before this. */
  readonly eventType: number;
  /** Of the subscription that brought it; undefined where that was made without a list. */
  readonly handle: number | undefined;
  readonly lost: number | undefined;
  readonly message: Decoded | undefined;
}

export interface LoginOptions {
  readonly forced?: boolean;
  /** The program's name, at most 31 characters. */
  readonly application?: string;
}

/** A program's side of OAPI: calls by types and fields, whatever the dictionary's layouts. */
export interface OapiClient extends AsyncDisposable {
  readonly dictionary: Dictionary;
  login(user: string, password: Secret, options?: LoginOptions): Promise<Answer>;
  setNewPassword(current: Secret, next: Secret): Promise<Answer>;
  logout(): Promise<Answer>;
  getInfo(type: number): Promise<Answer>;
  /** Everything of an event type (1 broadcasts, 990 dedicated ones, 1001 network events), or what is listed of it. */
  setEvent(eventType: number, wanted?: readonly InformationObject[]): Promise<Answer>;
  /** What the user can subscribe to. */
  subscriptions(): Promise<readonly Available[]>;
  clearEvent(eventType: number): Promise<Answer>;
  heartbeat(): Promise<Answer>;
  /** @throws UnknownMessage, UnknownField, BadValue before anything is sent; SimError SIM_NOT_RUNNING */
  query(type: string, fields?: Fields): Promise<Answer>;
  transact(type: string, fields?: Fields): Promise<Answer>;
  onNews(listener: (news: News) => void): Disposable;
  readonly closed: OapiConnection['closed'];
}

export interface OapiClientOptions {
  readonly host: string;
  readonly port: number;
  readonly dictionary: Dictionary;
  /** How fields of answers and news are named; calls take both. */
  readonly by?: NamedBy;
}

const EP0 = 170; // Until the gateway has told its own: oapi-facts.md section 2, C.
const BASE_FACILITY = 2;
const FIELD_NOT_VALID = -18;

/** @throws SimError SIM_NOT_RUNNING */
export async function openOapiClient({ host, port, dictionary, by }: OapiClientOptions): Promise<OapiClient> {
  const connection = await connectOapi(host, port);
  const meanings = statusMeanings(dictionary.codes);
  let base = EP0;

  const toAnswer = ({ completion, status, transactionId, answer }: Reply, isMessage = false): Answer => ({
    completion,
    meaning: wordsOf(completion),
    status,
    // oapi-facts.md 1.5: with -18 it is an offset, not a code.
    statusMeaning: status === 0 || completion === FIELD_NOT_VALID ? undefined : meanings.get(status),
    field: undefined,
    transactionId: transactionId === 0n ? undefined : String(transactionId),
    message: isMessage && answer.length > 0 ? decodeMessage(answer, dictionary, by) : undefined,
    bytes: answer,
  });
  const request = async (asked: Request): Promise<Answer> => toAnswer(await connection.request(asked));
  const send = async (op: 'query' | 'transaction', type: string, fields: Fields = {}): Promise<Answer> => {
    const message = encodeMessage(type, fields, dictionary);
    const facility = base + Number(dictionary.messages.get(type)?.facility?.slice(2) ?? 0);
    const answer = toAnswer(await connection.request({ op, facility, message }), true);
    const layout = dictionary.messages.get(type)?.struct;
    if (answer.completion !== FIELD_NOT_VALID || !layout) return answer;
    return { ...answer, field: fieldAt(layout, answer.status) };
  };

  return {
    dictionary,
    closed: connection.closed,
    async login(user, password, { forced = false, application = 'dcass-sim oapi' } = {}) {
      const answer = await request({ op: 'login', user, password, application, forced });
      if (answer.completion >= 0) {
        const info = await connection.request({ op: 'get-info', type: BASE_FACILITY });
        if (info.completion === 0 && info.answer.length === 4) base = info.answer.readUInt32LE(0);
      }
      return answer;
    },
    setNewPassword: (current, next) => request({ op: 'set-new-password', current, next }),
    logout: () => request({ op: 'logout' }),
    getInfo: (type) => request({ op: 'get-info', type }),
    setEvent: (eventType, wanted) =>
      request({ op: 'set-event', eventType, ...(wanted === undefined ? {} : { list: encodeSubscriptions(wanted) }) }),
    subscriptions: async () => decodeAvailable((await connection.request({ op: 'show-subscriptions' })).answer),
    clearEvent: (eventType) => request({ op: 'clear-event', eventType }),
    heartbeat: () => request({ op: 'heartbeat' }),
    query: (type, fields) => send('query', type, fields),
    transact: (type, fields) => send('transaction', type, fields),
    onNews: (listener) => connection.onEvent((event) => listener(toNews(event, dictionary, by))),
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}

const OVERFLOW = 0;

function toNews({ eventType, handle, message }: EventFrame, dictionary: Dictionary, by: NamedBy | undefined): News {
  if (eventType === OVERFLOW) return { eventType, handle, lost: message.readUInt32LE(0), message: undefined };
  return { eventType, handle, lost: undefined, message: readNews(message, dictionary, by) };
}

// oapi-facts.md 1.4: network events have a text at their end, which no layout has (C).
function readNews(message: Buffer, dictionary: Dictionary, by: NamedBy | undefined): Decoded {
  const [isNetwork, number] = [message.toString('latin1', 0, 2) === 'BN', message.readUInt16LE(2)];
  if (!isNetwork || number === 2) return decodeMessage(message, dictionary, by);
  const textAt = number === 4 ? 16 : 10;
  const status = message.readInt32LE(4);
  return { type: `BN${number}`, fields: { status, text: message.toString('latin1', textAt) } };
}
