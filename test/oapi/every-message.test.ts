import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../../src/clearing/secret.ts';
import { rawCodec } from '../../src/oapi/dictionary/codec.ts';
import type { Dictionary } from '../../src/oapi/dictionary/dictionary.ts';
import { FrameReader } from '../../src/oapi/frame.ts';
import type { GatewayContext } from '../../src/oapi/gateway-context.ts';
import { openProtocol } from '../../src/oapi/protocol.ts';
import { decodeServerFrame, type ServerFrame } from '../../src/oapi/reply.ts';
import { encodeRequest, type Request } from '../../src/oapi/request.ts';
import { OapiSession } from '../../src/oapi/session.ts';
import { DEFAULT_OAPI_SETTINGS } from '../../src/oapi/settings.ts';
import { seriesFields } from '../../src/oapi/transactions/series-fields.ts';
import { TRANSACTIONS } from '../../src/oapi/transactions/catalogue.ts';
import type { TransportTime } from '../../src/time/instant.ts';
import { coreAt, deal, PASSWORD, series } from '../support/world.ts';
import { typeOnly } from './client.ts';
import { click, genium, message } from './messages.ts';
import { memoryJournal } from './world.ts';

const NOW = 5 as TransportTime;
const PROTOCOLS = new Map([genium, click].map((dictionary) => [dictionary, openProtocol(dictionary)]));

/** A logged-in session without a socket, in a normal day with two deals. */
function session(dictionary: Dictionary) {
  const { core } = coreAt('10:00', { phase: 'normal', world: { deals: [deal(), deal({ quantity: 7 })] } });
  const journal = memoryJournal();
  const frames = new FrameReader();
  const sent: Buffer[] = [];
  const protocol = PROTOCOLS.get(dictionary);
  if (!protocol) throw new Error(dictionary.name);
  let ids = 0n;
  const gateway: GatewayContext = {
    name: 'oapi-1',
    core,
    journal,
    settings: DEFAULT_OAPI_SETTINGS,
    protocol,
    answers: { take: () => undefined },
    isLinked: () => true,
    nextTransactionId: () => ++ids,
  };
  const output = {
    send(frame: Buffer) {
      sent.push(frame);
      frames.push(frame);
    },
    waitingBytes: () => 0,
    close: () => undefined,
    later: () => ({ [Symbol.dispose]: () => undefined }),
    drop: () => undefined,
  };
  const open = new OapiSession(gateway, '127.0.0.1', output, NOW);
  const answers = (): readonly ServerFrame[] => {
    const all: ServerFrame[] = [];
    for (let frame = frames.next(); frame; frame = frames.next()) all.push(decodeServerFrame(frame));
    return all;
  };
  return { core, journal, sent, answers, receive: (bytes: Buffer) => open.receive(bytes, NOW) };
}

const LOGIN = encodeRequest(
  { op: 'login', user: 'BO_CABC801', password: new Secret(PASSWORD), application: 'any', forced: false },
  1,
);

