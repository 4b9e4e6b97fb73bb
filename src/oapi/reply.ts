import { COMPLETION, type CompletionCode } from './completion.ts';
import { encodeFrame, FrameError, type Frame } from './frame.ts';

/** What the gateway sends: a reply to each request, an event when something happens, an error before it hangs up. */
export type ServerFrame =
  | ({ readonly op: 'reply'; readonly toOperation: number; readonly requestId: number } & Reply)
  /** With the handle of the subscription that brought it, where that was made with a list. */
  | { readonly op: 'event'; readonly eventType: number; readonly message: Buffer; readonly handle?: number }
  | { readonly op: 'error'; readonly completion: number; readonly text: string };

export interface Reply {
  readonly completion: number;
  /** Transaction status: negative refused, positive accepted with information. */
  readonly status: number;
  /** 0 where nothing reached the back end. */
  readonly transactionId: bigint;
  /** Always 0: clearing has no orders. */
  readonly orderId: bigint;
  readonly answer: Buffer;
  /** Undefined: at once. */
  readonly given?: Given | undefined;
}

/** How an answer reaches its client where a rule of the scenario says so: so many transport ms later, or never. */
export type Given = { readonly afterMs: number } | 'never';

export const REPLY_BIT = 0x80;
export const EVENT_OP = 0xc0;
const SUBSCRIBED_EVENT_OP = 0xc1;
export const ERROR_OP = 0xff;
const REPLY_BYTES = 24;
const NOTHING = Buffer.alloc(0);

export function reply<C extends number>(
  completion: C,
  fields: Partial<Omit<Reply, 'completion' | 'orderId'>> = {},
): Reply & { readonly completion: C } {
  const { status = 0, transactionId = 0n, answer = NOTHING, given } = fields;
  return { completion, status, transactionId, orderId: 0n, answer, ...(given === undefined ? {} : { given }) };
}

export function encodeReply(operation: number, requestId: number, { completion, status, ...rest }: Reply): Buffer {
  const body = Buffer.allocUnsafe(REPLY_BYTES + rest.answer.length);
  body.writeInt32LE(completion, 0);
  body.writeInt32LE(status, 4);
  body.writeBigUInt64LE(rest.transactionId, 8);
  body.writeBigUInt64LE(rest.orderId, 16);
  rest.answer.copy(body, REPLY_BYTES);
  return encodeFrame(operation | REPLY_BIT, requestId, body);
}

/** An event answers no request: its request id is 0. Handle 0 is none. */
export function encodeEvent(eventType: number, message: Buffer, handle = 0): Buffer {
  const messageAt = handle === 0 ? 4 : 8;
  const body = Buffer.allocUnsafe(messageAt + message.length);
  body.writeUInt32LE(eventType, 0);
  if (handle !== 0) body.writeUInt32LE(handle, 4);
  message.copy(body, messageAt);
  return encodeFrame(handle === 0 ? EVENT_OP : SUBSCRIBED_EVENT_OP, 0, body);
}

/** The event type of what follows lost events; its message is how many, u32. */
const OVERFLOW_EVENT = 0;

export function encodeOverflow(lost: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(lost);
  return encodeEvent(OVERFLOW_EVENT, count);
}

export function encodeError(completion: CompletionCode, text: string): Buffer {
  const body = Buffer.allocUnsafe(4 + text.length);
  body.writeInt32LE(completion, 0);
  body.write(text, 4, 'latin1');
  return encodeFrame(ERROR_OP, 0, body);
}

/** The client's side. @throws FrameError */
export function decodeServerFrame({ op, requestId, body }: Frame): ServerFrame {
  const fixedBytes = fixedBytesOf(op);
  if (body.length < fixedBytes) {
    throw new FrameError(COMPLETION.BROKEN_FRAME, `a body of ${body.length} bytes; at least ${fixedBytes} are needed`);
  }
  if (op === EVENT_OP) return { op: 'event', eventType: body.readUInt32LE(0), message: Buffer.from(body.subarray(4)) };
  if (op === SUBSCRIBED_EVENT_OP) {
    const [eventType, handle] = [body.readUInt32LE(0), body.readUInt32LE(4)];
    return { op: 'event', eventType, handle, message: Buffer.from(body.subarray(8)) };
  }
  if (op === ERROR_OP) return { op: 'error', completion: body.readInt32LE(0), text: body.toString('latin1', 4) };
  if ((op & REPLY_BIT) === 0) throw new FrameError(COMPLETION.BROKEN_FRAME, `operation ${op} is not the gateway's`);
  return {
    op: 'reply',
    toOperation: op & ~REPLY_BIT,
    requestId,
    completion: body.readInt32LE(0),
    status: body.readInt32LE(4),
    transactionId: body.readBigUInt64LE(8),
    orderId: body.readBigUInt64LE(16),
    answer: Buffer.from(body.subarray(REPLY_BYTES)),
  };
}

function fixedBytesOf(op: number): number {
  if (op === EVENT_OP || op === ERROR_OP) return 4;
  return op === SUBSCRIBED_EVENT_OP ? 8 : REPLY_BYTES;
}
