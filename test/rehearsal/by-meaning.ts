import { rawCodec } from '../../src/oapi/dictionary/codec.ts';
import type { Dictionary } from '../../src/oapi/dictionary/dictionary.ts';
import type { LayoutMember, StructLayout } from '../../src/oapi/dictionary/struct-layout.ts';

/** Fields by what they mean, whatever the dictionary calls them and however wide they are. */
export type Fields = Readonly<Record<string, unknown>>;

/** A message of a dictionary from its fields' meanings; what is left out is zeros. */
export function encodeByMeaning(type: string, fields: Fields, dictionary: Dictionary): Buffer {
  const layout = dictionary.messages.get(type)?.struct;
  if (!layout) throw new Error(`${dictionary.name} has no message ${type}`);
  return rawCodec(layout, dictionary).encode(toMembers(fields, layout, dictionary), type);
}

/** The fields of a message, or of its fixed head where more follows, by their meanings; all numbers are plain ones. */
export function decodeByMeaning(bytes: Buffer, dictionary: Dictionary): Fields {
  const type = `${bytes.toString('latin1', 0, 2)}${bytes.readUInt16LE(2)}`;
  const layout = dictionary.messages.get(type)?.struct;
  if (!layout) throw new Error(`${dictionary.name} has no message ${type}`);
  return decodeStruct(bytes.subarray(0, layout.size), layout, dictionary);
}

export function decodeNamed(number: number, bytes: Buffer, dictionary: Dictionary): Fields {
  const layout = dictionary.namedStructs.get(number);
  if (!layout) throw new Error(`${dictionary.name} has no named struct ${number}`);
  return decodeStruct(bytes, layout, dictionary);
}

function decodeStruct(bytes: Buffer, layout: StructLayout, dictionary: Dictionary): Fields {
  return toMeanings(rawCodec(layout, dictionary).decode(bytes), layout, dictionary);
}

function toMembers(fields: Fields, layout: StructLayout, dictionary: Dictionary): Record<string, unknown> {
  const known = new Map(layout.members.map((each) => [dictionary.meaningOf(layout.name, each.name), each]));
  return Object.fromEntries(
    Object.entries(fields).map(([meaning, value]) => {
      const member = known.get(meaning);
      if (!member) throw new Error(`${layout.name} of ${dictionary.name} has no field for ${meaning}`);
      return [member.name, toMember(value, member, dictionary)];
    }),
  );
}

const WIDE = ['i64', 'u64', 'qw'];

function toMember(value: unknown, member: LayoutMember, dictionary: Dictionary): unknown {
  const { element } = member;
  if (Array.isArray(value)) return value.map((each) => toMember(each, member, dictionary));
  if (element.kind === 'struct') return toMembers(value as Fields, element.of, dictionary);
  return element.kind === 'scalar' && WIDE.includes(element.scalar) ? BigInt(value as number) : value;
}

function toMeanings(value: Fields, layout: StructLayout, dictionary: Dictionary): Fields {
  return Object.fromEntries(
    layout.members
      .filter(({ name }) => name in value)
      .map((member) => [
        dictionary.meaningOf(layout.name, member.name),
        toMeaning(value[member.name], member, dictionary),
      ]),
  );
}

function toMeaning(value: unknown, member: LayoutMember, dictionary: Dictionary): unknown {
  if (Array.isArray(value)) return value.map((each) => toMeaning(each, member, dictionary));
  if (member.element.kind === 'struct') return toMeanings(value as Fields, member.element.of, dictionary);
  return typeof value === 'bigint' ? Number(value) : value;
}
