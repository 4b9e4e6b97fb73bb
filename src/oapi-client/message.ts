import { rawCodec } from '../oapi/dictionary/codec.ts';
import type { Dictionary, Message } from '../oapi/dictionary/dictionary.ts';
import type { StructLayout } from '../oapi/dictionary/struct-layout.ts';
import { fromMembers, toMembers, type Fields, type NamedBy } from './fields.ts';

/** A message by the fields of its layout. */
export interface Decoded {
  /** `CA3`. */
  readonly type: string;
  /** Of a variable message `item` is what its named structs hold together, one entry each. */
  readonly fields: Fields;
}

const TYPE_BYTES = 4;
const HEADER_BYTES = 4; // oapi-facts.md section 3: items u16 or number u16, size u16 with the header itself (C).

/** `CQ3` of a message's first bytes; what is no letter becomes `?`. */
export function typeOf(message: Buffer): string {
  if (message.length < TYPE_BYTES) return '?';
  return `${message.toString('latin1', 0, 2).replaceAll(/[^A-Z]/g, '?')}${message.readUInt16LE(2)}`;
}

/** @throws UnknownField, BadValue, RoomError */
export function encodeMessage(type: string, fields: Fields, dictionary: Dictionary): Buffer {
  const { struct } = messageOf(type, dictionary);
  return rawCodec(struct, dictionary).encode(toMembers(fields, struct, dictionary, type), type);
}

/**
 * Reads a message, by the names of the dictionary or by what they mean. What a client does not know it skips by its size:
 * of a type that the dictionary lacks the fields are only its bytes.
 */
export function decodeMessage(message: Buffer, dictionary: Dictionary, by: NamedBy = 'name'): Decoded {
  const type = typeOf(message);
  const known = dictionary.messages.get(type);
  if (!known) return { type, fields: { bytes: message.toString('hex') } };
  const { struct, variable } = known;
  if (variable === undefined) return { type, fields: decodeStruct(message, struct, dictionary, by) };
  const head = decodeStruct(message.subarray(0, struct.size), struct, dictionary, by);
  const rest = message.subarray(struct.size);
  const item = variable === 'sub-items' ? [readSubItems(rest, dictionary, by)] : readItems(rest, dictionary, by);
  return { type, fields: { ...head, item } };
}

function messageOf(type: string, dictionary: Dictionary): Message {
  const known = dictionary.messages.get(type);
  if (known) return known;
  throw new UnknownMessage(type, [...dictionary.messages.keys()], dictionary.name);
}

/** A type that the dictionary does not have. */
export class UnknownMessage extends Error {
  readonly found: string;
  readonly allowed: readonly string[];

  constructor(found: string, allowed: readonly string[], dictionary: string) {
    super(`${dictionary} has no message ${found}`);
    this.found = found;
    this.allowed = allowed;
  }
}

function decodeStruct(bytes: Buffer, struct: StructLayout, dictionary: Dictionary, by: NamedBy): Fields {
  return fromMembers(rawCodec(struct, dictionary).decode(bytes), struct, dictionary, by);
}

function readItems(bytes: Buffer, dictionary: Dictionary, by: NamedBy): readonly Fields[] {
  return parts(bytes).map(({ body }) => readSubItems(body, dictionary, by));
}

// The named structs of one item tell of one thing: a field that two of them have is the same in both.
function readSubItems(bytes: Buffer, dictionary: Dictionary, by: NamedBy): Fields {
  const found = parts(bytes).map(({ first: number, body }) => {
    const struct = dictionary.namedStructs.get(number);
    return struct ? decodeStruct(body, struct, dictionary, by) : {};
  });
  return Object.assign({}, ...found) as Fields;
}

/** What stands one behind the other, each with its size. A size that cannot be ends it. */
function parts(bytes: Buffer): readonly { readonly first: number; readonly body: Buffer }[] {
  const all: { first: number; body: Buffer }[] = [];
  for (let at = 0; at + HEADER_BYTES <= bytes.length;) {
    const size = bytes.readUInt16LE(at + 2);
    if (size < HEADER_BYTES || at + size > bytes.length) break;
    all.push({ first: bytes.readUInt16LE(at), body: bytes.subarray(at + HEADER_BYTES, at + size) });
    at += size;
  }
  return all;
}
