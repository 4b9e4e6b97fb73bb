import type { Dictionary } from '../oapi/dictionary/dictionary.ts';
import type { Element, LayoutMember, StructLayout } from '../oapi/dictionary/struct-layout.ts';

/** The fields of a message: texts, numbers, structs and lists of them. A whole number that is not exact is its digits. */
export type Fields = Readonly<Record<string, unknown>>;

/** Fields by the dictionary's names for them, or by what they mean, whatever it calls them. */
export type NamedBy = 'name' | 'meaning';

/** A field that the layout does not have, by name or by meaning. */
export class UnknownField extends Error {
  readonly found: string;
  readonly allowed: readonly string[];
  readonly where: string;

  constructor(found: string, allowed: readonly string[], where: string) {
    super(`${where} has no field ${found}`);
    this.found = found;
    this.allowed = allowed;
    this.where = where;
  }
}

/** A value that its field cannot hold: what was found, and what is allowed. */
export class BadValue extends Error {}

/** The dotted name of the member at an offset, which a completion of -18 tells: `item[2].trade_quantity`. */
export function fieldAt(layout: StructLayout, offset: number): string | undefined {
  const member = layout.members.find((each) => offset >= each.offset && offset < each.offset + each.size);
  if (!member) return undefined;
  const inside = offset - member.offset;
  const index = Math.floor(inside / member.elementSize);
  const name = member.dimensions.length > 0 ? `${member.name}[${index}]` : member.name;
  if (member.element.kind !== 'struct') return name;
  const further = fieldAt(member.element.of, inside - index * member.elementSize);
  return further === undefined ? name : `${name}.${further}`;
}

/** Values for a codec, from fields by name or meaning; what is left out stays out. @throws UnknownField, BadValue */
export function toMembers(
  fields: Fields,
  layout: StructLayout,
  dictionary: Dictionary,
  where: string,
): Record<string, unknown> {
  const members = layout.members.filter(({ element }) => element.kind !== 'fill');
  const byName = new Map(members.map((each) => [each.name, each]));
  const byMeaning = new Map(members.map((each) => [dictionary.meaningOf(layout.name, each.name), each]));
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const member = byName.get(name) ?? byMeaning.get(name);
      if (!member) throw new UnknownField(name, [...byName.keys()], where);
      const words = dictionary.enumerations.get(dictionary.meaningOf(layout.name, member.name));
      return [
        member.name,
        toMember(value, member, member.dimensions, { dictionary, words, where: `${where}.${name}` }),
      ];
    }),
  );
}

interface Place {
  readonly dictionary: Dictionary;
  readonly words: Readonly<Record<string, number>> | undefined;
  readonly where: string;
}

function toMember(value: unknown, member: LayoutMember, dimensions: readonly number[], place: Place): unknown {
  const [most, ...inner] = dimensions;
  if (most === undefined) return toElement(value, member.element, place);
  if (!Array.isArray(value)) throw new BadValue(`${place.where} is a list; write ${place.where}[0]`);
  if (value.length > most) throw new BadValue(`${place.where} has ${value.length} entries; ${most} are allowed`);
  return value.map((each, i) => toMember(each, member, inner, { ...place, where: `${place.where}[${i}]` }));
}

const WIDE = new Set(['i64', 'u64', 'qw']);

function toElement(value: unknown, element: Element, { dictionary, words, where }: Place): unknown {
  switch (element.kind) {
    case 'struct':
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return toMembers(value as Fields, element.of, dictionary, where);
      throw new BadValue(`${where} is a struct of ${element.of.members.map(({ name }) => name).join(', ')}`);
    case 'text':
      if (typeof value === 'string' || typeof value === 'number') return String(value);
      throw new BadValue(`${where} is a text of at most ${element.bytes} characters`);
    case 'fill':
      return undefined;
    case 'scalar': {
      if (element.scalar === 'TYPE') return value;
      const number = toWhole(value, words);
      if (number === undefined) {
        const allowed = words ? ` or one of ${Object.keys(words).join(', ')}` : '';
        throw new BadValue(`${where} is ${JSON.stringify(value)}; a whole number${allowed} is allowed`);
      }
      return WIDE.has(element.scalar) ? number : Number(number);
    }
  }
}

/** A number, its digits, or the word of an enumeration. */
function toWhole(value: unknown, words: Readonly<Record<string, number>> | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== 'string') return undefined;
  if (/^-?\d{1,20}$/.test(value)) return BigInt(value);
  const number = words && Object.hasOwn(words, value) ? words[value] : undefined;
  return number === undefined ? undefined : BigInt(number);
}

/** What a codec has read, as fields. */
export function fromMembers(value: Fields, layout: StructLayout, dictionary: Dictionary, by: NamedBy): Fields {
  return Object.fromEntries(
    layout.members
      .filter(({ name }) => name in value)
      .map(({ name, element }) => [
        by === 'name' ? name : dictionary.meaningOf(layout.name, name),
        fromElement(value[name], element, dictionary, by),
      ]),
  );
}

function fromElement(value: unknown, element: Element, dictionary: Dictionary, by: NamedBy): unknown {
  if (Array.isArray(value)) return value.map((each) => fromElement(each, element, dictionary, by));
  if (element.kind === 'struct') return fromMembers(value as Fields, element.of, dictionary, by);
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
