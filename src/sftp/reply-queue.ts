// A path can be as long as a packet, 256 KiB: all that wait together are held to this.
const TEXT_WAITING_MAX = 1024 * 1024;

/**
 * The requests of one SFTP channel that wait for their answers, first come first served. An answer is made
 * only when there is room for it: a client that asks for a whole file at once, as paramiko does, or that asks
 * and never reads, holds requests of a few bytes here and not their answers (platform-notes.md "SFTP speed":
 * a naive server held 670 MiB).
 */
export class ReplyQueue {
  readonly #waitingMax: number;
  readonly #hasRoom: () => boolean;
  #waiting: { readonly answer: () => void; readonly textLength: number }[] = [];
  #textLength = 0;
  #head = 0;
  #pumping = false;

  constructor(waitingMax: number, hasRoom: () => boolean) {
    this.#waitingMax = waitingMax;
    this.#hasRoom = hasRoom;
  }

  get length(): number {
    return this.#waiting.length - this.#head;
  }

  /**
   * @param textLength characters of text that the request holds while it waits.
   * @returns false: too much is waiting, and this one was not taken.
   */
  push(answer: () => void, textLength: number): boolean {
    if (this.length >= this.#waitingMax || this.#textLength + textLength > TEXT_WAITING_MAX) return false;
    this.#textLength += textLength;
    this.#waiting.push({ answer, textLength });
    return true;
  }

  /** Answers what there is room for. */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (this.length > 0 && this.#hasRoom()) {
        const request = this.#waiting[this.#head++];
        if (!request) return;
        this.#textLength -= request.textLength;
        request.answer();
      }
    } finally {
      this.#pumping = false;
      this.#compact();
    }
  }

  clear(): void {
    this.#waiting = [];
    this.#head = 0;
    this.#textLength = 0;
  }

  // Moving the rest to the front after every answer would cost the square of the queue.
  #compact(): void {
    if (this.#head < this.#waiting.length && this.#head < 1_024) return;
    this.#waiting = this.#waiting.slice(this.#head);
    this.#head = 0;
  }
}
