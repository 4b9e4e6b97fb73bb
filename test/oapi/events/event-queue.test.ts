import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from '../../../src/oapi/events/event-queue.ts';

const frame = (number: number): Buffer => Buffer.from([number]);

/** A client that takes nothing until it is told to read. */
function slowClient(limits: { readonly bytes: number; readonly events: number }) {
  const sent: number[] = [];
  const lost: number[] = [];
  let unread = 0;
  const queue = new EventQueue(
    {
      send: (each) => {
        sent.push(each.readUInt8(0));
        unread += each.length;
      },
      waitingBytes: () => unread,
    },
    limits,
    (count) => lost.push(count),
  );
  return { queue, sent, lost, read: () => (unread = 0) };
}

test('while the client does not read, broadcasts wait up to the limit; then the newest are lost, and it is told', () => {
  const { queue, sent, lost, read } = slowClient({ bytes: 2, events: 3 });
  expect([1, 2, 3, 4, 5, 6, 7].map((each) => queue.push(frame(each)))).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
  expect([sent, lost]).toEqual([[1, 2], []]);
  read();
  queue.flush();
  expect([sent, lost]).toEqual([[1, 2, 3, 4], []]);
  // Room for one again, but what came since the loss must not overtake the news of it.
  expect(queue.push(frame(8))).toBe(false);
  read();
  queue.flush();
  expect([sent, lost]).toEqual([[1, 2, 3, 4, 5], [3]]);
  expect(queue.push(frame(9))).toBe(true);
  expect(sent).toEqual([1, 2, 3, 4, 5, 9]);
});

test('a late one keeps its place: what follows waits behind it, and a client that reads is not taken for a slow one', () => {
  const { queue, sent } = slowClient({ bytes: 10, events: 3 });
  const due = queue.pushLate(frame(1));
  expect([queue.push(frame(2)), queue.isWaiting()]).toEqual([true, false]);
  queue.flush();
  expect(sent).toEqual([]);
  due?.();
  expect(sent).toEqual([1, 2]);
  // Once is enough.
  due?.();
  expect(sent).toEqual([1, 2]);
});

test('late ones count towards the limit, and the news of those that are lost comes after them', () => {
  const { queue, sent, lost } = slowClient({ bytes: 10, events: 2 });
  const [first, second, third] = [queue.pushLate(frame(1)), queue.pushLate(frame(2)), queue.pushLate(frame(3))];
  expect(third).toBe(undefined);
  second?.();
  expect([sent, lost]).toEqual([[], []]);
  first?.();
  expect([sent, lost]).toEqual([[1, 2], [1]]);
});

/**
 * Goal: nothing is lost in silence and nothing comes out of order. Method: any mix of pushes, late ones, reads and flushes; in the
 * end everything was sent in order or is in the number that was told.
 */
test('every broadcast is sent, in order and once, or counted as lost', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('push', 'late', 'due', 'read', 'flush'), { maxLength: 60 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 4 }),
      (steps, bytes, events) => {
        const { queue, sent, lost, read } = slowClient({ bytes, events });
        let pushed = 0;
        const kept: number[] = [];
        const late: (() => void)[] = [];
        for (const step of steps) {
          if (step === 'push') {
            if (queue.push(frame(++pushed))) kept.push(pushed);
          } else if (step === 'late') {
            const due = queue.pushLate(frame(++pushed));
            if (!due) continue;
            kept.push(pushed);
            late.push(due);
          } else if (step === 'due') late.pop()?.();
          else if (step === 'read') read();
          else queue.flush();
        }
        for (const due of late) due();
        while (queue.isWaiting()) {
          read();
          queue.flush();
        }
        expect(sent).toEqual(kept);
        expect(kept.length + lost.reduce((sum, each) => sum + each, 0)).toBe(pushed);
      },
    ),
  );
});
