import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../../src/clearing/secret.ts';
import type { TakenRule } from '../../src/oapi/answers-on-demand/live-rules.ts';
import type { GatewayContext } from '../../src/oapi/gateway-context.ts';
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
  return { session: new OapiSession(gateway, '127.0.0.1', output, NOW), sent, state, journal, later };
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
