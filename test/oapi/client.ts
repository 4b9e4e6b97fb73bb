import { connect as connectSocket, type Socket } from 'node:net';
import { once } from 'node:events';
import { Secret } from '../../src/clearing/secret.ts';
import { FrameReader } from '../../src/oapi/frame.ts';
import type { AccountFields, SeriesFields } from '../../src/oapi/transactions/shapes.ts';
import {
  message,
  read,
  readHeader,
  readNamed,
  type AnswerPosition,
  type AnswerPositionItem,
  type ClTradeBase,
  type ClTradeSecurPart,
} from './messages.ts';
import { decodeServerFrame, type Reply, type ServerFrame } from '../../src/oapi/reply.ts';
import { encodeRequest, type Request } from '../../src/oapi/request.ts';

export type EventFrame = Extract<ServerFrame, { op: 'event' }>;
export type ErrorFrame = Extract<ServerFrame, { op: 'error' }>;

export interface OapiClient extends AsyncDisposable {
  readonly socket: Socket;
  readonly events: readonly EventFrame[];
  readonly errors: readonly ErrorFrame[];
  request(request: Request): Promise<Reply>;
  login(
    user: string,
    password: string,
    options?: { readonly forced?: boolean; readonly application?: string },
  ): Promise<Reply>;
  logout(): Promise<Reply>;
  setNewPassword(current: string, next: string): Promise<Reply>;
  getInfo(type: number): Promise<Reply>;
  query(message: Buffer, facility?: number): Promise<Reply>;
  tx(message: Buffer, facility?: number): Promise<Reply>;
  /** The first `count` events, also those still to come. */
  eventsUntil(count: number): Promise<readonly EventFrame[]>;
  /** The first event, or the next to come. */
  nextEvent(): Promise<EventFrame>;
  /** Resolves when the gateway has closed the connection. */
  waitClosed(): Promise<void>;
}

/** A client on the simulator's own codec, for any test that needs an OAPI user. */
export async function connect({ host, port }: { readonly host: string; readonly port: number }): Promise<OapiClient> {
  const socket = connectSocket({ host, port, noDelay: true });
  await once(socket, 'connect');
  const reader = new FrameReader();
  const events: EventFrame[] = [];
  const errors: ErrorFrame[] = [];
  const waiting = new Map<number, { resolve(reply: Reply): void; reject(error: Error): void }>();
  let eventCame: (() => void) | undefined;
  let requests = 0;

  socket.on('error', () => undefined); // A reset is a close to the tests.
  socket.on('data', (chunk: Buffer) => {
    reader.push(chunk);
    for (let frame = reader.next(); frame; frame = reader.next()) {
      const received = decodeServerFrame(frame);
      if (received.op === 'reply') {
        const { op: _op, toOperation: _to, requestId, ...reply } = received;
        waiting.get(requestId)?.resolve(reply);
        waiting.delete(requestId);
      } else if (received.op === 'event') {
        events.push(received);
        eventCame?.();
      } else errors.push(received);
    }
  });
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      for (const each of waiting.values()) each.reject(new Error('the gateway closed the connection'));
      resolve();
    });
  });

  const failed = closed.then(() => {
    throw new Error(`the connection was closed after ${events.length} events`);
  });
  failed.catch(() => undefined);

  const request = (asked: Request): Promise<Reply> => {
    const requestId = ++requests;
    return new Promise((resolve, reject) => {
      if (socket.destroyed) {
        reject(new Error('the gateway closed the connection'));
        return;
      }
      waiting.set(requestId, { resolve, reject });
      socket.write(encodeRequest(asked, requestId));
    });
  };

  return {
    socket,
    events,
    errors,
    request,
    login: (user, password, { forced = false, application = 'test' } = {}) =>
      request({ op: 'login', user, password: new Secret(password), application, forced }),
    logout: () => request({ op: 'logout' }),
    setNewPassword: (current, next) =>
      request({ op: 'set-new-password', current: new Secret(current), next: new Secret(next) }),
    getInfo: (type) => request({ op: 'get-info', type }),
    query: (message, facility = 173) => request({ op: 'query', facility, message }),
    tx: (message, facility = 173) => request({ op: 'transaction', facility, message }),
    async eventsUntil(count) {
      while (events.length < count) {
        await Promise.race([new Promise<void>((resolve) => (eventCame = resolve)), failed]);
      }
      return events.slice(0, count);
    },
    async nextEvent() {
      if (events.length === 0) await Promise.race([new Promise<void>((resolve) => (eventCame = resolve)), closed]);
      const [first] = events;
      if (!first) throw new Error('the connection was closed before an event came');
      return first;
    },
    waitClosed: () => closed,
    async [Symbol.asyncDispose]() {
      socket.destroy();
      await closed;
    },
  };
}