/** Bytes that a careless program may send: zeros, spaces, ones, and numbers that look right. */
const filling = (size: number): fc.Arbitrary<Buffer> =>
  fc.oneof(
    fc.uint8Array({ minLength: size, maxLength: size }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(0, 1, 2, 32, 255).map((byte) => Buffer.alloc(size, byte)),
    fc
      .array(fc.tuple(fc.nat({ max: Math.max(0, size - 1) }), fc.nat({ max: 255 })), { maxLength: 12 })
      .map((places) => {
        const bytes = Buffer.alloc(size);
        for (const [at, byte] of places) if (at < size) bytes[at] = byte;
        return bytes;
      }),
  );

interface Sent {
  readonly type: string;
  readonly op: 'query' | 'transaction';
  readonly bytes: Buffer;
}

/** Any message of a type: of the right size or another one, with a real series or none. */
function anyMessage(type: string, op: Sent['op'], dictionary: Dictionary): fc.Arbitrary<Sent> {
  const layout = dictionary.messages.get(type)?.struct;
  if (!layout) throw new Error(`${dictionary.name} has no ${type}`);
  const isSeries = layout.members.some(({ name }) => name === 'series');
  return fc
    .record({
      body: filling(layout.size - 4),
      size: fc.oneof(
        { weight: 8, arbitrary: fc.constant(layout.size) },
        { weight: 1, arbitrary: fc.nat({ max: layout.size + 20 }) },
      ),
      real: fc.boolean(),
    })
    .map(({ body, size, real }) => {
      const whole = Buffer.concat([typeOnly(type), body, Buffer.alloc(20)]);
      if (real && isSeries)
        message(type, { series: seriesFields(series('HSIK9').key) }, dictionary).copy(whole, 4, 4, 16);
      return { type, op, bytes: whole.subarray(0, size) };
    });
}

const KNOWN_COMPLETIONS = [0, -12, -17, -18, -25, -31, -32, -2031];
const CASES = [genium, click].flatMap((dictionary) =>
  TRANSACTIONS.filter(({ type }) => PROTOCOLS.get(dictionary)?.transactions.has(type)).map(
    ({ type, call }) => [`${type} in ${dictionary.name}`, type, call, dictionary] as const,
  ),
);

// Goal: no message, whatever is in it, breaks a session or gets an answer that a program cannot read. Method: random,
// blank and nearly right contents of every type; each gets one reply with a documented code, an answer of the layout where
// it is 0, an offset inside the message where it is -18; and the session goes on.
test.each(CASES)(
  '%s: any content is answered with a documented code, and the session goes on',
  (_n, type, call, dictionary) => {
    const { answers, receive, journal } = session(dictionary);
    receive(LOGIN);
    answers();
    const answerTypes = TRANSACTIONS.find((each) => each.type === type)?.answerTypes ?? [];
    fc.assert(
      fc.property(anyMessage(type, call, dictionary), ({ op, bytes }) => {
        receive(encodeRequest({ op, facility: 173, message: bytes }, 7));
        const [reply, ...more] = answers();
        if (reply?.op !== 'reply') throw new Error(`answered by ${reply?.op}`);
        expect(more.filter((each) => each.op !== 'event')).toEqual([]);
        expect(KNOWN_COMPLETIONS).toContain(reply.completion);
        if (reply.completion === -18) {
          expect(reply.status).toBeGreaterThanOrEqual(4);
          expect(reply.status).toBeLessThan(bytes.length);
        }
        if (reply.completion !== 0) expect(reply.answer).toHaveLength(0);
        else if (answerTypes.length > 0) expect(isReadable(reply.answer, dictionary)).toBe(true);
      }),
      { numRuns: 60 },
    );
    receive(encodeRequest({ op: 'query', facility: 171, message: typeOnly('UQ12') }, 8));
    expect(answers()).toMatchObject([{ op: 'reply', requestId: 8, completion: 0 }]);
    expect(journal.of('simulator.bug')).toEqual([]);
  },
);

// Variable messages are read as far as their fixed header goes.
function isReadable(answer: Buffer, dictionary: Dictionary): boolean {
  const type = `${answer.toString('latin1', 0, 2)}${answer.readUInt16LE(2)}`;
  const entry = dictionary.messages.get(type);
  if (!entry) return false;
  const bytes = answer.length > entry.struct.size ? answer.subarray(0, entry.struct.size) : answer;
  rawCodec(entry.struct, dictionary).decode(bytes);
  return true;
}

// Goal: what comes out depends on the bytes, not on how TCP cut them. Method: a conversation of random messages of every
// type in a normal day, whole and in random pieces; what is sent, the journal and the state are the same.
test.each([genium, click])('in $name any conversation gives the same in any pieces', (dictionary) => {
  const types = CASES.filter(([, , , of]) => of === dictionary);
  const messages = fc.oneof(...types.map(([, type, call]) => anyMessage(type, call, dictionary)));
  const run = (bytes: Buffer, ends: readonly number[]) => {
    const { core, journal, sent, receive } = session(dictionary);
    ends.forEach((end, i) => receive(bytes.subarray(ends[i - 1] ?? 0, end)));
    return { sent: Buffer.concat(sent).toString('hex'), journal: journal.entries, state: core.snapshot() };
  };
  fc.assert(
    fc.property(
      fc.array(messages, { minLength: 1, maxLength: 12 }),
      fc.array(fc.nat(), { maxLength: 30 }),
      (conversation, cuts) => {
        const requests = conversation.map(({ op, bytes }): Request => ({ op, facility: 173, message: bytes }));
        const bytes = Buffer.concat([LOGIN, ...requests.map((each, i) => encodeRequest(each, i + 2))]);
        const ends = [...cuts.map((cut) => cut % bytes.length).toSorted((a, b) => a - b), bytes.length];
        expect(run(bytes, ends)).toEqual(run(bytes, [bytes.length]));
      },
    ),
    { numRuns: 40 },
  );
});
