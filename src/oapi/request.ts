import { Secret } from '../clearing/secret.ts';
import { COMPLETION, type CompletionCode } from './completion.ts';
import { encodeFrame, type Frame } from './frame.ts';

/** What a client may ask; the numbers are the frame's `op`. */
export const OPERATION = {
  login: 1,
  logout: 2,
  'set-new-password': 3,
  transaction: 4,
  query: 5,
  'get-info': 6,
  'set-event': 7,
  'clear-event': 8,
  'show-events': 9,
  heartbeat: 10,
  'show-subscriptions': 11,
} as const;

export type Operation = keyof typeof OPERATION;

export type Request =
  | LoginRequest
  | SetNewPasswordRequest
  | MessageRequest
  | { readonly op: 'get-info'; readonly type: number }
  | SubscriptionRequest
  | { readonly op: 'logout' | 'show-events' | 'show-subscriptions' | 'heartbeat' };

/** A text is undefined where its field has no NUL: oapi-facts.md 1.2, that is answered -2030. */
export interface LoginRequest {
  readonly op: 'login';
  readonly user: string | undefined;
  readonly password: Secret | undefined;
  readonly application: string | undefined;
  readonly forced: boolean;
}

export interface SetNewPasswordRequest {
  readonly op: 'set-new-password';
  readonly current: Secret | undefined;
  readonly next: Secret | undefined;
}

export interface MessageRequest {
  readonly op: 'transaction' | 'query';
  readonly facility: number;
  /** A packed message, beginning with its TYPE. */
  readonly message: Buffer;
}

/** Without a list it is about everything of the event type. The list is the API's own, unread: oapi-facts.md 1.2. */
export interface SubscriptionRequest {
  readonly op: 'set-event' | 'clear-event';
  readonly eventType: number;
  readonly list?: Buffer;
}

/** A complete frame that asks nothing this gateway knows; the connection stays. */
export interface BadRequest {
  readonly op: 'bad';
  readonly completion: CompletionCode;
  /** What was found and what is allowed. */
  readonly problem: string;
}

const NAMES = new Map<number, Operation>(Object.entries(OPERATION).map(([name, op]) => [op, name as Operation]));
const TEXT_BYTES = 32;
export const LOGIN_BYTES = 3 * TEXT_BYTES + 4;
export const SET_NEW_PASSWORD_BYTES = 2 * TEXT_BYTES;

export function decodeRequest(frame: Frame): Request | BadRequest {
  const { body } = frame;
  const op = NAMES.get(frame.op);
  switch (op) {
    case undefined:
      return bad(COMPLETION.NOT_SUPPORTED, `operation ${frame.op}; allowed are 1 to ${NAMES.size}`);
    case 'login': {
      if (body.length !== LOGIN_BYTES) return wrongSize(op, body.length, LOGIN_BYTES);
      const forced = body.readUInt8(3 * TEXT_BYTES);
      if (forced > 1) return bad(COMPLETION.INVALID_ARGUMENT, `login: forced is ${forced}; allowed are 0 and 1`);
      return {
        op,
        user: terminated(body, 0),
        password: secret(body, TEXT_BYTES),
        application: terminated(body, 2 * TEXT_BYTES),
        forced: forced === 1,
      };
    }
    case 'set-new-password':
      if (body.length !== SET_NEW_PASSWORD_BYTES) return wrongSize(op, body.length, SET_NEW_PASSWORD_BYTES);
      return { op, current: secret(body, 0), next: secret(body, TEXT_BYTES) };
    case 'transaction':
    case 'query':
      if (body.length < 4)
        return bad(COMPLETION.WRONG_SIZE, `${op}: a body of ${body.length} bytes; at least 4 are needed`);
      return { op, facility: body.readUInt32LE(0), message: body.subarray(4) };
    case 'get-info':
      return body.length === 4 ? { op, type: body.readUInt32LE(0) } : wrongSize(op, body.length, 4);
    case 'set-event':
    case 'clear-event': {
      if (body.length < 4)
        return bad(COMPLETION.WRONG_SIZE, `${op}: a body of ${body.length} bytes; at least 4 are needed`);
      const eventType = body.readUInt32LE(0);
      // A view is enough: it is answered before the next frame is taken.
      return body.length === 4 ? { op, eventType } : { op, eventType, list: body.subarray(4) };
    }
    case 'logout':
    case 'show-events':
    case 'show-subscriptions':
    case 'heartbeat':
      return body.length === 0 ? { op } : wrongSize(op, body.length, 0);
  }
}

/** The client's side. @throws RangeError where a text is longer than its field */
export function encodeRequest(request: Request, requestId: number): Buffer {
  return encodeFrame(OPERATION[request.op], requestId, bodyOf(request));
}

function bodyOf(request: Request): Buffer {
  switch (request.op) {
    case 'login': {
      const body = Buffer.alloc(LOGIN_BYTES);
      writeTerminated(body, 0, request.user);
      writeTerminated(body, TEXT_BYTES, request.password?.reveal());
      writeTerminated(body, 2 * TEXT_BYTES, request.application);
      body.writeUInt8(request.forced ? 1 : 0, 3 * TEXT_BYTES);
      return body;
    }
    case 'set-new-password': {
      const body = Buffer.alloc(SET_NEW_PASSWORD_BYTES);
      writeTerminated(body, 0, request.current?.reveal());
      writeTerminated(body, TEXT_BYTES, request.next?.reveal());
      return body;
    }
    case 'transaction':
    case 'query':
      return Buffer.concat([u32(request.facility), request.message]);
    case 'get-info':
      return u32(request.type);
    case 'set-event':
    case 'clear-event':
      return Buffer.concat([u32(request.eventType), request.list ?? Buffer.alloc(0)]);
    case 'logout':
    case 'show-events':
    case 'show-subscriptions':
    case 'heartbeat':
      return Buffer.alloc(0);
  }
}

function terminated(body: Buffer, offset: number): string | undefined {
  const field = body.subarray(offset, offset + TEXT_BYTES);
  const end = field.indexOf(0);
  return end < 0 ? undefined : field.toString('latin1', 0, end);
}

function secret(body: Buffer, offset: number): Secret | undefined {
  const text = terminated(body, offset);
  return text === undefined ? undefined : new Secret(text);
}

/** Undefined writes a field without a NUL: tests need one. */
function writeTerminated(body: Buffer, offset: number, text: string | undefined): void {
  if (text === undefined) {
    body.fill('X', offset, offset + TEXT_BYTES, 'latin1');
    return;
  }
  if (text.length >= TEXT_BYTES)
    throw new RangeError(`a text of ${text.length} characters; at most ${TEXT_BYTES - 1} fit`);
  body.write(text, offset, 'latin1');
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function bad(completion: CompletionCode, problem: string): BadRequest {
  return { op: 'bad', completion, problem };
}

function wrongSize(op: Operation, found: number, allowed: number): BadRequest {
  return bad(COMPLETION.WRONG_SIZE, `${op}: a body of ${found} bytes; ${allowed} are allowed`);
}
