import { COMPLETION, type CompletionCode } from './completion.ts';

// The framing is ours: oapi-facts.md section 8, nothing about the vendor's is public. Byte tables: PROTOCOL.md.
export const FRAME_VERSION = 1;
export const FRAME_HEADER_BYTES = 12;
/** Greatest packed message: oapi-facts.md section 3, C. */
export const MESSAGE_BYTES_MAX = 64_000;
/** What `length` counts: the header after itself, and the body. */
export const LENGTH_MIN = FRAME_HEADER_BYTES - 4;
/** The fixed fields of a reply, and a message of the greatest size. */
export const LENGTH_MAX = LENGTH_MIN + 24 + MESSAGE_BYTES_MAX;

export interface Frame {
  readonly op: number;
  readonly requestId: number;
  /** A view into the received bytes: valid until the next one is taken. */
  readonly body: Buffer;
}

/** Bytes that are no frame: nothing after them can be trusted, so the connection ends. */
export class FrameError extends Error {
  readonly completion: CompletionCode;

  constructor(completion: CompletionCode, message: string) {
    super(message);
    this.name = 'FrameError';
    this.completion = completion;
  }
}

export function encodeFrame(op: number, requestId: number, body: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + body.length);
  frame.writeUInt32LE(LENGTH_MIN + body.length, 0);
  frame.writeUInt8(FRAME_VERSION, 4);
  frame.writeUInt8(op, 5);
  frame.writeUInt16LE(0, 6);
  frame.writeUInt32LE(requestId, 8);
  body.copy(frame, FRAME_HEADER_BYTES);
  return frame;
}

/**
 * Cuts a byte stream into frames, however it was split on the way. It never allocates by a length
 * that the other side only claims: memory grows with the bytes that have really come.
 */
export class FrameReader {
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;
  #end = 0;
  /** Whether `#bytes` is ours to write behind `#end`, not a chunk of the socket. */
  #own = false;

  push(chunk: Buffer): void {
    const unread = this.unread();
    if (unread === 0) {
      this.#bytes = chunk;
      this.#start = 0;
      this.#end = chunk.length;
      this.#own = false;
      return;
    }
    if (!this.#own || this.#end + chunk.length > this.#bytes.length) {
      // Doubling: a frame that drips in byte by byte must not cost a copy of itself for every byte.
      const roomy = Buffer.allocUnsafe(Math.max(256, 2 * (unread + chunk.length)));
      this.#bytes.copy(roomy, 0, this.#start, this.#end);
      this.#bytes = roomy;
      this.#start = 0;
      this.#end = unread;
      this.#own = true;
    }
    chunk.copy(this.#bytes, this.#end);
    this.#end += chunk.length;
  }

  /** Bytes that have come and are not part of a frame taken yet. */
  unread(): number {
    return this.#end - this.#start;
  }

  /** The next complete frame, or undefined. @throws FrameError as soon as the bytes cannot become a frame */
  next(): Frame | undefined {
    const unread = this.unread();
    if (unread < 4) return undefined;
    const length = this.#bytes.readUInt32LE(this.#start);
    if (length < LENGTH_MIN || length > LENGTH_MAX) {
      throw new FrameError(
        COMPLETION.BROKEN_FRAME,
        `the frame length is ${length}; allowed are ${LENGTH_MIN} to ${LENGTH_MAX}`,
      );
    }
    if (unread >= 5) this.#checkVersion();
    if (unread < 4 + length) return undefined;

    const at = this.#start;
    const reserved = this.#bytes.readUInt16LE(at + 6);
    if (reserved !== 0)
      throw new FrameError(COMPLETION.BROKEN_FRAME, `the reserved field is ${reserved}; it must be 0`);
    this.#start = at + 4 + length;
    return {
      op: this.#bytes.readUInt8(at + 5),
      requestId: this.#bytes.readUInt32LE(at + 8),
      body: this.#bytes.subarray(at + FRAME_HEADER_BYTES, this.#start),
    };
  }

  #checkVersion(): void {
    const version = this.#bytes.readUInt8(this.#start + 4);
    if (version === FRAME_VERSION) return;
    throw new FrameError(
      COMPLETION.LIBRARY_TOO_OLD,
      `the frame version is ${version}; this gateway speaks ${FRAME_VERSION}`,
    );
  }
}
