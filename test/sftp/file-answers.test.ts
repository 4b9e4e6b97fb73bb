import fc from 'fast-check';
import type { SFTPWrapper } from 'ssh2';
import { expect, test } from 'vitest';
import type { Line } from '../../src/faults/line.ts';
import { NO_FAULTS, type FaultHit } from '../../src/faults/live-faults.ts';
import { letFaultsHit } from '../../src/sftp/faulty-channel.ts';
import { answerWithoutCopies } from '../../src/sftp/file-answers.ts';

const HEADER_LENGTH = 13;

/** What ssh2 has of a channel: the window that the client opened, and what was sent of it. */
function channel(window: number, packetSize = 32_768) {
  const sent: Buffer[] = [];
  const outgoing = { id: 7, state: 'open', window, packetSize };
  const sftp = {
    outgoing,
    _buffer: [],
    _protocol: { channelData: (_id: number, bytes: Buffer) => void sent.push(Buffer.from(bytes)) },
    // ssh2's own way, for what fits into one packet.
    data(id: number, bytes: Buffer) {
      const packet = frame(id, bytes);
      outgoing.window -= packet.length;
      sent.push(packet);
    },
  };
  return { sftp: sftp as unknown as SFTPWrapper, outgoing, sent };
}

function frame(id: number, bytes: Buffer): Buffer {
  const head = Buffer.alloc(HEADER_LENGTH);
  head.writeUInt32BE(9 + bytes.length);
  head[4] = 103;
  head.writeUInt32BE(id, 5);
  head.writeUInt32BE(bytes.length, 9);
  return Buffer.concat([head, bytes]);
}

// Goal: whatever the window, the packet size and the order of reading, the client gets the frames that it would get whole, and
// never more at once than it or the server allows. Method: a client that opens its window again by random amounts.
test('any answers through any window are the same bytes, in packets that the client takes, and never too many unread', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 60, max: 4_000 }),
      fc.integer({ min: 40, max: 700 }),
      fc.integer({ min: 50, max: 2_000 }),
      fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 20 }),
      (lengths, window, packetSize, unreadMax, reads) => {
        const { sftp, outgoing, sent } = channel(window, packetSize);
        const files = answerWithoutCopies(sftp, unreadMax);
        const answers = lengths.map((length, id) => ({ id, bytes: Buffer.alloc(length, id + 1) }));
        const waiting = [...answers];
        for (let turn = 0; waiting.length > 0 || !files.flush(); turn += 1) {
          while (waiting.length > 0 && files.takesMore()) {
            const next = waiting.shift();
            if (next) sftp.data(next.id, next.bytes);
          }
          files.flush();
          const unread = window - outgoing.window;
          expect(unread).toBeLessThanOrEqual(Math.min(window, unreadMax));
          outgoing.window += Math.min(unread, reads[turn % reads.length] ?? 1);
        }
        for (const packet of sent) expect(packet.length).toBeLessThanOrEqual(packetSize);
        expect(Buffer.concat(sent)).toEqual(Buffer.concat(answers.map(({ id, bytes }) => frame(id, bytes))));
      },
    ),
  );
});

test('a client that was held back and does not say what it has read is held back no more after two sweeps', () => {
  const { sftp, outgoing, sent } = channel(100_000, 1_000);
  const files = answerWithoutCopies(sftp, 5_000);
  const bytes = Buffer.alloc(50_000, 'x');
  expect(files.takesMore()).toBe(true);
  sftp.data(1, bytes);
  expect({ isSent: files.flush(), unread: 100_000 - outgoing.window }).toEqual({ isSent: false, unread: 5_000 });
  files.sweep();
  expect(files.flush()).toBe(false);
  files.sweep();
  expect({ isSent: files.flush(), takesMore: files.takesMore() }).toEqual({ isSent: true, takesMore: true });
  expect(Buffer.concat(sent)).toEqual(frame(1, bytes));
});

test('a client that says between two sweeps what it has read stays held back', () => {
  const { sftp, outgoing } = channel(100_000, 1_000);
  const files = answerWithoutCopies(sftp, 5_000);
  sftp.data(1, Buffer.alloc(50_000, 'x'));
  for (let second = 0; second < 5; second += 1) {
    files.sweep();
    outgoing.window += 1_000;
    expect(files.flush()).toBe(false);
    expect(100_000 - outgoing.window).toBe(5_000);
  }
});

test('what a fault does to an answer, it does to all of it, also where the client takes only a part of it now', () => {
  const { sftp, sent } = channel(100_000, 1_000);
  const files = answerWithoutCopies(sftp, 2_000);
  const noAnswer = (): boolean => true;
  Object.assign(sftp, { emit: noAnswer, status: noAnswer, handle: noAnswer, name: noAnswer, attrs: noAnswer });
  let sentBefore = Number.NaN;
  const sentMeanwhile: Buffer[] = [];
  const line = {
    isSilent: false,
    apply() {
      sentBefore = sent.length;
      return { [Symbol.dispose]: () => void sentMeanwhile.push(...sent.slice(sentBefore)) };
    },
  };
  const throttle: FaultHit = {
    id: 'fault-1',
    effect: { do: 'throttle', bytesPerSecond: 1_000 },
    carriesOut: true,
    random: {} as never,
  };
  letFaultsHit(sftp, {
    faults: { ...NO_FAULTS, isQuiet: false, take: () => throttle },
    listener: 'sftp',
    user: 'CABC',
    line: () => line as unknown as Line,
    whole: (id, bytes) => files.whole(id, bytes),
    cut: () => undefined,
  });
  const bytes = Buffer.alloc(5_000, 'x');
  sftp.emit('READ', 1, Buffer.from('a handle'));
  sftp.data(1, bytes);
  expect(Buffer.concat(sentMeanwhile)).toEqual(frame(1, bytes));
});
