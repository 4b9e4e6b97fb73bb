type Fill = (bytes: Buffer, offset?: number, size?: number) => Buffer;

const POOL_BYTES = 16 * 1024;
const POOLED_MAX = 256;

/**
 * `randomFillSync` for many small pieces: it asks `fill` for a pool of bytes at once, and gives each of them away once.
 * @param fill of node:crypto; asked for itself where a piece is large or is no piece of the buffer
 */
export function pooledRandom(fill: Fill): Fill {
  const pool = Buffer.alloc(POOL_BYTES);
  let next = pool.length;
  return (bytes, offset = 0, size = bytes.length - offset) => {
    const end = offset + size;
    // Also what is not a number: compared with one, it is not smaller.
    if (!Buffer.isBuffer(bytes) || !(offset >= 0 && size >= 0 && size <= POOLED_MAX && end <= bytes.length))
      return fill(bytes, offset, size);
    if (next + size > pool.length) {
      fill(pool);
      next = 0;
    }
    pool.copy(bytes, offset, next, next + size);
    pool.fill(0, next, next + size);
    next += size;
    return bytes;
  };
}
