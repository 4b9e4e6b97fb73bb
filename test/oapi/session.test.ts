import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../../src/clearing/secret.ts';
import type { TakenRule } from '../../src/oapi/answers-on-demand/live-rules.ts';
import type { GatewayContext } from '../../src/oapi/gateway-context.ts';
import { tell } from '../../src/oapi/events/tell.ts';
import { FrameReader } from '../../src/oapi/frame.ts';
import { decodeServerFrame } from '../../src/oapi/reply.ts';
import { encodeRequest, type Request } from '../../src/oapi/request.ts';
import { OapiSession } from '../../src/oapi/session.ts';
import { DEFAULT_OAPI_SETTINGS } from '../../src/oapi/settings.ts';
import type { TransportTime } from '../../src/time/instant.ts';
import { coreAt, PASSWORD } from '../support/world.ts';
import { positionQueryMessage, typeOnly } from './client.ts';
import { geniumProtocol } from './messages.ts';
import { memoryJournal } from './world.ts';

const NOW = 5 as TransportTime;

/** A session without a socket: everything that it sends, and how it ended. */
function sessionWithoutSocket(...rules: TakenRule[]) {
  const { core } = coreAt('10:00');
  const journal = memoryJournal();
  const sent: Buffer[] = [];
  const state = { closed: '', waiting: 0 };
  const later: ((now: TransportTime) => void)[] = [];
  let ids = 0n;
  const gateway: GatewayContext = {
    name: 'oapi-1',
    core,
    journal,
    settings: DEFAULT_OAPI_SETTINGS,
    protocol: geniumProtocol,
    answers: { take: () => rules.shift() },
    isLinked: () => true,
    nextTransactionId: () => ++ids,
  };
  const output = {
    send: (frame: Buffer) => void sent.push(frame),
    waitingBytes: () => state.waiting,
    close: (why: string) => void (state.closed = why),
    later(_ms: number, call: (now: TransportTime) => void) {
      later.push(call);
      return { [Symbol.dispose]: () => undefined };
    },
    drop: (why: string) => void (state.closed = `dropped: ${why}`),
  };
  const session = new OapiSession(gateway, '127.0.0.1', output, NOW);
  return { session, sent, state, journal, later, core, gateway };
}

const CONVERSATION: readonly Request[] = [
  { op: 'login', user: 'BO_CABC801', password: new Secret(PASSWORD), application: 'split', forced: false },
  { op: 'query', facility: 171, message: typeOnly('UQ12') },
  { op: 'query', facility: 173, message: positionQueryMessage() },
  { op: 'transaction', facility: 173, message: typeOnly('CD35', 88) },
  { op: 'get-info', type: 1 },
  { op: 'logout' },
  { op: 'heartbeat' },
];

// Goal: the answers depend on the bytes, not on how TCP cut them. Method: one conversation, then
// noise, at random cuts; sent bytes and journal are compared with those of one piece.
test('however the bytes are split, the same answers and the same journal come out', () => {
  const conversation = CONVERSATION.map((request, i) => encodeRequest(request, i));
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 60 }),
      fc.array(fc.nat({ max: 1_000 }), { maxLength: 40 }),
      (noise, cuts) => {
        const bytes = Buffer.concat([...conversation, noise]);
        const run = (at: readonly number[]) => {
          const each = sessionWithoutSocket();
          at.forEach((end, i) => each.session.receive(bytes.subarray(at[i - 1] ?? 0, end), NOW));
          return {
            sent: Buffer.concat(each.sent).toString('hex'),
            journal: each.journal.entries,
            closed: each.state.closed,
          };
        };
        const ends = [...cuts.map((cut) => cut % bytes.length).toSorted((a, b) => a - b), bytes.length];
        expect(run(ends)).toEqual(run([bytes.length]));
      },
    ),
    { numRuns: 100 },
  );
});

test('no request is taken while half of the limit waits, and all are once it is read', () => {
  const { session, sent, state } = sessionWithoutSocket();
  state.waiting = DEFAULT_OAPI_SETTINGS.outgoingBytesMax / 2;
  session.receive(Buffer.concat(CONVERSATION.map((request, i) => encodeRequest(request, i))), NOW);
  expect({ sent: sent.length, waiting: session.isWaiting() }).toEqual({ sent: 0, waiting: true });
  state.waiting = 0;
  session.resume(NOW);
  expect({ sent: sent.length, waiting: session.isWaiting() }).toEqual({ sent: CONVERSATION.length, waiting: false });
});

