import type { Socket } from 'node:net';
import { callbackify } from 'node:util';
import type { Passage, Send } from './effect-kind.ts';

type Write = Socket['_write'];

/**
 * Changes what a socket sends, below everything that writes to it: HTTP on a TLS socket, frames or SSH packets on a plain
 * one. While no passage is open the socket is as it was: nothing of a day without faults goes through here.
 */
export class OutgoingTap {
  readonly #socket: Socket;
  /** Empty writes that stand in the socket's queue where a passage begins or ends: the order of writes is kept. */
  readonly #marks = new Map<unknown, () => void>();
  #passages: readonly Passage[] = [];
  #isInstalled = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** What is written from here on goes through `passage`, until the answer is disposed of: what was written till then does. */
  open(passage: Passage): Disposable {
    this.#at(() => {
      this.#passages = [...this.#passages, passage];
    });
    return {
      [Symbol.dispose]: () =>
        this.#at(() => {
          this.#passages = this.#passages.filter((each) => each !== passage);
        }),
    };
  }

  /** Performs it when everything written so far has gone through. */
  #at(change: () => void): void {
    const socket = this.#socket;
    this.#install();
    if (!socket.writable) return change();
    const mark = Buffer.alloc(0);
    this.#marks.set(mark, change);
    socket.write(mark);
  }

  #install(): void {
    if (this.#isInstalled) return;
    this.#isInstalled = true;
    const socket = this.#socket;
    const real: Write = socket._write;
    const send: Send = (bytes) =>
      new Promise((resolve, reject) => {
        real.call(socket, bytes, 'buffer' as BufferEncoding, (error) => (error ? reject(error) : resolve()));
      });
    const write: Write = (chunk: Buffer | string, encoding, done) => {
      const change = this.#marks.get(chunk);
      if (change) {
        this.#marks.delete(chunk);
        change();
        if (this.#passages.length === 0 && this.#marks.size === 0) this.#remove();
        return done();
      }
      if (this.#passages.length === 0) return real.call(socket, chunk, encoding, done);
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
      callbackify(() => through(this.#passages, bytes, send))(done);
    };
    // Own properties over those of the class: one write at a time, each in its order.
    Object.assign(socket, { _write: write, _writev: null });
  }

  #remove(): void {
    this.#isInstalled = false;
    Reflect.deleteProperty(this.#socket, '_write');
    Reflect.deleteProperty(this.#socket, '_writev');
  }
}

function through([first, ...rest]: readonly Passage[], bytes: Buffer, send: Send): Promise<void> {
  return first ? first(bytes, (part) => through(rest, part, send)) : send(bytes);
}
