import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Secret } from '../../src/clearing/secret.ts';
import { encodeFrame, FrameReader, type Frame } from '../../src/oapi/frame.ts';
import type { StructLayout } from '../../src/oapi/dictionary/struct-layout.ts';
import { decodeServerFrame, encodeError, encodeEvent, encodeReply } from '../../src/oapi/reply.ts';
import { decodeRequest, encodeRequest, OPERATION, type Request } from '../../src/oapi/request.ts';
import type { CompletionCode } from '../../src/oapi/completion.ts';
import { genium } from './messages.ts';

const document = readFileSync(new URL('../../src/oapi/PROTOCOL.md', import.meta.url), 'utf8');

interface Vector {
  readonly name: string;
  readonly value: Record<string, unknown> & { readonly op: string; readonly requestId: number };
  readonly hex: string;
}

const vectors: Vector[] = [...document.matchAll(/```vector (\S+)\n(.+)\n([0-9a-f\n]+)\n```/g)].map(
  ([, name, json, hex]) => ({
    name: name as string,
    value: JSON.parse(json as string) as Vector['value'],
    hex: (hex as string).replaceAll('\n', ''),
  }),
);

const SECRETS = ['password', 'current', 'next'];
const BYTES = ['message', 'answer', 'list'];
const BIG = ['transactionId', 'orderId'];

function convert(value: object, each: (name: string, field: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, each(name, field)]));
}

function toJson(value: object): Record<string, unknown> {
  return convert(value, (_name, field) => {
    if (field instanceof Secret) return field.reveal();
    if (Buffer.isBuffer(field)) return field.toString('hex');
    return typeof field === 'bigint' ? String(field) : field;
  });
}

function fromJson(value: object): Record<string, unknown> {
  return convert(value, (name, field) => {
    if (SECRETS.includes(name)) return new Secret(field as string);
    if (BYTES.includes(name)) return Buffer.from(field as string, 'hex');
    return BIG.includes(name) ? BigInt(field as string) : field;
  });
}

function frameOf(hex: string): Frame {
  const reader = new FrameReader();
  reader.push(Buffer.from(hex, 'hex'));
  const frame = reader.next();
  if (!frame) throw new Error('the vector is no complete frame');
  expect(reader.unread()).toBe(0);
  return frame;
}

function decode(frame: Frame): Record<string, unknown> {
  const decoded = frame.op < 0x80 ? decodeRequest(frame) : decodeServerFrame(frame);
  return toJson({ requestId: frame.requestId, ...decoded });
}

function encode({ requestId, ...value }: Vector['value']): Buffer {
  const fields = fromJson(value);
  switch (value.op) {
    case 'reply':
      return encodeReply(fields['toOperation'] as number, requestId, fields as never);
    case 'event':
      return encodeEvent(fields['eventType'] as number, fields['message'] as Buffer, fields['handle'] as number);
    case 'error':
      return encodeError(fields['completion'] as CompletionCode, fields['text'] as string);
    default:
      return encodeRequest(fields as unknown as Request, requestId);
  }
}

test.each(vectors.map((vector) => [vector.name, vector] as const))(
  'the vector %s is what is encoded and what is decoded',
  (_name, vector) => {
    expect(encode(vector.value).toString('hex')).toBe(vector.hex);
    expect(decode(frameOf(vector.hex))).toEqual(vector.value);
  },
);

test('there is a vector for every operation, and for reply, event and error', () => {
  const shown = new Set(vectors.map(({ value }) => value.op));
  expect([...shown].toSorted()).toEqual([...Object.keys(OPERATION), 'reply', 'event', 'error'].toSorted());
});

test('the operations table has every operation with its number', () => {
  for (const [name, op] of Object.entries(OPERATION))
    expect(document).toContain(`| ${op} | ${name.replaceAll('-', ' ')} |`);
});

test.each(['UQ12', 'UA12', 'CQ3', 'CA3', 'CQ10', 'CA10', 'CQ11', 'CA11'])(
  'every field of %s, and of what it contains, is in the document',
  (type) => {
    const struct = genium.messages.get(type)?.struct;
    for (const name of fieldsOf(struct)) expect(document).toMatch(new RegExp(`\\b${name}\\b`));
  },
);

test.each([3, 20])('every field of named struct %d, and of what it contains, is in the document', (number) => {
  for (const name of fieldsOf(genium.namedStructs.get(number))) {
    expect(document).toMatch(new RegExp(`\\b${name}\\b`));
  }
});

function fieldsOf(struct: StructLayout | undefined): readonly string[] {
  if (!struct) throw new Error('no such struct');
  return struct.members.flatMap(({ name, element }) => {
    if (element.kind === 'fill') return [];
    return element.kind === 'struct' ? [name, ...fieldsOf(element.of)] : [name];
  });
}

test('a body of the wrong size is told with both sizes', () => {
  const [frame] = [encodeFrame(1, 1, Buffer.alloc(99)), encodeFrame(6, 1, Buffer.alloc(3))].map((bytes) =>
    frameOf(bytes.toString('hex')),
  );
  expect(decodeRequest(frame as Frame)).toEqual({
    op: 'bad',
    completion: -2031,
    problem: 'login: a body of 99 bytes; 100 are allowed',
  });
});