test('after broken bytes nothing more is answered', () => {
  const { session, sent, state } = sessionWithoutSocket();
  session.receive(Buffer.from('ffffffff', 'hex'), NOW);
  session.receive(encodeRequest({ op: 'heartbeat' }, 1), NOW);
  expect({ sent: sent.length, closed: state.closed }).toEqual({ sent: 1, closed: 'broken-frame' });
});

test('while an answer is delayed the session takes no more than 64 KiB, and after it all that it took', () => {
  const late = { do: 'answer', completion: undefined, status: undefined, delayMs: 10 } as const;
  const { session, sent, later } = sessionWithoutSocket({ number: 1, effect: late, carryOut: true });
  CONVERSATION.slice(0, 1).forEach((request, i) => session.receive(encodeRequest(request, i + 1), NOW));
  expect(sent).toEqual([]);
  const heartbeat = encodeRequest({ op: 'heartbeat' }, 2);
  const few = Math.floor(65_536 / heartbeat.length);
  session.receive(Buffer.concat(Array.from({ length: few }, () => heartbeat)), NOW);
  expect(session.isWaiting()).toBe(false);
  session.receive(heartbeat, NOW);
  expect(session.isWaiting()).toBe(true);
  for (const call of later) call(NOW);
  expect(session.isWaiting()).toBe(false);
  expect(sent).toHaveLength(1 + few + 1);
});

/** A session that has subscribed to everything, and a core that tells it what happens. */
function listeningSession() {
  const each = sessionWithoutSocket();
  const { session, core, gateway } = each;
  const [login] = CONVERSATION as [Request];
  session.receive(encodeRequest(login, 1), NOW);
  session.receive(encodeRequest({ op: 'set-event', eventType: 1 }, 2), NOW);
  core.onNotice((notice) => tell(notice, gateway, [session]));
  return each;
}

const heard = (sent: readonly Buffer[]): readonly string[] => {
  const frames = new FrameReader();
  for (const each of sent) frames.push(each);
  const all: string[] = [];
  for (let frame = frames.next(); frame; frame = frames.next()) {
    const received = decodeServerFrame(frame);
    if (received.op !== 'event') continue;
    const { eventType, message } = received;
    all.push(
      eventType === 0
        ? `lost ${message.readUInt32LE(0)}`
        : `${message.toString('latin1', 0, 2)}${message.readUInt16LE(2)}`,
    );
  }
  return all;
};

test('who does not read loses broadcasts, is told how many when it does, and hears what comes then', () => {
  const { session, core, sent, state, journal } = listeningSession();
  const many = DEFAULT_OAPI_SETTINGS.eventQueueMax + 7;
  state.waiting = DEFAULT_OAPI_SETTINGS.outgoingBytesMax / 4;
  for (let i = 0; i < many; i++) core.sendMessage(undefined, `Message ${i}`);
  expect(heard(sent)).toEqual([]);
  state.waiting = 0;
  session.resume(NOW);
  core.sendMessage(undefined, 'The next one');
  const all = heard(sent);
  expect(all.slice(0, DEFAULT_OAPI_SETTINGS.eventQueueMax).every((each) => each === 'BI27')).toBe(true);
  expect(all.slice(DEFAULT_OAPI_SETTINGS.eventQueueMax)).toEqual(['lost 7', 'BN1', 'BI27']);
  expect(journal.of('oapi.overflow')).toMatchObject([{ user: 'BO_CABC801', lost: 7 }]);
});

test('who never reads its broadcasts is dropped at the deadline, and not before', () => {
  const { session, core, state } = listeningSession();
  state.waiting = DEFAULT_OAPI_SETTINGS.outgoingBytesMax / 4;
  core.sendMessage(undefined, 'Hello');
  const after = (ms: number): TransportTime => (NOW + ms) as TransportTime;
  session.tick(after(0));
  session.tick(after(DEFAULT_OAPI_SETTINGS.unreadDeadlineMs - 1));
  expect(state.closed).toBe('');
  session.tick(after(DEFAULT_OAPI_SETTINGS.unreadDeadlineMs));
  expect(state.closed).toBe('dropped: answers-unread');
});
