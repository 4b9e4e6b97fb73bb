/** The bytes of a file, asked for piece by piece: who serves a file need not hold it whole. */
export interface FileContent {
  /** Bytes. */
  readonly size: number;
  /** At most `length` bytes from `offset` on, at least one where `offset` is inside the file. Nobody writes into them. */
  readonly slice: (offset: number, length: number) => Buffer;
}

/** What lies in memory: a piece is a view on it and no copy. */
export function contentOf(bytes: Buffer): FileContent {
  return { size: bytes.length, slice: (offset, length) => bytes.subarray(offset, offset + length) };
}
