/** RFC 4253 section 4.2: the line, with CR LF, is 255 bytes at most, and a client sends nothing before it. */
const LINE_LENGTH_MAX = 255;
const LINE = /^SSH-(?:2\.0|1\.99)-[\x21-\x7e]+(?: [\x20-\x7e]*)?\r?\n$/;

/**
 * Reads a client's identification line, however slowly it comes. ssh2's own reader loses bytes when the line
 * comes in three pieces, and keeps a whole connection object for somebody who never says a word.
 */
export class IdentificationReader {
  #received: Buffer = Buffer.alloc(0);

  /** `complete` comes once, with every byte received so far: the line and what follows it. */
  receive(
    chunk: Buffer,
  ): { readonly state: 'incomplete' | 'invalid' } | { readonly state: 'complete'; readonly bytes: Buffer } {
    this.#received = Buffer.concat([this.#received, chunk]);
    const end = this.#received.indexOf(0x0a);
    const lineLength = end === -1 ? this.#received.length : end + 1;
    if (lineLength > LINE_LENGTH_MAX) return { state: 'invalid' };
    const line = this.#received.toString('latin1', 0, lineLength);
    if (end === -1) return { state: 'SSH-'.startsWith(line.slice(0, 4)) ? 'incomplete' : 'invalid' };
    return LINE.test(line) ? { state: 'complete', bytes: this.#received } : { state: 'invalid' };
  }
}