export const ANY: SeriesFields = {
  country: 0,
  market: 0,
  instrument_group: 0,
  modifier: 0,
  commodity: 0,
  expiration_date: 0,
  strike_price: 0,
};

/** A CQ3; an account that is not given is the wildcard, NULs. */
export function positionQueryMessage(
  options: {
    segment?: number;
    series?: SeriesFields;
    search?: SeriesFields;
    account?: Partial<AccountFields>;
    date?: string;
  } = {},
): Buffer {
  const { segment = 1, series = ANY, search = ANY, account = {}, date } = options;
  return message('CQ3', { series, search_series: search, account, segment_number: segment, date });
}

/** All segments of a CQ3, the way a client downloads them: until the segment number is 0. */
export async function downloadPositions(client: OapiClient): Promise<AnswerPositionItem[]> {
  const rows: AnswerPositionItem[] = [];
  for (let segment = 1; ; segment++) {
    const reply = await client.query(positionQueryMessage({ segment }));
    if (reply.completion !== 0) throw new Error(`segment ${segment} answered ${reply.completion} / ${reply.status}`);
    const answer = read<AnswerPosition>('CA3', reply.answer);
    rows.push(...answer.item);
    if (answer.segment_number === 0) return rows;
  }
}

/** A CQ10 for the instrument type of `series`; what is not given asks for all trades of the business date. */
export function tradeQueryMessage(
  series: SeriesFields,
  { first = 1, last = 0, date }: { first?: number; last?: number; date?: string } = {},
): Buffer {
  return message('CQ10', { series, sequence_first: first, sequence_last: last, date });
}

export interface TradeItem {
  readonly base: ClTradeBase;
  readonly securityPart: ClTradeSecurPart;
}

/** The items behind the header of a CA10 or CA11, the way a client reads them: what it does not know it skips by its size. */
export function readTradeItems(answer: Buffer, headerBytes: number, count: number): TradeItem[] {
  const trades: TradeItem[] = [];
  let at = headerBytes;
  for (let i = 0; i < count; i++) {
    const item = { items: answer.readUInt16LE(at), size: answer.readUInt16LE(at + 2) };
    let base: ClTradeBase | undefined;
    let securityPart: ClTradeSecurPart | undefined;
    let inItem = at + 4;
    for (let sub = 0; sub < item.items; sub++) {
      const [named_struct, size] = [answer.readUInt16LE(inItem), answer.readUInt16LE(inItem + 2)];
      const body = answer.subarray(inItem + 4, inItem + size);
      if (named_struct === 3) base = readNamed<ClTradeBase>(3, body);
      if (named_struct === 20) securityPart = readNamed<ClTradeSecurPart>(20, body);
      inItem += size;
    }
    at += item.size;
    if (inItem !== at) throw new Error(`item ${i} has ${item.size} bytes, its sub items end at ${inItem}, not ${at}`);
    if (!base || !securityPart) throw new Error(`item ${i} has no trade`);
    trades.push({ base, securityPart });
  }
  if (at !== answer.length) throw new Error(`the items end at ${at} of ${answer.length} bytes`);
  return trades;
}

/** All trades of an instrument type and date by CQ10, until nothing more is found. */
export async function downloadTrades(client: OapiClient, series: SeriesFields, date?: string): Promise<TradeItem[]> {
  const trades: TradeItem[] = [];
  for (;;) {
    const first = (trades.at(-1)?.base.sequence_number ?? 0) + 1;
    const reply = await client.query(tradeQueryMessage(series, { first, ...(date === undefined ? {} : { date }) }));
    if (reply.completion !== 0) throw new Error(`CQ10 from ${first} answered ${reply.completion} / ${reply.status}`);
    const { items } = readHeader<{ items: number }>('CA10', reply.answer);
    if (items === 0) return trades;
    trades.push(...readTradeItems(reply.answer, 8, items));
  }
}

/** Only the TYPE, `UQ12`: a whole message where nothing follows, a stub of one where something should. */
export function typeOnly(type: string, bytes = 4): Buffer {
  const message = Buffer.alloc(bytes);
  message.write(type.slice(0, 2), 'latin1');
  message.writeUInt16LE(Number(type.slice(2)), 2);
  return message;
}
