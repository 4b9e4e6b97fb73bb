import { randomFillSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pooledRandom } from '../../src/sftp/pooled-random.ts';

/** Random bytes that count: 1, 2, 3 … over all that was asked for. */
function counting() {
  let last = 0;
  let calls = 0;
  const fill = (bytes: Buffer, offset = 0, size = bytes.length - offset): Buffer => {
    calls += 1;
    for (let at = offset; at < offset + size; at += 1) bytes[at] = (last += 1) % 251;
    return bytes;
  };
  return { fill, calls: () => calls };
}

// Goal: whoever asks gets exactly the piece that it asked for, of bytes that nobody else gets. Method: bytes that count, so that
// every piece must go on where the one before it ended, or at the beginning of another pool.
test('any small piece of any buffer is filled, and nothing beside it; no byte is given twice', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ before: fc.nat(20), size: fc.nat(256), after: fc.nat(20) }), {
        minLength: 1,
        maxLength: 300,
      }),
      (asked) => {
        const { fill, calls } = counting();
        const random = pooledRandom(fill);
        let last = 0;
        let pools = 0;
        for (const { before, size, after } of asked) {
          const bytes = Buffer.alloc(before + size + after, 0xff);
          expect(random(bytes, before, size)).toBe(bytes);
          if (calls() > pools) last = (pools * 16 * 1024) % 251;
          pools = calls();
          for (const [place, byte] of bytes.entries()) {
            const isInside = place >= before && place < before + size;
            if (byte !== (isInside ? (last = (last + 1) % 251) : 0xff)) throw new Error(`byte ${place} is ${byte}`);
          }
        }
        expect(pools).toBeLessThanOrEqual(1 + asked.length / 63);
      },
    ),
  );
});

test('without offset and size the whole buffer is meant', () => {
  const random = pooledRandom(counting().fill);
  expect([...random(Buffer.alloc(3))]).toEqual([1, 2, 3]);
  expect([...random(Buffer.alloc(3), 2)]).toEqual([0, 0, 4]);
});

test('a large piece is not of the pool', () => {
  const { fill, calls } = counting();
  const random = pooledRandom(fill);
  random(Buffer.alloc(257));
  random(Buffer.alloc(257));
  expect(calls()).toBe(2);
});

test.each([
  [0, 11],
  [11, 0],
  [-1, 2],
  [Number.NaN, 2],
])('what is no piece of a buffer of 10 is refused as Node refuses it: offset %d, size %d', (offset, size) => {
  const errorOf = (random: typeof randomFillSync): unknown => {
    try {
      random(Buffer.alloc(10), offset, size);
      return 'nothing';
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(errorOf(pooledRandom(randomFillSync) as typeof randomFillSync)).toBe(errorOf(randomFillSync));
  expect(errorOf(randomFillSync)).not.toBe('nothing');
});
