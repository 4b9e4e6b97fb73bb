import type { Place } from '../problem.ts';

const [COMMA, QUOTE, LF, CR] = [0x2c, 0x22, 0x0a, 0x0d];

/** Lines and columns of a CSV file, found when somebody asks: most files have no mistake. */
export class CsvPlaces {
  readonly #bytes: Uint8Array;
  readonly #file: string;
  #lines: readonly number[] | undefined;

  constructor(bytes: Uint8Array, file: string) {
    this.#bytes = bytes;
    this.#file = file;
  }

  /** Where the byte at `offset` stands; columns count characters. */
  at(offset: number): Place {
    const lines = (this.#lines ??= lineStarts(this.#bytes));
    let [low, high] = [0, lines.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lines[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const before = this.#bytes.subarray(lines[low], offset);
    return { file: this.#file, line: low + 1, column: new TextDecoder().decode(before).length + 1 };
  }

  /** Where cell number `cell` begins, counted from 0, of the row that begins at `offset`. */
  ofCell(offset: number, cell: number): Place {
    let at = offset;
    let quoted = false;
    for (let left = cell; left > 0 && at < this.#bytes.length; at++) {
      const byte = this.#bytes[at];
      if (byte === QUOTE) quoted = !quoted;
      else if (byte === COMMA && !quoted) left -= 1;
      else if ((byte === LF || byte === CR) && !quoted) break;
    }
    return this.at(at);
  }
}

function lineStarts(bytes: Uint8Array): readonly number[] {
  const starts = [0];
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) starts.push(at + 1);
  }
  return starts;
}
