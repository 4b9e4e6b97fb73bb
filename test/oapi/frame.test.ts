import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame, FrameError, FrameReader, LENGTH_MAX } from '../../src/oapi/frame.ts';

interface Read {
  readonly op: number;
  readonly requestId: number;
  readonly body: string;
}

function readAll(chunks: readonly Buffer[]): { frames: Read[]; error: string | undefined; unread: number } {
  const reader = new FrameReader();
  const frames: Read[] = [];
  try {
    for (const chunk of chunks) {
      reader.push(chunk);
      for (let frame = reader.next(); frame; frame = reader.next()) {
        frames.push({ op: frame.op, requestId: frame.requestId, body: frame.body.toString('hex') });
      }
    }
  } catch (error) {
    if (!(error instanceof FrameError)) throw error;
    return { frames, error: error.message, unread: 0 };
  }
  return { frames, error: undefined, unread: reader.unread() };
}

function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.subarray(at[i] as number, end));
}

const frames = fc.array(
  fc.record({
    op: fc.integer({ min: 0, max: 255 }),
    requestId: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    body: fc.uint8Array({ maxLength: 200 }),
  }),
  { maxLength: 8 },
);
const cuts = fc.array(fc.nat({ max: 5_000 }), { maxLength: 30 });

// Goal: TCP may split anywhere. Method: random frames, random cuts, compared with what was put in.
test('however the stream is split, the same frames come out', () => {
  fc.assert(
    fc.property(frames, cuts, (sent, at) => {
      const bytes = Buffer.concat(sent.map((f) => encodeFrame(f.op, f.requestId, Buffer.from(f.body))));
      const expected = sent.map((f) => ({ ...f, body: Buffer.from(f.body).toString('hex') }));
      expect(readAll(split(bytes, at))).toEqual({ frames: expected, error: undefined, unread: 0 });
    }),
  );
});

// Goal: garbage is refused at the same place however it comes. Method: random bytes behind a valid frame.
test('random bytes give the same frames and the same refusal in one piece and in many', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), cuts, (noise, at) => {
      const bytes = Buffer.concat([encodeFrame(10, 1, Buffer.alloc(0)), Buffer.from(noise)]);
      const whole = readAll([bytes]);
      const pieces = readAll(split(bytes, at));
      expect(pieces).toEqual(whole);
    }),
  );
});

test('a frame that drips in byte by byte is read once it is complete', () => {
  const bytes = encodeFrame(5, 7, Buffer.alloc(64_004, 1));
  const { frames: read } = readAll(
    split(
      bytes,
      Array.from({ length: bytes.length }, (_, i) => i),
    ),
  );
  expect(read).toEqual([{ op: 5, requestId: 7, body: '01'.repeat(64_004) }]);
});

test('a length above the limit is refused before its bytes come', () => {
  const header = Buffer.alloc(4);
  header.writeUInt32LE(LENGTH_MAX + 1);
  expect(readAll([header]).error).toBe('the frame length is 64033; allowed are 8 to 64032');
});

test('a foreign version is refused with the one that is spoken', () => {
  expect(readAll([Buffer.from('0800000002', 'hex')]).error).toBe('the frame version is 2; this gateway speaks 1');
});
